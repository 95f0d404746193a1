import { useMemo } from 'react';
import type { RetentionAnswer, RetentionPart } from '#features/returns/contract/retention.ts';
import { majorUnits, money, moneyAxis } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Waterfall, type Step } from '#ui/kit/Waterfall.tsx';

const steps: readonly { part: RetentionPart; label: string; sign: 1 | -1; level?: boolean }[] = [
  { part: 'start', label: 'At the start', sign: 1, level: true },
  { part: 'new', label: 'New', sign: 1 },
  { part: 'returned', label: 'Came back', sign: 1 },
  { part: 'expansion', label: 'Pay more', sign: 1 },
  { part: 'contraction', label: 'Pay less', sign: -1 },
  { part: 'churned', label: 'Left', sign: -1 },
  { part: 'end', label: 'At the end', sign: 1, level: true },
];

/** From what customers paid a month at the start to what they pay at the end. */
export function Bridge({ answer, open }: { answer: RetentionAnswer; open(url: string, about: string): void }) {
  const { currency } = answer;
  const { bridge, difference } = answer.total;
  const drawn = useMemo(
    (): Step[] =>
      steps.map(({ part, label, sign, level }) => ({
        label,
        value: sign * Number(majorUnits(bridge[part].amount ?? '0', currency)),
        ...(level && { level }),
      })),
    [bridge, currency],
  );
  const axis = useMemo(() => moneyAxis(currency), [currency]);
  return (
    <Sheet title="What customers pay a month, from start to end" padded>
      <Waterfall label="What customers pay a month, from start to end" height={230} steps={drawn} axis={axis} />
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Steps from start to end">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="figure">
                Customers
              </th>
              <th scope="col" className="figure">
                A month
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ part, label, sign }) => {
              const { count, amount, recordsUrl } = bridge[part];
              return (
                <tr key={part}>
                  <th scope="row">{label}</th>
                  <td className="figure">
                    {recordsUrl ? <OpenNumber value={count} label={label} open={() => open(recordsUrl, label)} /> : count}
                  </td>
                  <td className="figure">
                    {sign < 0 && amount !== '0' && amount !== null ? '−' : ''}
                    {money(amount, currency)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="dim" style={{ marginBottom: 0 }}>
        Start and steps add up to the end; difference {money(difference, currency)}.
      </p>
    </Sheet>
  );
}
