import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * Steps of one transaction that concern both a workspace and the tables without one (a membership and
 * its login, an invitation and its link). Each widens only this transaction and only for the step.
 */
export async function throughGate<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`SELECT set_config('app.gate', 'sign-in', true)`.execute(tx);
  const result = await work();
  await sql`SELECT set_config('app.gate', '', true)`.execute(tx);
  return result;
}

/** From here on the transaction is in this workspace. The caller has found it by a membership, a link or by making it. */
export async function enter(tx: Tx, workspaceId: string): Promise<WorkspaceId> {
  await sql`SELECT set_config('app.workspace', ${workspaceId}, true)`.execute(tx);
  return workspaceId as WorkspaceId;
}

/** From here on the transaction sees this login's memberships in all workspaces. */
export async function asLogin(tx: Tx, loginId: string): Promise<void> {
  await sql`SELECT set_config('app.login', ${loginId}, true)`.execute(tx);
}
