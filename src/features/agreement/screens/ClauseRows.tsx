import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AttainmentAnswer, ClauseAttainment } from '#features/agreement/contract.ts';
import { capitalised, month, percent } from '#ui/formats.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { daysOfStretch, partOf } from './clauseWords.ts';

const mostAtFirst = 12;
const counts = [
  ['due', 'Due'],
  ['compliant', 'Kept'],
  ['late', 'Late'],
  ['missed', 'Missed'],
  ['excused', 'Excused'],
] as const;

interface RowsProps {
  clause: ClauseAttainment;
  by: AttainmentAnswer['by'];
  open(query: string): void;
}

/** One clause by team, person, segment…: the worst first would shame, so they stand as the server sorts them. */
export function ClauseRows({ clause, by, open }: RowsProps) {
  const [all, setAll] = useState(false);
  const rows = all ? clause.rows : clause.rows.slice(0, mostAtFirst);
  const shown = counts.filter(([kind]) => kind === 'due' || kind === 'compliant' || clause[kind] > 0);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`${clause.title} by ${by}`}>
        <table className="plain tight">
          <thead>
            <tr>
              <th scope="col">{capitalised(by)}</th>
              {[...shown.map(([, label]) => label), 'Attainment'].map((label) => (
                <th key={label} scope="col" className="end">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.group ?? ''}>
                <th scope="row">{labelOf(by, row.label)}</th>
                {shown.map(([kind, label]) => (
                  <td key={kind} className="end">
                    <OpenNumber value={row[kind]} label={`${label}, ${row.label}`} open={() => open(behind(clause, row, kind))} />
                  </td>
                ))}
                <td className={`end ${row.attainment !== null && row.attainment * 100 < clause.targetPercent ? 'bad' : ''}`}>
                  {percent(row.attainment)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length < clause.rows.length && (
        <Button variant="subtle" size="compact-sm" mt={6} onClick={() => setAll(true)}>
          Show all {clause.rows.length}
        </Button>
      )}
    </>
  );
}

/** Of a pace its working days in that stretch, else the leads. */
function behind(clause: ClauseAttainment, row: ClauseAttainment['rows'][number], kind: string): string {
  const stretch = clause.pace && daysOfStretch(row.label);
  return stretch
    ? new URLSearchParams({ clause: clause.key, days: kind, from: stretch.start, to: stretch.end }).toString()
    : partOf(row.recordsUrl, kind);
}

const labelOf = (by: AttainmentAnswer['by'], label: string): string =>
  by === 'month' ? month(label) : label.replace(/^(\d{4})-W0?(\d+)$/, 'Week $2, $1');
