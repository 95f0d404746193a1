import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { automaticSubjects } from './evidence-sql.ts';

/** Subjects hardly ever change from one request to the next: they are looked for again after some minutes. */
const keptMs = 5 * 60_000;
const known = new Map<string, { readonly at: number; readonly subjects: Promise<string[]> }>();

/**
 * Subjects by which touches of sales of the last days are told to be a machine's though nobody marked them. Kept in
 * this process for a while, as finding them reads all these touches.
 */
export function knownAutomatic(tx: Tx, workspaceId: WorkspaceId, days: number): Promise<string[]> {
  const key = `${workspaceId} ${days}`;
  const before = known.get(key);
  if (before && Date.now() - before.at < keptMs) return before.subjects;
  const subjects = automaticSubjects(
    tx,
    sql`SELECT x.subject FROM touches x WHERE x.workspace_id = ${workspaceId}::uuid AND x.occurred_at >= now() - make_interval(days => ${days})
      AND x.side = 'sales' AND x.automated IS NOT TRUE AND x.kind IN ('email', 'message', 'chat', 'social')`,
  );
  known.set(key, { at: Date.now(), subjects });
  subjects.catch(() => known.delete(key));
  if (known.size > 1_000) known.delete(known.keys().next().value!);
  return subjects;
}
