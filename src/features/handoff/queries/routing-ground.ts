import { sql } from 'kysely';
import type { Hindrance } from '#engine/handoff/reasons.ts';
import type { Rep, Rotation, Terms, Turn } from '#engine/handoff/rotation.ts';
import type { Desk } from '#engine/handoff/route.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { RoutingContent } from '../contract.ts';
import { loadHours } from './routing-hours.ts';

export interface DeskAsk {
  readonly teamIds: readonly string[];
  /** Named one by one: by a rule, or as an account's owner. */
  readonly memberIds: readonly string[];
  readonly content: RoutingContent;
  /** Epoch milliseconds. */
  readonly at: number;
  /** To whom it shall not go again. */
  readonly leaveOut?: readonly string[] | undefined;
  /** Counts open leads of those without a limit too, which takes longer. */
  readonly countAll?: boolean | undefined;
}

/** Reps and rotations as they stand, for leads that can come to these teams and members. */
export async function loadDesk(tx: Tx, workspaceId: WorkspaceId, ask: DeskAsk): Promise<Desk> {
  const teams = await teamsWithReps(tx, workspaceId, ask.teamIds);
  const ids = [...new Set([...teams.flatMap((team) => team.memberIds), ...ask.memberIds])];
  const reps = await loadReps(tx, workspaceId, ids, ask);
  const turns = await loadTurns(tx, workspaceId, ask.teamIds);
  const rotations = teams.map((team): [string, Rotation] => [
    team.id,
    { name: team.name, reps: team.memberIds.map((id) => reps.get(id)!), turns: turns.get(team.id) ?? new Map() },
  ]);
  return { reps, rotations: new Map(rotations), terms: await termsOf(tx, workspaceId, ask) };
}

async function termsOf(tx: Tx, workspaceId: WorkspaceId, { content, at }: DeskAsk): Promise<Terms> {
  const { rows } = await sql<{ timeZone: string }>`SELECT time_zone AS "timeZone" FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(
    tx,
  );
  return { at, timeZone: rows[0]!.timeZone, workingHoursOnly: content.workingHoursOnly, catchUpLeads: content.catchUpLeads };
}

/** A rotation is over the team's reps: active members of sales who may work leads. */
async function teamsWithReps(
  tx: Tx,
  workspaceId: WorkspaceId,
  teamIds: readonly string[],
): Promise<{ id: string; name: string; memberIds: string[] }[]> {
  if (teamIds.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string; memberIds: string[] }>`SELECT t.id, t.name,
      ARRAY(SELECT m.id FROM team_members tm JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = tm.member_id
        WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.team_id = t.id AND m.active AND m.side = 'sales' AND m.role <> 'viewer' ORDER BY m.id) AS "memberIds"
    FROM teams t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${teamIds}::uuid[]) ORDER BY t.id`.execute(tx);
  return rows;
}

interface MemberRow {
  id: string;
  name: string;
  isRep: boolean;
  active: boolean;
  isOut: boolean;
  outReason: string | null;
}

async function loadReps(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], ask: DeskAsk): Promise<Map<string, Rep>> {
  const settings = new Map(ask.content.members.map((member) => [member.memberId, member]));
  const sharesOf = (id: string) => settings.get(id) ?? { weight: 1, capacity: null };
  const hours = await loadHours(tx, workspaceId, ids, ask.at);
  const open = await countOpen(
    tx,
    workspaceId,
    countsOf(ids, (id) => sharesOf(id).capacity, ask.countAll === true),
  );
  const leftOut = new Set(ask.leaveOut);
  const members = await readMembers(tx, workspaceId, ids);
  const reps = members.map((member): Rep => {
    const { id, name } = member;
    const { weight, capacity } = sharesOf(id);
    const { opensAt, leaveUntil } = hours(id);
    const away: Hindrance | null = leftOut.has(id) ? { kind: 'leftOut' } : awayOf(member, leaveUntil);
    return { id, name, weight, capacity, open: open.get(id) ?? 0, away, opensAt };
  });
  return new Map(reps.map((rep) => [rep.id, rep]));
}

function awayOf(member: MemberRow, leaveUntil: number | null): Hindrance | null {
  if (!member.active) return { kind: 'inactive' };
  if (!member.isRep) return { kind: 'notSales' };
  if (member.isOut) return { kind: 'outOfRotation', reason: member.outReason };
  return leaveUntil === null ? null : { kind: 'leave', until: leaveUntil };
}

async function readMembers(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<MemberRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<MemberRow>`SELECT m.id, m.name, m.active, m.side = 'sales' AND m.role <> 'viewer' AS "isRep",
      o.member_id IS NOT NULL AS "isOut", o.reason AS "outReason"
    FROM members m LEFT JOIN (SELECT member_id, min(out_reason) AS reason FROM rotation
        WHERE workspace_id = ${workspaceId}::uuid AND member_id = ANY(${ids}::uuid[]) AND out_since IS NOT NULL GROUP BY member_id) o ON o.member_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}

/** Whose open leads are counted: those whose limit matters, and no further than tells how far they are beyond it. */
function countsOf(ids: readonly string[], capacityOf: (id: string) => number | null, all: boolean): { id: string; most: number | null }[] {
  if (all) return ids.map((id) => ({ id, most: null }));
  return ids.flatMap((id) => {
    const capacity = capacityOf(id);
    return capacity === null ? [] : [{ id, most: capacity * 2 + 50 }];
  });
}

/** Leads waiting for a rep or being worked. `most`: counting stops there. */
async function countOpen(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: readonly { id: string; most: number | null }[],
): Promise<Map<string, number>> {
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ id: string; open: number }>`SELECT a.id, (SELECT count(*)::int FROM (
      SELECT 1 FROM handoffs h WHERE h.workspace_id = ${workspaceId}::uuid AND h.owner_id = a.id AND h.state IN ('waiting', 'accepted') LIMIT a.most) counted) AS open
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a(id uuid, most bigint)`.execute(tx);
  return new Map(rows.map(({ id, open }) => [id, open]));
}

async function loadTurns(tx: Tx, workspaceId: WorkspaceId, teamIds: readonly string[]): Promise<Map<string, Map<string, Turn>>> {
  const { rows } = await sql<Turn & { pool: string; memberId: string; lastGivenAt: string | null }>`SELECT pool, member_id AS "memberId",
      turn, given, last_given_at AS "lastGivenAt" FROM rotation WHERE workspace_id = ${workspaceId}::uuid AND pool = ANY(${teamIds}::text[])`.execute(
    tx,
  );
  const turns = new Map(teamIds.map((id) => [id, new Map<string, Turn>()]));
  for (const { pool, memberId, turn, given, lastGivenAt } of rows)
    turns.get(pool)!.set(memberId, { turn, given, lastGivenAt: lastGivenAt === null ? null : Date.parse(lastGivenAt) });
  return turns;
}
