import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Role, Side, Who } from '#platform/http/route.ts';
import { emailKey } from '#engine/identity/keys.ts';
import type { memberChange, newMember } from '../contract.ts';
import { refuseGiving, refuseTouching } from '../policy.ts';

/** A member without a login: known, owning records, not signing in. */
export async function addMember(tx: Tx, who: Who, given: z.output<typeof newMember>): Promise<{ id: string }> {
  refuseGiving(who, given);
  const key = given.email ? emailKey(given.email) : null;
  await refuseSecondAddress(tx, who, key, null);
  const id = newId();
  await sql`INSERT INTO members (workspace_id, id, name, email, email_key, side, role, job)
    VALUES (${who.workspaceId}, ${id}, ${given.name}, ${given.email ?? null}, ${key}, ${given.side}, ${given.role}, ${given.job ?? null})`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'member.added',
    subjectKind: 'member',
    subjectId: id,
    memberId: who.memberId,
    body: { side: given.side, role: given.role },
  });
  return { id };
}

interface Before {
  name: string;
  email: string | null;
  side: Side;
  role: Role;
  job: string | null;
  active: boolean;
}

/** Changes a member; each kind of change is a fact of its own. A workspace keeps an owner who can sign in. */
export async function changeMember(tx: Tx, who: Who, id: string, change: z.output<typeof memberChange>): Promise<void> {
  await sql`SELECT 1 FROM workspaces WHERE id = ${who.workspaceId} FOR UPDATE`.execute(tx); // one at a time, or two owners could each remove the other
  const { rows } =
    await sql<Before>`SELECT name, email, side, role, job, active FROM members WHERE workspace_id = ${who.workspaceId} AND id = ${id} FOR UPDATE`.execute(
      tx,
    );
  const before = rows[0];
  if (!before) throw notFound('member');
  refuseTouching(who, before.role);
  const after = { ...before, ...change };
  if (after.role !== before.role || after.side !== before.side) refuseGiving(who, after);
  const key = after.email === null ? null : emailKey(after.email);
  if (change.email) await refuseSecondAddress(tx, who, key, id);
  await sql`UPDATE members SET name = ${after.name}, email = ${after.email}, email_key = ${key}, side = ${after.side}, role = ${after.role}, job = ${after.job}, active = ${after.active}
    WHERE workspace_id = ${who.workspaceId} AND id = ${id}`.execute(tx);
  await refuseOwnerless(tx, who);
  for (const fact of factsOf(before, after))
    await recordFact(tx, who.workspaceId, { ...fact, subjectKind: 'member', subjectId: id, memberId: who.memberId });
}

async function refuseSecondAddress(tx: Tx, who: Who, key: string | null, id: string | null): Promise<void> {
  if (key === null) return;
  const { rows } =
    await sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId} AND email_key = ${key} AND id IS DISTINCT FROM ${id}::uuid`.execute(
      tx,
    );
  if (rows.length > 0)
    throw new Problem('conflict', 'Another member has this e-mail address.', {
      fields: [{ at: 'email', reason: 'Another member has it.' }],
    });
}

async function refuseOwnerless(tx: Tx, who: Who): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId} AND role = 'owner' AND active AND login_id IS NOT NULL LIMIT 1`.execute(
      tx,
    );
  if (rows.length === 0) throw new Problem('conflict', 'This is the last owner who can sign in. Make somebody else owner first.');
}

function factsOf(before: Before, after: Before): Array<{ kind: string; body: Record<string, unknown> }> {
  const facts: Array<{ kind: string; body: Record<string, unknown> }> = [];
  if (before.role !== after.role) facts.push({ kind: 'member.roleChanged', body: { from: before.role, to: after.role } });
  if (before.side !== after.side) facts.push({ kind: 'member.sideChanged', body: { from: before.side, to: after.side } });
  if (before.active !== after.active) facts.push({ kind: after.active ? 'member.reactivated' : 'member.deactivated', body: {} });
  const changed = (['name', 'email', 'job'] as const).filter((field) => before[field] !== after[field]);
  if (changed.length > 0) facts.push({ kind: 'member.changed', body: { fields: changed } });
  return facts;
}
