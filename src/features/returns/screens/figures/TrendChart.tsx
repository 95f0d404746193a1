import { useMemo } from 'react';
import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { Chart } from '#ui/kit/Chart.tsx';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { reasonOf } from './figureKnown.ts';
import { axisOf, marksOf, periodText, seriesOf } from './trendWords.ts';

interface TrendChartProps {
  answer: TrendAnswer;
  name: FigureName;
  open(period: string): void;
}

/** One figure over time. */
export function TrendChart({ answer, name, open }: TrendChartProps) {
  const { label, formula } = figureTable[name];
  const drawn = useMemo(
    () => ({
      categories: answer.points.map(({ period }) => periodText(period)),
      series: seriesOf(answer, name),
      marks: marksOf(answer),
      axis: axisOf(name, answer.currency),
    }),
    [answer, name],
  );
  const young = answer.points.filter(({ partial }) => partial);
  const none = answer.points.every(({ figures }) => figures[name].value === null);
  const flat = !none && drawn.series.every(({ values }) => values.every((value) => !value));
  return (
    <Sheet
      title={label}
      actions={
        <Explain label={`How ${label} is made`}>
          <p style={{ margin: 0 }}>{formula}.</p>
          <p className="dim" style={{ margin: '8px 0 0' }}>
            Formulas {answer.version}.
          </p>
        </Explain>
      }
      padded
    >
      {none || flat ? (
        <p className="dim" style={{ margin: 0 }}>
          {none ? `No number in this period: ${reasonAt(answer, name)}.` : 'Nothing but 0 in this period.'}
        </p>
      ) : (
        <Chart
          label={`${label} by ${answer.every}`}
          height={220}
          {...drawn}
          open={(at) => answer.points[at] && open(answer.points[at].period)}
        />
      )}
      {!none && !flat && hidesRanges(answer, name, drawn.series.length) && (
        <p className="dim small-print" style={{ margin: '6px 0 0' }}>
          The ranges are too wide to draw; they stand in the table.
        </p>
      )}
      {young.length > 0 && !none && !flat && (
        <p className="dim small-print" style={{ margin: '6px 0 0' }}>
          Not over, or cut by the period asked for: {young.map(({ period }) => periodText(period)).join(', ')}.
        </p>
      )}
    </Sheet>
  );
}

const reasonAt = ({ points }: TrendAnswer, name: FigureName): string => {
  const last = points.at(-1);
  return (last && reasonOf(last.figures[name])) ?? 'nothing is on record';
};

const hidesRanges = ({ points }: TrendAnswer, name: FigureName, drawn: number): boolean =>
  drawn === 1 && points.some(({ figures }) => figures[name].uncertainty !== null);
