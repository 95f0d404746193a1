import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { capitalised, count, month, percent } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { minutes } from './SpeedPage.tsx';

export function SpeedTable({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  if (answer.rows.length === 0) return null;
  const heads = ['Leads', 'Attempted', 'Median', 'Nine of ten within', 'Median, wall', `Within ${answer.withinMinutes} min`];
  return (
    <Sheet title={`By ${answer.by === 'person' ? 'rep' : answer.by}`}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Speed by ${answer.by}`}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{capitalised(answer.by === 'person' ? 'rep' : answer.by)}</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="end">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.rows.map((row) => (
              <tr key={row.group ?? ''}>
                <th scope="row">{answer.by === 'month' ? month(row.label) : row.label}</th>
                <td className="end">
                  <button type="button" className="as-link" onClick={() => open(row.recordsUrl)}>
                    {count(row.leads)}
                  </button>
                </td>
                <td className="end">{count(row.attempted)}</td>
                <td className="end">{minutes(row.medianWorking)}</td>
                <td className="end">{minutes(row.p90Working)}</td>
                <td className="end">{minutes(row.medianWall)}</td>
                <td className="end">{percent(row.withinShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
