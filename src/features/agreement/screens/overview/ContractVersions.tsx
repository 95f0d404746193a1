import { day, dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';
import type { Summary } from '../asking.ts';
import { StateMark } from '../version/StateMark.tsx';

/** Every version of the contract there was. */
export function ContractVersions({ versions }: { versions: Summary['versions'] }) {
  return (
    <Sheet title="Versions of the contract">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Versions of the contract">
        <table className="plain">
          <thead>
            <tr>
              <th>Version</th>
              <th>State</th>
              <th>Counts from</th>
              <th>Signed</th>
              <th>Waits for</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.id}>
                <td>
                  <Go href={paths.contract(version.id)}>Version {version.number}</Go>
                </td>
                <td>
                  <StateMark {...version} />
                </td>
                <td>{day(version.effectiveFrom)}</td>
                <td>{dayOfInstant(version.signedAt)}</td>
                <td>
                  <span className="waiting-sides">
                    {version.status === 'proposed' ? version.missing.map((side) => <SideMark key={side} side={side} />) : '–'}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
