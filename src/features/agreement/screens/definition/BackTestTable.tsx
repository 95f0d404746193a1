import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { capitalised, count, majorUnits, month, percent } from '#ui/formats.ts';
import { useMe } from '#ui/api/session.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import type { BackTest, SideBySide } from '../../contract.ts';
import { hoursText, useOpenLeads } from './useOpenLeads.ts';

const counted = [
  ['passedNow', 'Passed now'],
  ['passedThen', 'Passed then'],
  ['dropped', 'Dropped'],
  ['added', 'Added'],
  ['customersKept', 'Customers kept'],
  ['customersLost', 'Lost'],
  ['customersGained', 'Gained'],
] as const;

type Row = BackTest['rows'][number];

const labelOf = (row: Row, by: string): string => (row.group === null ? '(blank)' : by === 'month' ? month(row.group) : row.label);

export function BackTestTable({ test, term }: { test: BackTest; term: string }) {
  const me = useMe();
  const save = (): void => saveCsv(`back-test-${term}-by-${test.by}.csv`, csvRows(test, me.workspace.currency));
  return (
    <div>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Back-test by ${test.by}`}>
        <table className="plain back-test-table">
          <thead>
            <tr>
              <th>{capitalised(test.by)}</th>
              <th className="end">Leads</th>
              {counted.map(([key, label]) => (
                <th key={key} className="end">
                  {label}
                </th>
              ))}
              <th className="end">Rep time saved</th>
              <th className="end">Won ÷ passed</th>
            </tr>
          </thead>
          <tbody>
            {test.rows.map((row) => (
              <tr key={row.group ?? '(blank)'}>
                <td className="wrap-any back-test-group">{labelOf(row, test.by)}</td>
                <Figures of={row} test={test} term={term} group={row.group} label={labelOf(row, test.by)} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>Total</td>
              <Figures of={test.total} test={test} term={term} label="in all" />
            </tr>
          </tfoot>
        </table>
      </div>
      <Button size="compact-sm" variant="default" mt="sm" leftSection={<IconDownload size={14} />} onClick={save}>
        Export
      </Button>
    </div>
  );
}

function Figures({ of, test, term, group, label }: { of: SideBySide; test: BackTest; term: string; group?: string | null; label: string }) {
  const open = useOpenLeads(test, term);
  return (
    <>
      <td className="end">
        <Go href={open('leads', group)} aria-label={`All leads: ${count(of.leads)}, ${label}`}>
          {count(of.leads)}
        </Go>
      </td>
      {counted.map(([key, head]) => (
        <td key={key} className="end">
          {of[key] === 0 ? (
            <span className="dim">0</span>
          ) : (
            <Go
              href={open(key, group)}
              aria-label={`${head}: ${count(of[key])}, ${label}`}
              className={key === 'customersLost' ? 'go bad' : 'go'}
            >
              {count(of[key])}
            </Go>
          )}
        </td>
      ))}
      <td className="end">{hoursText(of.repMinutesSaved)}</td>
      <td className="end">
        {percent(of.closeRateNow)} → {percent(of.closeRateThen)}
      </td>
    </>
  );
}

function csvRows(test: BackTest, currency: string): (string | number | null)[][] {
  const line = (label: string, row: SideBySide): (string | number | null)[] => [
    label,
    row.leads,
    ...counted.map(([key]) => row[key]),
    majorUnits(row.valueKept, currency),
    majorUnits(row.valueLost, currency),
    row.repMinutesSaved,
    row.closeRateNow,
    row.closeRateThen,
  ];
  const head = [
    'leads',
    ...counted.map(([key]) => key),
    `value kept (${currency})`,
    `value lost (${currency})`,
    'rep minutes saved',
    'won ÷ passed now',
    'won ÷ passed then',
  ];
  return [
    [test.by, ...head],
    ...test.rows.map((row) => line(labelOf(row, test.by), row)),
    line('total', test.total),
    [],
    [`leads opened ${test.start} to ${test.end}; run ${test.runAt}; ${test.notes.join(' ')}`],
  ];
}
