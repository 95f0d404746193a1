import type { HealthCount, HealthRow, MeetingHealthAnswer } from '#features/cadence/contract/health.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import type { Opened } from './HealthRecordsDrawer.tsx';

interface Line {
  label: string;
  count: HealthCount;
  of?: HealthCount;
  percent?(row: HealthRow): number | null;
  bad?: boolean;
}

const lines: readonly Line[] = [
  { label: 'Meetings due', count: 'due' },
  { label: 'Held', count: 'held', of: 'due', percent: (row) => row.heldPercent },
  { label: 'Not held', count: 'notHeld', bad: true },
  { label: 'Started in time', count: 'inTime', of: 'held', percent: (row) => row.inTimePercent },
  { label: 'Came, of those expected', count: 'came', of: 'expected', percent: (row) => row.attendedPercent },
  { label: 'Decided or agreed something', count: 'deciding', of: 'held', percent: (row) => row.decidingPercent },
  { label: 'Actions closed, of those due', count: 'closed', of: 'actionsDue', percent: (row) => row.closedPercent },
  { label: 'Closed in time', count: 'closedInTime', of: 'actionsDue', percent: (row) => row.closedInTimePercent },
  { label: 'Late and open', count: 'openLate', bad: true },
];

/** What a number counts, by itself: also where it stands as “of so many”. */
const labelOf = (which: HealthCount): string =>
  ({ expected: 'Seats expected', came: 'Came', actionsDue: 'Actions due', closed: 'Actions closed' })[which as string] ??
  lines.find(({ count }) => count === which)!.label;

/** The figures, series beside series; each opens into its records. */
export function HealthTable({ answer, open }: { answer: MeetingHealthAnswer; open(what: Opened): void }) {
  const rows = [answer.overall, ...answer.series];
  return (
    <Sheet title="Series beside series">
      <div className="table-scroll" role="region" aria-label="Health of meetings by series" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {rows.map((row) => (
                <th key={row.series?.id ?? 'all'} scope="col" className="figure">
                  {row.series?.name ?? 'All'}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.label}>
                <th scope="row" style={{ fontWeight: 400 }}>
                  {line.label}
                </th>
                {rows.map((row) => (
                  <td key={row.series?.id ?? 'all'} className="figure">
                    <Figure line={line} row={row} open={open} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

function Figure({ line, row, open }: { line: Line; row: HealthRow; open(what: Opened): void }) {
  const name = row.series?.name ?? 'All meetings';
  const number = (which: HealthCount) => {
    const label = labelOf(which);
    return (
      <OpenNumber
        value={row[which]}
        label={`${label}, ${name}`}
        open={() => open({ url: row.records[which], title: `${label}: ${name}` })}
      />
    );
  };
  const percent = line.percent?.(row);
  if (line.of && row[line.of] === 0) return <span className="dim">–</span>;
  return (
    <span className={line.bad && row[line.count] > 0 ? 'bad' : ''}>
      {percent !== undefined && percent !== null && <strong>{percent} % </strong>}
      {number(line.count)}
      {line.of && <> of {number(line.of)}</>}
    </span>
  );
}
