import type { z } from 'zod';
import type { qualityAnswer, qualityCountsNamed } from '#features/handoff/contract.ts';
import { month, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';

type Quality = z.output<typeof qualityAnswer>;
type Counts = Quality['total'];
type Named = (typeof qualityCountsNamed)[number];

const groupWords: Record<string, string> = { person: 'Rep', clause: 'Clause not met' };
/** In the order they rest on each other; a share stands after what it is of. */
const columns: readonly (readonly [label: string, of: Named | 'leadQuality' | 'rejectAccuracy' | 'sampleAccuracy'])[] = [
  ['Passed', 'passed'],
  ['Decided', 'decided'],
  ['Rejected', 'rejected'],
  ['For good', 'lost'],
  ['Lead quality', 'leadQuality'],
  ['Judged', 'judged'],
  ['Upheld', 'upheld'],
  ['Reject accuracy', 'rejectAccuracy'],
  ['Sampled', 'sampled'],
  ['Accuracy there', 'sampleAccuracy'],
];

/** @param open the query of the records behind a number */
export function QualityTable({ answer, open }: { answer: Quality; open(query: string): void }) {
  const by = groupWords[answer.by] ?? `${answer.by.charAt(0).toUpperCase()}${answer.by.slice(1)}`;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Lead quality">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{by}</th>
            {columns.map(([label]) => (
              <th key={label} scope="col" className="end">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <Line key={row.group ?? ''} label={answer.by === 'month' ? month(row.label) : row.label} counts={row} open={open} />
          ))}
        </tbody>
        <tfoot>
          <Line label="All" counts={answer.total} open={open} />
        </tfoot>
      </table>
    </div>
  );
}

function Line({ label, counts, open }: { label: string; counts: Counts; open(query: string): void }) {
  const of = (which: Named): string => `${counts.recordsUrl.split('?')[1] ?? ''}&which=${which}`;
  return (
    <tr>
      <th scope="row">{label}</th>
      {columns.map(([head, name]) => (
        <td key={name} className="end">
          {name === 'leadQuality' || name === 'rejectAccuracy' || name === 'sampleAccuracy' ? (
            <strong className={counts[name] === null ? 'dim' : undefined}>{percent(counts[name])}</strong>
          ) : (
            <OpenNumber value={counts[name]} label={`${head}, ${label}`} open={() => open(of(name))} />
          )}
        </td>
      ))}
    </tr>
  );
}
