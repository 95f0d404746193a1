import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { capitalised, day, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';

/** Why won value changed since the period before. */
export function ChangesSheet({ answer }: { answer: OverviewAnswer }) {
  const { changes, currency } = answer;
  const widest = Math.max(1, ...changes.effects.map(({ amount }) => Math.abs(Number(amount))));
  return (
    <Sheet
      title="What changed, and why"
      actions={<Go href={paths.figures({ start: answer.start, end: answer.end, part: 'changes' })}>By {changes.by}</Go>}
      padded
    >
      <p style={{ marginTop: 0 }}>
        Won value changed by <strong>{money(changes.change, currency)}</strong> against {day(answer.beforeStart)} to {day(answer.beforeEnd)}
        :
      </p>
      <table className="plain effects" aria-label="Parts of the change">
        <tbody>
          {changes.effects.map(({ cause, amount, text }) => (
            <tr key={cause}>
              <th scope="row">
                {capitalised(cause)}
                <div className="dim effect-text">{text}</div>
              </th>
              <td className="effect-bar" aria-hidden>
                <span
                  className={amount.startsWith('-') ? 'effect-down' : 'effect-up'}
                  style={{ width: `${(Math.abs(Number(amount)) / widest) * 50}%` }}
                />
              </td>
              <td className="figure">{money(amount, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim" style={{ marginBottom: 0 }}>
        The parts add up to the change; difference {money(changes.difference, currency)}.
      </p>
    </Sheet>
  );
}
