/** The months of the ledger: which are closed, what they sum to, and what stands in the way of closing the others. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { mayDo, type Who } from '#platform/http/route.ts';
import {
  categoryLabels,
  type CostCategory,
  type CostSide,
  costSides,
  type Period,
  type PeriodDetail,
  type PeriodList,
} from '../contract/ledger.ts';
import { firstDayOf, lastDayOf, monthOf, monthsBetween, monthsLater } from '../contract/months.ts';
import { type PayVisible, payVisible } from '../contract/pay.ts';
import { mayClosePeriods, whyNotClose } from '../policy.ts';
import { costsUrl } from './cost-filters.ts';
import type { ClosedMonth } from './entries-hash.ts';
import { type KeyVersion, keysInForce, readKeyVersions } from './key-versions.ts';
import { ledgerNow, type LedgerNow } from './ledger-now.ts';
import { firstMonth } from './open-months.ts';
import { basisOf, isVisible, visibleCosts } from './visible-costs.ts';

/** The latest first. */
export async function listPeriods(tx: Tx, who: Who): Promise<PeriodList> {
  const ledger = await readLedger(tx, who);
  const months = ledger.months;
  const items = months.map((month) => periodOf(ledger, who, month)).reverse();
  const firstOpen = months.find((month) => !ledger.closings.has(month)) ?? monthsLater(months.at(-1)!, 1);
  return { items, firstOpenDay: firstDayOf(firstOpen), currency: ledger.now.currency };
}

/** Any month, with entries or without. */
export async function getPeriod(tx: Tx, who: Who, month: string): Promise<PeriodDetail> {
  const ledger = await readLedger(tx, who);
  const closing = ledger.closings.get(month);
  const keys = closing ? closing.closed.keys : keysInForce(await readKeyVersions(tx, who.workspaceId), month);
  const seesAll = ledger.pay.marketing && ledger.pay.sales;
  return {
    ...periodOf(ledger, who, month),
    categories: totalsOf(ledger, month).map((total) => ({
      ...{
        side: total.side,
        category: total.category,
        label: categoryLabels[total.category],
        amount: String(total.amount),
        entries: total.entries,
      },
      recordsUrl: costsUrl({ ...daysOf(month), side: total.side, category: total.category }),
    })),
    hash: closing && seesAll ? closing.closed.hash : null,
    closings: await closingsOf(tx, who.workspaceId, month),
    keys: keys.map(({ keyId, name, number }: Pick<KeyVersion, 'keyId' | 'name' | 'number'>) => ({
      ...{ keyId, name, number },
      appliedUrl: `/api/v1/allocation-keys/${keyId}/applied?month=${month}`,
    })),
  };
}

// ── reading ─────────────────────────────────────────────────────────────────

interface Total {
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly amount: bigint;
  readonly entries: number;
}
interface OpenTotal extends Total {
  /** Entries that wait for a rate, and entries booked by a rate more than a month old. */
  readonly unbooked: number;
  readonly stale: number;
  readonly currencies: readonly string[];
}
interface Closing {
  readonly month: string;
  readonly closedAt: string;
  readonly closedBy: { id: string; name: string } | null;
  readonly closed: ClosedMonth;
}
interface Ledger {
  readonly now: LedgerNow;
  readonly pay: PayVisible;
  /** From the first to the present one, or that of the last entry. */
  readonly months: readonly string[];
  readonly closings: ReadonlyMap<string, Closing>;
  readonly totals: ReadonlyMap<string, readonly OpenTotal[]>;
}

async function readLedger(tx: Tx, who: Who): Promise<Ledger> {
  const pay = payVisible(who);
  const now = await ledgerNow(tx, who.workspaceId);
  const closings = await readClosings(tx, who.workspaceId);
  const present = monthOf(now.today);
  const first = (await firstMonth(tx, who.workspaceId, pay)) ?? present;
  const open = monthsBetween(first, present).find((month) => !closings.has(month)) ?? present;
  const totals = await readTotals(tx, who.workspaceId, pay, open);
  const last = [present, ...totals.keys(), ...closings.keys()].reduce((a, b) => (a > b ? a : b));
  return { now, pay, months: monthsBetween(first < present ? first : present, last), closings, totals };
}

/** A rate older than this many days may have been forgotten. */
const staleAfter = 31;

/** Of the months from one on: what is closed before it stands in its closing. Summed by day in SQL, for which a day is cheaper than its month. */
async function readTotals(tx: Tx, workspaceId: WorkspaceId, pay: PayVisible, from: string): Promise<Map<string, OpenTotal[]>> {
  const { rows } =
    await sql<DayTotal>`SELECT c.occurred_on AS day, c.side, c.category, CASE WHEN c.booked IS NULL THEN c.currency END AS waits,
      coalesce(sum(c.booked), 0)::text AS amount, count(*) AS entries, count(*) FILTER (WHERE c.occurred_on - c.rate_on > ${staleAfter}) AS stale
    FROM ${visibleCosts(workspaceId, pay)} c WHERE c.occurred_on >= ${firstDayOf(from)}::date GROUP BY 1, 2, 3, 4 ORDER BY 2, 3`.execute(
      tx,
    );
  return new Map([...Map.groupBy(rows, ({ day }) => monthOf(day))].map(([month, days]) => [month, totalsOfDays(days)]));
}

interface DayTotal {
  readonly day: string;
  readonly side: CostSide;
  readonly category: CostCategory;
  /** The currency of entries that wait for a rate. */
  readonly waits: string | null;
  readonly amount: string;
  readonly entries: bigint;
  readonly stale: bigint;
}

function totalsOfDays(days: readonly DayTotal[]): OpenTotal[] {
  return [...Map.groupBy(days, ({ side, category }) => `${side} ${category}`).values()].map((own) => ({
    side: own[0]!.side,
    category: own[0]!.category,
    amount: own.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
    entries: own.reduce((sum, { entries }) => sum + Number(entries), 0),
    unbooked: own.reduce((sum, { waits, entries }) => (waits === null ? sum : sum + Number(entries)), 0),
    stale: own.reduce((sum, { stale }) => sum + Number(stale), 0),
    currencies: [...new Set(own.flatMap(({ waits }) => waits ?? []))],
  }));
}

async function readClosings(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, Closing>> {
  const { rows } = await sql<Closing>`SELECT to_char(p.month, 'YYYY-MM') AS month, p.closed_at AS "closedAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "closedBy", p.closed
    FROM period_closings p LEFT JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.closed_by
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.reopened_at IS NULL`.execute(tx);
  return new Map(rows.map((row) => [row.month, row]));
}

async function closingsOf(tx: Tx, workspaceId: WorkspaceId, month: string): Promise<PeriodDetail['closings']> {
  const { rows } = await sql<{
    closedAt: string;
    closedBy: string | null;
    reopenedAt: string | null;
    reopenedBy: string | null;
    reopenedBecause: string | null;
  }>`SELECT closed_at AS "closedAt", closed_by AS "closedBy", reopened_at AS "reopenedAt", reopened_by AS "reopenedBy", reopened_because AS "reopenedBecause"
    FROM period_closings WHERE workspace_id = ${workspaceId}::uuid AND month = ${firstDayOf(month)}::date ORDER BY closed_at DESC, id DESC`.execute(
    tx,
  );
  const names = await namesOf(tx, workspaceId, {
    member: new Set(rows.flatMap((row) => [row.closedBy ?? [], row.reopenedBy ?? []].flat())),
  });
  const named = (id: string | null) => (id === null ? null : (names.get(`member ${id}`) ?? null));
  return rows.map((row) => ({ ...row, closedBy: named(row.closedBy), reopenedBy: named(row.reopenedBy) }));
}

// ── one month ───────────────────────────────────────────────────────────────

const daysOf = (month: string): { start: string; end: string } => ({ start: firstDayOf(month), end: lastDayOf(month) });

function periodOf(ledger: Ledger, who: Who, month: string): Period {
  const closing = ledger.closings.get(month);
  const totals = totalsOf(ledger, month);
  const sums = { marketing: sumOf(totals, 'marketing'), sales: sumOf(totals, 'sales') };
  const problems = closing ? [] : problemsOf(ledger, month);
  return {
    month,
    state: closing ? 'closed' : 'open',
    closedAt: closing?.closedAt ?? null,
    closedBy: closing?.closedBy ?? null,
    ...{ marketing: String(sums.marketing), sales: String(sums.sales), total: String(sums.marketing + sums.sales) },
    entries: totals.reduce((sum, { entries }) => sum + entries, 0),
    currency: closing?.closed.currency ?? ledger.now.currency,
    basis: basisOf(ledger.pay),
    problems,
    hints: closing ? [] : hintsOf(ledger, month),
    close: may(closing ? 'It is closed.' : (whyNot(who) ?? problems[0]?.says ?? null)),
    reopen: may(closing ? whyNot(who) : 'It is open.'),
    recordsUrl: costsUrl(daysOf(month)),
  };
}

const may = (why: string | null): Period['close'] => ({ may: why === null, whyNot: why });
const whyNot = (who: Who): string | null =>
  whyNotClose(who) ?? (mayDo(who, mayClosePeriods, false) ? null : 'Your role, or this API token, does not include closing months.');

/** Of a closed month as it was closed. */
function totalsOf({ closings, totals, pay }: Ledger, month: string): readonly Total[] {
  const closed = closings.get(month)?.closed.totals;
  if (!closed) return totals.get(month) ?? [];
  return closed.filter(({ side, category }) => isVisible(pay, side, category)).map((each) => ({ ...each, amount: BigInt(each.amount) }));
}

const sumOf = (totals: readonly Total[], side: CostSide): bigint =>
  totals.reduce((sum, total) => (total.side === side ? sum + total.amount : sum), 0n);

function problemsOf(ledger: Ledger, month: string): Period['problems'] {
  const { months, closings, now } = ledger;
  const earlier = months.filter((each) => each < month && !closings.has(each));
  const own = ledger.totals.get(month) ?? [];
  const waiting = own.reduce((sum, { unbooked }) => sum + unbooked, 0);
  const currencies = [...new Set(own.flatMap((total) => total.currencies))].sort().join(', ');
  return [
    ...(lastDayOf(month) >= now.today ? [{ says: `It is not over before the end of ${lastDayOf(month)}.`, recordsUrl: null }] : []),
    ...(earlier.length > 0 ? [{ says: `Months are closed in order: close ${earlier[0]} first.`, recordsUrl: null }] : []),
    ...(waiting > 0
      ? [
          {
            says: `${waiting} ${waiting === 1 ? 'entry waits' : 'entries wait'} for a rate of ${currencies}.`,
            recordsUrl: costsUrl({ ...daysOf(month), state: 'unbooked' }),
          },
        ]
      : []),
  ];
}

function hintsOf(ledger: Ledger, month: string): string[] {
  const { totals, now } = ledger;
  const own = totals.get(month) ?? [];
  const before = totalsOf(ledger, monthsLater(month, -1));
  if (lastDayOf(month) >= now.today) return [];
  const has = (of: readonly Total[], side: CostSide, category?: CostCategory): boolean =>
    of.some((total) => total.side === side && (category === undefined || total.category === category));
  const missing = before.filter(({ side, category }) => has(own, side) && !has(own, side, category));
  const stale = own.reduce((sum, total) => sum + total.stale, 0);
  return [
    ...costSides.filter((side) => !has(own, side)).map((side) => `No cost of ${side} is recorded.`),
    ...missing.map(({ side, category }) => `${categoryLabels[category]} of ${side}: none recorded, the month before had some.`),
    ...(stale > 0 ? [`${stale} ${stale === 1 ? 'entry is' : 'entries are'} booked by a rate more than ${staleAfter} days old.`] : []),
  ];
}
