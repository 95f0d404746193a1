import { SegmentedControl } from '@mantine/core';
import { today } from '#ui/formats.ts';
import { useUrlSearch } from '#ui/kit/search.ts';

/** For how long: chosen first, as the plan is then filled with as much of the company's past. */
export function NewPlanDays({ start, end }: { start: string | undefined; end: string | undefined }) {
  const [, change] = useUrlSearch();
  const spans = spansFrom(today());
  const chosen = spans.find((span) => span.start === start && span.end === end) ?? spans.find((span) => !span.start && !start);
  return (
    <div className="new-plan-days">
      <SegmentedControl
        aria-label="For how long"
        value={chosen?.label ?? ''}
        onChange={(label) => {
          const span = spans.find((each) => each.label === label);
          change({ start: span?.start ?? null, end: span?.end ?? null });
        }}
        data={spans.map(({ label }) => label)}
      />
      <p className="dim small-print">The plan below is filled anew from your own past when you choose.</p>
    </div>
  );
}

interface Span {
  readonly label: string;
  readonly start: string | null;
  readonly end: string | null;
}

function spansFrom(day: string): Span[] {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const quarter = Math.floor((month - 1) / 3);
  return [
    { label: 'Year ahead', start: null, end: null },
    { label: 'This year', start: `${year}-01-01`, end: `${year}-12-31` },
    { label: 'This quarter', ...quarterOf(year, quarter) },
    { label: 'Next quarter', ...quarterOf(quarter === 3 ? year + 1 : year, (quarter + 1) % 4) },
  ];
}

function quarterOf(year: number, quarter: number): { start: string; end: string } {
  const first = quarter * 3 + 1;
  const days = quarter === 0 || quarter === 3 ? 31 : 30;
  const two = (value: number): string => String(value).padStart(2, '0');
  return { start: `${year}-${two(first)}-01`, end: `${year}-${two(first + 2)}-${days}` };
}
