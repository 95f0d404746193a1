import { useMemo, useState } from 'react';
import type { BeforeAfterAnswer, Pilot } from '#features/rollout/contract/pilots.ts';
import { day } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Estimates } from './Estimates.tsx';
import { PilotRecordsDrawer, type RecordsOf } from './PilotRecordsDrawer.tsx';
import { WeeksTable } from './WeeksTable.tsx';

type Week = BeforeAfterAnswer['weeks'][number];

const shareOf = ({ leads, counted }: Week['pilot']): number | null => (leads === 0 ? null : Math.round((counted / leads) * 1000) / 10);
const inPercent = (value: number): string => `${Math.round(value * 10) / 10} %`;

/** The two groups week by week, how sure one can be, and the leads behind every week. */
export function BeforeAfter({ pilot, answer }: { pilot: Pilot; answer: BeforeAfterAnswer }) {
  const [open, setOpen] = useState<RecordsOf | null>(null);
  const drawn = useMemo(() => drawing(answer), [answer]);
  return (
    <>
      <p className="rollout-first wrap-any" role="status">
        {answer.sentence}
      </p>
      {answer.cautions.length > 0 && (
        <ul className="rollout-cautions">
          {answer.cautions.map((caution) => (
            <li key={caution}>{caution}</li>
          ))}
        </ul>
      )}
      {answer.weeks.length > 0 && (
        <Chart
          label="Pilot and comparison group by week"
          height={280}
          categories={drawn.categories}
          series={drawn.series}
          marks={drawn.marks}
          axis={inPercent}
          open={(at, series) => {
            const week = answer.weeks[at];
            if (week) setOpen({ week: week.week, startsOn: week.startsOn, group: series === 'Comparison group' ? 'comparison' : 'pilot' });
          }}
        />
      )}
      {answer.told && <Estimates told={answer.told} />}
      {answer.weeks.length > 0 && <WeeksTable weeks={answer.weeks} open={setOpen} />}
      {open && <PilotRecordsDrawer pilot={pilot} measure={answer.measure} of={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function drawing({ weeks, told }: BeforeAfterAnswer): { categories: string[]; series: Series[]; marks: { at: string; label: string }[] } {
  const categories = weeks.map(({ startsOn }) => day(startsOn));
  const fitted = new Map(told?.fitted.map((each) => [each.week, each]));
  // As the pilot group would have gone on: the comparison group’s value and the difference before the start, carried on.
  const without = weeks.map((week) => {
    const fit = fitted.get(week.week);
    const other = shareOf(week.comparison);
    return fit && other !== null && week.week >= 0 ? Math.round((other + fit.without) * 10) / 10 : null;
  });
  const series: Series[] = [
    { name: 'Pilot group', type: 'line', colour: 'ink', values: weeks.map(({ pilot }) => shareOf(pilot)) },
    { name: 'Comparison group', type: 'line', colour: 'mid', values: weeks.map(({ comparison }) => shareOf(comparison)) },
    ...(told ? [{ name: 'Pilot group without it', type: 'line', look: 'guide', colour: 'bad', values: without } as const] : []),
  ];
  const start = weeks.find(({ week }) => week >= 0);
  return { categories, series, marks: start ? [{ at: day(start.startsOn), label: 'Start' }] : [] };
}
