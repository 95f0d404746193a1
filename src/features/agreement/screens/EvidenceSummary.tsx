import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { count, percent } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';

/** Every clause on one line: what an auditor reads first. */
export function EvidenceSummary({ answer }: { answer: AttainmentAnswer }) {
  const heads = ['Due', 'Kept', 'Late', 'Missed', 'Excused', 'Attainment', 'Target'];
  return (
    <Sheet title="Clause by clause">
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Clause by clause">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Clause</th>
              <th scope="col">Owed by</th>
              {heads.map((head) => (
                <th key={head} scope="col" className="end">
                  {head}
                </th>
              ))}
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {answer.clauses.map((clause) => (
              <tr key={clause.key}>
                <th scope="row">
                  <a className="go" href={`#${clause.key}`}>
                    {clause.title}
                  </a>
                </th>
                <td>
                  <SideMark side={clause.side} />
                </td>
                <td className="end">
                  {count(clause.due)}
                  {clause.pace && ' days'}
                </td>
                {[clause.compliant, clause.late, clause.missed, clause.excused].map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns of a fixed table
                  <td key={at} className="end">
                    {count(value)}
                  </td>
                ))}
                <td className="end">{percent(clause.attainment)}</td>
                <td className="end">{clause.targetPercent} %</td>
                <td className={clause.kept === false ? 'bad' : clause.kept ? 'good' : 'dim'}>
                  {clause.kept === null ? 'Nothing was due' : clause.kept ? 'Kept' : 'Broken'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
