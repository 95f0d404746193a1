import { useState } from 'react';
import type { BeforeAfterAnswer } from '#features/rollout/contract/pilots.ts';
import { day } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import type { RecordsOf } from './PilotRecordsDrawer.tsx';

type Weeks = BeforeAfterAnswer['weeks'];
const groups = ['pilot', 'comparison'] as const;
const words = { pilot: 'Pilot group', comparison: 'Comparison group' } as const;

/** The figures behind the picture; each week opens into its leads. */
export function WeeksTable({ weeks, open }: { weeks: Weeks; open(of: RecordsOf): void }) {
  const [shown, setShown] = useState(false);
  return (
    <details className="rollout-weeks" onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>Week by week, with the leads behind</summary>
      {shown && (
        <div className="table-scroll" role="region" aria-label="Weeks" tabIndex={0}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Week from</th>
                {groups.map((group) => (
                  <th key={group} scope="col" className="figure">
                    {words[group]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((each) => (
                <tr key={each.week}>
                  <th scope="row">
                    {day(each.startsOn)}
                    {each.week === 0 ? ' (start)' : ''}
                  </th>
                  {groups.map((group) => (
                    <td key={group} className="figure">
                      {each[group].counted} of{' '}
                      <OpenNumber
                        value={each[group].leads}
                        label={`${words[group]}, week from ${day(each.startsOn)}, leads`}
                        open={() => open({ week: each.week, startsOn: each.startsOn, group })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
