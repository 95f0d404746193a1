import { sql } from 'kysely';
import type { Names } from '#engine/agreement/wording.ts';
import { leadFields } from '#features/records/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** What stands under the ids and keys of clauses. Archived calendars keep their name: a signed version may count in one. */
export async function clauseNames(tx: Tx, workspaceId: WorkspaceId): Promise<Names> {
  const { rows } = await sql<{ kind: 'calendars' | 'teams' | 'fields'; id: string; name: string }>`
    SELECT 'calendars' AS kind, id::text AS id, name FROM calendars WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'teams', id::text, name FROM teams WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'fields', 'custom.' || key, label FROM custom_fields WHERE workspace_id = ${workspaceId}::uuid AND kind = 'lead'`.execute(
    tx,
  );
  const named = (kind: string): [string, string][] => rows.filter((row) => row.kind === kind).map((row) => [row.id, row.name]);
  return {
    calendars: Object.fromEntries(named('calendars')),
    teams: Object.fromEntries(named('teams')),
    fields: {
      ...Object.fromEntries(leadFields.map(({ name, label }) => [name, label.toLowerCase()])),
      ...Object.fromEntries(named('fields')),
    },
  };
}
