import { sql } from 'kysely';
import { fulfilmentOf, roleKinds } from '#engine/campaigns/states.ts';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { todayOf } from '#features/handoff/queries/days.ts';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { MadeRoles, Role, RoleList } from '../contract/roles.ts';
import { evidenceIsPersonal, type RoleCase, type Seen, seesRole, whyNotRole } from '../policy/roles.ts';
import { getCampaign } from './campaign-at-hand.ts';
import { countEvidence, type RoleEvidence } from './role-counts.ts';
import { getRoleRow, listRoleRows, type RoleRow, versionOf } from './role-rows.ts';
import { seenBy } from './seen.ts';

/** Those the asker may read; of all, sums. */
export async function listRoles(tx: Tx, who: Who, campaignId: string): Promise<RoleList> {
  const { id } = await getCampaign(tx, who.workspaceId, campaignId);
  const rows = await listRoleRows(tx, who.workspaceId, sql`r.campaign_id = ${id}::uuid`);
  const seen = await seenBy(tx, who);
  const readable = rows.filter((row) => seesRole(who, roleCase(row), seen));
  return {
    items: await shownRoles(tx, who, readable, seen),
    sums: roleKinds.flatMap((kind) => sumOf(kind, rows)),
    reps: await listReps(tx, who.workspaceId),
    teams: await listTeams(tx, who.workspaceId),
  };
}

/** @throws Problem not-found, forbidden (not the asker's to read) */
export async function getRole(tx: Tx, who: Who, id: string): Promise<Role> {
  const row = await getRoleRow(tx, who.workspaceId, id);
  const seen = await seenBy(tx, who);
  if (!seesRole(who, roleCase(row), seen))
    throw new Problem('forbidden', 'A part is read by who is asked, who asks, and the heads of both.');
  const [shown] = await shownRoles(tx, who, [row], seen);
  return shown!;
}

/** What asking made, in the order it was asked. */
export async function getMadeRoles(
  tx: Tx,
  who: Who,
  { ids, already }: { readonly ids: string[]; readonly already: Named[] },
): Promise<MadeRoles> {
  const rows = await listRoleRows(tx, who.workspaceId, sql`r.id = ANY(${ids}::uuid[])`, sql`ORDER BY r.id`);
  return { items: await shownRoles(tx, who, rows, await seenBy(tx, who)), already };
}

export const roleCase = (row: RoleRow): RoleCase => ({
  state: row.state,
  memberId: row.member.id,
  askedBy: row.askedBy.id,
  campaignOwnerId: row.campaignOwnerId,
  dueOn: row.dueOn,
});

/** Parts as the asker sees them: evidence only of those whose persons are shown. */
export async function shownRoles(tx: Tx, who: Who, rows: readonly RoleRow[], seen: Seen): Promise<Role[]> {
  if (rows.length === 0) return [];
  const today = await todayOf(tx, who.workspaceId);
  const { timeZone } = await placeOf(tx, who.workspaceId);
  const personal = rows.filter((row) => row.state === 'accepted' && seen.has(row.member.id)).map(({ id }) => id);
  const evidence = await countEvidence(tx, who.workspaceId, timeZone, personal);
  return rows.map((row) => shownRole(who, row, evidence.get(row.id) ?? null, seen, today));
}

function shownRole(who: Who, row: RoleRow, evidence: RoleEvidence | null, seen: Seen, today: string): Role {
  const { id, campaign, kind, member, team, wanted, dueOn, note, state, askedBy, askedAt, answeredAt, reason } = row;
  const can = (verb: Parameters<typeof whyNotRole>[0]) => whyNotRole(verb, who, roleCase(row), today)?.whyNot ?? null;
  return {
    ...{ id, campaign, kind, member, team, wanted, dueOn, note, state, askedBy, askedAt, answeredAt, reason },
    counter:
      row.counterKind && row.counterWanted !== null
        ? { kind: row.counterKind, wanted: row.counterWanted, note: row.counterNote ?? '' }
        : null,
    decision:
      row.decidedBy && row.decidedAt ? { by: row.decidedBy, at: row.decidedAt, taken: row.taken, note: row.decisionNote ?? '' } : null,
    evidence: evidence && {
      ...evidence,
      fulfilment: fulfilmentOf(row, evidence.evidenced, today) ?? 'open',
      recordsUrl: `/campaign-roles/${id}/evidence`,
    },
    evidenceHidden: state === 'accepted' && !seen.has(member.id) ? evidenceIsPersonal : null,
    version: versionOf(row),
    can: {
      accept: can('accept'),
      decline: can('decline'),
      counterpropose: can('counterpropose'),
      answerCounter: can('takeCounter'),
      withdraw: can('withdraw'),
    },
  };
}

function sumOf(kind: (typeof roleKinds)[number], rows: readonly RoleRow[]): RoleList['sums'] {
  const of = rows.filter((row) => row.kind === kind && row.state !== 'withdrawn');
  if (of.length === 0) return [];
  const count = (state: RoleRow['state']): number => of.filter((row) => row.state === state).length;
  const wanted = of.filter(({ state }) => state !== 'declined').reduce((sum, row) => sum + row.wanted, 0);
  return [
    { kind, asked: of.length, accepted: count('accepted'), declined: count('declined'), counterproposed: count('counterproposed'), wanted },
  ];
}

/** Members of sales at work, who can be asked. */
async function listReps(tx: Tx, workspaceId: WorkspaceId): Promise<RoleList['reps']> {
  const { rows } = await sql<RoleList['reps'][number]>`
    SELECT m.id, m.name, m.side, coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name) FROM team_members tm
      JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id), '[]') AS teams
    FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer' ORDER BY m.name, m.id LIMIT 2000`.execute(
    tx,
  );
  return rows;
}

async function listTeams(tx: Tx, workspaceId: WorkspaceId): Promise<RoleList['teams']> {
  const { rows } = await sql<RoleList['teams'][number]>`
    SELECT t.id, t.name, t.region, count(m.id)::int AS members FROM teams t
    LEFT JOIN team_members tm ON tm.workspace_id = t.workspace_id AND tm.team_id = t.id
    LEFT JOIN members m ON m.workspace_id = tm.workspace_id AND m.id = tm.member_id AND m.active AND m.role <> 'viewer' AND m.side = 'sales'
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.side = 'sales' GROUP BY t.workspace_id, t.id ORDER BY t.name, t.id`.execute(tx);
  return rows;
}
