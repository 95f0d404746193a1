/**
 * Takes a whole import back: what it made disappears, what it changed returns to what the other facts say.
 * Its facts stay and are marked as undone through the run; nothing is erased from history.
 */

import type pg from 'pg';
import { keyColumnsOf, keysOf, stateColumns } from '#features/records/projection.ts';
import { columnOf, entryKinds, fieldsOf, recordKinds, tableOf, type Kind, type RecordKind } from '#features/records/contract.ts';
import { Problem } from '#platform/errors.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { q, type Undo } from './undo-context.ts';
import { costsLeaningOn, handReversals, refuseClosedCosts, undoCosts } from './undo-costs.ts';
import { noteUndoneJourneys } from './note-journeys.ts';

/** Runs inside the caller's transaction on its connection, the workspace being entered. */
export async function undoRecords(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  runId: string,
): Promise<Record<string, { removed: number; restored: number }>> {
  const undo = { client, workspaceId, runId };
  await q(
    undo,
    `CREATE TEMP TABLE undone_runs AS SELECT id FROM import_runs WHERE workspace_id = :ws AND (status = 'undone' OR id = :run)`,
  );
  await q(
    undo,
    `CREATE TEMP TABLE touched AS SELECT f.subject_kind AS kind, f.subject_id AS id,
       NOT EXISTS (SELECT FROM facts o WHERE o.workspace_id = :ws AND o.subject_id = f.subject_id AND o.sets IS NOT NULL AND (o.run_id IS NULL OR o.run_id NOT IN (SELECT id FROM undone_runs))
         AND (o.recorded_at, o.id) < (f.recorded_at, f.id)) AS made_here
     FROM (SELECT DISTINCT ON (subject_id) * FROM facts WHERE workspace_id = :ws AND run_id = :run AND sets IS NOT NULL ORDER BY subject_id, recorded_at, id) f`,
  );
  await q(undo, 'ANALYZE touched');
  await refuseIfLeanedOn(undo);
  await refuseClosedCosts(undo);
  await noteUndoneJourneys(client, workspaceId, runId);
  const result: Record<string, { removed: number; restored: number }> = {};
  for (const kind of [...recordKinds].reverse()) result[kind] = { removed: await remove(undo, kind), restored: await restore(undo, kind) };
  for (const table of ['touches', 'revenue_entries', 'deal_stages']) {
    const removed = await q(undo, `UPDATE ${table} SET voided_by = :run WHERE workspace_id = :ws AND run_id = :run AND voided_by IS NULL`);
    // What this import corrected comes back, unless the import that brought it is undone as well.
    const restored = await q(
      undo,
      `UPDATE ${table} SET voided_by = CASE WHEN run_id IN (SELECT id FROM undone_runs) THEN run_id END WHERE workspace_id = :ws AND voided_by = :run AND run_id IS DISTINCT FROM :run`,
    );
    result[table] = { removed: removed.rowCount ?? 0, restored: restored.rowCount ?? 0 };
  }
  result.cost_entries = await undoCosts(undo);
  await q(undo, `DELETE FROM external_ids WHERE workspace_id = :ws AND run_id = :run`);
  for (const kind of recordKinds)
    await q(
      undo,
      `DELETE FROM custom_fields c WHERE c.workspace_id = :ws AND c.kind = '${kind}' AND c.run_id IN (SELECT id FROM undone_runs) AND NOT EXISTS (SELECT FROM ${tableOf[kind]} o WHERE o.workspace_id = :ws AND o.custom ? c.key)`,
    );
  await removePeople(undo);
  return result;
}

/**
 * Records made by this import that later imports or people have built upon: changed them, linked to them, or
 * recognised them as their own. Names who did, with the number of records, so that those can be undone first.
 */
async function refuseIfLeanedOn(undo: Undo): Promise<void> {
  await q(undo, `CREATE TEMP TABLE made AS SELECT kind, id FROM touched WHERE made_here AND kind <> 'member'`);
  await q(undo, 'ANALYZE made');
  const { rows } = await q(
    undo,
    `SELECT coalesce('import #' || r.number, 'edits by hand') AS by, count(DISTINCT b.id) AS count
     FROM (${[changesByOthers, idsOfOthers, ...recordsLeaningOn(), ...entriesLeaningOn(), ...costsLeaningOn].join(' UNION ALL ')}) b
     LEFT JOIN import_runs r ON r.workspace_id = :ws AND r.id = b.run_id GROUP BY 1 ORDER BY 1`,
  );
  if (rows.length === 0) return;
  const what = rows.map(({ by, count }) => `${by} (${count})`).join(', ');
  throw new Problem('conflict', `Others have built on what this import made: ${what}. Undo those imports first, or take the edits back.`);
}

const byOthers = '(f.run_id IS NULL OR f.run_id NOT IN (SELECT id FROM undone_runs))';
const changesByOthers = `SELECT f.run_id, f.subject_id AS id FROM facts f JOIN made t ON t.id = f.subject_id WHERE f.workspace_id = :ws AND f.sets IS NOT NULL AND ${byOthers}`;
/** Another source's id of a record would lead nowhere, and its next import would bring nothing. */
const idsOfOthers = `SELECT x.run_id, x.record_id FROM external_ids x WHERE x.workspace_id = :ws AND x.run_id IS DISTINCT FROM :run AND x.record_id IN (SELECT id FROM made)`;

/** Records that keep a link to one that goes: somebody else's fact set it last. */
function recordsLeaningOn(): string[] {
  return recordKinds.flatMap((kind) =>
    linksOf(kind).map(
      ({ name, column, target }) =>
        `SELECT f.run_id, o.id FROM ${tableOf[kind]} o JOIN made t ON t.kind = '${target}' AND t.id = o.${column}
         CROSS JOIN LATERAL (SELECT f.run_id, f.sets->>'${name}' AS link FROM facts f WHERE f.workspace_id = :ws AND f.subject_id = o.id AND f.sets ? '${name}' AND ${byOthers} ORDER BY f.recorded_at DESC, f.id DESC LIMIT 1) f
         WHERE o.workspace_id = :ws AND f.link = o.${column}::text AND o.id NOT IN (SELECT id FROM made)`,
    ),
  );
}

function entriesLeaningOn(): string[] {
  return entryKinds.map((kind) => {
    const links = linksOf(kind).map(({ column, target }) => `e.${column} IN (SELECT id FROM made WHERE kind = '${target}')`);
    return `SELECT e.run_id, e.id FROM ${tableOf[kind]} e WHERE e.workspace_id = :ws AND e.run_id IS DISTINCT FROM :run AND e.voided_by IS NULL AND (${links.join(' OR ')})
      ${kind === 'cost' ? `AND e.id NOT IN (${handReversals})` : ''}`;
  });
}

const linksOf = (kind: Kind): { name: string; column: string; target: string }[] =>
  fieldsOf[kind]
    .filter((field) => (recordKinds as readonly string[]).includes(field.type))
    .map((field) => ({ name: field.name, column: columnOf(field.name), target: field.type }));

async function remove(undo: Undo, kind: RecordKind): Promise<number> {
  const { rowCount } = await q(
    undo,
    `DELETE FROM ${tableOf[kind]} WHERE workspace_id = :ws AND id IN (SELECT id FROM touched WHERE kind = '${kind}' AND made_here)`,
  );
  return rowCount ?? 0;
}

/** Folds the facts that remain and puts the state back to that, key columns included. */
async function restore(undo: Undo, kind: RecordKind): Promise<number> {
  const columns = stateColumns(kind);
  const { rowCount } = await q(
    undo,
    `UPDATE ${tableOf[kind]} t SET changed_xid = pg_current_xact_id(), custom = accord.custom_of(f.sets)${columns.map((column) => `, ${column.column} = ${column.from('f.sets')}`).join('')}
     FROM (SELECT subject_id, accord.fold_sets(sets ORDER BY recorded_at, id) AS sets FROM facts
           WHERE workspace_id = :ws AND subject_id IN (SELECT id FROM touched WHERE kind = '${kind}' AND NOT made_here) AND sets IS NOT NULL
             AND (run_id IS NULL OR run_id NOT IN (SELECT id FROM undone_runs)) GROUP BY subject_id) f
     WHERE t.workspace_id = :ws AND t.id = f.subject_id`,
  );
  if (rowCount) await restoreKeys(undo, kind);
  return rowCount ?? 0;
}

async function restoreKeys(undo: Undo, kind: RecordKind): Promise<void> {
  const keys = Object.keys(keyColumnsOf[kind]);
  if (keys.length === 0) return;
  const columns = stateColumns(kind).map(({ column, field }) => `${column} AS "${field.name}"`);
  const { rows } = await q(
    undo,
    `SELECT id, ${columns.join(', ')} FROM ${tableOf[kind]} WHERE workspace_id = :ws AND id IN (SELECT id FROM touched WHERE kind = '${kind}' AND NOT made_here)`,
  );
  for (const row of rows) {
    const values = keysOf(kind, row);
    await undo.client.query(
      `UPDATE ${tableOf[kind]} SET ${keys.map((key, at) => `${key} = $${at + 3}`).join(', ')} WHERE workspace_id = $1 AND id = $2`,
      [undo.workspaceId, row.id, ...keys.map((key) => values[key] ?? null)],
    );
  }
}

/** Members and teams first seen in this import go too, unless somebody has been invited as them or uses them. */
async function removePeople(undo: Undo): Promise<void> {
  const uses = recordKinds.flatMap((kind) =>
    fieldsOf[kind]
      .filter((field) => field.type === 'member')
      .map(
        (field) => `SELECT ${columnOf(field.name)} FROM ${tableOf[kind]} WHERE workspace_id = :ws AND ${columnOf(field.name)} IS NOT NULL`,
      ),
  );
  await q(
    undo,
    `DELETE FROM team_members tm USING members m WHERE tm.workspace_id = :ws AND m.workspace_id = :ws AND m.id = tm.member_id AND m.run_id = :run AND m.login_id IS NULL AND m.id NOT IN (${uses.join(' UNION ')})`,
  );
  await q(
    undo,
    `UPDATE teams SET manager_id = NULL WHERE workspace_id = :ws AND manager_id IN (SELECT id FROM members WHERE workspace_id = :ws AND run_id = :run AND login_id IS NULL) AND manager_id NOT IN (${uses.join(' UNION ')})`,
  );
  await q(
    undo,
    `DELETE FROM teams WHERE workspace_id = :ws AND run_id = :run AND NOT EXISTS (SELECT FROM team_members tm WHERE tm.workspace_id = :ws AND tm.team_id = teams.id)
       AND id NOT IN (SELECT team_id FROM cost_entries WHERE workspace_id = :ws AND team_id IS NOT NULL AND voided_by IS NULL)
       AND id NOT IN (SELECT team_id FROM budgets WHERE workspace_id = :ws AND team_id IS NOT NULL AND superseded_at IS NULL)`,
  );
  await q(
    undo,
    `DELETE FROM members WHERE workspace_id = :ws AND run_id = :run AND login_id IS NULL AND id NOT IN (${uses.join(' UNION ')})
       AND id NOT IN (SELECT record_id FROM external_ids WHERE workspace_id = :ws AND kind = 'member')
       AND id NOT IN (SELECT member_id FROM touches WHERE workspace_id = :ws AND member_id IS NOT NULL AND voided_by IS NULL)
       AND id NOT IN (SELECT member_id FROM cost_entries WHERE workspace_id = :ws AND member_id IS NOT NULL AND voided_by IS NULL)
       AND id NOT IN (SELECT member_id FROM invitations WHERE workspace_id = :ws AND member_id IS NOT NULL) AND id NOT IN (SELECT manager_id FROM teams WHERE workspace_id = :ws AND manager_id IS NOT NULL)`,
  );
}
