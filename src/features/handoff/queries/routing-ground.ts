import { sql } from 'kysely';
import type { Rep, Rotation, Turn } from '#engine/handoff/rotation.ts';
import type { Desk } from '#engine/handoff/route.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { loadStaff, type Staff, type StaffAsk } from './routing-staff.ts';

export interface DeskAsk extends StaffAsk {
  /** In which moments are told. */
  readonly timeZone: string;
  /** Counts open leads of those without a limit too, which takes longer. */
  readonly countAll?: boolean | undefined;
}

/** Reps and rotations as they stand, for leads that can come to these teams and members. */
export async function loadDesk(tx: Tx, workspaceId: WorkspaceId, ask: DeskAsk): Promise<Desk> {
  return openDesk(tx, workspaceId, ask, await loadStaff(tx, workspaceId, ask));
}

/** The same where the staff is loaded: only what changes with every lead, to be asked while the rotations are held. */
export async function openDesk(tx: Tx, workspaceId: WorkspaceId, ask: DeskAsk, staff: Staff): Promise<Desk> {
  const open = await countOpen(tx, workspaceId, countsOf(staff, ask.countAll === true));
  const turns = await loadTurns(tx, workspaceId, ask.teamIds);
  const reps = new Map(staff.reps.map((rep): [string, Rep] => [rep.id, { ...rep, open: open.get(rep.id) ?? 0 }]));
  const rotations = staff.teams.map(({ id, name, memberIds }): [string, Rotation] => [
    id,
    { name, reps: memberIds.map((memberId) => reps.get(memberId)!), turns: turns.get(id) ?? new Map() },
  ]);
  const { at, timeZone, content } = ask;
  const terms = { at, timeZone, workingHoursOnly: content.workingHoursOnly, catchUpLeads: content.catchUpLeads };
  return { reps, rotations: new Map(rotations), terms };
}

/** Whose open leads are counted: those whose limit matters, and no further than tells how far they are beyond it. */
function countsOf({ reps }: Staff, all: boolean): { id: string; most: number | null }[] {
  if (all) return reps.map(({ id }) => ({ id, most: null }));
  return reps.flatMap(({ id, capacity }) => (capacity === null ? [] : [{ id, most: capacity + 20 }]));
}

/** Leads waiting for a rep or being worked. `most`: counting stops there. In the inbox's order, so that its index is read, and no further. */
async function countOpen(
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
