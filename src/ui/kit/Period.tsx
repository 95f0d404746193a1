import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { addDays, today } from '#ui/formats.ts';

interface PeriodProps {
  /** Null: as far back, or on, as there is anything. */
  start: string | null;
  end: string | null;
  /** All there is can be asked for, too. */
  anyTime?: boolean;
  change(period: { start: string | null; end: string | null }): void;
}

const own = 'own';

/** First and last day, both included: by name, or by dates of one's own. */
export function Period({ start, end, anyTime = false, change }: PeriodProps) {
  const named = namedPeriods(anyTime);
  const found = named.find((period) => period.start === start && period.end === end);
  const [byDates, setByDates] = useState(false);
  const chosen = byDates || !found ? own : found.value;
  const onDesk = chosen === own ? {} : { className: 'desk-only' };
  return (
    <>
      <Select
        label="Period"
        w={150}
        allowDeselect={false}
        value={chosen}
        data={[...named.map(({ value, label }) => ({ value, label })), { value: own, label: 'Own dates' }]}
        onChange={(value) => {
          const period = named.find((each) => each.value === value);
          setByDates(!period);
          if (period) change({ start: period.start, end: period.end });
        }}
      />
      <TextInput
        type="date"
        label="First day"
        {...onDesk}
        value={start ?? ''}
        max={end ?? undefined}
        onChange={(event) => change({ start: event.currentTarget.value || null, end })}
      />
      <TextInput
        type="date"
        label="Last day"
        {...onDesk}
        value={end ?? ''}
        min={start ?? undefined}
        onChange={(event) => change({ start, end: event.currentTarget.value || null })}
      />
    </>
  );
}

function namedPeriods(anyTime: boolean): { value: string; label: string; start: string | null; end: string | null }[] {
  const now = today();
  const quarter = quarterOf(now);
  const back = (days: number) => ({ start: addDays(now, 1 - days), end: now });
  return [
    ...(anyTime ? [{ value: 'all', label: 'All time', start: null, end: null }] : []),
    { value: '30', label: 'Last 30 days', ...back(30) },
    { value: '90', label: 'Last 90 days', ...back(90) },
    { value: '365', label: 'Last 365 days', ...back(365) },
    { value: 'twelve', label: 'Last 12 months', start: firstOfMonth(now, 11), end: now },
    { value: 'month', label: 'Last month', ...monthBefore(now) },
    { value: 'quarter', label: 'This quarter', ...quarter },
    { value: 'before', label: 'Last quarter', ...quarterOf(addDays(quarter.start, -1)) },
  ];
}

/** The first day of the month that many months before a day's. */
function firstOfMonth(day: string, before: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - before;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

/** First and last day of the calendar month before a day's. */
function monthBefore(day: string): { start: string; end: string } {
  const end = addDays(`${day.slice(0, 7)}-01`, -1);
  return { start: `${end.slice(0, 7)}-01`, end };
}

/** First and last day of a day's calendar quarter. */
function quarterOf(day: string): { start: string; end: string } {
  const year = Number(day.slice(0, 4));
  const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  const next = first === 10 ? `${year + 1}-01-01` : `${year}-${String(first + 3).padStart(2, '0')}-01`;
  return { start: `${year}-${String(first).padStart(2, '0')}-01`, end: addDays(next, -1) };
}
