import { Button } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { matrixAnswer } from '#features/handoff/contract.ts';
import { count, days, money, percent } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { paths } from '#ui/paths.ts';

type Line = Omit<z.output<typeof matrixAnswer>['sdrs'][number], 'member'> & { names: string[] };

interface TableProps {
  label: string;
  /** What the names are: an SDR, a rep, or both. */
  heads: string[];
  lines: readonly Line[];
  open(query: string): void;
}

const mostAtFirst = 15;

/** Leads handed on, and what became of them; those won most stand first, as the server sorts them. */
export function MatrixTable({ label, heads, lines, open }: TableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, mostAtFirst);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
        <table className="plain tight">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {['Leads', 'SQL', 'Won', 'Lead → won', 'Days to won', 'Value'].map((head) => (
                <th key={head} scope="col" className="end">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.recordsUrl}>
                {line.names.map((name, at) =>
                  at === 0 ? (
                    <th key={heads[at]} scope="row">
                      {name}
                    </th>
                  ) : (
                    <td key={heads[at]}>{name}</td>
                  ),
                )}
                <Figures line={line} open={open} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < lines.length && (
        <Button variant="subtle" fullWidth onClick={() => setAll(true)}>
          Show all {count(lines.length)}
        </Button>
      )}
    </>
  );
}

function Figures({ line, open }: { line: Line; open(query: string): void }) {
  return (
    <>
      <td className="end">
        <InList value={line.leads} url={line.recordsUrl} />
      </td>
      <td className="end">
        <InList value={line.sql} url={line.sqlUrl} />
      </td>
      <td className="end">
        <InList value={line.won} url={line.wonUrl} />
      </td>
      <td className="end">{percent(line.leads ? line.won / line.leads : null)}</td>
      <td className="end">
        {days(line.medianDaysToWon)}
        {line.negativeCycles > 0 && (
          <div className="bad">
            <OpenNumber value={line.negativeCycles} open={() => open(line.negativeUrl.split('?')[1] ?? '')} /> before its first contact
          </div>
        )}
      </td>
      <td className="end">{line.values.map(({ amount, currency }) => money(amount, currency)).join(' + ') || '–'}</td>
    </>
  );
}

/** Opens into the list of leads, filtered to those it counts. */
function InList({ value, url }: { value: number; url: string }) {
  if (value === 0) return <span className="dim">0</span>;
  return <Go href={paths.records('leads', Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? '')))}>{count(value)}</Go>;
}
