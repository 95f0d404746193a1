import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RevenueCondition, StageCondition } from '#engine/rules/rule.ts';
import { majorUnits, minorUnits } from '#ui/formats.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { stageLabel } from '#ui/records.ts';
import { useBuilding } from './building.tsx';

export const bounds = [
  { value: 'gte', label: 'at least' },
  { value: 'lte', label: 'at most' },
];

/** Whether a lead has come to a stage by then. */
export function StageRow({ condition, onChange }: { condition: StageCondition; onChange(next: StageCondition): void }) {
  const { vocabulary } = useBuilding();
  const stages = vocabulary.stages.map(({ stage, label }) => ({ value: stage, label }));
  const known = stages.some(({ value }) => value === condition.stage);
  return (
    <>
      <span className="rule-words">The lead</span>
      <Select
        aria-label="Whether"
        data={[
          { value: 'reached', label: 'has reached' },
          { value: 'notReached', label: 'has not reached' },
        ]}
        value={condition.is}
        allowDeselect={false}
        onChange={(is) => is && onChange({ ...condition, is: is as StageCondition['is'] })}
        w={160}
      />
      <Select
        aria-label="Stage"
        data={known || !condition.stage ? stages : [...stages, { value: condition.stage, label: stageLabel(condition.stage) }]}
        value={condition.stage || null}
        allowDeselect={false}
        onChange={(stage) => stage && onChange({ ...condition, stage })}
        w={150}
      />
    </>
  );
}

/** What the lead's account paid up to then. */
export function RevenueRow({ condition, onChange }: { condition: RevenueCondition; onChange(next: RevenueCondition): void }) {
  const { currency } = useBuilding();
  const [typed, setTyped] = useState(condition.value ? majorUnits(condition.value, currency) : '');
  const minor = minorUnits(typed, currency);
  const take = (text: string): void => {
    setTyped(text);
    onChange({ ...condition, value: minorUnits(text, currency) ?? '' });
  };
  return (
    <>
      <span className="rule-words">Its account paid</span>
      <Select
        aria-label="At least or at most"
        data={bounds}
        value={condition.is}
        allowDeselect={false}
        onChange={(is) => is && onChange({ ...condition, is: is as RevenueCondition['is'] })}
        w={104}
      />
      <TextInput
        aria-label="Amount"
        inputMode="decimal"
        value={typed}
        onChange={(event) => take(event.currentTarget.value)}
        error={typed.trim() !== '' && minor === null}
        rightSection={<span className="dim rule-unit">{currency}</span>}
        rightSectionWidth={48}
        w={140}
      />
      <Within days={condition.revenue.withinDays} onChange={(withinDays) => onChange({ ...condition, revenue: { withinDays } })} />
    </>
  );
}

/** In the days before the moment of judging; blank: ever before it. */
export function Within({ days, onChange }: { days: number | null; onChange(days: number | null): void }) {
  return (
    <span className="rule-phrase">
      <span className="rule-words">in the last</span>
      <WholeNumber aria="Within so many days" value={days} onChange={onChange} min={1} max={3_660} optional placeholder="any" width={72} />
      <span className="rule-words">days</span>
    </span>
  );
}
