import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { apiToken, invitation, member, team } from '../contract.ts';

const teamsOfMember = sql`coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name) FROM team_members tm
  JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id), '[]')`;
const membersOfTeam = sql`coalesce((SELECT json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.name) FROM team_members tm
  JOIN members m ON m.workspace_id = tm.workspace_id AND m.id = tm.member_id WHERE tm.workspace_id = t.workspace_id AND tm.team_id = t.id), '[]')`;

/** By name. Members known only from imported data are among them. */
export async function listMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  filter: { includeInactive: boolean },
): Promise<Array<z.output<typeof member>>> {
  const { rows } = await sql<
    z.output<typeof member>
  >`SELECT m.id, m.name, m.email, m.side, m.role, m.job, m.active, m.login_id IS NOT NULL AS "hasLogin", ${teamsOfMember} AS teams
    FROM members m WHERE m.workspace_id = ${workspaceId} AND (m.active OR ${filter.includeInactive}) ORDER BY lower(m.name COLLATE "default"), m.id`.execute(
    tx,
  );
  return rows;
}

export async function listTeams(tx: Tx, workspaceId: WorkspaceId): Promise<Array<z.output<typeof team>>> {
  const { rows } = await sql<
    z.output<typeof team>
  >`SELECT t.id, t.name, t.side, t.region, t.manager_id AS "managerId", ${membersOfTeam} AS members
    FROM teams t WHERE t.workspace_id = ${workspaceId} ORDER BY lower(t.name COLLATE "default"), t.id`.execute(tx);
  return rows;
}

/** Newest first. */
export async function listInvitations(tx: Tx, workspaceId: WorkspaceId): Promise<Array<z.output<typeof invitation>>> {
  const { rows } = await sql<z.output<typeof invitation>>`SELECT i.id, i.email, i.name, i.side, i.role, i.member_id AS "memberId",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "invitedBy",
      CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at < now() THEN 'expired' ELSE 'pending' END AS state,
      i.created_at AS "createdAt", i.expires_at AS "expiresAt"
    FROM invitations i LEFT JOIN members m ON m.workspace_id = i.workspace_id AND m.id = i.invited_by
    WHERE i.workspace_id = ${workspaceId} ORDER BY i.created_at DESC, i.id DESC LIMIT 500`.execute(tx);
  return rows;
}

/** Newest first; the secret is nowhere. */
export async function listApiTokens(tx: Tx, workspaceId: WorkspaceId): Promise<Array<z.output<typeof apiToken>>> {
  const { rows } = await sql<
    z.output<typeof apiToken>
  >`SELECT a.id, a.name, a.prefix, a.scopes, json_build_object('id', m.id, 'name', m.name) AS member,
      a.created_at AS "createdAt", a.expires_at AS "expiresAt", a.last_used_at AS "lastUsedAt", a.revoked_at AS "revokedAt"
    FROM api_tokens a JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.member_id
    WHERE a.workspace_id = ${workspaceId} ORDER BY a.created_at DESC, a.id DESC LIMIT 500`.execute(tx);
  return rows;
}
