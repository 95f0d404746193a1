import { sql } from 'kysely';
import type { Hindrance } from '#engine/handoff/reasons.ts';
import type { Rep } from '#engine/handoff/rotation.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { RoutingContent } from '../contract.ts';
import { loadHours } from './routing-hours.ts';

export interface StaffAsk {
  readonly teamIds: readonly string[];
  /** Named one by one: by a rule, or as an account's owner. */
  readonly memberIds: readonly string[];
  readonly content: RoutingContent;
  /** Epoch milliseconds. */
  readonly at: number;
  /** To whom it shall not go again. */
  readonly leaveOut?: readonly string[] | undefined;
}

/** Who there is at a moment, before what they have is counted: that changes with every lead routed. */
export interface Staff {
  readonly teams: readonly { readonly id: string; readonly name: string; readonly memberIds: readonly string[] }[];
  readonly reps: readonly Omit<Rep, 'open'>[];
}

export async function loadStaff(tx: Tx, workspaceId: WorkspaceId, ask: StaffAsk): Promise<Staff> {
  const teams = await teamsWithReps(tx, workspaceId, ask.teamIds);
  const ids = [...new Set([...teams.flatMap((team) => team.memberIds), ...ask.memberIds])];
  return { teams, reps: ids.length === 0 ? [] : await loadReps(tx, workspaceId, ids, ask) };
}

/** A rotation is over the team's reps: active members of sales who may work leads. */
async function teamsWithReps(tx: Tx, workspaceId: WorkspaceId, teamIds: readonly string[]): Promise<Staff['teams']> {
  if (teamIds.length === 0) return [];
  const { rows } = await sql<Staff['teams'][number]>`SELECT t.id, t.name,
      ARRAY(SELECT m.id FROM team_members tm JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = tm.member_id
        WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.team_id = t.id AND m.active AND m.side = 'sales' AND m.role <> 'viewer' ORDER BY m.id) AS "memberIds"
    FROM teams t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${teamIds}::uuid[]) ORDER BY t.id`.execute(tx);
  return rows;
}

async function loadReps(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], ask: StaffAsk): Promise<Staff['reps']> {
  const shares = new Map(ask.content.members.map((member) => [member.memberId, member]));
  const leftOut = new Set(ask.leaveOut);
  const hours = await loadHours(tx, workspaceId, ids, ask.at);
  const members = await readMembers(tx, workspaceId, ids);
  return members.map((member) => {
    const { id, name } = member;
    const { weight, capacity } = shares.get(id) ?? { weight: 1, capacity: null };
    const { opensAt, leaveUntil } = hours(id);
    return { id, name, weight, capacity, away: leftOut.has(id) ? { kind: 'leftOut' } : awayOf(member, leaveUntil), opensAt };
  });
}

interface MemberRow {
  id: string;
  name: string;
  isRep: boolean;
  active: boolean;
  isOut: boolean;
  outReason: string | null;
}

async function readMembers(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`SELECT m.id, m.name, m.active, m.side = 'sales' AND m.role <> 'viewer' AS "isRep",
      o.member_id IS NOT NULL AS "isOut", o.reason AS "outReason"
    FROM members m LEFT JOIN (SELECT member_id, min(out_reason) AS reason FROM rotation
        WHERE workspace_id = ${workspaceId}::uuid AND member_id = ANY(${ids}::uuid[]) AND out_since IS NOT NULL GROUP BY member_id) o ON o.member_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}

function awayOf(member: MemberRow, leaveUntil: number | null): Hindrance | null {
  if (!member.active) return { kind: 'inactive' };
  if (!member.isRep) return { kind: 'notSales' };
  if (member.isOut) return { kind: 'outOfRotation', reason: member.outReason };
  return leaveUntil === null ? null : { kind: 'leave', until: leaveUntil };
}
