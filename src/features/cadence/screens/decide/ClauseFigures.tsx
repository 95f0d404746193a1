import { Group } from '@mantine/core';
import type { Clause, Metric } from '#engine/agreement/clause.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface Figure {
  readonly key: string;
  readonly label: string;
  readonly most: number;
}

/** The numbers of each kind of clause. Amounts, fields and scopes are changed on the agreement's own page. */
const figures: Readonly<Record<Metric['kind'], readonly Figure[]>> = {
  decision: [{ key: 'withinMinutes', label: 'Within working minutes', most: 100_000 }],
  firstAttempt: [{ key: 'withinMinutes', label: 'Within working minutes', most: 100_000 }],
  persistence: [
    { key: 'attempts', label: 'Attempts', most: 50 },
    { key: 'withinDays', label: 'Within working days', most: 365 },
  ],
  disposition: [{ key: 'withinDays', label: 'Within working days', most: 365 }],
  volume: [
    { key: 'leads', label: 'Leads a period', most: 100_000_000 },
    { key: 'tolerancePercent', label: 'Tolerance, percent', most: 100 },
  ],
  value: [{ key: 'tolerancePercent', label: 'Tolerance, percent', most: 100 }],
  completeness: [],
  context: [
    { key: 'touches', label: 'Touches on record', most: 100 },
    { key: 'withinDays', label: 'Within days', most: 365 },
  ],
  quality: [],
};

export function ClauseFigures({ clause, change }: { clause: Clause; change(clause: Clause): void }) {
  const metric = clause.metric as Metric & Record<string, unknown>;
  return (
    <Group gap="sm" align="flex-end">
      {figures[metric.kind].map(({ key, label, most }) => (
        <WholeNumber
          key={key}
          label={label}
          width={190}
          value={Number(metric[key])}
          min={key === 'tolerancePercent' ? 0 : 1}
          max={most}
          onChange={(value) => value !== null && change({ ...clause, metric: { ...metric, [key]: value } as Metric })}
        />
      ))}
      <WholeNumber
        label="Kept when at least, percent"
        width={210}
        value={clause.targetPercent}
        max={100}
        decimals={1}
        onChange={(targetPercent) => targetPercent !== null && change({ ...clause, targetPercent })}
      />
    </Group>
  );
}
