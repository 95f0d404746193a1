import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Named } from '#features/records/queries/names.ts';
import type { NewRoles } from '../contract/roles.ts';
import { holdPlan } from './hold-plan.ts';

export interface AskedRoles {
  readonly ids: string[];
  /** Who has such a part already, and was not asked again. */
  readonly already: Named[];
}

/**
 * Asks members, or each active member of a team, for a part.
 * @throws Problem not-found, bad-input (nobody to ask, or no rep), forbidden, conflict (nothing is planned, or it is over)
 */
export async function askRoles(tx: Tx, who: Who, campaignId: string, given: NewRoles): Promise<AskedRoles> {
  const { campaign } = await holdPlan(tx, who, campaignId, 'askRole');
  const members = await membersAsked(tx, who, given);
  const already = await whoHasOne(tx, who, campaign.id, given.kind, members);
  const asked = members.filter(({ id }) => !already.some((one) => one.id === id));
  const ids: string[] = [];
  for (const { id } of asked)
    ids.push(await askOne(tx, who, campaign.id, id, { ...given, dueOn: given.dueOn ?? campaign.endsOn ?? undefined }));
  return { ids, already };
}

/** Reps at work: named, and of the team. */
async function membersAsked(tx: Tx, who: Who, { memberIds, teamId }: NewRoles): Promise<Named[]> {
  if (teamId !== undefined) await refuseUnknownTeam(tx, who, teamId);
  const { rows } = await sql<Named>`SELECT m.id, m.name FROM members m
    WHERE m.workspace_id = ${who.workspaceId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer' AND (m.id = ANY(${memberIds}::uuid[])
      OR EXISTS (SELECT 1 FROM team_members tm WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id AND tm.team_id = ${teamId ?? null}::uuid))
    ORDER BY m.name, m.id`.execute(tx);
  const missing = memberIds.findIndex((id) => !rows.some((row) => row.id === id));
  if (missing >= 0) throw noRep(`memberIds.${missing}`);
  if (rows.length === 0)
    throw new Problem('bad-input', 'Nobody of this team is a rep at work.', { fields: [{ at: 'teamId', reason: 'has no rep at work' }] });
  return rows;
}

const noRep = (at: string): Problem =>
  new Problem('bad-input', `${at}: There is no such rep at work here.`, { fields: [{ at, reason: 'There is no such rep at work here.' }] });

async function refuseUnknownTeam(tx: Tx, who: Who, teamId: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM teams t WHERE t.workspace_id = ${who.workspaceId}::uuid AND t.id = ${teamId}::uuid`.execute(tx);
  if (rows.length === 0)
    throw new Problem('bad-input', 'teamId: There is no such team here.', {
      fields: [{ at: 'teamId', reason: 'There is no such team here.' }],
    });
}

async function whoHasOne(tx: Tx, who: Who, campaignId: string, kind: string, members: readonly Named[]): Promise<Named[]> {
  const { rows } = await sql<{ id: string }>`SELECT r.member_id AS id FROM campaign_roles r WHERE r.workspace_id = ${who.workspaceId}::uuid
    AND r.campaign_id = ${campaignId}::uuid AND r.kind = ${kind} AND r.state IN ('asked', 'counterproposed', 'accepted')`.execute(tx);
  const has = new Set(rows.map(({ id }) => id));
  return members.filter(({ id }) => has.has(id));
}

async function askOne(tx: Tx, who: Who, campaignId: string, memberId: string, given: NewRoles): Promise<string> {
  const id = newId();
  const { kind, teamId, wanted, dueOn, note } = given;
  await sql`INSERT INTO campaign_roles (workspace_id, id, campaign_id, kind, member_id, team_id, wanted, due_on, note, asked_by, asked_at, changed_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${campaignId}::uuid, ${kind}, ${memberId}::uuid, ${teamId ?? null}::uuid, ${wanted}, ${dueOn ?? null}::date, ${note},
      ${who.memberId}::uuid, clock_timestamp(), clock_timestamp())`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'campaignRole.asked',
    subjectKind: 'campaignRole',
    subjectId: id,
    memberId: who.memberId,
    body: { campaignId, memberId, kind, wanted, dueOn: dueOn ?? null, teamId: teamId ?? null },
  });
  return id;
}
