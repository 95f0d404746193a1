import { sql } from 'kysely';
import { hashToken, readBearer } from '#platform/auth/tokens.ts';
import { readSessionCookie } from '#platform/auth/session-cookie.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Identify, Identity, Login, Role, Side, Who } from '#platform/http/route.ts';
import { asLogin, enter } from '../queries/gate.ts';

/**
 * Who sends a request, by API token or session cookie. Reads login, membership, role and activity anew
 * each time, in one transaction, so that what was changed holds on the very next request. A request with
 * an `Authorization` header is never answered by the cookie beside it.
 */
export function makeIdentify(database: Database): Identify {
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = readBearer(authorization);
      return token ? database.atGate('sign-in', (tx) => byApiToken(tx, hashToken(token))) : {};
    }
    const session = readSessionCookie(request);
    return session ? database.atGate('sign-in', (tx) => bySession(tx, hashToken(session))) : {};
  };
}

interface MemberRow {
  id: string;
  name: string;
  side: Side;
  role: Role;
}

async function bySession(tx: Tx, tokenHash: Buffer): Promise<Identity> {
  const { rows } = await sql<
    Login & { workspaceId: string | null; stale: boolean }
  >`SELECT l.id, l.name, l.email, s.workspace_id AS "workspaceId", s.last_seen_at < now() - interval '5 minutes' AS stale
    FROM sessions s JOIN logins l ON l.id = s.login_id
    WHERE s.token_hash = ${tokenHash} AND s.expires_at > now() AND s.last_seen_at > now() - interval '14 days'`.execute(tx);
  const found = rows[0];
  if (!found) return {};
  const { workspaceId, stale, ...login } = found;
  if (stale) await sql`UPDATE sessions SET last_seen_at = now() WHERE token_hash = ${tokenHash}`.execute(tx);
  const who = workspaceId ? await findWho(tx, workspaceId, login.id) : undefined;
  return who ? { login, who } : { login };
}

async function findWho(tx: Tx, workspaceId: string, loginId: string): Promise<Who | undefined> {
  await asLogin(tx, loginId);
  const { rows } =
    await sql<MemberRow>`SELECT id, name, side, role FROM members WHERE workspace_id = ${workspaceId} AND login_id = ${loginId} AND active`.execute(
      tx,
    );
  const member = rows[0];
  return (
    member && { workspaceId: await enter(tx, workspaceId), memberId: member.id, name: member.name, side: member.side, role: member.role }
  );
}

async function byApiToken(tx: Tx, tokenHash: Buffer): Promise<Identity> {
  const { rows: gates } = await sql<{
    workspaceId: string;
    recordId: string;
  }>`SELECT workspace_id AS "workspaceId", record_id AS "recordId" FROM gate_tokens
    WHERE token_hash = ${tokenHash} AND purpose = 'api'`.execute(tx);
  const gate = gates[0];
  if (!gate) return {};
  const workspaceId = await enter(tx, gate.workspaceId);
  const { rows } = await sql<
    MemberRow & { scopes: string[]; stale: boolean }
  >`SELECT m.id, m.name, m.side, m.role, a.scopes, coalesce(a.last_used_at < now() - interval '5 minutes', true) AS stale
    FROM api_tokens a JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.member_id
    WHERE a.workspace_id = ${workspaceId} AND a.id = ${gate.recordId} AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > now()) AND m.active`.execute(
    tx,
  );
  const token = rows[0];
  if (!token) return {};
  if (token.stale)
    await sql`UPDATE api_tokens SET last_used_at = now() WHERE workspace_id = ${workspaceId} AND id = ${gate.recordId}`.execute(tx);
  return { who: { workspaceId, memberId: token.id, name: token.name, side: token.side, role: token.role, scopes: token.scopes } };
}
