import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { tableOf, type Kind } from '../contract.ts';

export interface CustomFieldCall {
  kind: Kind;
  key: string;
  label: string;
  type: 'text' | 'number' | 'boolean' | 'day';
}

/** Defines a field of the company's own. @throws Problem conflict when the key is taken */
export async function defineField(tx: Tx, workspaceId: WorkspaceId, call: CustomFieldCall): Promise<void> {
  const { rows } =
    await sql`INSERT INTO custom_fields (workspace_id, kind, key, label, type) VALUES (${workspaceId}::uuid, ${call.kind}, ${call.key}, ${call.label}, ${call.type}) ON CONFLICT DO NOTHING RETURNING key`.execute(
      tx,
    );
  if (rows.length === 0)
    throw new Problem('conflict', `There is a field “${call.key}” already.`, { fields: [{ at: 'key', reason: 'is taken' }] });
}

/** Takes a field of the company's own away while no record holds a value in it. */
export async function removeField(tx: Tx, workspaceId: WorkspaceId, kind: Kind, key: string): Promise<void> {
  const { rows: used } =
    await sql`SELECT 1 FROM ${sql.table(tableOf[kind])} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.custom->>${key} IS NOT NULL LIMIT 1`.execute(
      tx,
    );
  if (used.length) throw new Problem('conflict', `“${key}” holds values: clear them first.`);
  const { rows } =
    await sql`DELETE FROM custom_fields WHERE workspace_id = ${workspaceId}::uuid AND kind = ${kind} AND key = ${key} RETURNING key`.execute(
      tx,
    );
  if (rows.length === 0) throw notFound('field');
}
