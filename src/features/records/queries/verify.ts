/**
 * `accord verify`: folds every fact anew and compares with the state, recomputes the keys, and looks for
 * references that lead nowhere. Reads only; one snapshot.
 */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { columnOf, entryKinds, fieldsOf, recordKinds, tableOf, type EntryKind, type RecordKind } from '../contract.ts';
import { keyColumnsOf, keysOf, stateColumns } from '../projection.ts';

export interface Difference {
  /** A kind of record or entry; of other features' projections what they call it. */
  kind: string;
  id: string;
  /** `state`: what stands in the table; `facts`: what the facts say. */
  field: string;
  state: string | null;
  facts: string | null;
  what: string;
}
export interface Verification {
  checked: Record<string, number>;
  differences: Difference[];
  /** There may be more differences than are listed. */
  total: number;
}

/** Compares projections of a workspace with what they rest on. `say` is told what is being checked. */
export type Check = (database: Database, workspaceId: WorkspaceId, say: (phase: string) => void) => Promise<Verification>;

const mostListed = 1_000;

/** Compares all projections of a workspace with its facts. `say` is told what is being checked. */
export async function verifyWorkspace(
  database: Database,
  workspaceId: WorkspaceId,
  say: (phase: string) => void = () => {},
): Promise<Verification> {
  return database.inWorkspace(
    workspaceId,
    async (tx) => {
      await sql`SET LOCAL work_mem = '256MB'`.execute(tx);
      const result: Verification = { checked: {}, differences: [], total: 0 };
      const found = (rows: Difference[]) => {
        result.total += rows.length;
        for (const row of rows) if (result.differences.length < mostListed) result.differences.push(row);
      };
      for (const kind of recordKinds) {
        say(`${tableOf[kind]}: state against facts`);
        result.checked[kind] = await countRows(tx, workspaceId, tableOf[kind]);
        found(await compareState(tx, workspaceId, kind));
        say(`${tableOf[kind]}: keys and references`);
        found(await compareKeys(tx, workspaceId, kind));
        found(await danglingReferences(tx, workspaceId, kind, tableOf[kind]));
        found(await danglingIds(tx, workspaceId, kind));
      }
      for (const kind of entryKinds) {
        say(`${tableOf[kind]}: references`);
        result.checked[kind] = await countRows(tx, workspaceId, tableOf[kind]);
        found(await danglingReferences(tx, workspaceId, kind, tableOf[kind]));
        found(await wronglyVoided(tx, workspaceId, kind));
        if (kind === 'cost') found(await wronglyReversed(tx, workspaceId));
      }
      return result;
    },
    { snapshot: true, statementTimeout: 0 },
  );
}

async function countRows(tx: Tx, workspaceId: WorkspaceId, table: string): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) FROM ${sql.ref(table)} WHERE workspace_id = ${workspaceId}`.execute(tx);
  return Number(rows[0]!.count);
}

async function compareState(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind): Promise<Difference[]> {
  const columns = stateColumns(kind);
  const pairs = [
    ...columns.map(
      ({ field, column, from }) =>
        `('${field.name}', t.${column}::text, ${from('f.sets')}::text, t.${column} IS DISTINCT FROM ${from('f.sets')})`,
    ),
    `('custom', t.custom::text, accord.custom_of(f.sets)::text, t.custom IS DISTINCT FROM accord.custom_of(f.sets))`,
  ];
  const unlike = [
    ...columns.map(({ column, from }) => `t.${column} IS DISTINCT FROM ${from('f.sets')}`),
    't.custom IS DISTINCT FROM accord.custom_of(f.sets)',
  ].join(' OR ');
  const { rows } = await sql<Difference>`
    WITH live AS (
      SELECT subject_id, recorded_at, id, sets FROM facts
      WHERE workspace_id = ${workspaceId} AND subject_kind = ${kind} AND sets IS NOT NULL
        AND (run_id IS NULL OR run_id NOT IN (SELECT id FROM import_runs WHERE workspace_id = ${workspaceId} AND status = 'undone'))
    ), folded AS (SELECT subject_id, accord.fold_sets(sets ORDER BY recorded_at, id) AS sets FROM live GROUP BY subject_id)
    SELECT ${kind} AS kind, coalesce(t.id, f.subject_id) AS id, d.field, d.state, d.facts, d.what
    FROM folded f FULL JOIN (SELECT * FROM ${sql.ref(tableOf[kind])} WHERE workspace_id = ${workspaceId}) t ON t.id = f.subject_id
    CROSS JOIN LATERAL (
      SELECT NULL AS field, NULL AS state, NULL AS facts, 'is in the table but no fact made it' AS what WHERE f.subject_id IS NULL
      UNION ALL SELECT NULL, NULL, NULL, 'was made by a fact but is not in the table' WHERE t.id IS NULL
      UNION ALL SELECT v.field, v.state, v.facts, 'differs from what the facts say' FROM (VALUES ${sql.raw(pairs.join(', '))}) v (field, state, facts, differs)
        WHERE t.id IS NOT NULL AND f.subject_id IS NOT NULL AND v.differs
    ) d
    WHERE t.id IS NULL OR f.subject_id IS NULL OR ${sql.raw(unlike)}`.execute(tx);
  return rows;
}

/** Key columns are recomputed by the same functions that wrote them, in pages so that memory stays flat. */
async function compareKeys(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind): Promise<Difference[]> {
  const keys = Object.keys(keyColumnsOf[kind]).filter((key) => key !== 'phone_key'); // depends on the country an import was told
  if (keys.length === 0) return [];
  const fields = stateColumns(kind).filter(({ type }) => type === 'text');
  const columns = [...fields.map(({ column, field }) => `${column} AS "${field.name}"`), ...keys].join(', ');
  const differences: Difference[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<
      Record<string, string | null>
    >`SELECT id, ${sql.raw(columns)} FROM ${sql.ref(tableOf[kind])} WHERE workspace_id = ${workspaceId} AND id > ${after} ORDER BY id LIMIT 10000`.execute(
      tx,
    );
    for (const row of rows) {
      const right = keysOf(kind, row);
      for (const key of keys)
        if ((row[key] ?? null) !== (right[key] ?? null))
          differences.push({
            kind,
            id: row.id!,
            field: key,
            state: row[key] ?? null,
            facts: right[key] ?? null,
            what: 'is not the key of its field',
          });
    }
    if (rows.length < 10_000) return differences;
    after = rows.at(-1)!.id!;
  }
}

async function danglingReferences(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind | EntryKind, table: string): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const field of fieldsOf[kind]) {
    const target =
      field.type === 'member'
        ? 'members'
        : (recordKinds as readonly string[]).includes(field.type)
          ? tableOf[field.type as RecordKind]
          : null;
    if (!target) continue;
    const column = columnOf(field.name);
    const alive = (entryKinds as readonly string[]).includes(kind) ? sql`AND t.voided_by IS NULL` : sql``;
    const { rows } = await sql<Difference>`
      SELECT ${kind} AS kind, t.id, ${field.name} AS field, t.${sql.ref(column)}::text AS state, NULL AS facts, ${`refers to no ${field.type} that exists`} AS what
      FROM ${sql.ref(table)} t WHERE t.workspace_id = ${workspaceId} AND t.${sql.ref(column)} IS NOT NULL ${alive}
        AND NOT EXISTS (SELECT FROM ${sql.ref(target)} o WHERE o.workspace_id = ${workspaceId} AND o.id = t.${sql.ref(column)}) LIMIT 1000`.execute(
      tx,
    );
    found.push(...rows);
  }
  return found;
}

/** By such an id the next import of the source would find nothing to change, and make nothing. */
async function danglingIds(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    SELECT ${kind} AS kind, x.record_id AS id, x.source || ':' || x.external_id AS field, NULL AS state, NULL AS facts, 'is a source’s id of no record that exists' AS what
    FROM external_ids x WHERE x.workspace_id = ${workspaceId} AND x.kind = ${kind}
      AND NOT EXISTS (SELECT FROM ${sql.ref(tableOf[kind])} o WHERE o.workspace_id = ${workspaceId} AND o.id = x.record_id) LIMIT 1000`.execute(
    tx,
  );
  return rows;
}

/**
 * An entry is void when its own import was undone, or when an import that stands corrected it; else it counts. The
 * reversal of a cost by hand is void with that cost.
 */
async function wronglyVoided(tx: Tx, workspaceId: WorkspaceId, kind: EntryKind): Promise<Difference[]> {
  const withItsCost =
    kind === 'cost'
      ? sql`AND NOT EXISTS (SELECT FROM cost_entries o WHERE o.workspace_id = ${workspaceId} AND o.id = e.reverses_id AND o.voided_by = e.voided_by)`
      : sql``;
  const { rows } = await sql<Difference>`
    WITH runs AS (SELECT id, status = 'undone' AS undone FROM import_runs WHERE workspace_id = ${workspaceId})
    SELECT ${kind} AS kind, e.id, NULL AS field, NULL AS state, NULL AS facts,
      CASE WHEN e.voided_by IS NULL THEN 'counts though its import was undone' ELSE 'is void though no import that stands voided it' END AS what
    FROM ${sql.ref(tableOf[kind])} e WHERE e.workspace_id = ${workspaceId}
      AND CASE WHEN e.voided_by IS NULL THEN e.run_id IN (SELECT id FROM runs WHERE undone)
        ELSE e.voided_by IS DISTINCT FROM e.run_id AND e.voided_by <> e.id AND e.voided_by NOT IN (SELECT id FROM runs WHERE NOT undone) ${withItsCost} END LIMIT 1000`.execute(
    tx,
  );
  return rows;
}

/** A cost and the entry that takes it back name each other, and cancel out. */
async function wronglyReversed(tx: Tx, workspaceId: WorkspaceId): Promise<Difference[]> {
  const { rows } = await sql<Difference>`
    SELECT 'cost' AS kind, e.id, NULL AS field, e.amount::text AS state, o.amount::text AS facts, 'and the entry that takes it back don’t cancel out' AS what
    FROM cost_entries e LEFT JOIN cost_entries o ON o.workspace_id = ${workspaceId} AND o.id = coalesce(e.reversed_by, e.reverses_id)
    WHERE e.workspace_id = ${workspaceId} AND e.voided_by IS NULL AND (e.reversed_by IS NOT NULL OR e.reverses_id IS NOT NULL)
      AND (o.voided_by IS NULL AND o.amount = -e.amount AND o.currency = e.currency
        AND CASE WHEN e.reversed_by IS NOT NULL THEN o.reverses_id = e.id ELSE o.reversed_by = e.id END) IS NOT TRUE LIMIT 1000`.execute(
    tx,
  );
  return rows;
}
