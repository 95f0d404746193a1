/** What time ends: salts and cookieless visitors with their day, events nobody's after thirteen months. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { follow, hasBacklog } from './follow.ts';

/** Rows a transaction: a deletion of millions would hold up everybody else. */
const portion = 5_000;
const keptMonths = 13;

/** Every minute: what a killed worker left, and, when a day (UTC) is over, what only that day may know. */
export async function tickTracking(database: Database): Promise<void> {
  const failures: unknown[] = [];
  for (const workspaceId of await workspaces(database))
    await tickWorkspace(database, workspaceId).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `Tracking of ${failures.length} workspaces could not be followed.`);
}

async function tickWorkspace(database: Database, workspaceId: WorkspaceId): Promise<void> {
  if (await database.inWorkspace(workspaceId, (tx) => hasBacklog(tx, workspaceId))) await follow(database, workspaceId);
  if (await database.inWorkspace(workspaceId, (tx) => hasEndedDay(tx, workspaceId))) await endDays(database, workspaceId);
}

/** A day's salt is deleted last: as long as it stands, what hangs on it may not all be dropped yet. */
async function hasEndedDay(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{
    ended: boolean;
  }>`SELECT EXISTS (SELECT FROM tracking_salts WHERE workspace_id = ${workspaceId}::uuid AND day < ${today}) AS ended`.execute(tx);
  return rows[0]!.ended;
}

const today = sql`(now() AT TIME ZONE 'UTC')::date`;
const startOfToday = sql`(date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')`;

/** Drops what was known of cookieless visitors of days that are over, then their salts. */
export async function endDays(database: Database, workspaceId: WorkspaceId): Promise<void> {
  await inPortions(database, workspaceId, (tx) =>
    sql`UPDATE tracking_events SET day_visitor = NULL, click_id = CASE WHEN visitor IS NULL THEN NULL ELSE click_id END
    WHERE workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM tracking_events WHERE workspace_id = ${workspaceId}::uuid
      AND day_visitor IS NOT NULL AND received_at < ${startOfToday} LIMIT ${portion})`.execute(tx),
  );
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`UPDATE tracking_submissions SET day_visitor = NULL WHERE workspace_id = ${workspaceId}::uuid AND day_visitor IS NOT NULL AND received_at < ${startOfToday}`.execute(
      tx,
    );
    await sql`DELETE FROM tracking_known WHERE workspace_id = ${workspaceId}::uuid AND NOT cookie AND known_at < ${startOfToday}`.execute(
      tx,
    );
    await sql`DELETE FROM tracking_salts WHERE workspace_id = ${workspaceId}::uuid AND day < ${today}`.execute(tx);
  });
}

/** Every night. Events of visits that somebody is known to have made stay with the touch they show. */
export async function forgetOldEvents(database: Database): Promise<void> {
  for (const workspaceId of await workspaces(database)) {
    await inPortions(database, workspaceId, (tx) =>
      sql`DELETE FROM tracking_events WHERE workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM tracking_events
        WHERE workspace_id = ${workspaceId}::uuid AND visit_id IS NULL AND received_at < now() - make_interval(months => ${keptMonths}) LIMIT ${portion})`.execute(
        tx,
      ),
    );
    await database.inWorkspace(workspaceId, async (tx) => {
      await sql`DELETE FROM tracking_known WHERE workspace_id = ${workspaceId}::uuid AND known_at < now() - make_interval(months => ${keptMonths})`.execute(
        tx,
      );
      await sql`DELETE FROM tracking_links WHERE workspace_id = ${workspaceId}::uuid AND expires_at < now()`.execute(tx);
    });
  }
}

async function inPortions(
  database: Database,
  workspaceId: WorkspaceId,
  work: (tx: Tx) => Promise<{ numAffectedRows?: bigint | undefined }>,
): Promise<void> {
  let done: bigint;
  do done = (await database.inWorkspace(workspaceId, work)).numAffectedRows ?? 0n;
  while (done >= BigInt(portion));
}

async function workspaces(database: Database): Promise<WorkspaceId[]> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  return rows.map(({ id }) => id);
}
