import type { Diagnosis } from '#features/rollout/contract/diagnosis.ts';
import { stepTable } from '#features/rollout/contract/step-table.ts';
import { Go } from '#ui/kit/Go.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { paths } from '#ui/paths.ts';

const columns = ['marketing', 'sales', 'leadership'] as const;

/** Sentence by sentence on the scale from 1 to 5, the widest gap first, with the step that mends it. */
export function DiagnosisTable({ diagnosis: { rows } }: { diagnosis: Diagnosis }) {
  return (
    <div className="table-scroll" role="region" aria-label="What both sides say, by sentence" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">1 not at all, 5 fully</th>
            {columns.map((side) => (
              <th key={side} scope="col" className="figure">
                <SideMark side={side} />
              </th>
            ))}
            <th scope="col" className="figure">
              Apart
            </th>
            <th scope="col" className="gap-scale">
              On the scale
            </th>
            <th scope="col">Mended by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="material-cell">
                {row.text}
              </th>
              {columns.map((side) => (
                <td key={side} className="figure">
                  {row[side] === null ? <span className="dim">–</span> : shown(row[side])}
                </td>
              ))}
              <td className="figure">{row.gap === null ? '–' : shown(row.gap)}</td>
              <td className="gap-scale">
                <Scale values={row} />
              </td>
              <td>
                <Go href={paths.rolloutStep(row.step)}>{stepTable[row.step].title}</Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** A dot a side, and the distance between the two that matter. */
function Scale({ values }: { values: Readonly<Record<(typeof columns)[number], number | null>> }) {
  const place = (value: number): string => `${((value - 1) / 4) * 100}%`;
  const { marketing, sales } = values;
  return (
    <span className="scale" aria-hidden>
      {marketing !== null && sales !== null && (
        <b style={{ left: place(Math.min(marketing, sales)), width: `${(Math.abs(marketing - sales) / 4) * 100}%` }} />
      )}
      {columns.map((side) => {
        const value = values[side];
        return value === null ? null : <i key={side} className={`of-${side}`} style={{ left: place(value) }} />;
      })}
    </span>
  );
}
