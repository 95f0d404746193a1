import { sql } from 'kysely';
import { newToken, hashToken } from '#platform/auth/tokens.ts';
import { networkOf } from '#platform/auth/network.ts';
import { verifyPassword } from '#platform/auth/passwords.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { emailKey } from '#engine/identity/keys.ts';
import { listMemberships } from '../queries/me.ts';

/** From where somebody signs in; kept with the session so that they can recognise it. */
export interface Device {
  address: string;
  userAgent: string | undefined;
}

const guessesAllowed = 10;
/** One network trying many accounts. */
const guessesOfNetwork = 100;
/** Many networks trying one account: then only networks that have signed in to it before get through. */
const guessesOfAccount = 100;

/**
 * Signs in, in a new session; the one before, if any, ends.
 * @returns the session's token
 * @throws unauthenticated alike for a wrong password and an unknown address; too-many after ten guesses
 */
export async function signIn(
  database: Database,
  given: { email: string; password: string },
  device: Device,
  earlier: string | undefined,
): Promise<string> {
  const key = emailKey(given.email) ?? given.email.toLowerCase();
  const { attemptId, login } = await database.atGate('sign-in', (tx) => beginAttempt(tx, key, networkOf(device.address)));
  const right = await verifyPassword(given.password, login?.passwordHash);
  if (!right || !login) throw new Problem('unauthenticated', 'E-mail or password is wrong.');
  return database.atGate('sign-in', async (tx) => {
    await succeed(tx, attemptId);
    if (earlier) await sql`DELETE FROM sessions WHERE token_hash = ${hashToken(earlier)}`.execute(tx);
    return openSession(tx, login.id, device);
  });
}

/** The attempt is written before the password is tried, so that guesses in parallel are counted too. */
export async function beginAttempt(
  tx: Tx,
  key: string,
  network: string,
): Promise<{ attemptId: string; login: { id: string; passwordHash: string | null } | undefined }> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-in ${key}`}, 0))`.execute(tx);
  const { rows } = await sql<{ pair: bigint; network: bigint; account: bigint; known: boolean }>`SELECT
      count(*) FILTER (WHERE email_key = ${key} AND network = ${network}) AS pair,
      count(*) FILTER (WHERE network = ${network}) AS network,
      count(*) FILTER (WHERE email_key = ${key}) AS account,
      EXISTS (SELECT 1 FROM sign_in_attempts WHERE email_key = ${key} AND network = ${network} AND succeeded) AS known
    FROM sign_in_attempts WHERE (email_key = ${key} OR network = ${network}) AND at > now() - interval '15 minutes' AND NOT succeeded`.execute(
    tx,
  );
  const guesses = rows[0]!;
  if (guesses.pair >= guessesAllowed || guesses.network >= guessesOfNetwork || (guesses.account >= guessesOfAccount && !guesses.known)) {
    throw new Problem('too-many', 'Too many tries. Wait a quarter of an hour, or ask for a link to a new password.', {
      extra: { retryAfter: 900 },
    });
  }
  const attemptId = newId();
  await sql`INSERT INTO sign_in_attempts (id, email_key, network, succeeded) VALUES (${attemptId}, ${key}, ${network}, false)`.execute(tx);
  await sql`DELETE FROM sign_in_attempts WHERE id IN (SELECT id FROM sign_in_attempts
    WHERE at < now() - CASE WHEN succeeded THEN interval '90 days' ELSE interval '1 day' END ORDER BY at LIMIT 20)`.execute(tx);
  const { rows: logins } = await sql<{
    id: string;
    passwordHash: string | null;
  }>`SELECT id, password_hash AS "passwordHash" FROM logins WHERE email_key = ${key}`.execute(tx);
  return { attemptId, login: logins[0] };
}

/** The attempt turned out right: it is no guess. */
export async function succeed(tx: Tx, attemptId: string): Promise<void> {
  await sql`UPDATE sign_in_attempts SET succeeded = true WHERE id = ${attemptId}`.execute(tx);
}

/** At the gate: a new session of 90 days, ended earlier by 14 idle ones. Opens the workspace used last, else the first. */
export async function openSession(tx: Tx, loginId: string, device: Device, workspaceId?: string): Promise<string> {
  const token = newToken();
  const { rows } = await sql<{
    workspaceId: string;
  }>`SELECT workspace_id AS "workspaceId" FROM sessions WHERE login_id = ${loginId} AND workspace_id IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1`.execute(
    tx,
  );
  const memberships = await listMemberships(tx, loginId);
  const last = memberships.find((each) => each.workspaceId === rows[0]?.workspaceId);
  const chosen = workspaceId ?? (last ?? memberships[0])?.workspaceId ?? null;
  await sql`DELETE FROM sessions WHERE login_id = ${loginId} AND (expires_at < now() OR last_seen_at < now() - interval '14 days')`.execute(
    tx,
  );
  await sql`INSERT INTO sessions (token_hash, login_id, workspace_id, expires_at, user_agent, address)
    VALUES (${hashToken(token)}, ${loginId}, ${chosen}, now() + interval '90 days', ${device.userAgent?.slice(0, 300) ?? null}, ${device.address})`.execute(
    tx,
  );
  return token;
}

export async function signOut(database: Database, token: string | undefined): Promise<void> {
  if (token) await database.atGate('sign-in', (tx) => sql`DELETE FROM sessions WHERE token_hash = ${hashToken(token)}`.execute(tx));
}

export async function switchWorkspace(database: Database, loginId: string, token: string, workspaceId: string): Promise<void> {
  await database.atGate('sign-in', async (tx) => {
    const memberships = await listMemberships(tx, loginId);
    if (!memberships.some((each) => each.workspaceId === workspaceId)) throw notFound('workspace');
    await sql`UPDATE sessions SET workspace_id = ${workspaceId} WHERE token_hash = ${hashToken(token)} AND login_id = ${loginId}`.execute(
      tx,
    );
  });
}

export interface OpenSession {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  userAgent: string | null;
  address: string | null;
  current: boolean;
}

/** A session is named by the first half of its token's hash, which opens nothing. */
const sessionId = sql`encode(substring(token_hash FROM 1 FOR 16), 'hex')`;

export async function listSessions(database: Database, loginId: string, token: string): Promise<OpenSession[]> {
  const { rows } = await database.atGate('sign-in', (tx) =>
    sql<OpenSession>`SELECT ${sessionId} AS id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", user_agent AS "userAgent", address, token_hash = ${hashToken(token)} AS current
      FROM sessions WHERE login_id = ${loginId} AND expires_at > now() AND last_seen_at > now() - interval '14 days' ORDER BY last_seen_at DESC`.execute(
      tx,
    ),
  );
  return rows;
}

export async function endSession(database: Database, loginId: string, id: string): Promise<void> {
  const { numAffectedRows } = await database.atGate('sign-in', (tx) =>
    sql`DELETE FROM sessions WHERE login_id = ${loginId} AND ${sessionId} = ${id}`.execute(tx),
  );
  if (!numAffectedRows) throw notFound('session');
}
