import { Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { addDays, today } from '#ui/formats.ts';
import type { Scope } from './useAttainment.ts';

const groupings = [
  { value: 'none', label: 'Nothing' },
  { value: 'team', label: 'Team' },
  { value: 'person', label: 'Person' },
  { value: 'segment', label: 'Segment' },
  { value: 'channel', label: 'Channel' },
  { value: 'origin', label: 'Origin' },
  { value: 'month', label: 'Month' },
  { value: 'week', label: 'Week' },
];

interface ScopeProps {
  scope: Scope;
  change(changes: Partial<Record<keyof Scope, string | null>>): void;
}

export function AttainmentScope({ scope, change }: ScopeProps) {
  const periods: Record<string, [string, string]> = {
    '30': [addDays(today(), -29), today()],
    '90': [addDays(today(), -89), today()],
    '365': [addDays(today(), -364), today()],
    quarter: quarterOf(today()),
    before: quarterOf(addDays(quarterOf(today())[0], -1)),
  };
  const period = Object.entries(periods).find(([, [start, end]]) => start === scope.start && end === scope.end)?.[0] ?? 'own';
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
      <Select
        label="Period"
        w={150}
        allowDeselect={false}
        value={period}
        data={[
          { value: '30', label: 'Last 30 days' },
          { value: '90', label: 'Last 90 days' },
          { value: '365', label: 'Last 365 days' },
          { value: 'quarter', label: 'This quarter' },
          { value: 'before', label: 'Last quarter' },
          ...(period === 'own' ? [{ value: 'own', label: 'Own dates' }] : []),
        ]}
        onChange={(chosen) => {
          const dates = periods[chosen ?? '90'];
          if (dates) change({ start: dates[0], end: dates[1] });
        }}
      />
      <TextInput
        type="date"
        label="First day"
        value={scope.start}
        onChange={(event) => change({ start: event.currentTarget.value || null })}
      />
      <TextInput type="date" label="Last day" value={scope.end} onChange={(event) => change({ end: event.currentTarget.value || null })} />
      <Select
        label="By"
        w={120}
        allowDeselect={false}
        data={groupings}
        value={scope.by}
        onChange={(by) => change({ by: by === 'none' ? null : by })}
      />
      <div>
        <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 2 }} id="measured">
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
    </Group>
  );
}

/** First and last day of a day's calendar quarter. */
function quarterOf(day: string): [string, string] {
  const year = Number(day.slice(0, 4));
  const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  const start = `${year}-${String(first).padStart(2, '0')}-01`;
  const next = first === 10 ? `${year + 1}-01-01` : `${year}-${String(first + 3).padStart(2, '0')}-01`;
  return [start, addDays(next, -1)];
}
