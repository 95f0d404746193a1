import type { BeforeAfterAnswer } from '#features/rollout/contract/pilots.ts';
import { Explain } from '#ui/kit/Explain.tsx';

type Told = NonNullable<BeforeAfterAnswer['told']>;

const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
const rows = [
  ['effect', 'On average since the start'],
  ['level', 'At once, at the start'],
  ['slope', 'More with each week'],
] as const;

/** What changed beyond the comparison group, in points, each with its range. */
export function Estimates({ told }: { told: Told }) {
  return (
    <div className="table-scroll" role="region" aria-label="What changed beyond the comparison group" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">
              Beyond the comparison group
              <HowSure told={told} />
            </th>
            <th scope="col" className="figure">
              Points
            </th>
            <th scope="col" className="figure">
              95 % sure
            </th>
            <th scope="col" className="figure">
              By chance alone
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([key, label]) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td className="figure">{points(told[key].value)}</td>
              <td className="figure">
                {points(told[key].low)} to {points(told[key].high)}
              </td>
              <td className="figure">{told[key].chance < 0.001 ? 'below 0.1 %' : `${(told[key].chance * 100).toFixed(1)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HowSure = ({ told }: { told: Told }) => (
  <Explain label="How sure this is">
    <p>
      Week by week the pilot group less the comparison group, fitted by a level and a slope before the start and a change of both from then
      on: what hits both groups alike is in neither. Rests on {told.weeksBefore} weeks before and {told.weeksAfter} after.
    </p>
    <p>
      Neighbouring weeks resemble each other (here by {told.autocorrelation.toFixed(2)}), which the range allows for: it holds the truth in
      at least 93 of 100 such series, as long as weeks resemble each other by no more than 0.5.
    </p>
    <p>It can’t know of anything else that began at the start for one group alone.</p>
  </Explain>
);
