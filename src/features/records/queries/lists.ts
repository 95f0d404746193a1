import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { defaultSortOf, type Filter, type ListKind, type Page } from '../contract/lists.ts';
import { readSort, shownRecord, tableRef, type Row, type ShownRecord, type Sort, type Sql } from './columns.ts';
import { readCursor, sortName, writeCursor, type Cursor } from './cursors.ts';
import { alternatives, filterSql, isIndexed, type FilterScope } from './filters.ts';
import { withNames } from './names.ts';
import { beginsWith } from './prefixes.ts';
import { scopeOf } from './scope.ts';

export interface ListAsk {
  q?: string | undefined;
  filter?: Filter | undefined;
  sort?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/**
 * Totals are exact up to this. It is also where gathering what matches and sorting it (work grows with
 * the matches) becomes dearer than walking an index in order and skipping what doesn't match (work
 * shrinks with them): at a million leads the two cross between 5,000 and 10,000 matches. Lower where a
 * condition has no index, so that counting a common one doesn't read the whole table.
 */
export interface Caps {
  readonly indexed: number;
  readonly unindexed: number;
}
const usualCaps: Caps = { indexed: 10_000, unindexed: 1_000 };
/** Milliseconds after which a list asks to be narrowed. */
export const listTimeout = 8_000;

/**
 * One page of a kind's list, newest or first by the sort, what isn't stated last, ties broken by id.
 * The first page tells the total; later ones don't count again.
 * @throws Problem bad-input for a filter, sort or cursor that can't be read, too-large when it takes too long
 */
export async function listRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  ask: ListAsk,
  caps: Caps = usualCaps,
): Promise<Page<ShownRecord>> {
  const sort = readSort(kind, ask.sort ?? defaultSortOf[kind]);
  const cursor = readCursor(ask.cursor, sort);
  const limit = ask.limit ?? 50;
  const search = await searchOf(tx, workspaceId, kind, ask, caps);
  return narrowable(tx, async () => {
    const counted = cursor ? null : await countUpTo(tx, search);
    const few = cursor ? cursor.few : counted!.count <= search.cap;
    const rows = few ? await gatherPage(tx, search, sort, cursor, limit) : await walkPage(tx, search, sort, cursor, limit);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await withNames(
        tx,
        workspaceId,
        kind,
        shown.map((row) => shownRecord(kind, row)),
      ),
      next: rows.length > limit && last ? writeCursor({ sort: sortName(sort), value: sortValue(last, sort), id: last.id, few }) : null,
      total: counted && Math.min(counted.count, search.cap),
      ...(counted && !few ? { totalIsAtLeast: true } : {}),
    };
  });
}

/** How many a list would show: exact up to 10,000. */
export async function countRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  ask: ListAsk,
): Promise<{ total: number; isAtLeast: boolean }> {
  const search = await searchOf(tx, workspaceId, kind, ask);
  return narrowable(tx, async () => {
    const { count } = await countUpTo(tx, search);
    return { total: Math.min(count, search.cap), isAtLeast: count > search.cap };
  });
}

/** Ids of everything a list would show. @throws Problem too-large above `atMost` */
export async function listMatchingIds(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ask: ListAsk, atMost: number): Promise<string[]> {
  const search = { ...(await searchOf(tx, workspaceId, kind, ask)), cap: atMost };
  return narrowable(tx, async () => {
    const { rows } = await sql<{ id: string }>`${matching(search, sql`t.id`)} LIMIT ${atMost + 1}`.execute(tx);
    if (rows.length > atMost)
      throw new Problem('too-large', `These are more than ${atMost.toLocaleString('en')} records: narrow the filter.`);
    return rows.map((row) => row.id);
  });
}

/** The statement of all that a list shows, in its order, for an export's cursor. */
export async function listStatement(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ask: ListAsk): Promise<Sql> {
  const sort = readSort(kind, ask.sort ?? defaultSortOf[kind]);
  const search = { ...(await searchOf(tx, workspaceId, kind, ask)), cap: Number.MAX_SAFE_INTEGER - 1 };
  return sql`${matching(search, sql`t.*`)} ORDER BY t.${sql.ref(sort.column)} ${direction(sort)} NULLS LAST, t.id ${direction(sort)}`;
}

interface Search {
  readonly workspaceId: WorkspaceId;
  readonly kind: ListKind;
  /** Filter and searched text. */
  readonly where: Sql;
  /** The filter taken apart by the values of one field; see `alternatives`. */
  readonly branches: readonly Sql[];
  /** Of a searched text alone: that the name begins with it. */
  readonly byName: Sql | null;
  readonly cap: number;
}

async function searchOf(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ask: ListAsk, caps: Caps = usualCaps): Promise<Search> {
  const scope: FilterScope = await scopeOf(tx, workspaceId, kind, ask);
  const q = ask.q?.trim();
  return {
    workspaceId,
    kind,
    where: q ? sql`${filterSql(scope, ask.filter)} AND ${beginsWith(kind, q, scope.phoneCountry)}` : filterSql(scope, ask.filter),
    byName:
      q && !ask.filter?.all.length ? sql`${filterSql(scope, undefined)} AND ${beginsWith(kind, q, scope.phoneCountry, 'name_key')}` : null,
    branches: alternatives(scope, ask.filter) ?? [sql`true`],
    cap: isIndexed(kind, ask.filter) ? caps.indexed : caps.unindexed,
  };
}

/** Everything that matches, in no order. */
const matching = (search: Search, what: Sql): Sql => sql`SELECT ${what} FROM ${tableRef(search.kind)} t WHERE ${search.where}`;

const direction = (sort: Sort): Sql => sql.raw(sort.descending ? 'DESC' : 'ASC');
const sortValue = (row: Row, sort: Sort): string | null =>
  row[sort.column] === null || row[sort.column] === undefined ? null : String(row[sort.column]);
const after = (sort: Sort): Sql => sql.raw(sort.descending ? '<' : '>');

/**
 * Counts what matches, to one above the cap; where one index holds all that is asked, without reading a
 * row. Of a text that very many names begin with, the names alone tell enough: asking for all columns at
 * once reads each one's whole range first.
 */
async function countUpTo(tx: Tx, search: Search): Promise<{ count: number }> {
  const count = async (where: Sql): Promise<number> => {
    const { rows } = await sql<{
      count: bigint;
    }>`SELECT count(*) FROM (SELECT 1 FROM ${tableRef(search.kind)} t WHERE ${where} LIMIT ${search.cap + 1}) m`.execute(tx);
    return Number(rows[0]!.count);
  };
  const byName = search.byName ? await count(search.byName) : 0;
  return { count: byName > search.cap ? byName : await count(search.where) };
}

/** Gathers what matches and sorts it: for few matches. One row more than a page. */
async function gatherPage(tx: Tx, search: Search, sort: Sort, cursor: Cursor | null, limit: number): Promise<Row[]> {
  const type = sql.raw(sort.type);
  const later = !cursor
    ? sql`true`
    : cursor.value === null
      ? sql`v IS NULL AND id ${after(sort)} ${cursor.id}::uuid`
      : sql`(v IS NULL OR (v, id) ${after(sort)} (${cursor.value}::${type}, ${cursor.id}::uuid))`;
  const { rows } = await sql<Row>`
    WITH matched AS MATERIALIZED (${matching(search, sql`t.${sql.ref(sort.column)} AS v, t.id`)}),
    page AS MATERIALIZED (SELECT v, id FROM matched WHERE ${later} ORDER BY v ${direction(sort)} NULLS LAST, id ${direction(sort)} LIMIT ${limit + 1})
    SELECT t.* FROM page JOIN ${tableRef(search.kind)} t ON t.workspace_id = ${search.workspaceId}::uuid AND t.id = page.id
    ORDER BY page.v ${direction(sort)} NULLS LAST, page.id ${direction(sort)}`.execute(tx);
  return rows;
}

/**
 * Walks the sort's index and keeps what matches: for many matches. What is not stated comes after
 * everything that is, as a second walk, so that each is one contiguous range of the index.
 */
async function walkPage(tx: Tx, search: Search, sort: Sort, cursor: Cursor | null, limit: number): Promise<Row[]> {
  const stated = cursor?.value === null ? [] : await walkPart(tx, search, sort, true, cursor, limit);
  if (stated.length > limit) return stated;
  return [...stated, ...(await walkPart(tx, search, sort, false, cursor?.value === null ? cursor : null, limit - stated.length))];
}

async function walkPart(tx: Tx, search: Search, sort: Sort, stated: boolean, cursor: Cursor | null, limit: number): Promise<Row[]> {
  const column = sql`t.${sql.ref(sort.column)}`;
  const part = stated ? sql`${column} IS NOT NULL` : sql`${column} IS NULL`;
  const later = !cursor
    ? sql``
    : stated
      ? sql`AND (${column}, t.id) ${after(sort)} (${cursor.value}::${sql.raw(sort.type)}, ${cursor.id}::uuid)`
      : sql`AND t.id ${after(sort)} ${cursor.id}::uuid`;
  const order = stated ? sql`${column} ${direction(sort)}, t.id ${direction(sort)}` : sql`t.id ${direction(sort)}`;
  const parts = search.branches.map(
    (branch) =>
      sql`(SELECT t.* FROM ${tableRef(search.kind)} t WHERE ${search.where} AND ${branch} AND ${part} ${later} ORDER BY ${order} LIMIT ${limit + 1})`,
  );
  const { rows } = await sql<Row>`SELECT * FROM (${sql.join(parts, sql` UNION ALL `)}) t ORDER BY ${order} LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/** Runs a question under the lists' own time limit; too slow becomes a refusal that says what to do. */
export async function narrowable<T>(tx: Tx, ask: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{
    before: string;
  }>`SELECT current_setting('statement_timeout') AS before, set_config('statement_timeout', ${String(listTimeout)}, true)`.execute(tx);
  try {
    const answer = await ask();
    await sql`SELECT set_config('statement_timeout', ${rows[0]!.before}, true)`.execute(tx);
    return answer;
  } catch (error) {
    if ((error as { code?: string }).code !== '57014') throw error;
    throw new Problem(
      'bad-input',
      'Searching this takes too long: add a condition on stage, owner, origin, channel, segment, campaign, account or time to narrow it.',
      { fields: [{ at: 'filter', reason: 'is too wide' }] },
    );
  }
}
