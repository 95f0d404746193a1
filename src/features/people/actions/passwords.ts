import { sql } from 'kysely';
import type { FastifyBaseLogger } from 'fastify';
import { hashPassword, verifyPassword } from '#platform/auth/passwords.ts';
import { hashToken, newToken } from '#platform/auth/tokens.ts';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Mailer } from '#platform/mail/mail.ts';
import { emailKey } from '#engine/identity/keys.ts';

export interface ResetGround {
  database: Database;
  mailer: Mailer;
  publicUrl: string;
  log: FastifyBaseLogger;
}

/** Three mails an hour to one address: enough for a person, no use for flooding a mailbox. */
const resetsAnHour = 3;

/**
 * Mails a link that sets a new password once, within an hour. Runs after the answer went out, so that
 * neither its words nor its time tell whether the address has a login. The link's host is the configured
 * one, never what a request claims.
 */
export async function requestReset(ground: ResetGround, email: string): Promise<void> {
  const made = await makeReset(ground.database, email);
  if (!made) return;
  if (!ground.mailer.configured) {
    ground.log.info('A new password was asked for, but no mail server is set (SMTP_URL). `accord reset-password EMAIL` prints a link.');
    return;
  }
  const link = resetLink(ground.publicUrl, made.token);
  await ground.mailer.send({
    to: made.email,
    subject: 'A new password for Accord',
    text: `Somebody, probably you, asked for a new password for Accord.\n\nSet it here within an hour:\n${link}\n\nIf it wasn't you, do nothing: your password stays as it is.\n`,
  });
}

export const resetLink = (publicUrl: string, token: string): string => `${publicUrl}/reset-password/${token}`;

/** A new single-use token, or nothing when the address has no login or was sent enough. */
export async function makeReset(database: Database, email: string): Promise<{ token: string; email: string } | undefined> {
  const token = newToken();
  return database.atGate('sign-in', async (tx) => {
    const { rows } = await sql<{
      id: string;
      email: string;
    }>`SELECT id, email FROM logins WHERE email_key = ${emailKey(email)} FOR UPDATE`.execute(tx);
    const login = rows[0];
    if (!login) return undefined;
    await sql`DELETE FROM password_resets WHERE created_at < now() - interval '1 day'`.execute(tx);
    const { rows: recent } = await sql<{
      count: bigint;
    }>`SELECT count(*) FROM password_resets WHERE login_id = ${login.id} AND created_at > now() - interval '1 hour'`.execute(tx);
    if (recent[0]!.count >= resetsAnHour) return undefined;
    await sql`INSERT INTO password_resets (token_hash, login_id, expires_at) VALUES (${hashToken(token)}, ${login.id}, now() + interval '1 hour')`.execute(
      tx,
    );
    return { token, email: login.email };
  });
}

/** Sets the password by link; all sessions and all other links of the login end. */
export async function resetPassword(database: Database, token: string, password: string): Promise<void> {
  const tokenHash = hashToken(token);
  const usable = sql`token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > now()`;
  const { rows: found } = await database.atGate('sign-in', (tx) => sql`SELECT 1 FROM password_resets WHERE ${usable}`.execute(tx));
  if (found.length === 0) throw linkIsOver();
  const passwordHash = await hashPassword(password);
  await database.atGate('sign-in', async (tx) => {
    const { rows } = await sql<{
      loginId: string;
    }>`UPDATE password_resets SET used_at = now() WHERE ${usable} RETURNING login_id AS "loginId"`.execute(tx);
    const used = rows[0];
    if (!used) throw linkIsOver();
    await sql`UPDATE logins SET password_hash = ${passwordHash}, password_changed_at = now() WHERE id = ${used.loginId}`.execute(tx);
    await sql`DELETE FROM sessions WHERE login_id = ${used.loginId}`.execute(tx);
    await sql`UPDATE password_resets SET used_at = now() WHERE login_id = ${used.loginId} AND used_at IS NULL`.execute(tx);
  });
}

const linkIsOver = (): Problem => new Problem('gone', 'This link was used already, or is older than an hour. Ask for a new one.');

/** Sets another password; every session but the one asking ends. */
export async function changePassword(
  database: Database,
  loginId: string,
  token: string,
  given: { current: string; password: string },
): Promise<void> {
  const { rows } = await database.atGate('sign-in', (tx) =>
    sql<{ hash: string | null }>`SELECT password_hash AS hash FROM logins WHERE id = ${loginId}`.execute(tx),
  );
  if (!(await verifyPassword(given.current, rows[0]?.hash)))
    throw new Problem('bad-input', 'The current password is wrong.', {
      fields: [{ at: 'current', reason: 'This is not your current password.' }],
    });
  const passwordHash = await hashPassword(given.password);
  await database.atGate('sign-in', async (tx) => {
    await sql`UPDATE logins SET password_hash = ${passwordHash}, password_changed_at = now() WHERE id = ${loginId}`.execute(tx);
    await sql`DELETE FROM sessions WHERE login_id = ${loginId} AND token_hash <> ${hashToken(token)}`.execute(tx);
  });
}
