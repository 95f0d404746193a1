/** The rows of `handoffs` and `clocks` as the engine makes them and as they are stored. */

import { sql } from 'kysely';
import type { ClockRow, HandoffRow } from '#engine/handoff/projection.ts';
import { columnOf } from '#features/records/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { milliseconds, toMicrosecond } from './moments.ts';

/** Values by field; instants and durations as numbers. */
export type Row = Readonly<Record<string, string | number | null>>;

export interface Column {
  readonly field: string;
  readonly column: string;
  readonly type: 'uuid' | 'text' | 'int' | 'smallint' | 'bigint' | 'instant';
}

const columnsOf = <Fields extends Record<string, Column['type']>>(fields: Fields): Column[] =>
  Object.entries(fields).map(([field, type]) => ({ field, column: columnOf(field), type }));

export const handoffColumns = columnsOf({
  leadId: 'uuid',
  state: 'text',
  ownerId: 'uuid',
  teamId: 'uuid',
  mqlAt: 'instant',
  routedAt: 'instant',
  decidedAt: 'instant',
  startedAt: 'instant',
  firstAttemptAt: 'instant',
  attempts: 'int',
  lastAttemptAt: 'instant',
  workingMs: 'bigint',
  wallMs: 'bigint',
  nextDueAt: 'instant',
  nextClause: 'text',
} satisfies Record<keyof HandoffRow, Column['type']>);

export const clockColumns = columnsOf({
  leadId: 'uuid',
  clauseKey: 'text',
  versionId: 'uuid',
  memberId: 'uuid',
  startedAt: 'instant',
  dueAt: 'instant',
  metAt: 'instant',
  evidenceKind: 'text',
  evidenceId: 'uuid',
  workingMs: 'bigint',
  wallMs: 'bigint',
  excuse: 'text',
  excuseId: 'uuid',
  nextStep: 'smallint',
  nextStepAt: 'instant',
} satisfies Record<keyof ClockRow, Column['type']>);

/** As it is stored: instants to the microsecond, durations in whole milliseconds. */
export function rounded(row: object, columns: readonly Column[]): Row {
  const values = row as Record<string, string | number | null>;
  const stored: Record<string, string | number | null> = {};
  for (const { field, type } of columns) {
    const value = values[field]!;
    stored[field] = typeof value !== 'number' ? value : type === 'instant' ? toMicrosecond(value) : Math.round(value);
  }
  return stored;
}

export interface Differences {
  readonly changed: Row[];
  readonly gone: Row[];
}

/** What is to be written so that the stored rows are as computed, and which of them are to go. */
export function differences(stored: readonly Row[], computed: readonly Row[], columns: readonly Column[]): Differences {
  if (stored.length === 0) return { changed: [...computed], gone: [] };
  const before = new Map(stored.map((row) => [keyOf(row), row]));
  const changed = computed.filter((row) => {
    const old = before.get(keyOf(row));
    before.delete(keyOf(row));
    return !old || !sameRow(old, row, columns);
  });
  return { changed, gone: [...before.values()] };
}

/** By what a row is known among those of its table. */
export const keyOf = (row: Row): string => `${String(row.leadId)} ${String(row.clauseKey ?? '')}`;

const sameRow = (one: Row, other: Row, columns: readonly Column[]): boolean => columns.every(({ field }) => one[field] === other[field]);

/** What is stored of these leads. */
export async function readProjections(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
): Promise<{ handoffs: Row[]; clocks: Row[] }> {
  return {
    handoffs: await readRows(tx, workspaceId, 'handoffs', handoffColumns, leadIds),
    clocks: await readRows(tx, workspaceId, 'clocks', clockColumns, leadIds),
  };
}

async function readRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  table: 'handoffs' | 'clocks',
  columns: readonly Column[],
  leadIds: readonly string[],
): Promise<Row[]> {
  const read = columns.map(({ field, column, type }) => {
    const value =
      type === 'instant'
        ? milliseconds(`t.${column}`)
        : type === 'bigint'
          ? sql`${sql.ref(`t.${column}`)}::float8`
          : sql`${sql.ref(`t.${column}`)}`;
    return sql`${value} AS ${sql.ref(field)}`;
  });
  const { rows } = await sql<Row>`SELECT ${sql.join(read)} FROM ${sql.table(table)} t
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.lead_id = ANY(${leadIds}::uuid[])`.execute(tx);
  return rows;
}
