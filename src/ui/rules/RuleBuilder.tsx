import { Button, Kbd } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { ruleLimits, type Rule } from '#engine/rules/rule.ts';
import { useMe } from '#ui/api/session.ts';
import { ProvideBuilding } from './building.tsx';
import { RuleSentence } from './RuleSentence.tsx';
import { RuleTree } from './RuleTree.tsx';
import { asRoot, countConditions } from './tree.ts';
import type { RuleError, RuleVocabulary } from './vocabulary.ts';

interface RuleBuilderProps {
  value: Rule;
  onChange(rule: Rule): void;
  vocabulary: RuleVocabulary;
  /** What the rule is asked about. */
  subject: 'lead' | 'touch';
  errors?: readonly RuleError[];
}

/** A rule as groups and conditions that can be put together by mouse or by keys, and the sentence it makes. */
export function RuleBuilder({ value, onChange, vocabulary, subject, errors = [] }: RuleBuilderProps) {
  const me = useMe();
  const rule = asRoot(value);
  const history = useHistory(rule, onChange);
  const conditions = countConditions(rule);
  const full = conditions >= ruleLimits.conditions;
  const { currency } = me.workspace;
  const building = useMemo(() => ({ vocabulary, subject, currency, errors, full }), [vocabulary, subject, currency, errors, full]);
  const ofAll = errors.filter(({ path }) => path === '' || path === 'rule');
  return (
    <ProvideBuilding value={building}>
      <div className="rule-builder">
        <RuleSentence rule={rule} vocabulary={vocabulary} subject={subject} />
        {ofAll.length > 0 && (
          <div className="notice bad" role="alert">
            {ofAll.map(({ reason }) => reason).join(' ')}
          </div>
        )}
        {/* Taken back, every input begins with the value of then, whatever was half typed. */}
        <RuleTree key={history.undone} rule={rule} onChange={history.change} path="" />
        <div className="rule-foot">
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            disabled={!history.canUndo}
            onClick={history.undo}
          >
            Undo
          </Button>
          {conditions > ruleLimits.conditions * 0.75 && (
            <span className="dim">
              {conditions} of at most {ruleLimits.conditions} conditions
            </span>
          )}
          <span className="dim desk-only rule-keys">
            <Kbd size="xs">Alt ↑ ↓</Kbd> moves <Kbd size="xs">Alt G</Kbd> groups <Kbd size="xs">Alt Del</Kbd> removes
          </span>
        </div>
      </div>
    </ProvideBuilding>
  );
}

const mostSteps = 100;

interface History {
  change(next: Rule, step: string): void;
  undo(): void;
  canUndo: boolean;
  /** How often something was taken back. */
  undone: number;
}

/** The last hundred changes can be taken back; typing in one condition is one step. */
function useHistory(rule: Rule, onChange: (rule: Rule) => void): History {
  const past = useRef<{ rule: Rule; step: string }[]>([]);
  const [steps, setSteps] = useState(0);
  const [undone, setUndone] = useState(0);
  return {
    change(next, step) {
      const typing = step.startsWith('edit ') && past.current.at(-1)?.step === step;
      if (!typing) past.current = [...past.current.slice(-mostSteps), { rule, step }];
      setSteps(past.current.length);
      onChange(next);
    },
    undo() {
      const before = past.current.pop();
      setSteps(past.current.length);
      if (!before) return;
      setUndone((times) => times + 1);
      onChange(before.rule);
    },
    canUndo: steps > 0,
    undone,
  };
}
