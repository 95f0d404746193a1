import { useMemo } from 'react';
import type { MeetingHealthAnswer } from '#features/cadence/contract/health.ts';
import { day } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Sheet } from '#ui/kit/Page.tsx';

type Week = MeetingHealthAnswer['weeks'][number];

/** Week by week: what part of what should be was. */
export function HealthWeeks({ weeks }: { weeks: readonly Week[] }) {
  const { names, held, came } = useMemo(() => {
    const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 100));
    const line = (name: string, colour: Series['colour'], of: (week: Week) => number | null): Series => ({
      name,
      type: 'line',
      colour,
      values: weeks.map(of),
    });
    return {
      names: weeks.map(({ week }) => day(week).replace(/ \d{4}$/, '')),
      held: [
        { name: 'Held', type: 'bar', colour: 'ink', stack: 'meetings', values: weeks.map((week) => week.held) },
        { name: 'Not held', type: 'bar', colour: 'bad', stack: 'meetings', values: weeks.map((week) => week.due - week.held) },
      ] satisfies Series[],
      came: [
        line('Came, of those expected', 'ink', (week) => share(week.came, week.expected)),
        line('Actions closed, of those due', 'good', (week) => share(week.closed, week.actionsDue)),
      ],
    };
  }, [weeks]);
  if (weeks.length < 2) return null;
  return (
    <div className="columns">
      <Sheet title="Meetings by week" padded>
        <Chart label="Meetings held and not held by week" height={200} categories={names} series={held} />
      </Sheet>
      <Sheet title="Came and closed, by week" padded>
        <Chart
          label="Share that came, and share of actions closed, by week"
          height={200}
          categories={names}
          series={came}
          axis={(value) => `${value} %`}
        />
      </Sheet>
    </div>
  );
}
