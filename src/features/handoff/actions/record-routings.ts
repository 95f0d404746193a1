import { sql } from 'kysely';
import type { Rotation } from '#engine/handoff/rotation.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';

export const routingKinds = ['routed', 'claimed', 'reassigned', 'corrected', 'returned', 'restarted'] as const;
export type RoutingKind = (typeof routingKinds)[number];

export interface NewRouting {
  readonly leadId: string;
  readonly kind: RoutingKind;
  /** Null: nobody was found. */
  readonly memberId: string | null;
  /** The team through whose rotation it went, or in whose queue it waits. */
  readonly teamId: string | null;
  readonly why: readonly string[];
}

/** Keeps to whom leads went, and why: append-only. Whoever calls makes the member the lead's owner. `at`: ISO 8601. */
export async function recordRoutings(
  tx: Tx,
  workspaceId: WorkspaceId,
  routings: readonly NewRouting[],
  { at, by }: { at: string; by: string | null },
): Promise<void> {
  if (routings.length === 0) return;
  const rows = JSON.stringify(routings.map((routing) => ({ ...routing, id: newId() })));
  await sql`INSERT INTO routings (workspace_id, id, lead_id, occurred_at, kind, member_id, team_id, why, by_member)
    SELECT ${workspaceId}::uuid, r.id, r."leadId", ${at}::timestamptz, r.kind, r."memberId", r."teamId", r.why, ${by}::uuid
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, "leadId" uuid, kind text, "memberId" uuid, "teamId" uuid, why jsonb)`.execute(tx);
}

/** Keeps how far the rotations have come, of the members who were given something. */
export async function keepTurns(
  tx: Tx,
  workspaceId: WorkspaceId,
  rotations: ReadonlyMap<string, Rotation>,
  given: readonly Pick<NewRouting, 'memberId' | 'teamId'>[],
): Promise<void> {
  const moved = new Map<string, { pool: string; member: string; turn: number; given: number; at: string }>();
  for (const { memberId, teamId } of given) {
    const turn = memberId !== null && teamId !== null ? rotations.get(teamId)?.turns.get(memberId) : undefined;
    if (turn)
      moved.set(`${teamId} ${memberId}`, {
        pool: teamId!,
        member: memberId!,
        turn: turn.turn,
        given: turn.given,
        at: new Date(turn.lastGivenAt!).toISOString(),
      });
  }
  if (moved.size === 0) return;
  await sql`INSERT INTO rotation (workspace_id, pool, member_id, turn, given, last_given_at)
    SELECT ${workspaceId}::uuid, m.pool, m.member, m.turn, m.given, m.at
    FROM jsonb_to_recordset(${JSON.stringify([...moved.values()])}::jsonb) AS m(pool text, member uuid, turn double precision, given int, at timestamptz)
    ORDER BY m.pool, m.member
    ON CONFLICT (workspace_id, pool, member_id) DO UPDATE SET turn = excluded.turn, given = excluded.given, last_given_at = excluded.last_given_at`.execute(
    tx,
  );
}
