import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import type { Goal, PlanContent } from '../contract/plans.ts';

/** Owners, teams, campaigns and definitions that a plan names must be there, and owners of their side. */
export async function refuseUnknown(tx: Tx, workspaceId: WorkspaceId, { goals, workBack }: PlanContent): Promise<void> {
  const known = await readKnown(tx, workspaceId);
  const fields: FieldProblem[] = goals.flatMap((goal, at) => problemsOf(goal, at, known));
  const definition = workBack?.changes.definition;
  if (definition && !known.definitions.has(definition.versionId))
    fields.push({ at: 'content.workBack.changes.definition.versionId', reason: 'There is no such version of the MQL definition here.' });
  const [first] = fields;
  if (first) throw new Problem('bad-input', `${first.at}: ${first.reason}`, { fields: fields.slice(0, 50) });
}

interface Known {
  /** Side by member who is active. */
  readonly members: ReadonlyMap<string, string>;
  readonly teams: ReadonlySet<string>;
  readonly campaigns: ReadonlySet<string>;
  readonly definitions: ReadonlySet<string>;
}

async function readKnown(tx: Tx, workspaceId: WorkspaceId): Promise<Known> {
  const { rows } = await sql<{ kind: 'member' | 'team' | 'campaign' | 'definition'; id: string; side: string | null }>`
    SELECT 'member' AS kind, id, side FROM members WHERE workspace_id = ${workspaceId}::uuid AND active
    UNION ALL SELECT 'team', id, NULL FROM teams WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'campaign', id, NULL FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL
    UNION ALL SELECT 'definition', id, NULL FROM definition_versions WHERE workspace_id = ${workspaceId}::uuid AND term = 'mql'`.execute(
    tx,
  );
  const ids = (kind: string): Set<string> => new Set(rows.flatMap((row) => (row.kind === kind ? [row.id] : [])));
  return {
    members: new Map(rows.flatMap((row) => (row.kind === 'member' ? [[row.id, row.side!]] : []))),
    teams: ids('team'),
    campaigns: ids('campaign'),
    definitions: ids('definition'),
  };
}

function problemsOf({ owners, scope, metric }: Goal, at: number, known: Known): FieldProblem[] {
  const where = `content.goals.${at}`;
  const problems: FieldProblem[] = [];
  for (const side of ['marketing', 'sales'] as const) {
    const found = known.members.get(owners[side]);
    if (found === undefined) problems.push({ at: `${where}.owners.${side}`, reason: 'There is no such active member here.' });
    else if (found !== side)
      problems.push({ at: `${where}.owners.${side}`, reason: `A goal is owned by one of each side: this member is of ${found}.` });
  }
  if (scope.teamId !== null && !known.teams.has(scope.teamId))
    problems.push({ at: `${where}.scope.teamId`, reason: 'There is no such team here.' });
  if (metric.name === 'responders' && metric.campaignId !== null && !known.campaigns.has(metric.campaignId))
    problems.push({ at: `${where}.metric.campaignId`, reason: 'There is no such campaign here.' });
  return problems;
}
