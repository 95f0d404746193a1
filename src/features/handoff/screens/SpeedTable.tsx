import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { capitalised, month, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { partOf, wallTime, workingTime } from './speedWords.ts';

const words: Record<string, string> = { person: 'rep', hour: 'hour of day' };

export function SpeedTable({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  if (answer.rows.length === 0) return null;
  const by = words[answer.by] ?? answer.by;
  const heads = [
    'Leads',
    'Attempted',
    'Median',
    'Nine of ten within',
    'Median, wall time',
    'In time',
    `Within ${answer.withinMinutes} min`,
  ];
  return (
    <Sheet title={`By ${by}`}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Speed by ${by}`}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{capitalised(by)}</th>
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
                  <OpenNumber value={row.leads} label={`Leads, ${row.label}`} open={() => open(row.recordsUrl)} />
                </td>
                <td className="end">
                  <OpenNumber
                    value={row.attempted}
                    label={`Attempted, ${row.label}`}
                    open={() => open(partOf(row.recordsUrl, 'attempted'))}
                  />
                </td>
                <td className="end">{workingTime(row.medianWorking)}</td>
                <td className="end">{workingTime(row.p90Working)}</td>
                <td className="end">{wallTime(row.medianWall)}</td>
                <td className="end">
                  <OpenNumber value={row.within} label={`In time, ${row.label}`} open={() => open(partOf(row.recordsUrl, 'within'))} />
                </td>
                <td className="end">{percent(row.withinShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
