import { Group, SegmentedControl, Select } from '@mantine/core';
import type { AttributionAnswer } from '#features/returns/contract/attribution.ts';
import { Period } from '#ui/kit/Period.tsx';
import { useAttribution } from './asking.ts';
import { HowCounted } from './HowCounted.tsx';
import { hasValue } from './modelRanges.ts';
import { type AttributionScope, splits } from './scope.ts';

interface ScopeBarProps {
  scope: AttributionScope;
  change(changes: Record<string, string | null>): void;
  answer: AttributionAnswer | undefined;
}

/** Which conversions, split by what, in which measure; credit by model, or the ways that led there. */
export function AttributionScopeBar({ scope, change, answer }: ScopeBarProps) {
  const usual = answer && !hasValue(answer) ? 'conversions' : 'value';
  return (
    <div role="search" aria-label="What is shown">
      <SegmentedControl
        mb="sm"
        aria-label="Credit or paths"
        value={scope.part}
        onChange={(part) => change({ part: part === 'credit' ? null : part })}
        data={[
          { value: 'credit', label: 'Credit by model' },
          { value: 'paths', label: 'Paths' },
        ]}
      />
      <Group gap="xs" align="flex-end" mb="md">
        <Period start={scope.start} end={scope.end} anyTime change={change} />
        <SegmentSelect scope={scope} change={change} />
        {scope.part === 'credit' && (
          <Select label="Split" w={150} data={[...splits]} value={scope.by} allowDeselect={false} onChange={(by) => change({ by })} />
        )}
        <Select
          label="Measure"
          w={130}
          allowDeselect={false}
          value={scope.measure ?? usual}
          data={[
            { value: 'value', label: 'Value' },
            ...(scope.part === 'credit' ? [{ value: 'share', label: 'Share' }] : []),
            { value: 'conversions', label: 'Conversions' },
          ]}
          onChange={(measure) => change({ measure })}
        />
        {answer?.setting && <HowCounted answer={answer} setting={answer.setting} />}
      </Group>
    </div>
  );
}

/** The segments that converted at any time. */
function SegmentSelect({ scope, change }: Pick<ScopeBarProps, 'scope' | 'change'>) {
  const segments = useAttribution({ by: 'segment' }).data?.rows ?? [];
  const known = segments.map(({ group, label }) => ({ value: JSON.stringify(group), label }));
  const { segment } = scope;
  const chosen = segment !== null && !known.some(({ value }) => value === segment) ? [{ value: segment, label: segment }] : [];
  return (
    <Select
      label="Segment"
      placeholder="All segments"
      w={150}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': 'All segments' }}
      value={segment}
      data={[...known, ...chosen]}
      nothingFoundMessage="No such segment"
      onChange={(value) => change({ segment: value })}
    />
  );
}
