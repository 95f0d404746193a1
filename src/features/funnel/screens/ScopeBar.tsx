import { Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { fromStages, funnelGroupings, stageIndex, stageLabel, toStages } from '#features/funnel/contract.ts';
import { addDays, capitalised, today } from '#ui/formats.ts';
import type { FunnelScope } from './useScope.ts';

const byWords: Record<string, string> = { none: 'Nothing', owner: 'Rep', qualifier: 'SDR' };

interface ScopeBarProps {
  scope: FunnelScope;
  setScope(changes: Partial<Record<keyof FunnelScope, string | null>>): void;
}

/** What is asked: from which stage to which, for whom, when, and how it is counted. */
export function ScopeBar({ scope, setScope }: ScopeBarProps) {
  const later = toStages.filter((stage) => stageIndex(stage) > stageIndex(scope.from));
  const year = Number(today().slice(0, 4));
  const periods: Record<string, [string | null, string | null]> = {
    all: [null, null],
    '90': [addDays(today(), -89), today()],
    '365': [addDays(today(), -364), today()],
    year: [`${year}-01-01`, `${year}-12-31`],
    lastYear: [`${year - 1}-01-01`, `${year - 1}-12-31`],
  };
  const period = Object.entries(periods).find(([, [start, end]]) => start === scope.start && end === scope.end)?.[0] ?? 'own';
  return (
    <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
      <Select
        label="From"
        data={fromStages.map((value) => ({ value, label: stageLabel(value) }))}
        value={scope.from}
        allowDeselect={false}
        onChange={(from) => setScope({ from })}
        w={112}
      />
      <Select
        label="To"
        data={later.map((value) => ({ value, label: stageLabel(value) }))}
        value={scope.to}
        allowDeselect={false}
        onChange={(to) => setScope({ to })}
        w={124}
      />
      <Select
        label="By"
        data={funnelGroupings.map((value) => ({ value, label: byWords[value] ?? capitalised(value) }))}
        value={scope.by}
        allowDeselect={false}
        onChange={(by) => setScope({ by })}
        w={128}
      />
      <Select
        label="Period"
        w={150}
        allowDeselect={false}
        value={period}
        data={[
          { value: 'all', label: 'All time' },
          { value: '90', label: 'Last 90 days' },
          { value: '365', label: 'Last 365 days' },
          { value: 'year', label: `${year}` },
          { value: 'lastYear', label: `${year - 1}` },
          ...(period === 'own' ? [{ value: 'own', label: 'Own dates' }] : []),
        ]}
        onChange={(chosen) => {
          const dates = periods[chosen ?? 'all'];
          if (dates) setScope({ start: dates[0], end: dates[1] });
        }}
      />
      <TextInput
        type="date"
        label="First day"
        value={scope.start ?? ''}
        onChange={(event) => setScope({ start: event.currentTarget.value || null })}
      />
      <TextInput
        type="date"
        label="Last day"
        value={scope.end ?? ''}
        onChange={(event) => setScope({ end: event.currentTarget.value || null })}
      />
      <div>
        <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 2 }} id="counted">
          Counted by
        </div>
        <SegmentedControl
          aria-labelledby="counted"
          value={scope.mode}
          onChange={(mode) => setScope({ mode, windowDays: null })}
          data={[
            { value: 'cohort', label: 'Cohort' },
            { value: 'period', label: 'Period' },
          ]}
        />
      </div>
      {scope.mode === 'cohort' && (
        <NumberInput
          label="Within days"
          placeholder="any"
          value={scope.windowDays === null ? '' : Number(scope.windowDays)}
          onChange={(value) => setScope({ windowDays: value === '' ? null : String(value) })}
          min={0}
          max={36_500}
          allowDecimal={false}
          w={104}
          hideControls
        />
      )}
    </Group>
  );
}
