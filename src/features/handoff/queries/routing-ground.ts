import { sql } from 'kysely';
import { firstInTurn, type Rep, type Rotation, type Turn } from '#engine/handoff/rotation.ts';
import { type Decision, type Desk, followRoute, type Step } from '#engine/handoff/route.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Staff, StaffAsk } from './routing-staff.ts';

export interface DeskAsk extends StaffAsk {
  /** In which moments are told. */
  readonly timeZone: string;
}

/** Of each team so many more than there are leads are counted at first: most often nobody beyond them comes into question. */
const spare = 16;

/**
 * Follows the routes of leads one after another, with reps and rotations as they stand. Counting what two hundred
 * reps have open takes longer than all else, so only those are counted whose turn comes first; where it turns out
 * that others come into question, all are.
 */
export async function followRoutes(
  tx: Tx,
  workspaceId: WorkspaceId,
  ask: DeskAsk,
  staff: Staff,
  routes: ReadonlyMap<string, readonly Step[]>,
): Promise<{ decisions: Map<string, Decision>; desk: Desk }> {
  for (const counted of [routes.size + spare, Infinity]) {
    const desk = await openDesk(tx, workspaceId, ask, staff, counted);
    const decisions = new Map([...routes].map(([leadId, steps]) => [leadId, followRoute(steps, desk)]));
    if ([...decisions.values()].every(({ memberId }) => memberId === null || isCounted(desk.reps.get(memberId)!)))
      return { decisions, desk };
  }
  throw new Error('A lead went to a rep whose open leads were not counted.');
}

const isCounted = ({ capacity, open }: Rep): boolean => capacity === null || open !== null;

/** Reps and rotations as they stand; open leads of those whose turn comes first are counted, at most so many of a team. */
export async function openDesk(tx: Tx, workspaceId: WorkspaceId, ask: DeskAsk, staff: Staff, counted: number): Promise<Desk> {
  const { at, timeZone, content } = ask;
  const terms = { at, timeZone, workingHoursOnly: content.workingHoursOnly, catchUpLeads: content.catchUpLeads };
  const turns = await loadTurns(tx, workspaceId, ask.teamIds);
  const reps = new Map(staff.reps.map((rep): [string, Rep] => [rep.id, { ...rep, open: null }]));
  const rotations = staff.teams.map(({ id, name, memberIds }): [string, Rotation] => [
    id,
    { name, reps: memberIds.map((memberId) => reps.get(memberId)!), turns: turns.get(id) ?? new Map() },
  ]);
  const first = rotations.flatMap(([, rotation]) => firstInTurn(rotation, terms, counted));
  const named = ask.memberIds.flatMap((id) => reps.get(id) ?? []);
  // How far somebody is beyond the limit is told, but nobody counts on for that.
  const limited = [...new Set([...first, ...named])].flatMap(({ id, capacity }) =>
    capacity === null ? [] : [{ id, most: capacity + 20 }],
  );
  for (const [id, open] of await countOpen(tx, workspaceId, limited)) reps.get(id)!.open = open;
  return { reps, rotations: new Map(rotations), terms };
}

/** Leads waiting for a rep or being worked. `most`: counting stops there. In the inbox's order, so that its index is read, and no further. */
export async function countOpen(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: readonly { id: string; most: number | null }[],
): Promise<Map<string, number>> {
  if (asked.length === 0) return new Map();
  const { rows } = await sql<{ id: string; open: number }>`SELECT a.id, (SELECT count(*)::int FROM (
      SELECT 1 FROM handoffs h WHERE h.workspace_id = ${workspaceId}::uuid AND h.owner_id = a.id AND h.state IN ('waiting', 'accepted')
      ORDER BY h.next_due_at, h.lead_id LIMIT a.most) counted) AS open
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a(id uuid, most bigint)`.execute(tx);
  return new Map(rows.map(({ id, open }) => [id, open]));
}

async function loadTurns(tx: Tx, workspaceId: WorkspaceId, teamIds: readonly string[]): Promise<Map<string, Map<string, Turn>>> {
  if (teamIds.length === 0) return new Map();
  const { rows } = await sql<Turn & { pool: string; memberId: string; lastGivenAt: string | null }>`SELECT pool, member_id AS "memberId",
      turn, given, last_given_at AS "lastGivenAt" FROM rotation WHERE workspace_id = ${workspaceId}::uuid AND pool = ANY(${teamIds}::text[])`.execute(
    tx,
  );
  const turns = new Map(teamIds.map((id) => [id, new Map<string, Turn>()]));
  for (const { pool, memberId, turn, given, lastGivenAt } of rows)
    turns.get(pool)!.set(memberId, { turn, given, lastGivenAt: lastGivenAt === null ? null : Date.parse(lastGivenAt) });
  return turns;
}
