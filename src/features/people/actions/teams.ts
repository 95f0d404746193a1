import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { newTeam, teamChange } from '../contract.ts';

export async function addTeam(tx: Tx, who: Who, given: z.output<typeof newTeam>): Promise<{ id: string }> {
  await refuseUnknown(tx, who, [...given.members, ...(given.managerId ? [given.managerId] : [])]);
  await refuseSameName(tx, who, given.name, null);
  const id = newId();
  await sql`INSERT INTO teams (workspace_id, id, name, side, region, manager_id) VALUES (${who.workspaceId}, ${id}, ${given.name}, ${given.side}, ${given.region}, ${given.managerId})`.execute(
    tx,
  );
  await setMembers(tx, who, id, given.members);
  await recordFact(tx, who.workspaceId, {
    kind: 'team.added',
    subjectKind: 'team',
    subjectId: id,
    memberId: who.memberId,
    body: { name: given.name, members: given.members },
  });
  return { id };
}

export async function changeTeam(tx: Tx, who: Who, id: string, change: z.output<typeof teamChange>): Promise<void> {
  const { rows } = await sql<{
    name: string;
    side: string;
    region: string | null;
    managerId: string | null;
  }>`SELECT name, side, region, manager_id AS "managerId" FROM teams
    WHERE workspace_id = ${who.workspaceId} AND id = ${id} FOR UPDATE`.execute(tx);
  const before = rows[0];
  if (!before) throw notFound('team');
  await refuseUnknown(tx, who, [...(change.members ?? []), ...(change.managerId ? [change.managerId] : [])]);
  if (change.name) await refuseSameName(tx, who, change.name, id);
  const after = { ...before, ...change };
  await sql`UPDATE teams SET name = ${after.name}, side = ${after.side}, region = ${after.region}, manager_id = ${after.managerId} WHERE workspace_id = ${who.workspaceId} AND id = ${id}`.execute(
    tx,
  );
  if (change.members) await setMembers(tx, who, id, change.members);
  await recordFact(tx, who.workspaceId, { kind: 'team.changed', subjectKind: 'team', subjectId: id, memberId: who.memberId, body: change });
}

export async function removeTeam(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql<{
    name: string;
  }>`DELETE FROM teams WHERE workspace_id = ${who.workspaceId} AND id = ${id} RETURNING name`.execute(tx);
  if (!rows[0]) throw notFound('team');
  await recordFact(tx, who.workspaceId, {
    kind: 'team.removed',
    subjectKind: 'team',
    subjectId: id,
    memberId: who.memberId,
    body: { name: rows[0].name },
  });
}

async function setMembers(tx: Tx, who: Who, teamId: string, members: readonly string[]): Promise<void> {
  await sql`DELETE FROM team_members WHERE workspace_id = ${who.workspaceId} AND team_id = ${teamId} AND member_id <> ALL (${members}::uuid[])`.execute(
    tx,
  );
  await sql`INSERT INTO team_members (workspace_id, team_id, member_id) SELECT ${who.workspaceId}, ${teamId}, unnest(${members}::uuid[]) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
}

async function refuseUnknown(tx: Tx, who: Who, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids);
  const { rows } = await sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId} AND id = ANY (${[...wanted]}::uuid[])`.execute(
    tx,
  );
  if (rows.length !== wanted.size) throw notFound('member');
}

async function refuseSameName(tx: Tx, who: Who, name: string, id: string | null): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM teams WHERE workspace_id = ${who.workspaceId} AND lower(name COLLATE "default") = lower(${name}) AND id IS DISTINCT FROM ${id}::uuid`.execute(
      tx,
    );
  if (rows.length > 0)
    throw new Problem('conflict', 'Another team has this name.', { fields: [{ at: 'name', reason: 'Another team has it.' }] });
}
