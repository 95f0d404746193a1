import { roleKindWords } from '#engine/campaigns/states.ts';
import type { CalendarAnswer } from '#features/campaigns/contract/calendar.ts';
import { count, day } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';

/** Parts asked of each rep, week by week; more than the most is a clash. */
export function Load({ answer: { load, mostRolesAWeek } }: { answer: CalendarAnswer }) {
  const weeks = [...new Set(load.flatMap((row) => row.weeks.map(({ week }) => week)))].toSorted();
  return (
    <Sheet title="Parts by rep and week">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Parts by rep and week">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Rep</th>
              {weeks.map((week) => (
                <th key={week} scope="col" className="figure no-break">
                  {day(week).replace(/ \d{4}$/, '')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {load.map((row) => (
              <tr key={row.member?.id ?? row.team?.id ?? 'others'}>
                <th scope="row">{row.member?.name ?? (row.team ? `Others of ${row.team.name}` : 'Others')}</th>
                {weeks.map((week) => {
                  const found = row.weeks.find((each) => each.week === week);
                  return (
                    <td
                      key={week}
                      className={`figure${found && row.member && found.roles > mostRolesAWeek ? ' bad' : ''}`}
                      title={found?.kinds.map((kind) => roleKindWords[kind].label).join(', ')}
                    >
                      {found ? count(found.roles) : ''}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
