/** Records by their ids, as their lists show them. */

import { sql } from 'kysely';
import { type Row, shownRecord, type ShownRecord, tableRef } from '#features/records/queries/columns.ts';
import { withNames } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** In the order of the ids; one that is gone is left out. */
export async function readShown(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: 'lead' | 'deal' | 'account',
  ids: readonly string[],
): Promise<ShownRecord[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<Row>`SELECT t.* FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[])`.execute(
      tx,
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = ids.flatMap((id) => byId.get(id) ?? []);
  return withNames(
    tx,
    workspaceId,
    kind,
    found.map((row) => shownRecord(kind, row)),
  );
}
