import type { RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { loadRuleRecords } from '#features/agreement/queries/rule-records.ts';
import { ruleReading } from '#features/agreement/queries/rule-reading.ts';
import { leadStages } from '#features/records/contract.ts';
import { namesOf } from '#features/records/queries/names.ts';
import { transactionTime } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { routingContent, type RoutingContent, type RoutingTried } from '../contract.ts';
import { followRoutes } from './routing-ground.ts';
import { readRoutableLeads, type RoutableLead } from './routing-leads.ts';
import { loadStaff } from './routing-staff.ts';
import { placesOf, planRoutes } from './routing-steps.ts';
import { findRoutingVersion, planOf } from './routing-versions.ts';

export interface Trial {
  readonly leadId?: string | undefined;
  /** Fields of the lead, checked; over those of the lead, where one is named. */
  readonly sets: Readonly<Record<string, unknown>>;
  /** Not saved yet; the version in force unless said. */
  readonly content?: RoutingContent | undefined;
  /** ISO 8601; now unless said. */
  readonly at?: string | undefined;
}

/** Where would this lead go? Changes nothing, holds nothing. @throws Problem not-found */
export async function tryRouting(tx: Tx, workspaceId: WorkspaceId, trial: Trial): Promise<RoutingTried> {
  const content = trial.content ?? (await findRoutingVersion(tx, workspaceId))?.content ?? routingContent.parse({ on: false });
  const at = Date.parse(trial.at ?? (await transactionTime(tx)));
  const plan = await planOf(tx, workspaceId, content);
  const rules = content.rules.map(({ when }) => when);
  const known = trial.leadId === undefined ? null : await knownLead(tx, workspaceId, trial.leadId, rules);
  const record = withSets(known?.record ?? emptyRecord(await ruleReading(tx, workspaceId, rules)), trial.sets);
  const stated = { accountId: known?.accountId ?? null, email: known?.email ?? null, ...trial.sets };
  const lead = { id: 'tried', accountId: textOf(stated.accountId), email: textOf(stated.email) };
  const steps = await planRoutes(tx, workspaceId, [lead], { records: new Map([['tried', record]]), plan, at });
  const ask = { ...placesOf(steps.values()), content, at, timeZone: plan.timeZone };
  const { decisions, desk } = await followRoutes(tx, workspaceId, ask, await loadStaff(tx, workspaceId, ask), steps);
  const { memberId, teamId, why } = decisions.get('tried')!;
  const standing = await standingWords(tx, workspaceId, content, known);
  return {
    member: memberId === null ? null : { id: memberId, name: desk.reps.get(memberId)!.name },
    team: teamId === null ? null : { id: teamId, name: desk.rotations.get(teamId)!.name },
    why: [...standing, ...why],
  };
}

async function knownLead(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadId: string,
  rules: readonly Rule[],
): Promise<RoutableLead & { record: RuleRecord }> {
  const [lead] = await readRoutableLeads(tx, workspaceId, [leadId]);
  const record = (await loadRuleRecords(tx, workspaceId, [leadId], rules)).get(leadId);
  if (!lead || !record) throw notFound('lead');
  return { ...lead, record };
}

const emptyRecord = (reading: RuleRecord['reading']): RuleRecord => ({
  reading,
  lead: {},
  account: null,
  contact: null,
  touches: [],
  stages: {},
  revenue: [],
});

/** Another account is looked up anew; stages that are said count as entered. */
function withSets(record: RuleRecord, sets: Trial['sets']): RuleRecord {
  const stages = leadStages.flatMap(({ stage, field }) => (field in sets ? [[stage, instantOf(sets[field])] as const] : []));
  const account = 'accountId' in sets ? null : record.account;
  return { ...record, account, lead: { ...record.lead, ...sets }, stages: { ...record.stages, ...Object.fromEntries(stages) } };
}

const instantOf = (value: unknown): number | null => (typeof value === 'string' ? Date.parse(value) : null);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What would keep it from being routed at all. */
async function standingWords(tx: Tx, workspaceId: WorkspaceId, content: RoutingContent, known: RoutableLead | null): Promise<string[]> {
  const words = content.on ? [] : ['Routing is off: this is where it would go if it were on.'];
  if (!known?.ownerId) return words;
  const owner = (await namesOf(tx, workspaceId, { member: [known.ownerId] })).get(`member ${known.ownerId}`);
  return [...words, `${owner?.name ?? 'Somebody'} has it and keeps it; routed anew, it would go like this.`];
}
