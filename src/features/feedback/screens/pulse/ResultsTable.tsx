import type { PulseCell, PulseResults } from '#features/feedback/contract/pulse.ts';
import { SideMark } from '#ui/kit/Side.tsx';

interface Column {
  key: string;
  head: React.ReactNode;
  cell: PulseCell;
}

/** Question by question: each group’s mean in figures and on the scale from 1 to 5. */
export function ResultsTable({ answer, isNarrowed }: { answer: PulseResults; isNarrowed: boolean }) {
  const chosen: Column = { key: 'everybody', head: isNarrowed ? 'This group' : 'Everybody', cell: answer.cell };
  const columns = isNarrowed
    ? [chosen]
    : [chosen, ...answer.sides.map((cell): Column => ({ key: cell.side ?? '', head: <SideMark side={cell.side} />, cell }))];
  const told = columns.filter(({ cell }) => cell.means !== null);
  return (
    <div className="table-scroll" role="region" aria-label="Results by question" tabIndex={0}>
      <table className="plain feedback-table">
        <thead>
          <tr>
            <th scope="col">Question</th>
            {columns.map(({ key, head, cell }) => (
              <th key={key} scope="col" className="figure">
                {head}
                <div className="dim small-print">{cell.answers === null ? 'too few' : `${cell.answers} answered`}</div>
              </th>
            ))}
            <th scope="col" className="mean-bar" aria-label="On the scale from 1 to 5" />
          </tr>
        </thead>
        <tbody>
          {answer.pulse.questions.map(({ key, text }) => (
            <tr key={key}>
              <th scope="row" style={{ fontWeight: 400, minWidth: 200 }}>
                {text}
              </th>
              {columns.map((column) => (
                <td key={column.key} className="figure">
                  {column.cell.means ? column.cell.means[key]?.toFixed(2) : <span className="dim">–</span>}
                </td>
              ))}
              <td className="mean-bar" aria-hidden>
                <span>
                  {told.map((column) => (
                    <i
                      key={column.key}
                      className={`of-${column.cell.side ?? 'everybody'}`}
                      style={{ left: `${(((column.cell.means?.[key] ?? 1) - 1) / 4) * 100}%` }}
                    />
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
