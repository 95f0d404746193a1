import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';

/** Days for which uploaded files are kept after their import ended, for the error file. */
const keptDays = 90;

/** Lets go of uploaded files nobody needs any more. The import, its result and its problems stay. */
export async function forgetOldFiles(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces`.execute(tx));
  for (const { id } of rows) {
    await database.inWorkspace(id, (tx) =>
      sql`DELETE FROM import_file_parts p USING import_runs r WHERE p.workspace_id = ${id} AND r.workspace_id = ${id} AND r.id = p.run_id
        AND r.status IN ('done', 'undone', 'failed') AND r.finished_at < now() - make_interval(days => ${keptDays})`.execute(tx),
    );
  }
}
