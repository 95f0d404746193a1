import { sql } from 'kysely';
import type { z } from 'zod';
import { hashPassword } from '#platform/auth/passwords.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Side, Who } from '#platform/http/route.ts';
import { emailKey } from '#engine/identity/keys.ts';
import type { newWorkspace, setUp, workspaceChange } from '../contract.ts';
import { enter } from '../queries/gate.ts';
import { findUnownedWorkspace } from './unowned.ts';
import { type Device, openSession } from './sessions.ts';

/** Whether nobody has a login yet: only then may somebody set up the installation without one. */
export async function isFirstRun(database: Database): Promise<boolean> {
  return database.atGate('sign-in', noLoginYet);
}

async function noLoginYet(tx: Tx): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM logins LIMIT 1`.execute(tx);
  return rows.length === 0;
}

/**
 * The very first login, workspace and owner, in one transaction. Those who race for it wait for a lock
 * and then find that it is done.
 * @returns the owner's session token
 */
export async function setUpFirst(database: Database, given: z.output<typeof setUp>, device: Device): Promise<string> {
  if (!(await isFirstRun(database))) throw alreadySetUp();
  const passwordHash = await hashPassword(given.password);
  return database.atGate('sign-in', async (tx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord first set-up', 0))`.execute(tx);
    if (!(await noLoginYet(tx))) throw alreadySetUp();
    const loginId = await createLogin(tx, { ...given, passwordHash });
    const owner = { loginId, name: given.name, email: given.email, side: given.side };
    const unowned = await findUnownedWorkspace(tx);
    const workspaceId = unowned
      ? await takeOver(tx, unowned, given, owner)
      : await createWorkspace(tx, { ...given, name: given.workspaceName }, owner);
    return openSession(tx, loginId, device, workspaceId);
  });
}

const alreadySetUp = (): Problem =>
  new Problem('conflict', 'Accord is set up here already. Sign in, or ask a colleague for an invitation.');

export async function createLogin(tx: Tx, login: { name: string; email: string; passwordHash: string }): Promise<string> {
  const id = newId();
  await sql`INSERT INTO logins (id, email, email_key, name, password_hash, password_changed_at)
    VALUES (${id}, ${login.email}, ${emailKey(login.email)}, ${login.name}, ${login.passwordHash}, now())`.execute(tx);
  return id;
}

interface NewOwner {
  loginId: string;
  name: string;
  email: string;
  side: Side;
}

/** At the gate: a workspace and its owner. The transaction is in the workspace afterwards. */
export async function createWorkspace(tx: Tx, given: z.output<typeof newWorkspace>, owner: NewOwner): Promise<WorkspaceId> {
  const id = newId();
  await sql`INSERT INTO workspaces (id, name, slug, time_zone, currency, country)
    VALUES (${id}, ${given.name}, ${await freeSlug(tx, given.name)}, ${given.timeZone}, ${given.currency}, ${given.country ?? null})`.execute(
    tx,
  );
  const workspaceId = await enter(tx, id);
  await recordFact(tx, workspaceId, {
    kind: 'workspace.created',
    subjectKind: 'workspace',
    subjectId: id,
    body: { name: given.name, timeZone: given.timeZone, currency: given.currency },
  });
  await joinAsOwner(tx, workspaceId, owner);
  return workspaceId;
}

/** The workspace that the command line filled before anybody had a login becomes the first owner's. */
async function takeOver(tx: Tx, id: string, given: z.output<typeof setUp>, owner: NewOwner): Promise<WorkspaceId> {
  await sql`UPDATE workspaces SET name = ${given.workspaceName}, time_zone = ${given.timeZone}, currency = ${given.currency} WHERE id = ${id}`.execute(
    tx,
  );
  const workspaceId = await enter(tx, id);
  await joinAsOwner(tx, workspaceId, owner);
  return workspaceId;
}

async function joinAsOwner(tx: Tx, workspaceId: WorkspaceId, owner: NewOwner): Promise<void> {
  const memberId = newId();
  await sql`INSERT INTO members (workspace_id, id, login_id, name, email, email_key, side, role)
    VALUES (${workspaceId}, ${memberId}, ${owner.loginId}, ${owner.name}, ${owner.email}, ${emailKey(owner.email)}, ${owner.side}, 'owner')`.execute(
    tx,
  );
  await recordFact(tx, workspaceId, {
    kind: 'member.joined',
    subjectKind: 'member',
    subjectId: memberId,
    memberId,
    body: { role: 'owner', side: owner.side },
  });
}

/** `Müller & Söhne` → `muller-sohne`, with a number where that is taken. */
export async function freeSlug(tx: Tx, name: string): Promise<string> {
  const base =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'workspace';
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`slug ${base}`}, 0))`.execute(tx);
  const { rows } = await sql<{
    slug: string;
  }>`SELECT slug FROM workspaces WHERE slug = ${base} OR starts_with(slug, ${`${base}-`})`.execute(tx);
  const taken = new Set(rows.map((row) => row.slug));
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}

/** A further workspace for a login; its session goes there. */
export async function addWorkspace(
  database: Database,
  given: z.output<typeof newWorkspace>,
  owner: { loginId: string; name: string; email: string; side: Side },
  tokenHash: Buffer,
): Promise<WorkspaceId> {
  return database.atGate('sign-in', async (tx) => {
    const workspaceId = await createWorkspace(tx, given, owner);
    await sql`UPDATE sessions SET workspace_id = ${workspaceId} WHERE token_hash = ${tokenHash} AND login_id = ${owner.loginId}`.execute(
      tx,
    );
    return workspaceId;
  });
}

/** @throws Problem conflict: another currency while months of the ledger are closed in the present one */
export async function changeWorkspace(tx: Tx, who: Who, change: z.output<typeof workspaceChange>): Promise<void> {
  if (change.currency) await refuseWhileClosed(tx, who.workspaceId, change.currency);
  await sql`UPDATE workspaces SET name = coalesce(${change.name ?? null}, name), time_zone = coalesce(${change.timeZone ?? null}, time_zone),
      currency = coalesce(${change.currency ?? null}, currency), country = CASE WHEN ${change.country !== undefined} THEN ${change.country ?? null} ELSE country END
    WHERE id = ${who.workspaceId}`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'workspace.changed',
    subjectKind: 'workspace',
    subjectId: who.workspaceId,
    memberId: who.memberId,
    body: change,
  });
}

/** What was closed was closed in a currency: another one would take it out of every sum. */
async function refuseWhileClosed(tx: Tx, workspaceId: WorkspaceId, currency: string): Promise<void> {
  const { rows } = await sql<{ currency: string; month: string }>`SELECT w.currency, to_char(c.month, 'YYYY-MM') AS month
    FROM workspaces w JOIN period_closings c ON c.workspace_id = w.id AND c.reopened_at IS NULL
    WHERE w.id = ${workspaceId} AND w.currency <> ${currency} ORDER BY c.month LIMIT 1`.execute(tx);
  const closed = rows[0];
  if (closed)
    throw new Problem(
      'conflict',
      `Months of the ledger are closed in ${closed.currency}, the first of them ${closed.month}. Reopen them, or keep the currency.`,
    );
}
