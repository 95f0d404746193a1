import { Group, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { Explain } from '#ui/kit/Explain.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { type Change, type FiguresScope, groupingLabels, splitsOf } from './scope.ts';

interface ScopeBarProps {
  scope: FiguresScope;
  change: Change;
  /** What was answered: the period where none was asked for, and how it is counted. */
  answer: { start: string; end: string; timeZone: string; version: string } | undefined;
  /** Beside period and split. */
  children?: ReactNode;
  /** How it is counted, in sentences. */
  formulas?: readonly string[];
}

/** Of which period, split by what. */
export function ScopeBar({ scope, change, answer, children, formulas = [] }: ScopeBarProps) {
  const splits = splitsOf[scope.part];
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
      <Period start={scope.start ?? answer?.start ?? null} end={scope.end ?? answer?.end ?? null} change={change} />
      {splits.length > 0 && (
        <Select
          label="Split by"
          w={140}
          data={splits.map((by) => ({ value: by, label: groupingLabels[by] }))}
          value={scope.by}
          allowDeselect={false}
          onChange={(by) => change({ by, figure: null, of: null, sort: null })}
        />
      )}
      {children}
      {answer && formulas.length > 0 && (
        <Explain label="How it is counted">
          {formulas.map((text) => (
            <p key={text} style={{ margin: '0 0 8px' }}>
              {text}
            </p>
          ))}
          <p className="dim" style={{ margin: 0 }}>
            Days of {answer.timeZone}. Formulas {answer.version}.
          </p>
        </Explain>
      )}
    </Group>
  );
}
