import { useMemo } from 'react';
import type { GoalDetail } from '#features/goals/contract/goals.ts';
import { day, moneyAxis } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { drawn, rangeText, shown, type Shown } from './goalWords.ts';

/** Day by day: what the pace wants, what came, and where it is going, with its range. */
export function CourseChart({ known, of }: { known: GoalDetail; of: Shown }) {
  const picture = useMemo(() => pictureOf(known, of), [known, of.unit, of.currency]);
  return (
    <div>
      <Chart label={`Course of ${known.goal.title}`} height={240} {...picture} />
      <details>
        <summary>The figures by month</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Course by month">
          <table className="plain">
            <thead>
              <tr>
                {['By', 'Pace', 'Came', 'Forecast'].map((head, at) => (
                  <th key={head} scope="col" className={at ? 'figure' : undefined}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {monthEnds(known.course).map((point) => {
                const ahead = known.ahead.findLast((each) => each.day <= point.day && each.day.slice(0, 7) === point.day.slice(0, 7));
                return (
                  <tr key={point.day}>
                    <th scope="row">{day(point.day)}</th>
                    <td className="figure">{shown(point.ideal, of)}</td>
                    <td className="figure">{shown(point.actual, of)}</td>
                    <td className="figure">{ahead && point.actual === null ? rangeText(ahead.value, of) : '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

const monthEnds = (course: GoalDetail['course']) => course.filter(({ day: on }, at) => on.slice(0, 7) !== course[at + 1]?.day.slice(0, 7));

/** The forecast is known by week, the course by working day: between weeks the line goes straight on. */
function pictureOf({ course, ahead }: GoalDetail, of: Shown) {
  const weeks = new Map<number, GoalDetail['ahead'][number]['value']>();
  for (const { day: on, value } of ahead) {
    const at = course.findLastIndex((point) => point.day <= on);
    if (at >= 0) weeks.set(at, value);
  }
  const line = (part: 'low' | 'mid' | 'high'): (number | null)[] =>
    between(
      course.map((_, at) => {
        const value = weeks.get(at);
        return value ? drawn(value[part], of) : null;
      }),
    );
  const guide = { type: 'line', look: 'guide' } as const;
  const series: Series[] = [
    { name: 'Pace', ...guide, colour: 'mid', values: course.map(({ ideal }) => drawn(ideal, of)) },
    {
      ...{ name: 'Came', type: 'line', look: 'bare', colour: 'ink' },
      values: course.map(({ actual }) => (actual === null ? null : drawn(actual, of))),
    },
    ...(ahead.length > 0
      ? ([
          { name: 'Going to, at least', ...guide, colour: 'leadership', values: line('low') },
          { name: 'Going to', type: 'line', look: 'bare', colour: 'leadership', values: line('mid') },
          { name: 'Going to, at most', ...guide, colour: 'leadership', values: line('high') },
        ] as const)
      : []),
  ];
  return {
    series,
    categories: course.map((point) => day(point.day).replace(/ \d{4}$/, '')),
    ...((of.unit === 'amount' || of.unit === 'amountAMonth') && { axis: moneyAxis(of.currency) }),
  };
}

function between(values: readonly (number | null)[]): (number | null)[] {
  const filled = [...values];
  let last = -1;
  for (const [at, value] of values.entries()) {
    if (value === null) continue;
    const before = last < 0 ? null : values[last]!;
    if (before !== null)
      for (let step = last + 1; step < at; step++) filled[step] = before + ((value - before) * (step - last)) / (at - last);
    last = at;
  }
  return filled;
}
