import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { capitalised } from '#ui/formats.ts';
import { FigureCell } from './FigureCell.tsx';
import { marksOf, periodText } from './trendWords.ts';

interface TrendTableProps {
  answer: TrendAnswer;
  names: readonly FigureName[];
  open(name: FigureName, of: string): void;
}

/** The same as the pictures, the latest first. */
export function TrendTable({ answer, names, open }: TrendTableProps) {
  const marks = marksOf(answer);
  return (
    <div className="table-scroll figure-table" tabIndex={0} role="region" aria-label={`Figures by ${answer.every}`}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{capitalised(answer.every)}</th>
            {names.map((name) => (
              <th key={name} scope="col" className="end">
                {figureTable[name].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.points.toReversed().map((point) => {
            const label = periodText(point.period);
            const versions = marks.filter(({ at }) => at === label).map((mark) => mark.label);
            return (
              <tr key={point.period}>
                <th scope="row">
                  {label}
                  {point.partial && <div className="dim small-print">not whole</div>}
                  {versions.length > 0 && <div className="dim small-print">agreement {versions.join(', ')}</div>}
                </th>
                {names.map((name) => (
                  <td key={name} className="end">
                    <FigureCell
                      name={name}
                      figure={point.figures[name]}
                      currency={answer.currency}
                      of={label}
                      open={() => open(name, point.period)}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
