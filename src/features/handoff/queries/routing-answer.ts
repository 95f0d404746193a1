import { sql } from 'kysely';
import { hindranceNote } from '#engine/handoff/reasons.ts';
import { chooseNext, hindranceOf, type Rep, type Rotation, type Terms } from '#engine/handoff/rotation.ts';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { transactionTime } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { routingContent, type RoutingAnswer, type RoutingContent } from '../contract.ts';
import { countOpen, openDesk } from './routing-ground.ts';
import { loadStaff } from './routing-staff.ts';
import { listRoutingVersions } from './routing-versions.ts';

/** The routing in force, its earlier versions, and where every rep of sales stands in it now. */
export async function getRouting(tx: Tx, workspaceId: WorkspaceId): Promise<RoutingAnswer> {
  const versions = await listRoutingVersions(tx, workspaceId);
  const current = versions[0] ?? null;
  return {
    current,
    versions: versions.map(({ id, number, effectiveAt, madeBy }) => ({ id, number, effectiveAt, madeBy })),
    rotation: await listRotation(tx, workspaceId, current?.content ?? routingContent.parse({})),
  };
}

type Row = RoutingAnswer['rotation'][number];

async function listRotation(tx: Tx, workspaceId: WorkspaceId, content: RoutingContent): Promise<Row[]> {
  const { teamIds, loneIds } = await salesOf(tx, workspaceId);
  const at = Date.parse(await transactionTime(tx));
  const { timeZone } = await placeOf(tx, workspaceId);
  const ask = { teamIds, memberIds: loneIds, content, at, timeZone };
  const desk = await openDesk(tx, workspaceId, ask, await loadStaff(tx, workspaceId, ask), Infinity);
  const open = await countOpen(
    tx,
    workspaceId,
    [...desk.reps.keys()].map((id) => ({ id, most: null })),
  );
  for (const rep of desk.reps.values()) rep.open = open.get(rep.id) ?? 0;
  const removals = await readRemovals(tx, workspaceId);
  const ofTeams = [...desk.rotations].flatMap(([id, rotation]) => rowsOf({ id, name: rotation.name }, rotation, desk.terms, removals));
  const alone: Rotation = { name: '', reps: loneIds.flatMap((id) => desk.reps.get(id) ?? []), turns: new Map() };
  return [...ofTeams, ...rowsOf(null, alone, desk.terms, removals)];
}

/** Teams of sales, and those reps who are in none. */
async function salesOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ teamIds: string[]; loneIds: string[] }> {
  const { rows: teams } = await sql<{ id: string }>`SELECT id FROM teams WHERE workspace_id = ${workspaceId}::uuid AND side = 'sales'
    ORDER BY lower(name COLLATE "default"), id`.execute(tx);
  const { rows: lone } = await sql<{ id: string }>`SELECT m.id FROM members m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer' AND NOT EXISTS (
      SELECT 1 FROM team_members tm JOIN teams t ON t.workspace_id = ${workspaceId}::uuid AND t.id = tm.team_id AND t.side = 'sales'
      WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = m.id)`.execute(tx);
  return { teamIds: teams.map(({ id }) => id), loneIds: lone.map(({ id }) => id) };
}

type Removal = NonNullable<Row['removal']>;

async function readRemovals(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, Removal>> {
  const { rows } = await sql<
    Removal & { memberId: string }
  >`SELECT member_id AS "memberId", min(out_since) AS since, min(out_reason) AS reason
    FROM rotation WHERE workspace_id = ${workspaceId}::uuid AND out_since IS NOT NULL GROUP BY member_id`.execute(tx);
  return new Map(rows.map(({ memberId, since, reason }) => [memberId, { since, reason }]));
}

function rowsOf(team: Row['team'], rotation: Rotation, terms: Terms, removals: ReadonlyMap<string, Removal>): Row[] {
  const next = team ? chooseNext(rotation, terms).rep : null;
  return rotation.reps
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
    .map((rep) => {
      const turn = rotation.turns.get(rep.id);
      return {
        member: { id: rep.id, name: rep.name },
        team,
        weight: rep.weight,
        capacity: rep.capacity,
        open: rep.open ?? 0,
        given: turn?.given ?? 0,
        lastGivenAt: turn?.lastGivenAt ? new Date(turn.lastGivenAt).toISOString() : null,
        out: outNote(rep, terms),
        next: rep === next,
        removal: removals.get(rep.id) ?? null,
      };
    });
}

function outNote(rep: Rep, terms: Terms): string | null {
  const because = hindranceOf(rep);
  if (because) return hindranceNote(because, terms);
  const isOff = terms.workingHoursOnly && (rep.opensAt === null || rep.opensAt > terms.at);
  return isOff ? hindranceNote({ kind: 'offHours', opensAt: rep.opensAt }, terms) : null;
}
