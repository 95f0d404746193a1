import { Fragment, useMemo } from 'react';
import type { Health, SideHealth } from '#features/feedback/contract/overview.ts';
import { month } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';

/** How what each side received stands now, and how much came by month. */
export function HealthPicture({ answer }: { answer: Health }) {
  return (
    <div className="columns">
      <Sheet title="How what each side received stands" padded>
        <Standing sides={answer.sides} />
      </Sheet>
      <Sheet title="Criticism received by month" padded>
        <Months months={answer.months} />
      </Sheet>
    </div>
  );
}

const parts = [
  { key: 'praise', label: 'Praise', of: ({ praise }: SideHealth) => praise },
  { key: 'settled', label: 'Settled', of: ({ settled }: SideHealth) => settled.count },
  { key: 'answered', label: 'Answered, not settled yet', of: ({ settled }: SideHealth) => settled.of - settled.count },
  {
    key: 'waiting',
    label: 'Waits for an answer',
    of: ({ criticism, settled, openLate }: SideHealth) => Math.max(0, criticism - settled.of - openLate),
  },
  { key: 'late', label: 'Answer is late', of: ({ openLate }: SideHealth) => openLate },
] as const;

function Standing({ sides }: { sides: readonly SideHealth[] }) {
  const most = Math.max(...sides.map(({ received }) => received), 1);
  return (
    <>
      <div className="stand-bars">
        {sides.map((side) => (
          <Fragment key={side.side}>
            <SideMark side={side.side} />
            <div
              className="stand-bar"
              role="img"
              aria-label={`${side.side}: ${parts.map(({ label, of }) => `${label} ${of(side)}`).join(', ')}`}
              style={{ width: `${Math.max(12, (side.received / most) * 100)}%` }}
            >
              {parts
                .filter(({ of }) => of(side) > 0)
                .map(({ key, label, of }) => (
                  <span key={key} className={`stand-${key}`} style={{ flex: of(side) }} title={`${label}: ${of(side)}`}>
                    {of(side)}
                  </span>
                ))}
            </div>
          </Fragment>
        ))}
      </div>
      <ul className="stand-key" aria-hidden>
        {parts.map(({ key, label }) => (
          <li key={key}>
            <i className={`stand-${key}`} />
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}

function Months({ months }: Pick<Health, 'months'>) {
  const { names, series } = useMemo(() => {
    const known = [...new Set(months.map((each) => each.month))];
    const of = (side: string) => known.map((name) => months.find((each) => each.month === name && each.side === side)?.criticism ?? 0);
    const sides: Series[] = [
      { name: 'To marketing', type: 'bar', colour: 'marketing', values: of('marketing') },
      { name: 'To sales', type: 'bar', colour: 'sales', values: of('sales') },
    ];
    return { names: known.map(month), series: sides };
  }, [months]);
  return <Chart label="Criticism received by month and side" height={200} categories={names} series={series} />;
}
