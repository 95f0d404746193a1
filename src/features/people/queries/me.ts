import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Role, Side } from '#platform/http/route.ts';
import type { Me } from '../contract.ts';
import { asLogin, enter } from './gate.ts';

export interface Membership {
  workspaceId: string;
  workspaceName: string;
  memberId: string;
  name: string;
  side: Side;
  role: Role;
}

/** At the gate: the workspaces this login is an active member of, oldest first. */
export async function listMemberships(tx: Tx, loginId: string): Promise<Membership[]> {
  await asLogin(tx, loginId);
  const { rows } =
    await sql<Membership>`SELECT m.workspace_id AS "workspaceId", w.name AS "workspaceName", m.id AS "memberId", m.name, m.side, m.role
    FROM members m JOIN workspaces w ON w.id = m.workspace_id WHERE m.login_id = ${loginId} AND m.active ORDER BY w.created_at, w.id`.execute(
      tx,
    );
  return rows;
}

/** At the gate: all that the web app asks first. `may` is filled in by the route, which knows the policies. */
export async function findMe(tx: Tx, loginId: string, workspaceId: string | null): Promise<Omit<Me, 'may'> | undefined> {
  const { rows: logins } = await sql<Me['login']>`SELECT id, name, email FROM logins WHERE id = ${loginId}`.execute(tx);
  const login = logins[0];
  if (!login) return undefined;
  const memberships = await listMemberships(tx, loginId);
  const workspaces = memberships.map((each) => ({ id: each.workspaceId, name: each.workspaceName, role: each.role }));
  const here = memberships.find((each) => each.workspaceId === workspaceId);
  if (!here) return { login, member: null, workspace: null, workspaces };
  const member = { id: here.memberId, name: here.name, side: here.side, role: here.role };
  return {
    login,
    member: { ...member, teams: await listTeamsOf(tx, here) },
    workspace: await getWorkspace(tx, here.workspaceId),
    workspaces,
  };
}

async function listTeamsOf(tx: Tx, here: Membership): Promise<Array<{ id: string; name: string }>> {
  await enter(tx, here.workspaceId);
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`SELECT t.id, t.name FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
    WHERE tm.workspace_id = ${here.workspaceId} AND tm.member_id = ${here.memberId} ORDER BY t.name`.execute(tx);
  return rows;
}

async function getWorkspace(tx: Tx, workspaceId: string): Promise<NonNullable<Me['workspace']>> {
  const { rows } = await sql<NonNullable<Me['workspace']>>`SELECT id, name, slug, time_zone AS "timeZone", currency, country,
      NOT EXISTS (SELECT 1 FROM leads WHERE workspace_id = ${workspaceId}) AND NOT EXISTS (SELECT 1 FROM contacts WHERE workspace_id = ${workspaceId})
      AND NOT EXISTS (SELECT 1 FROM accounts WHERE workspace_id = ${workspaceId}) AND NOT EXISTS (SELECT 1 FROM deals WHERE workspace_id = ${workspaceId})
      AND NOT EXISTS (SELECT 1 FROM campaigns WHERE workspace_id = ${workspaceId}) AS empty
    FROM workspaces WHERE id = ${workspaceId}`.execute(tx);
  return rows[0]!;
}
