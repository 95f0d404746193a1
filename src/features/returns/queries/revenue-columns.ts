/** The revenue entries of each workspace as columns in memory, and what each account pays by them. */

import type pg from 'pg';
import { signedRevenue } from '#engine/returns/activity.ts';
import type { RevenueEntry, RevenueKind } from '#engine/returns/revenue.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { type ColumnsCache, type ColumnsKind, makeColumnsCache, type Since } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  bytesOfRowColumns,
  keepChangedRow,
  keepNewRow,
  makeRowColumns,
  placeOfNextRow,
  readRows,
  type RowColumns,
  trimRowColumns,
} from '#platform/db/row-columns.ts';
import { type Courses, longer, makeCourses, readCourse } from './account-course.ts';
import { type ColumnGround, groundStamp, readColumnGround } from './column-ground.ts';
import { isExact } from './exact-sums.ts';

const revenueFields = {
  on: 'date',
  kind: 'text',
  /** As stated; booked when the row is kept. 0 where `booked` is 0. */
  amount: 'amount',
  currency: 'text',
  account: 'id',
  /** Of its deal, in the same currency; as stated, then booked at the entry's rate. */
  dealAmount: 'amount',
  hasDealAmount: 'present',
  product: 'text',
  /** The account's. */
  segment: 'text',
  /** Taken out of account by the undoing of its import: the row stays, and counts for nothing. */
  voided: 'present',
  /** 1 once it is booked; 0: there is no rate for its day, or it is more than can be counted exactly. */
  booked: 'present',
} as const;
export type RevenueColumns = RowColumns<typeof revenueFields>;

export interface FreshRevenue extends ColumnGround {
  readonly revenue: RevenueColumns;
  readonly accounts: ReadonlyMap<string, string>;
  /** By code of an account. */
  readonly books: AccountBooks;
}

/** The entries of each account, and what follows from them; brought up to date for the accounts that changed. */
export interface AccountBooks {
  /** By code of an account: its last row + 1, and from row to row the one before + 1. */
  head: Int32Array;
  next: Int32Array;
  /** By row: booked, contractions and refunds negative, whole and within ±2^52; 0 where it doesn't count. */
  signed: Float64Array;
  /** Of the accounts in `changed` out of date. */
  readonly courses: Courses;
  readonly changed: Set<number>;
  /** The last day on record as of which the courses were read. */
  asOf: number;
}

const caches = new WeakMap<Database, ColumnsCache<FreshRevenue>>();

/** The cache of this process for a database. */
export function revenueOf(database: Database): ColumnsCache<FreshRevenue> {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database, revenueKind)));
  return cache;
}

const selected = `SELECT r.id, r.occurred_on, r.kind, r.amount, r.currency, r.account_id, d.amount, d.amount, r.product, a.segment, r.voided_by, r.id
FROM revenue_entries r LEFT JOIN accounts a ON a.workspace_id = r.workspace_id AND a.id = r.account_id
LEFT JOIN deals d ON d.workspace_id = r.workspace_id AND d.id = r.deal_id AND d.currency = r.currency`;

const changedIds = (workspace: string, since: Since): string => `
  SELECT id FROM revenue_entries WHERE workspace_id = ${workspace} AND ${since('changed_xid')}
  UNION SELECT r.id FROM deals d JOIN revenue_entries r ON r.workspace_id = d.workspace_id AND r.deal_id = d.id WHERE d.workspace_id = ${workspace} AND ${since('d.changed_xid')}
  UNION SELECT r.id FROM accounts a JOIN revenue_entries r ON r.workspace_id = a.workspace_id AND r.account_id = a.id WHERE a.workspace_id = ${workspace} AND ${since('a.changed_xid')}`;

const revenueKind: ColumnsKind<FreshRevenue> = {
  async load(client, workspaceId) {
    const ground = await readColumnGround(client, workspaceId);
    const revenue = makeRowColumns(revenueFields);
    const fresh: FreshRevenue = { ...ground, revenue, books: emptyBooks() };
    const rows = readRows(revenue, { ...readingOf(fresh), settle: () => keepNew(fresh) });
    const query = `${selected} WHERE r.workspace_id = '${workspaceId}'::uuid AND r.voided_by IS NULL`;
    for await (const chunk of copyRows(client, query)) rows.feed(chunk);
    trimRowColumns(revenue);
    await readAllCourses(fresh);
    return fresh;
  },
  async countChanges(client, workspaceId, since, most) {
    const { rows } = await client.query<{ changed: bigint }>(
      `SELECT count(*) AS changed FROM (SELECT FROM (${changedIds('$1', since)}) ids LIMIT ${most + 1}) c`,
      [workspaceId],
    );
    return Number(rows[0]!.changed);
  },
  async apply(client, workspaceId, fresh, since) {
    await takeIn(client, workspaceId, fresh, since);
    return fresh;
  },
  stamp: groundStamp,
  async isComplete(client, workspaceId, { revenue }) {
    const { rows } = await client.query<{ count: bigint }>(
      'SELECT count(*) FROM revenue_entries WHERE workspace_id = $1 AND voided_by IS NULL',
      [workspaceId],
    );
    return Number(rows[0]!.count) === countLive(revenue);
  },
  bytes: ({ revenue, books }) => bytesOfRowColumns(revenue) + bytesOfBooks(books),
};

const readingOf = ({ timeZone, accounts }: FreshRevenue) => ({ fields: revenueFields, timeZone, survivors: { account: accounts } });

async function takeIn(client: pg.ClientBase, workspaceId: WorkspaceId, fresh: FreshRevenue, since: Since): Promise<void> {
  const { revenue } = fresh;
  const workspace = `'${workspaceId}'::uuid`;
  const chunks: Uint8Array[] = [];
  const query = `${selected} WHERE r.workspace_id = ${workspace} AND r.id IN (${changedIds(workspace, since)})`;
  for await (const chunk of copyRows(client, query)) chunks.push(chunk);
  const settle = (): void => {
    const place = placeOfNextRow(revenue);
    if (place < 0) {
      if (revenue.numbers.voided[revenue.count] === 0) keepNew(fresh);
      return;
    }
    keepChangedRow(revenue, place);
    book(fresh, place);
    fresh.books.changed.add(revenue.numbers.account[place]!);
  };
  const rows = readRows(revenue, { ...readingOf(fresh), settle });
  for (const chunk of chunks) rows.feed(chunk);
}

function keepNew(fresh: FreshRevenue): void {
  const { revenue, books } = fresh;
  const row = keepNewRow(revenue);
  book(fresh, row);
  const account = revenue.numbers.account[row]!;
  if (account >= books.head.length) books.head = longer(books.head, account + 1);
  if (row >= books.next.length) books.next = longer(books.next, row + 1);
  books.next[row] = books.head[account]!;
  books.head[account] = row + 1;
  books.changed.add(account);
}

/** In the workspace's currency by the rate of its day. */
function book({ revenue, books, rates }: FreshRevenue, row: number): void {
  const { numbers, amounts, dictionaries } = revenue;
  const from = dictionaries.currency.texts[numbers.currency[row]!]!;
  const on = numbers.on[row]!;
  const booked = rates.booked(amounts.amount[row]!, from, on);
  const isCountable = booked !== null && isExact(booked);
  amounts.amount[row] = isCountable ? booked : 0n;
  numbers.booked[row] = isCountable ? 1 : 0;
  if (numbers.hasDealAmount[row] === 1) amounts.dealAmount[row] = rates.booked(amounts.dealAmount[row]!, from, on) ?? 0n;
  if (row >= books.signed.length) {
    const wider = new Float64Array(Math.ceil(row * 1.5) + 1024);
    wider.set(books.signed);
    books.signed = wider;
  }
  const kind = kindAt(revenue, row);
  books.signed[row] = counts(revenue, row) ? Number(signedRevenue({ kind, amount: amounts.amount[row]! })) : 0;
}

// ── by account ──────────────────────────────────────────────────────────────

const emptyBooks = (): AccountBooks => ({
  head: new Int32Array(1024),
  next: new Int32Array(1024),
  signed: new Float64Array(1024),
  courses: makeCourses(),
  changed: new Set(),
  asOf: 0,
});

/** So many accounts are read before others get their turn: some 20 ms. */
const accountsAtOnce = 500;

/** After a load: a million entries take seconds, in which others are answered. */
async function readAllCourses(fresh: FreshRevenue): Promise<void> {
  const today = dayReader(fresh.timeZone)(Date.now() * 1000);
  fresh.books.asOf = lastRevenueDay(fresh.revenue, today);
  let left = accountsAtOnce;
  for (const account of fresh.books.changed) {
    readAgain(fresh, account);
    if (--left > 0) continue;
    left = accountsAtOnce;
    await new Promise((resolve) => setImmediate(resolve));
  }
  fresh.books.changed.clear();
}

/** Brings the courses up to date with the entries, and to another last day on record. */
export function bringCoursesTo(fresh: FreshRevenue, asOf: number): void {
  const { books } = fresh;
  if (asOf !== books.asOf) {
    const back = asOf < books.asOf;
    const { versions, rereadOn } = books.courses;
    for (let account = 0; account < versions.length; account++)
      if (versions[account] !== 0 && (back || rereadOn[account]! <= asOf)) books.changed.add(account);
    books.asOf = asOf;
  }
  for (const account of books.changed) readAgain(fresh, account);
  books.changed.clear();
}

function readAgain({ revenue, books }: FreshRevenue, account: number): void {
  const id = revenue.dictionaries.account.texts[account] ?? '';
  readCourse(books.courses, account, id, entriesOf(revenue, books, account), books.asOf);
}

/** The account's entries that count, in the order in which they were read. */
export function entriesOf(revenue: RevenueColumns, books: AccountBooks, account: number): RevenueEntry[] {
  const entries: RevenueEntry[] = [];
  for (let row = books.head[account]! - 1; row >= 0; row = books.next[row]! - 1)
    if (counts(revenue, row)) entries.push(entryAt(revenue, row));
  return entries.reverse();
}

export const counts = ({ numbers }: RevenueColumns, row: number): boolean => numbers.voided[row] === 0 && numbers.booked[row] === 1;

export const kindAt = ({ numbers, dictionaries }: RevenueColumns, row: number): RevenueKind =>
  dictionaries.kind.texts[numbers.kind[row]!] as RevenueKind;

const entryAt = (revenue: RevenueColumns, row: number): RevenueEntry => {
  const { numbers, amounts, dictionaries } = revenue;
  return {
    account: dictionaries.account.texts[numbers.account[row]!] ?? '',
    line: dictionaries.product.texts[numbers.product[row]!] ?? '',
    kind: kindAt(revenue, row),
    on: numbers.on[row]!,
    amount: amounts.amount[row]!,
    dealAmount: numbers.hasDealAmount[row] === 1 ? amounts.dealAmount[row]! : null,
  };
};

/** The last day of an entry that counts, up to a day; that day itself where there is none. */
export function lastRevenueDay(revenue: RevenueColumns, most: number): number {
  let last = -Infinity;
  const { on, voided } = revenue.numbers;
  for (let row = 0; row < revenue.count; row++) if (voided[row] === 0 && on[row]! <= most && on[row]! > last) last = on[row]!;
  return last === -Infinity ? most : last;
}

function countLive({ numbers, count }: RevenueColumns): number {
  let live = 0;
  for (let row = 0; row < count; row++) if (numbers.voided[row] === 0) live++;
  return live;
}

const bytesOfBooks = ({ head, next, signed, courses: { starts, days, amounts } }: AccountBooks): number =>
  head.byteLength + next.byteLength + signed.byteLength + starts.byteLength * 4 + days.byteLength + amounts.byteLength;
