import { sql } from 'kysely';
import type { z } from 'zod';
import { networkOf } from '#platform/auth/network.ts';
import { hashPassword, verifyPassword } from '#platform/auth/passwords.ts';
import { hashToken, newToken } from '#platform/auth/tokens.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Role, Side, Who } from '#platform/http/route.ts';
import { emailKey } from '#engine/identity/keys.ts';
import { type acceptance, newPassword, type newInvitation, type openInvitation } from '../contract.ts';
import { refuseGiving } from '../policy.ts';
import { asLogin, enter, throughGate } from '../queries/gate.ts';
import { beginAttempt, type Device, openSession, succeed } from './sessions.ts';
import { createLogin } from './workspaces.ts';

/**
 * Invites an address for seven days. Who is known from imported data (by `memberId`, else by the same
 * address) becomes the member with a login; an earlier open invitation to the address ends.
 * @returns the token of the link; it is nowhere else
 */
export async function invite(
  tx: Tx,
  who: Who,
  given: z.output<typeof newInvitation>,
): Promise<{ id: string; token: string; workspaceName: string }> {
  refuseGiving(who, given);
  const key = emailKey(given.email)!;
  const memberId = await findMemberToLink(tx, who, given.memberId, key);
  await endOpenInvitations(tx, who, key);
  const id = newId();
  const token = newToken();
  await sql`INSERT INTO invitations (workspace_id, id, email, email_key, name, side, role, member_id, invited_by, expires_at)
    VALUES (${who.workspaceId}, ${id}, ${given.email}, ${key}, ${given.name ?? null}, ${given.side}, ${given.role}, ${memberId ?? null}, ${who.memberId}, now() + interval '7 days')`.execute(
    tx,
  );
  await throughGate(tx, () =>
    sql`INSERT INTO gate_tokens (token_hash, purpose, workspace_id, record_id) VALUES (${hashToken(token)}, 'invitation', ${who.workspaceId}, ${id})`.execute(
      tx,
    ),
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'member.invited',
    subjectKind: 'invitation',
    subjectId: id,
    memberId: who.memberId,
    body: { role: given.role, side: given.side, memberId },
  });
  const { rows } = await sql<{ name: string }>`SELECT name FROM workspaces WHERE id = ${who.workspaceId}`.execute(tx);
  return { id, token, workspaceName: rows[0]!.name };
}

async function findMemberToLink(tx: Tx, who: Who, memberId: string | undefined, key: string): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string;
    loginId: string | null;
    same: boolean;
  }>`SELECT id, login_id AS "loginId", email_key IS NOT DISTINCT FROM ${key} AS same FROM members
    WHERE workspace_id = ${who.workspaceId} AND (id = ${memberId ?? null}::uuid OR email_key = ${key}) ORDER BY login_id NULLS LAST`.execute(
    tx,
  );
  if (memberId && !rows.some((row) => row.id === memberId)) throw notFound('member');
  const signsIn = rows.find((row) => row.loginId && (row.same || row.id === memberId));
  if (signsIn) throw new Problem('conflict', 'This person signs in here already.');
  return memberId ?? rows[0]?.id;
}

async function endOpenInvitations(tx: Tx, who: Who, key: string): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`UPDATE invitations SET revoked_at = now() WHERE workspace_id = ${who.workspaceId} AND email_key = ${key} AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id`.execute(
    tx,
  );
  for (const { id } of rows) await closeGate(tx, id);
}

const closeGate = (tx: Tx, recordId: string): Promise<unknown> =>
  throughGate(tx, () => sql`DELETE FROM gate_tokens WHERE record_id = ${recordId}`.execute(tx));

export async function revokeInvitation(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql<{
    role: Role;
    side: Side;
    open: boolean;
  }>`SELECT role, side, accepted_at IS NULL AND revoked_at IS NULL AS open FROM invitations WHERE workspace_id = ${who.workspaceId} AND id = ${id} FOR UPDATE`.execute(
    tx,
  );
  const found = rows[0];
  if (!found) throw notFound('invitation');
  refuseGiving(who, found);
  if (!found.open) throw new Problem('conflict', 'This invitation was accepted or revoked already.');
  await sql`UPDATE invitations SET revoked_at = now() WHERE workspace_id = ${who.workspaceId} AND id = ${id}`.execute(tx);
  await closeGate(tx, id);
  await recordFact(tx, who.workspaceId, { kind: 'invitation.revoked', subjectKind: 'invitation', subjectId: id, memberId: who.memberId });
}

interface OpenedInvitation {
  workspaceId: WorkspaceId;
  id: string;
  email: string;
  emailKey: string;
  name: string | null;
  side: Side;
  role: Role;
  memberId: string | null;
}

/** At the gate: the invitation behind a link. The transaction is in its workspace afterwards. */
async function getByToken(tx: Tx, token: string): Promise<OpenedInvitation> {
  const { rows: gates } = await sql<{
    workspaceId: string;
    id: string;
  }>`SELECT workspace_id AS "workspaceId", record_id AS id FROM gate_tokens WHERE token_hash = ${hashToken(token)} AND purpose = 'invitation'`.execute(
    tx,
  );
  const gate = gates[0];
  if (!gate) throw linkIsOver();
  const workspaceId = await enter(tx, gate.workspaceId);
  const { rows } = await sql<
    Omit<OpenedInvitation, 'workspaceId'>
  >`SELECT id, email, email_key AS "emailKey", name, side, role, member_id AS "memberId" FROM invitations
    WHERE workspace_id = ${workspaceId} AND id = ${gate.id} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now() FOR UPDATE`.execute(
    tx,
  );
  const found = rows[0];
  if (!found) throw linkIsOver();
  return { ...found, workspaceId };
}

const linkIsOver = (): Problem =>
  new Problem('gone', 'This invitation was used, withdrawn or is older than seven days. Ask for a new one.');

export async function readInvitation(database: Database, token: string): Promise<z.output<typeof openInvitation>> {
  return database.atGate('sign-in', async (tx) => {
    const found = await getByToken(tx, token);
    const { rows } = await sql<{
      workspaceName: string;
      hasLogin: boolean;
    }>`SELECT name AS "workspaceName", EXISTS (SELECT 1 FROM logins WHERE email_key = ${found.emailKey}) AS "hasLogin" FROM workspaces WHERE id = ${found.workspaceId}`.execute(
      tx,
    );
    return { ...rows[0]!, email: found.email, name: found.name, side: found.side };
  });
}

/**
 * Joins by link: with the password of the login that has the invited address, or with a new login.
 * @returns the session's token
 */
export async function acceptInvitation(
  database: Database,
  token: string,
  given: z.output<typeof acceptance>,
  device: Device,
): Promise<string> {
  const { login, attemptId } = await database.atGate('sign-in', async (tx) => {
    const found = await getByToken(tx, token);
    return beginAttempt(tx, found.emailKey, networkOf(device.address));
  });
  if (login && !(await verifyPassword(given.password, login.passwordHash)))
    throw new Problem('unauthenticated', 'This address has a login already, with another password.');
  if (!login) refuseWeak(given.password);
  const passwordHash = login ? undefined : await hashPassword(given.password);
  return database.atGate('sign-in', async (tx) => {
    await succeed(tx, attemptId);
    const found = await getByToken(tx, token);
    const name = given.name ?? found.name ?? found.email;
    const loginId = login?.id ?? (await createLogin(tx, { name, email: found.email, passwordHash: passwordHash! }));
    await join(tx, found, loginId, name);
    return openSession(tx, loginId, device, found.workspaceId);
  });
}

function refuseWeak(password: string): void {
  const checked = newPassword.safeParse(password);
  if (!checked.success)
    throw new Problem('bad-input', `password: ${checked.error.issues[0]!.message}`, {
      fields: [{ at: 'password', reason: checked.error.issues[0]!.message }],
    });
}

async function join(tx: Tx, found: OpenedInvitation, loginId: string, name: string): Promise<void> {
  const { workspaceId } = found;
  await asLogin(tx, loginId);
  const { rows: already } =
    await sql`SELECT 1 FROM members WHERE workspace_id = ${workspaceId} AND login_id = ${loginId} AND id IS DISTINCT FROM ${found.memberId}`.execute(
      tx,
    );
  if (already.length > 0) throw new Problem('conflict', 'You are a member here already. Sign in.');
  const memberId = found.memberId ?? newId();
  if (found.memberId) await linkMember(tx, found, loginId);
  else {
    await sql`INSERT INTO members (workspace_id, id, login_id, name, email, email_key, side, role)
      VALUES (${workspaceId}, ${memberId}, ${loginId}, ${name}, ${found.email}, ${found.emailKey}, ${found.side}, ${found.role})`.execute(
      tx,
    );
  }
  await sql`UPDATE invitations SET accepted_at = now(), member_id = ${memberId} WHERE workspace_id = ${workspaceId} AND id = ${found.id}`.execute(
    tx,
  );
  await sql`DELETE FROM gate_tokens WHERE record_id = ${found.id}`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'member.joined',
    subjectKind: 'member',
    subjectId: memberId,
    memberId,
    body: { role: found.role, side: found.side, invitationId: found.id },
  });
}

/** The member known from imported data keeps name and history; address, side and role are the invitation's. */
async function linkMember(tx: Tx, found: OpenedInvitation, loginId: string): Promise<void> {
  const { numAffectedRows } =
    await sql`UPDATE members SET login_id = ${loginId}, email = ${found.email}, email_key = ${found.emailKey}, side = ${found.side}, role = ${found.role}, active = true
    WHERE workspace_id = ${found.workspaceId} AND id = ${found.memberId} AND login_id IS NULL`.execute(tx);
  if (!numAffectedRows) throw new Problem('conflict', 'This person signs in here already.');
}
