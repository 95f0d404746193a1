import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { ListKind, ListQuery } from '../contract/lists.ts';

export interface ViewCall {
  name: string;
  shared: boolean;
  query: ListQuery;
}

/** Keeps a list as it is looked at, for oneself or for all. */
export async function saveView(tx: Tx, workspaceId: WorkspaceId, memberId: string, call: ViewCall & { kind: ListKind }): Promise<string> {
  const id = newId();
  await sql`INSERT INTO saved_views (workspace_id, id, kind, name, member_id, shared, query)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${call.kind}, ${call.name}, ${memberId}::uuid, ${call.shared}, ${JSON.stringify(call.query)}::jsonb)`.execute(
    tx,
  );
  return id;
}

export async function changeView(tx: Tx, who: Who, id: string, call: Partial<ViewCall>): Promise<void> {
  await lockOwnView(tx, who, id);
  await sql`UPDATE saved_views SET name = coalesce(${call.name ?? null}::text, name), shared = coalesce(${call.shared ?? null}::boolean, shared),
    query = coalesce(${call.query ? JSON.stringify(call.query) : null}::jsonb, query) WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
}

export async function deleteView(tx: Tx, who: Who, id: string): Promise<void> {
  await lockOwnView(tx, who, id);
  await sql`DELETE FROM saved_views WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
}

/** A private view of somebody else is not there; a shared one may be changed by its maker, an admin or the owner. */
async function lockOwnView(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql<{
    member_id: string;
    shared: boolean;
  }>`SELECT member_id, shared FROM saved_views WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const view = rows[0];
  if (!view || (view.member_id !== who.memberId && !view.shared)) throw notFound('view');
  if (view.member_id !== who.memberId && who.role !== 'owner' && who.role !== 'admin')
    throw new Problem('forbidden', 'A shared view is changed by who made it, an admin or the owner.');
}
