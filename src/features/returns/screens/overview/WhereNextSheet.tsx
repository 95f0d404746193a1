import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { figureText, rangeText, whyNone } from '../figureWords.ts';

/** Where the next amount would bring most, with its range; or that it can't be told. */
export function WhereNextSheet({ answer }: { answer: OverviewAnswer }) {
  const { whereNext, currency } = answer;
  return (
    <Sheet
      title={`Where the next ${money(whereNext.amount, currency)} would bring most`}
      actions={<Go href={paths.figures({ start: answer.start, end: answer.end, part: 'next' })}>All channels</Go>}
      padded
    >
      <p style={{ marginTop: 0 }}>{whereNext.sentence}</p>
      {whereNext.rows.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Where the next amount would bring most">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col" className="figure">
                  Would bring
                </th>
                <th scope="col" className="figure">
                  Range
                </th>
              </tr>
            </thead>
            <tbody>
              {whereNext.rows.map(({ group, label, brings }) => (
                <tr key={group ?? ''}>
                  <th scope="row">{label}</th>
                  <td className="figure">{figureText(brings, 'amount', currency)}</td>
                  <td className="figure dim">{whyNone(brings) ?? rangeText(brings, 'amount', currency) ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="dim" style={{ marginBottom: 0 }}>
        {whereNext.caveat}
      </p>
    </Sheet>
  );
}
