/**
 * Ladders: steps that fell due while there is no evidence are taken, each once a clock. Those who are told see it in
 * the product; every step is a row of `escalations` and a fact.
 */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { type DueStep, holdLeadsWithStepsDue, stepsDue } from '../queries/due-steps.ts';
import { headsOf } from '../queries/heads.ts';
import { instantFrom } from '../queries/moments.ts';
import { findSignedRules } from '../queries/signed-rules.ts';
import { followLeads } from './follow-leads.ts';
import { takeOutOfRotation } from './rotation-members.ts';
import { routeLead } from './route-lead.ts';

const stepsATransaction = 500;
/** A step that comes to light later than this (workers stood still, times were stated afterwards) is let go: it would only surprise. */
const tooLateMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Takes every step of a workspace that is due by a moment (epoch milliseconds).
 * @returns how many
 */
export async function climbLadders(database: Database, workspaceId: WorkspaceId, at: number): Promise<number> {
  for (let taken = 0; ; ) {
    const { held, steps } = await database.inWorkspace(workspaceId, (tx) => climbOnce(tx, workspaceId, at));
    taken += steps;
    if (held === 0) return taken;
  }
}

async function climbOnce(tx: Tx, workspaceId: WorkspaceId, at: number): Promise<{ held: number; steps: number }> {
  const leadIds = await holdLeadsWithStepsDue(tx, workspaceId, at, stepsATransaction);
  const rules = leadIds.length === 0 ? null : await findSignedRules(tx, workspaceId);
  if (!rules) return { held: 0, steps: 0 };
  // Evidence that was recorded a moment ago may not have been followed yet: nobody is reminded of what is done.
  await followLeads(tx, workspaceId, leadIds, { rules });
  const due = await stepsDue(tx, workspaceId, rules.agreements, leadIds, at);
  if (due.length === 0) return { held: leadIds.length, steps: 0 };
  await recordSteps(tx, workspaceId, await takeSteps(tx, workspaceId, due, at), at);
  await followLeads(tx, workspaceId, [...new Set(due.map(({ leadId }) => leadId))].sort(), { rules });
  return { held: leadIds.length, steps: due.length };
}

interface TakenStep extends DueStep {
  readonly told: readonly string[];
  /** A sentence. */
  readonly outcome: string;
}

async function takeSteps(tx: Tx, workspaceId: WorkspaceId, due: readonly DueStep[], at: number): Promise<TakenStep[]> {
  const owners = [...new Set(due.map(({ ownerId }) => ownerId))];
  const heads = await headsOf(tx, workspaceId, owners);
  const known = await namesOf(tx, workspaceId, { member: [...owners, ...owners.flatMap(heads)].filter((id) => id !== null) });
  const nameOf = (id: string | null): string => (id === null ? 'nobody' : (known.get(`member ${id}`)?.name ?? 'somebody'));
  const ground: Ground = { at, heads, nameOf, reassigned: new Set() };
  const taken: TakenStep[] = [];
  for (const step of due) taken.push({ ...step, ...(await takeStep(tx, workspaceId, step, ground)) });
  return taken;
}

interface Ground {
  readonly at: number;
  /** Leads that another clause's step gave to somebody else just now. */
  readonly reassigned: Set<string>;
  heads(ownerId: string | null): string[];
  nameOf(memberId: string | null): string;
}

async function takeStep(tx: Tx, workspaceId: WorkspaceId, step: DueStep, ground: Ground): Promise<Pick<TakenStep, 'told' | 'outcome'>> {
  if (ground.at - step.dueAt > tooLateMs) return { told: [], outcome: 'Let go: it came to light more than a week too late.' };
  const heads = ground.heads(step.ownerId);
  const telling = (told: readonly string[]) => ({
    told,
    outcome: told.length === 0 ? 'There was nobody to tell.' : `${told.map(ground.nameOf).join(', ')} told.`,
  });
  switch (step.kind) {
    case 'remind':
      return telling(step.ownerId === null ? heads : [step.ownerId]);
    case 'manager':
      return telling(heads);
    case 'reassign':
      return reassign(tx, workspaceId, step, ground);
    case 'outOfRotation':
      return { told: [...heads, ...(step.ownerId === null ? [] : [step.ownerId])], outcome: await takeOut(tx, workspaceId, step, ground) };
  }
}

async function reassign(
  tx: Tx,
  workspaceId: WorkspaceId,
  { leadId, ownerId }: DueStep,
  ground: Ground,
): Promise<Pick<TakenStep, 'told' | 'outcome'>> {
  if (ground.reassigned.has(leadId)) return { told: [], outcome: 'It went to somebody else just now, by another clause.' };
  const leaveOut = ownerId === null ? [] : [ownerId];
  const routed = await routeLead(tx, workspaceId, leadId, { kind: 'reassigned', leaveOut, by: null });
  const told = [...leaveOut, ...(routed?.memberId ? [routed.memberId] : []), ...ground.heads(ownerId)];
  if (routed?.memberId) {
    ground.reassigned.add(leadId);
    const names = await namesOf(tx, workspaceId, { member: [routed.memberId] });
    return { told, outcome: `It went from ${ground.nameOf(ownerId)} to ${names.get(`member ${routed.memberId}`)?.name ?? 'somebody'}.` };
  }
  const stays = ownerId === null ? 'It is still nobody’s' : `It stays with ${ground.nameOf(ownerId)}`;
  return { told, outcome: `${stays}: ${routed ? 'nobody else can take it now' : 'routing is off'}.` };
}

async function takeOut(tx: Tx, workspaceId: WorkspaceId, { ownerId, leadName, clauseTitle }: DueStep, { nameOf }: Ground): Promise<string> {
  if (ownerId === null) return 'It was nobody’s: there is nobody to take out of rotation.';
  const reason = `${clauseTitle}: ${leadName ?? 'a lead'} was not kept.`;
  const isNew = await takeOutOfRotation(tx, workspaceId, ownerId, { reason, by: null });
  return isNew ? `${nameOf(ownerId)} gets no new leads until a head says so.` : `${nameOf(ownerId)} was out of rotation already.`;
}

/** One row and one fact a step, however many. That each is taken once is the table's own rule. */
async function recordSteps(tx: Tx, workspaceId: WorkspaceId, steps: readonly TakenStep[], at: number): Promise<void> {
  const rows = steps.map((step) => ({ ...step, id: newId(), factId: newId(), told: [...new Set(step.told)] }));
  const { rows: kept } = await sql`WITH taken AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "factId" uuid, "leadId" uuid, "clauseKey" text, "startedAt" float8, step smallint, kind text, "ownerId" uuid, told uuid[], outcome text)
    ), kept AS (
      INSERT INTO escalations (workspace_id, id, lead_id, clause_key, started_at, step, kind, at, member_id, told, outcome)
      SELECT ${workspaceId}::uuid, r.id, r."leadId", r."clauseKey", ${instantFrom('r.startedAt')}, r.step, r.kind, to_timestamp(${at}::float8 / 1000), r."ownerId", r.told, r.outcome
      FROM taken r ON CONFLICT DO NOTHING RETURNING id
    )
    INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, body)
    SELECT ${workspaceId}::uuid, r."factId", clock_timestamp(), 'lead.escalated', 'lead', r."leadId", to_timestamp(${at}::float8 / 1000),
      jsonb_build_object('clause', r."clauseKey", 'step', r.step, 'kind', r.kind, 'ownerId', r."ownerId", 'told', r.told, 'outcome', r.outcome)
    FROM taken r JOIN kept ON kept.id = r.id RETURNING id`.execute(tx);
  if (kept.length !== steps.length)
    throw new Error(`${steps.length - kept.length} steps of ladders had been taken before: their clocks are not up to date.`);
  await announceChange(tx, workspaceId, 'lead');
}
