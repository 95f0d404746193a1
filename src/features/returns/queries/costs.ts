/** Entries of the ledger, as lists and pages show them. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { mayDo, type Who } from '#platform/http/route.ts';
import type { CostEntry, CostList, CostsExport, CostsQuery } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { mayPostCosts, whyNotReverse } from '../policy.ts';
import { costWhere, type Sql } from './cost-filters.ts';
import { ledgerNow } from './ledger-now.ts';
import { visibleCosts } from './visible-costs.ts';

/** One page; the first tells how many there are and what they sum to. @throws Problem bad-input for a cursor that was made up */
export async function listCosts(tx: Tx, who: Who, asked: CostsQuery): Promise<CostList> {
  const after = readCursor(asked.cursor, asked.sort);
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const { rows } =
    await sql<EntryRow>`${selectEntries(who)} WHERE ${costWhere(who.workspaceId, asked)} AND ${after ? later(asked.sort, after) : sql`true`}
    ${orderOf(asked.sort)} LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await shownEntries(tx, who, currency, shown),
    next: rows.length > asked.limit && last ? writeCursor(last, asked.sort) : null,
    ...(after ? { total: null, sum: null, unbooked: null } : await countCosts(tx, who, asked)),
    currency,
  };
}

/** @throws Problem not-found, also for what one may not see */
export async function getCost(tx: Tx, who: Who, id: string): Promise<CostEntry> {
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const { rows } = await sql<EntryRow>`${selectEntries(who)} WHERE c.id = ${id}::uuid`.execute(tx);
  const [entry] = await shownEntries(tx, who, currency, rows);
  if (!entry) throw notFound('entry');
  return entry;
}

/** In the order of the ids; what one may not see is left out. */
export async function entriesByIds(tx: Tx, who: Who, ids: readonly string[]): Promise<CostEntry[]> {
  if (ids.length === 0) return [];
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const { rows } = await sql<EntryRow>`${selectEntries(who)} WHERE c.id = ANY (${[...ids]}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return shownEntries(
    tx,
    who,
    currency,
    ids.flatMap((id) => byId.get(id) ?? []),
  );
}

async function countCosts(tx: Tx, who: Who, asked: CostsExport): Promise<{ total: number; sum: string; unbooked: number }> {
  const { rows } = await sql<{ total: bigint; sum: string; unbooked: bigint }>`
    SELECT count(*) AS total, coalesce(sum(c.booked), 0)::text AS sum, count(*) FILTER (WHERE c.booked IS NULL) AS unbooked
    FROM ${visibleCosts(who.workspaceId, payVisible(who))} c WHERE ${costWhere(who.workspaceId, asked)}`.execute(tx);
  return { total: Number(rows[0]!.total), sum: rows[0]!.sum, unbooked: Number(rows[0]!.unbooked) };
}

// ── rows ────────────────────────────────────────────────────────────────────

export interface EntryRow {
  readonly id: string;
  readonly occurredOn: string;
  readonly recordedAt: string;
  readonly recordedBy: string | null;
  readonly side: CostEntry['side'];
  readonly category: CostEntry['category'];
  readonly amount: bigint;
  readonly currency: string;
  readonly booked: bigint | null;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly campaignId: string | null;
  readonly accountId: string | null;
  readonly memberId: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly teamText: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly people: bigint | null;
  readonly supplier: string | null;
  readonly description: string | null;
  readonly custom: Record<string, unknown> | null;
  readonly importId: string | null;
  readonly recurringId: string | null;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  readonly reason: string | null;
}

const selectEntries = (who: Who): Sql => sql`
  SELECT c.id, c.occurred_on AS "occurredOn", c.recorded_at AS "recordedAt", c.recorded_by AS "recordedBy", c.side, c.category, c.amount, c.currency,
    c.booked, CASE WHEN c.booked IS NOT NULL THEN c.rate END AS rate, CASE WHEN c.booked IS NOT NULL THEN c.rate_on END AS "rateOn",
    c.campaign_id AS "campaignId", c.account_id AS "accountId", c.member_id AS "memberId", c.team_id AS "teamId", t.name AS "teamName",
    c.team AS "teamText", c.segment, c.channel, c.people, c.supplier, c.description, c.custom, c.run_id AS "importId",
    c.recurring_id AS "recurringId", c.reverses_id AS "reversesId", c.reversed_by AS "reversedById", c.reason
  FROM ${visibleCosts(who.workspaceId, payVisible(who))} c
  LEFT JOIN teams t ON t.workspace_id = ${who.workspaceId}::uuid AND t.id = c.team_id`;

/** The statement of all that a list shows, in its order, for an export's cursor. */
export const entriesStatement = (who: Who, asked: CostsExport): Sql =>
  sql`${selectEntries(who)} WHERE ${costWhere(who.workspaceId, asked)} ${orderOf(asked.sort)}`;

/** With the names of what entries refer to: one question for all. */
export async function shownEntries(tx: Tx, who: Who, currency: string, rows: readonly EntryRow[]): Promise<CostEntry[]> {
  const ids = (of: (row: EntryRow) => string | null): string[] => [...new Set(rows.flatMap((row) => of(row) ?? []))];
  const members = [...new Set([...ids((row) => row.memberId), ...ids((row) => row.recordedBy)])];
  const names = await namesOf(tx, who.workspaceId, {
    ...{ campaign: ids((row) => row.campaignId), account: ids((row) => row.accountId), member: members },
  });
  const named = (kind: string, id: string | null) => (id === null ? null : (names.get(`${kind} ${id}`) ?? null));
  const mayPost = mayDo(who, mayPostCosts, false);
  return rows.map(({ recordedBy, campaignId, accountId, memberId, teamId, teamName, ...row }) => ({
    ...row,
    recordedBy: named('member', recordedBy),
    amount: row.amount.toString(),
    booked: row.booked?.toString() ?? null,
    bookedCurrency: currency,
    rate: row.rate && plainDecimal(row.rate),
    campaign: named('campaign', campaignId),
    account: named('account', accountId),
    member: named('member', memberId),
    team: teamId !== null && teamName !== null ? { id: teamId, name: teamName } : null,
    people: row.people === null ? null : Number(row.people),
    custom: row.custom ?? {},
    reverse: mayReverse(mayPost, row),
  }));
}

function mayReverse(mayPost: boolean, row: Pick<EntryRow, 'reversesId' | 'reversedById'>): { may: boolean; whyNot: string | null } {
  const whyNot = whyNotReverse(row) ?? (mayPost ? null : 'A head takes entries back: a manager, an admin or the owner.');
  return { may: whyNot === null, whyNot };
}

/** `1.0830` → `1.083`. */
export const plainDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

// ── paging ──────────────────────────────────────────────────────────────────

type Sort = CostsExport['sort'];
const sortColumns = { occurredOn: 'c.occurred_on', recordedAt: 'c.recorded_at', booked: 'c.booked' } as const;
const sortTypes = { occurredOn: 'date', recordedAt: 'timestamptz', booked: 'bigint' } as const;
type SortField = keyof typeof sortColumns;

const isDescending = (sort: Sort): boolean => sort.startsWith('-');
const fieldOf = (sort: Sort): SortField => sort.replace('-', '') as SortField;
const columnOf = (sort: Sort): Sql => sql.ref(sortColumns[fieldOf(sort)]);
/** Days and instants are always stated, so that their order is that of an index. */
function orderOf(sort: Sort): Sql {
  const direction = sql.raw(isDescending(sort) ? 'DESC' : 'ASC');
  return sql`ORDER BY ${columnOf(sort)} ${direction} ${fieldOf(sort) === 'booked' ? sql`NULLS LAST` : sql``}, c.id ${direction}`;
}

interface Place {
  readonly value: string | null;
  readonly id: string;
}
function later(sort: Sort, { value, id }: Place): Sql {
  const beyond = sql.raw(isDescending(sort) ? '<' : '>');
  if (value === null) return sql`${columnOf(sort)} IS NULL AND c.id ${beyond} ${id}::uuid`;
  const after = sql`(${columnOf(sort)}, c.id) ${beyond} (${value}::${sql.raw(sortTypes[fieldOf(sort)])}, ${id}::uuid)`;
  return fieldOf(sort) === 'booked' ? sql`(${after} OR c.booked IS NULL)` : after;
}

const writeCursor = (row: EntryRow, sort: Sort): string => `${sort}~${row[fieldOf(sort)] ?? ''}~${row.id}`;
const readable = { occurredOn: /^\d{4}-\d\d-\d\d$/, recordedAt: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, booked: /^(-?\d{1,18})?$/ } as const;
function readCursor(text: string | undefined, sort: Sort): Place | null {
  if (text === undefined) return null;
  const [ofSort, value = '', id = '', ...more] = text.split('~');
  if (ofSort !== sort || !readable[fieldOf(sort)].test(value) || !isId(id) || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return { value: value === '' ? null : value, id };
}
