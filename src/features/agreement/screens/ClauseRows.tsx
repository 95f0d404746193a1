import type { AttainmentAnswer, ClauseAttainment } from '#features/agreement/contract.ts';
import { capitalised, count, month, percent } from '#ui/formats.ts';
import { queryOf } from './useAttainment.ts';

const most = 12;

/** One clause by team, person, segment…: the worst first would shame, so they stand as the server sorts them. */
export function ClauseRows({ clause, by, open }: { clause: ClauseAttainment; by: AttainmentAnswer['by']; open(query: string): void }) {
  const label = (row: ClauseAttainment['rows'][number]): string => (by === 'month' ? month(row.label) : row.label);
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`${clause.title} by ${by}`}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{capitalised(by)}</th>
            <th scope="col" className="end">
              Due
            </th>
            <th scope="col" className="end">
              Kept
            </th>
            <th scope="col" className="end">
              Excused
            </th>
            <th scope="col" className="end">
              Attainment
            </th>
          </tr>
        </thead>
        <tbody>
          {clause.rows.slice(0, most).map((row) => (
            <tr key={row.group ?? ''}>
              <th scope="row">{label(row)}</th>
              <td className="end">
                <button type="button" className="as-link" onClick={() => open(queryOf(row.recordsUrl))}>
                  {count(row.due)}
                </button>
              </td>
              <td className="end">{count(row.compliant)}</td>
              <td className="end">{count(row.excused)}</td>
              <td className={`end ${row.attainment !== null && row.attainment * 100 < clause.targetPercent ? 'bad' : ''}`}>
                {percent(row.attainment)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {clause.rows.length > most && <p className="dim">{clause.rows.length - most} more in the export.</p>}
    </div>
  );
}
