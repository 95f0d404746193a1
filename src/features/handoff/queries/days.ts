import { sql } from 'kysely';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Where the workspace's days begin, and which day it is there. */
export async function todayOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ timeZone: string; today: string }> {
  const { rows } = await sql<{ timeZone: string; today: string }>`
    SELECT w.time_zone AS "timeZone", (now() AT TIME ZONE w.time_zone)::date AS today FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(
    tx,
  );
  return rows[0]!;
}

/** From the beginning of the first day until the end of the last, both included, as instants; null where a day is not said. */
export async function instantsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { start, end }: { start?: string | undefined; end?: string | undefined },
): Promise<{ from: string | null; until: string | null }> {
  if (start === undefined && end === undefined) return { from: null, until: null };
  const { timeZone } = await todayOf(tx, workspaceId);
  return {
    from: start === undefined ? null : instantText(startOfDay(start, timeZone)),
    until: end === undefined ? null : instantText(startOfDay(dayAfter(end), timeZone)),
  };
}

export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
export const instantText = (milliseconds: number): string => new Date(milliseconds).toISOString();
