import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { Period } from '#ui/kit/Period.tsx';
import type { Scope } from './useAttainment.ts';

const groupings = [
  { value: 'none', label: 'Not split' },
  { value: 'team', label: 'By team' },
  { value: 'person', label: 'By person' },
  { value: 'segment', label: 'By segment' },
  { value: 'channel', label: 'By channel' },
  { value: 'origin', label: 'By origin' },
  { value: 'month', label: 'By month' },
  { value: 'week', label: 'By week' },
];
const sides = [
  { value: 'both', label: 'Both sides' },
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
];

interface ScopeProps {
  scope: Scope;
  change(changes: Partial<Record<keyof Scope, string | null>>): void;
}

export function AttainmentScope({ scope, change }: ScopeProps) {
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
      <Period start={scope.start} end={scope.end} change={change} />
      <Select
        label="Split"
        w={140}
        allowDeselect={false}
        data={groupings}
        value={scope.by}
        onChange={(by) => change({ by: by === 'none' ? null : by })}
      />
      <Select
        label="Owed by"
        w={130}
        allowDeselect={false}
        data={sides}
        value={scope.side ?? 'both'}
        onChange={(side) => change({ side: side === 'both' ? null : side })}
      />
      <div>
        <div className="input-label" id="measured">
          Measured
        </div>
        <SegmentedControl
          aria-labelledby="measured"
          value={scope.as}
          onChange={(as) => change({ as: as === 'then' ? null : as })}
          data={[
            { value: 'then', label: 'As signed then' },
            { value: 'now', label: 'As signed now' },
          ]}
        />
      </div>
      {scope.clause && (
        <Button variant="subtle" onClick={() => change({ clause: null })}>
          Show all clauses
        </Button>
      )}
    </Group>
  );
}
