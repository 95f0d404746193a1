import { Group, Stack, TextInput } from '@mantine/core';
import { RuleDeeds } from '#ui/rules/RuleDeeds.tsx';
import type { KeyboardEvent } from 'react';
import type { Rule } from '#engine/rules/rule.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import type { Team } from '#ui/api/members.ts';
import { capitalised } from '#ui/formats.ts';
import { Answer } from '#ui/kit/States.tsx';
import { RuleBuilder } from '#ui/rules/RuleBuilder.tsx';
import { withoutGaps } from '#ui/rules/RuleSentence.tsx';
import { unfinished } from '#ui/rules/unfinished.ts';
import { useRuleLabels } from '#ui/rules/useRuleLabels.ts';
import { useVocabulary } from '#ui/rules/useVocabulary.ts';
import type { RuleVocabulary } from '#ui/rules/vocabulary.ts';
import { RoutingTarget, useTargetWords } from './RoutingTarget.tsx';
import type { DraftRule } from './routingDraft.ts';

export interface FieldProblem {
  readonly at: string;
  readonly reason: string;
}

interface RoutingRuleProps {
  rule: DraftRule;
  place: { at: number; of: number };
  teams: readonly Team[];
  may: boolean;
  gap: string | undefined;
  wrong: readonly FieldProblem[];
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onChange(changes: Partial<DraftRule>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

/** One rule: as a line, and opened to be edited. Alt with an arrow moves it, wherever in it one is. */
export function RoutingRule(props: RoutingRuleProps) {
  const { rule, place, teams, may, gap, wrong, isOpen, onMove } = props;
  const vocabulary = useVocabulary('lead');
  const target = useTargetWords(teams);
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const inBuilder = event.target instanceof HTMLElement && event.target.closest('.rule-builder') !== null;
    if (!may || !event.altKey || by === 0 || inBuilder) return;
    event.preventDefault();
    onMove(by);
  };
  const problem = gap ?? wrong[0]?.reason;
  return (
    <li onKeyDown={move} style={{ borderBottom: '1px solid var(--a-line)' }}>
      <Group gap="sm" align="flex-start" justify="flex-end" px={14} py={10}>
        <span className="dim" style={{ minWidth: 20 }} aria-hidden>
          {place.at + 1}
        </span>
        <div style={{ flex: '1 1 200px', minWidth: 0 }} className="wrap-any">
          <div style={{ fontWeight: 500 }}>
            {rule.name || 'A rule without a name'} <span className="dim">→ {target(rule.to)}</span>
          </div>
          {!isOpen && vocabulary.data && <Sentence rule={rule.when} vocabulary={vocabulary.data} />}
          {problem && (
            <div className="bad" role="alert">
              {capitalised(problem)}
            </div>
          )}
        </div>
        {may && <RuleDeeds {...props} name={rule.name || `rule ${place.at + 1}`} />}
      </Group>
      {isOpen && (
        <Stack gap="sm" px={14} pb={14}>
          <Group gap="sm" align="flex-start">
            <TextInput
              label="Name"
              required
              maxLength={200}
              placeholder="DACH, Enterprise, French…"
              value={rule.name}
              data-autofocus
              autoFocus={rule.name === ''}
              onChange={(event) => props.onChange({ name: event.currentTarget.value })}
              style={{ flex: 1, minWidth: 200 }}
            />
            <RoutingTarget
              label="Goes to"
              value={rule.to}
              teams={teams}
              error={wrong.find(({ at }) => at.startsWith('to'))?.reason}
              onChange={(to) => props.onChange({ to })}
            />
          </Group>
          <Answer of={vocabulary} what="The fields" lines={3}>
            {(known) => (
              <RuleBuilder
                value={rule.when}
                onChange={(when) => props.onChange({ when })}
                vocabulary={known}
                subject="lead"
                errors={gap ? unfinished(rule.when) : errorsIn(wrong)}
              />
            )}
          </Answer>
        </Stack>
      )}
    </li>
  );
}

function Sentence({ rule, vocabulary }: { rule: Rule; vocabulary: RuleVocabulary }) {
  const whole = withoutGaps(rule);
  const labels = useRuleLabels(whole, vocabulary);
  return <div className="dim">{capitalised(ruleSentence(whole, labels))}</div>;
}

/** `when.all.1` is `all.1` to the builder. */
const errorsIn = (wrong: readonly FieldProblem[]) =>
  wrong.filter(({ at }) => at.startsWith('when')).map(({ at, reason }) => ({ path: at.replace(/^when\.?/, ''), reason }));
