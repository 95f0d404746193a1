import { sql } from 'kysely';
import type { z } from 'zod';
import { checkRule } from '#features/agreement/contract/check-rule.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { routingChange, RoutingContent } from '../contract.ts';
import { findRoutingVersion } from '../queries/routing-versions.ts';
import { noteQueuedLeads } from './note-queued.ts';

/**
 * Makes a new version of the routing, in force at once. Leads that are with somebody stay; those in a queue are
 * routed anew.
 * @throws Problem bad-input (what doesn't fit, by place) · conflict (another version was made meanwhile)
 */
export async function changeRouting(
  tx: Tx,
  who: Who,
  { after, ...content }: z.output<typeof routingChange>,
): Promise<{ id: string; number: number }> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`accord.routing_versions ${who.workspaceId}`}, 0))`.execute(tx);
  const current = await findRoutingVersion(tx, who.workspaceId);
  if (after !== undefined && after !== (current?.number ?? 0))
    throw new Problem('conflict', `${current?.madeBy?.name ?? 'Somebody'} changed the routing meanwhile. Look at it again.`);
  await refuseUnfit(tx, who.workspaceId, content);
  const made = { id: newId(), number: (current?.number ?? 0) + 1 };
  await sql`INSERT INTO routing_versions (workspace_id, id, number, content, effective_at, made_by)
    VALUES (${who.workspaceId}::uuid, ${made.id}::uuid, ${made.number}, ${JSON.stringify(content)}::jsonb, now(), ${who.memberId}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'routing.changed',
    subjectKind: 'routing',
    subjectId: made.id,
    memberId: who.memberId,
    body: { number: made.number, on: content.on },
  });
  if (content.on) await noteQueuedLeads(tx, who.workspaceId, 'all');
  return made;
}

/** @throws Problem bad-input: rules, teams and members that don't fit, by place */
export async function refuseUnfit(tx: Tx, workspaceId: WorkspaceId, content: RoutingContent): Promise<void> {
  const problems = [...(await ruleProblems(tx, workspaceId, content)), ...(await targetProblems(tx, workspaceId, content))];
  const [first] = problems;
  if (first) throw new Problem('bad-input', `${first.at}: ${first.reason}.`, { fields: problems });
}

async function ruleProblems(tx: Tx, workspaceId: WorkspaceId, { rules }: RoutingContent): Promise<FieldProblem[]> {
  const customFields = await listCustomFields(tx, workspaceId);
  return rules.flatMap(({ when }, at) =>
    checkRule(when, { subject: 'lead', customFields, term: null }).map(({ path, reason }) => ({
      at: ['rules', at, 'when', ...(path ? [path] : [])].join('.'),
      reason,
    })),
  );
}

/** Leads go to sales: to teams of sales and to members of it. */
async function targetProblems(tx: Tx, workspaceId: WorkspaceId, content: RoutingContent): Promise<FieldProblem[]> {
  const targets = [...content.rules.map(({ to }, at) => ({ at: `rules.${at}.to`, to })), { at: 'otherwise', to: content.otherwise }];
  const teams = await salesIds(tx, workspaceId, 'teams', ids(targets.map(({ to }) => to.teamId)));
  const members = await salesIds(
    tx,
    workspaceId,
    'members',
    ids([...targets.map(({ to }) => to.memberId), ...content.members.map((each) => each.memberId)]),
  );
  const named = new Set<string>();
  return [
    ...targets.flatMap(({ at, to }) => [
      ...(to.teamId !== null && to.memberId !== null ? [{ at, reason: 'is a team or a member, not both' }] : []),
      ...(to.teamId !== null && !teams.has(to.teamId) ? [{ at: `${at}.teamId`, reason: 'is no team of sales' }] : []),
      ...(to.memberId !== null && !members.has(to.memberId) ? [{ at: `${at}.memberId`, reason: 'is no member of sales' }] : []),
    ]),
    ...content.members.flatMap(({ memberId }, index) => {
      const at = `members.${index}.memberId`;
      if (!members.has(memberId)) return [{ at, reason: 'is no member of sales' }];
      if (named.has(memberId)) return [{ at, reason: 'stands there twice' }];
      named.add(memberId);
      return [];
    }),
  ];
}

const ids = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((id) => id !== null))];

async function salesIds(tx: Tx, workspaceId: WorkspaceId, table: 'members' | 'teams', wanted: readonly string[]): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(table)}
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${wanted}::uuid[]) AND side = 'sales'`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}
