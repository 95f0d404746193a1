import type { Feasibility, FeasibilityCheck } from '#features/goals/contract/working.ts';
import { month } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { rangeText, shown, type Shown } from '../goalWords.ts';
import { Opens } from '../Opens.tsx';

const verdicts = {
  holds: { label: 'Holds', look: 'state-good' },
  tight: { label: 'Tight', look: 'state-waiting' },
  fails: { label: 'Can’t be kept', look: 'state-bad' },
  unknown: { label: 'Can’t tell', look: '' },
} as const;

/** Whether the plan can be kept, with figures, before anybody signs it. */
export function FeasibilitySheet({ feasibility, currency }: { feasibility: Feasibility; currency: string }) {
  return (
    <Sheet title="Can it be kept?">
      <ul className="plan-checks">
        {feasibility.checks.map((check) => (
          <Check key={check.key} check={check} of={{ unit: check.unit, currency }} />
        ))}
      </ul>
    </Sheet>
  );
}

function Check({ check, of }: { check: FeasibilityCheck; of: Shown }) {
  const { label, look } = verdicts[check.verdict];
  return (
    <li>
      <div className="check-line">
        <span className={`state ${look}`}>{label}</span>
        <span className="grow">
          <strong>{check.label}.</strong> {check.sentence}
        </span>
      </div>
      {(check.byMonth.length > 0 || check.rests.length > 0) && (
        <details>
          <summary>
            Month by month, and what it rests on<span className="visually-hidden">: {check.label}</span>
          </summary>
          {check.byMonth.length > 0 && <Months check={check} of={of} />}
          <ul>
            {check.rests.map(({ text, recordsUrl }) => (
              <li key={text}>
                <Opens url={recordsUrl} about={check.label}>
                  {text}
                </Opens>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

const Months = ({ check, of }: { check: FeasibilityCheck; of: Shown }) => (
  <div className="table-scroll" tabIndex={0} role="region" aria-label={`${check.label} by month`}>
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">Month</th>
          <th scope="col" className="figure">
            Needed
          </th>
          <th scope="col" className="figure">
            There is
          </th>
        </tr>
      </thead>
      <tbody>
        {check.byMonth.map((line) => (
          <tr key={line.month}>
            <th scope="row">{month(line.month)}</th>
            <td className="figure">
              {shown(line.needed.mid, of)} <span className="dim small-print">{rangeText(line.needed, of)}</span>
            </td>
            <td className="figure">
              <Opens url={line.recordsUrl} about={`${check.label}, ${month(line.month)}`}>
                {shown(line.available, of)}
              </Opens>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
