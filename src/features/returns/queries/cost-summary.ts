/** What both sides cost, by group, with the proof that the rows add up to the ledger. */

import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type CostBy, type CostSide, type CostSummary, ledgerVersion, type SummaryQuery, type SummaryRow } from '../contract/ledger.ts';
import { type PayVisible, payVisible } from '../contract/pay.ts';
import { type CostAsk, type CostCell, type ReadCells, readCells, spreadCells } from './cost-cells.ts';
import { type CostFilters, costsUrl } from './cost-filters.ts';
import { groupLabels } from './group-labels.ts';
import { ledgerNow, type LedgerNow } from './ledger-now.ts';
import { releasedPay } from './released-pay.ts';
import { basisOf } from './visible-costs.ts';

const mostRows = 1_000;

/** @param pay what of pay is in it: by default what the asker may see. Not inside a transaction. */
export async function summariseCosts(
  database: Database,
  who: Pick<Who, 'workspaceId' | 'side' | 'role'>,
  asked: SummaryQuery,
  pay: PayVisible = payVisible(who),
): Promise<CostSummary> {
  const ask: CostAsk = { ...asked, allocated: asked.allocated === 'true', pay };
  const read = await database.inWorkspace(who.workspaceId, (tx) => readSummary(tx, who.workspaceId, ask), { snapshot: true });
  const cells = await spreadCells(database, who.workspaceId, asked.by, read);
  const rows = inOrder(asked.by, rowsOf(ask, cells));
  const shown = rows.slice(0, mostRows);
  const label = await database.inWorkspace(who.workspaceId, (tx) =>
    groupLabels(
      tx,
      who.workspaceId,
      asked.by,
      shown.map(({ group }) => group),
    ),
  );
  const { total, unbooked, released, now } = read;
  return {
    start: asked.start ?? null,
    end: asked.end ?? null,
    by: asked.by,
    allocated: ask.allocated,
    currency: now.currency,
    timeZone: now.timeZone,
    formula: formulaOf(ask),
    version: ledgerVersion,
    basis: basisOf(pay),
    rows: shown.map((row) => ({ ...inText(row), label: label(row.group) })),
    notShown: rows.length > mostRows ? { groups: rows.length - mostRows, ...textOfSums(sumsOf(rows.slice(mostRows))) } : null,
    total: { ...textOfSums(total), entries: total.entries, recordsUrl: costsUrl(asked) },
    difference: String(total.marketing + total.sales - rows.reduce((sum, row) => sum + row.marketing + row.sales, 0n)),
    notAllocated: notAllocated(ask, rows),
    unbooked: [...unbooked],
    releasedPay: released,
    notes: notesOf(ask, unbooked),
  };
}

interface Sums {
  readonly marketing: bigint;
  readonly sales: bigint;
}
interface Row extends Sums {
  readonly group: string | null;
  readonly entries: number;
  readonly byKeys: bigint;
  readonly recordsUrl: string;
}
interface ReadSummary extends ReadCells {
  readonly released: CostSummary['releasedPay'];
  readonly now: LedgerNow;
}

/** One state of the ledger, so that rows and total are of the same entries. */
async function readSummary(tx: Tx, workspaceId: WorkspaceId, ask: CostAsk): Promise<ReadSummary> {
  return {
    ...(await readCells(tx, workspaceId, ask)),
    released: isNarrowed(ask) ? [] : await releasedPay(tx, workspaceId, ask.pay, ask),
    now: await ledgerNow(tx, workspaceId),
  };
}

const filterNames = ['side', 'category', 'campaignId', 'accountId', 'teamId', 'segment', 'channel', 'currency', 'supplier', 'q'] as const;
const isNarrowed = (asked: CostFilters): boolean => filterNames.some((name) => asked[name] !== undefined);

function rowsOf(ask: CostAsk, cells: readonly CostCell[]): Row[] {
  return [...Map.groupBy(cells, ({ group }) => group)].map(([group, own]) => ({
    group,
    marketing: sumOf(own, 'marketing'),
    sales: sumOf(own, 'sales'),
    entries: own.reduce((sum, cell) => sum + cell.entries, 0),
    byKeys: own.reduce((sum, cell) => sum + cell.byKeys, 0n),
    recordsUrl: costsUrl(ask, ask.by, group),
  }));
}
const sumOf = (cells: readonly CostCell[], side: CostSide): bigint =>
  cells.reduce((sum, cell) => (cell.side === side ? sum + cell.amount : sum), 0n);

const sumsOf = (rows: readonly Sums[]): Sums => ({
  marketing: rows.reduce((sum, row) => sum + row.marketing, 0n),
  sales: rows.reduce((sum, row) => sum + row.sales, 0n),
});
const textOfSums = ({ marketing, sales }: Sums): { marketing: string; sales: string; total: string } => ({
  marketing: String(marketing),
  sales: String(sales),
  total: String(marketing + sales),
});
const inText = ({ marketing, sales, byKeys, ...row }: Row): Omit<SummaryRow, 'label'> => ({
  ...row,
  ...textOfSums({ marketing, sales }),
  byKeys: String(byKeys),
});

/** Periods as time goes; else the greatest first, and what has no group last. */
function inOrder(by: CostBy, rows: readonly Row[]): Row[] {
  const text = (row: Row): string => row.group ?? '';
  if (by === 'month' || by === 'quarter') return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  const total = (row: Row): bigint => row.marketing + row.sales;
  return rows.toSorted(
    (a, b) =>
      Number(a.group === null) - Number(b.group === null) ||
      (total(b) > total(a) ? 1 : total(b) < total(a) ? -1 : 0) ||
      (text(a) < text(b) ? -1 : 1),
  );
}

function notAllocated(ask: CostAsk, rows: readonly Row[]): string {
  const without = rows.find(({ group }) => group === null);
  return ask.allocated && ask.by !== 'none' && without ? String(without.marketing + without.sales) : '0';
}

function formulaOf({ allocated, by }: CostAsk): string {
  const sum =
    'Σ booked amounts of the entries dated in the period, each at the rate of its day; reversals count against what they take back';
  return allocated && by !== 'none'
    ? `${sum}; costs without a ${by} spread by the allocation key of their month, by largest remainder`
    : sum;
}

function notesOf({ pay, by, allocated }: CostAsk, unbooked: ReadCells['unbooked']): string[] {
  const hidden = [...(pay.marketing ? [] : ['marketing']), ...(pay.sales ? [] : ['sales'])];
  const spreads = ['campaign', 'segment', 'channel', 'team'].includes(by);
  return [
    ...(hidden.length > 0 ? [`Programme cost: pay of ${hidden.join(' and ')} is not in these sums.`] : []),
    ...unbooked.map(
      ({ currency, entries }) => `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${currency} wait for a rate and are in no sum.`,
    ),
    ...(allocated && !spreads && by !== 'none'
      ? ['Keys spread costs onto campaigns, segments, channels and teams; grouped like this nothing is spread.']
      : []),
  ];
}
