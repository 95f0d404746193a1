import { Select } from '@mantine/core';
import { monthsBetween, monthsLater, monthOf } from '#features/returns/contract/months.ts';
import { month as monthWords, today } from '#ui/formats.ts';

interface MonthSelectProps {
  label: string;
  value: string;
  onChange(month: string): void;
  /** `YYYY-MM`; left out: five years back, and a year ahead. */
  first?: string;
  last?: string;
  description?: string;
  error?: string | undefined;
  width?: number | string;
}

/** A month by name, the latest first. */
export function MonthSelect({ label, value, onChange, first, last, description, error, width }: MonthSelectProps) {
  const now = monthOf(today());
  const months = monthsBetween(first ?? monthsLater(now, -60), last ?? monthsLater(now, 12));
  const all = months.includes(value) ? months : [...months, value].toSorted();
  return (
    <Select
      label={label}
      description={description}
      data={all.toReversed().map((each) => ({ value: each, label: monthWords(each) }))}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen)}
      searchable
      allowDeselect={false}
      error={error}
      {...(width !== undefined && { w: width })}
      nothingFoundMessage="No such month"
    />
  );
}
