import type { Rule } from '#engine/rules/rule.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import { capitalised, plural } from '#ui/formats.ts';
import { asGroup, countConditions, removedAt, type Place } from './tree.ts';
import { gapsIn } from './unfinished.ts';
import { useRuleLabels } from './useRuleLabels.ts';
import type { RuleVocabulary } from './vocabulary.ts';

interface RuleSentenceProps {
  rule: Rule;
  vocabulary: RuleVocabulary;
  subject: 'lead' | 'touch';
}

/** What the rule says so far, in the words in which it will be signed. */
export function RuleSentence({ rule, vocabulary, subject }: RuleSentenceProps) {
  const open = gapsIn(rule).length;
  const whole = withoutGaps(rule);
  const labels = useRuleLabels(whole, vocabulary);
  const sentence = countConditions(whole) === 0 ? `every ${subject}` : ruleSentence(whole, labels);
  return (
    <div className="rule-sentence" aria-live="polite">
      <div className="rule-sentence-label dim">As a sentence</div>
      <div className="wrap-any">
        {capitalised(sentence)}
        {open > 0 && <span className="dim"> · {plural(open, 'condition')} not finished</span>}
      </div>
    </div>
  );
}

/** Conditions that say nothing yet are left out, so that the sentence never says half of one. */
export function withoutGaps(rule: Rule): Rule {
  let whole = rule;
  for (let place = firstGap(whole); place; place = firstGap(whole)) whole = removedAt(whole, place);
  return whole;
}

/** The first condition with a gap in it; a scorecard or a count of touches is one condition. */
function firstGap(rule: Rule): Place | null {
  const group = asGroup(rule);
  if (!group) return gapsIn(rule).length > 0 ? [] : null;
  for (const [index, member] of group.members.entries()) {
    const within = firstGap(member);
    if (within) return [index, ...within];
  }
  return null;
}
