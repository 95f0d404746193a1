import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Pilot, PilotChoices, Pilots, Split } from '../contract/pilots.ts';
import { whyNotPlan } from '../policy.ts';

/** A pilot as it was settled. */
export interface PilotRow extends Omit<Pilot, 'pilot' | 'comparison' | 'state' | 'can'> {
  readonly groups: { readonly pilot: readonly string[]; readonly comparison: readonly string[] };
}

const columns = sql`p.id, p.name, p.split, p.groups, p.measure, p.changes, p.starts_on AS "startsOn", p.planned_at AS "plannedAt", p.planned_late AS "plannedLate",
  p.ended_on AS "endedOn", p.ended_because AS "endedBecause", json_build_object('id', m.id, 'name', m.name) AS "plannedBy"
  FROM rollout_pilots p JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.planned_by`;

async function readPilots(tx: Tx, workspaceId: WorkspaceId, where: Sql, most: number): Promise<PilotRow[]> {
  const { rows } = await sql<PilotRow>`SELECT ${columns} WHERE p.workspace_id = ${workspaceId}::uuid AND ${where}
    ORDER BY p.planned_at DESC, p.id DESC LIMIT ${most}`.execute(tx);
  return rows;
}

/** @throws Problem not-found */
export async function getPilot(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<PilotRow> {
  const [found] = await readPilots(tx, workspaceId, sql`p.id = ${id}::uuid`, 1);
  if (!found) throw notFound('pilot');
  return found;
}

/** One that was withdrawn before it began is none. */
export const findLatestPilot = async (tx: Tx, workspaceId: WorkspaceId): Promise<PilotRow | undefined> =>
  (await readPilots(tx, workspaceId, sql`(p.ended_on IS NULL OR p.ended_on > p.starts_on)`, 1))[0];

/** Newest first, the last fifty. */
export async function listPilots(tx: Tx, who: Who): Promise<Pilots> {
  const { today } = await groundOf(tx, who.workspaceId);
  const rows = await readPilots(tx, who.workspaceId, sql`true`, 50);
  const names = await namesOf(tx, who.workspaceId, rows);
  return {
    items: rows.map(({ groups, ...row }) => ({
      ...row,
      pilot: named(groups.pilot, names),
      comparison: named(groups.comparison, names),
      state: stateOf(row, today),
      can: { end: row.endedOn === null ? whyNotPlan(who) : 'It has ended.' },
    })),
    can: {
      plan:
        whyNotPlan(who) ??
        (rows.some(({ endedOn }) => endedOn === null) ? 'One is under way: two at once could not be told apart. End it first.' : null),
    },
  };
}

const stateOf = ({ endedOn, startsOn }: Pick<PilotRow, 'endedOn' | 'startsOn'>, today: string): Pilot['state'] =>
  endedOn !== null ? 'ended' : startsOn > today ? 'planned' : 'running';

const named = (keys: readonly string[], names: ReadonlyMap<string, string>) => keys.map((key) => ({ key, name: names.get(key) ?? key }));

async function namesOf(tx: Tx, workspaceId: WorkspaceId, rows: readonly PilotRow[]): Promise<Map<string, string>> {
  const ids = rows
    .filter(({ split }) => split === 'teams' || split === 'halves')
    .flatMap(({ groups }) => [...groups.pilot, ...groups.comparison]);
  const { rows: names } = await sql<{
    id: string;
    name: string;
  }>`SELECT id::text, name FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])
    UNION ALL SELECT id::text, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(names.map(({ id, name }) => [id, name]));
}

/** Whose a lead `l` is, its hand-off being `h`. */
export const ownerOf: Sql = sql`coalesce(h.owner_id, l.owner_id)`;

/** Whether a lead `l` with its hand-off `h` belongs to a group. */
export function belongs(split: Split, keys: readonly string[]): Sql {
  switch (split) {
    case 'segments':
      return sql`coalesce(l.segment = ANY(${[...keys]}::text[]), false)`;
    case 'halves':
      return sql`coalesce(${ownerOf} = ANY(${[...keys]}::uuid[]), false)`;
    case 'teams':
      return sql`${ownerOf} IN (SELECT tm.member_id FROM team_members tm WHERE tm.workspace_id = l.workspace_id AND tm.team_id = ANY(${[...keys]}::uuid[]))`;
    case 'regions':
      return sql`${ownerOf} IN (SELECT tm.member_id FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
        WHERE tm.workspace_id = l.workspace_id AND t.region = ANY(${[...keys]}::text[]))`;
  }
}

/** Leads passed in the last twelve weeks on record, for weighing groups before one is chosen. */
const recent = (workspaceId: WorkspaceId): Sql => sql`SELECT l.segment, ${ownerOf} AS owner_id FROM leads l
  LEFT JOIN handoffs h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id
  WHERE l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL AND l.mql_at <= now()
  AND l.mql_at > (SELECT max(mql_at) FROM leads WHERE workspace_id = ${workspaceId}::uuid AND mql_at <= now()) - interval '84 days'`;

export async function readChoices(tx: Tx, workspaceId: WorkspaceId): Promise<PilotChoices> {
  const ofTeams = (key: Sql, name: Sql): Sql => sql`SELECT ${key} AS key, ${name} AS name, count(r.owner_id)::int AS leads FROM teams t
    LEFT JOIN team_members tm ON tm.workspace_id = t.workspace_id AND tm.team_id = t.id LEFT JOIN recent r ON r.owner_id = tm.member_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.side = 'sales' AND ${name} IS NOT NULL GROUP BY 1, 2`;
  const { rows } = await sql<{ of: 'teams' | 'regions' | 'segments'; key: string; name: string; leads: number }>`
    WITH recent AS MATERIALIZED (${recent(workspaceId)})
    SELECT 'teams' AS of, t.* FROM (${ofTeams(sql`t.id::text`, sql`t.name`)}) t
    UNION ALL SELECT 'regions', t.* FROM (${ofTeams(sql`t.region`, sql`t.region`)}) t
    UNION ALL SELECT 'segments', s.* FROM (SELECT segment, segment AS name, count(*)::int FROM recent WHERE segment IS NOT NULL GROUP BY segment LIMIT 200) s
    ORDER BY 1, 4 DESC, 3`.execute(tx);
  const of = (wanted: string) => rows.filter((row) => row.of === wanted).map(({ key, name, leads }) => ({ key, name, leads }));
  return { teams: of('teams'), regions: of('regions'), segments: of('segments'), owners: (await listOwners(tx, workspaceId)).length };
}

/** People who own leads passed in the last twelve weeks on record, in a fixed order. */
export async function listOwners(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`WITH recent AS (${recent(workspaceId)}) SELECT DISTINCT m.id FROM recent r
    JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = r.owner_id WHERE m.active AND m.side = 'sales' ORDER BY m.id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
