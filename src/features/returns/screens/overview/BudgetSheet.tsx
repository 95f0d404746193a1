import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';

/** Planned against spent. */
export function BudgetSheet({ answer }: { answer: OverviewAnswer }) {
  const { budget, currency } = answer;
  return (
    <Sheet title="Budget" actions={<Go href={paths.budget({ start: answer.start, end: answer.end })}>Budget</Go>} padded>
      {budget === null ? (
        <p style={{ margin: 0 }} className="dim">
          No budget is kept for this period. <Go href={paths.budget()}>Set one</Go>, and this says how far either side is from it.
        </p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Budget and spend">
          <table className="plain">
            <thead>
              <tr>
                {['Side', 'Planned', 'Spent', 'Over or under'].map((head, at) => (
                  <th key={head} scope="col" className={at ? 'figure' : undefined}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {budget.bySide.map(({ side, ...line }) => (
                <tr key={side}>
                  <th scope="row">
                    <SideMark side={side} />
                  </th>
                  <Line {...line} currency={currency} />
                </tr>
              ))}
              <tr>
                <th scope="row">Both</th>
                <Line planned={budget.planned} spent={budget.spent} variance={budget.variance} currency={currency} />
              </tr>
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}

function Line({ planned, spent, variance, currency }: { planned: string; spent: string; variance: string; currency: string }) {
  const under = variance.startsWith('-');
  return (
    <>
      <td className="figure">{money(planned, currency)}</td>
      <td className="figure">{money(spent, currency)}</td>
      <td className={`figure ${variance === '0' || under ? '' : 'bad'}`}>
        {variance === '0' ? 'as planned' : `${money(variance.replace('-', ''), currency)} ${under ? 'under' : 'over'}`}
      </td>
    </>
  );
}
