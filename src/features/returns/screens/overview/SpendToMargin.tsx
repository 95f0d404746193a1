import { useMemo } from 'react';
import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { majorUnits, money, moneyAxis } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Waterfall } from '#ui/kit/Waterfall.tsx';

/** From what was spent to what is left, step by step. */
export function SpendToMargin({ answer }: { answer: OverviewAnswer }) {
  const { waterfall, currency } = answer;
  const steps = useMemo(
    () => waterfall.map(({ label, kind, amount }) => ({ label, value: Number(majorUnits(amount, currency)), level: kind === 'total' })),
    [waterfall, currency],
  );
  const axis = useMemo(() => moneyAxis(currency), [currency]);
  return (
    <Sheet title="From spend to margin" padded>
      <Waterfall label="From spend to margin" height={220} steps={steps} axis={axis} />
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Steps from spend to margin">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="figure">
                Amount
              </th>
              <th scope="col" className="figure">
                Stands at
              </th>
            </tr>
          </thead>
          <tbody>
            {waterfall.map(({ step, label, amount, to }) => (
              <tr key={step}>
                <th scope="row">{label}</th>
                <td className="figure">{money(amount, currency)}</td>
                <td className="figure">{money(to, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
