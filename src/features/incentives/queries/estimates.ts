/** What the running period would pay by what is on record so far, and what a deal would change. Nothing of it is stored. */

import { sql } from 'kysely';
import { decimalText, million } from '#engine/payout/quantity.ts';
import type { Rule } from '#engine/payout/statement.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { noteLooks } from '../actions/note-looks.ts';
import type { Estimate, StatementLine } from '../contract/statements.ts';
import { type Paid, statementVisible } from '../policy/access.ts';
import { type ComputedLine, type ComputedPlan, computePlan } from './computed-plan.ts';
import type { SupposedDeal } from './payout-facts/asked.ts';
import { membersById, readVersions, signedPayees, versionAt, type VersionRow } from './plan-rows.ts';
import { timelineOf } from './plans-to-run.ts';
import { sightOf } from './sight.ts';
import { todayOf } from './today.ts';

export interface EstimateAsked {
  /** Unsaid: the asker. */
  readonly memberId?: string | undefined;
  /** A day of the period; unsaid: today. */
  readonly on?: string | undefined;
}

/** What a payee's plans would pay in the period of a day, plan by plan. @throws Problem not-found, forbidden */
export async function estimateFor(database: Database, who: Who, asked: EstimateAsked): Promise<Estimate> {
  const { payee, plans, day, now } = await database.inWorkspace(who.workspaceId, (tx) => plansOfPayee(tx, who, asked, 'estimate'));
  const estimates: Estimate['plans'] = [];
  for (const plan of plans) estimates.push(estimateOf(payee, await computeFor(database, who, plan, day), plan));
  return {
    payee,
    asOf: now,
    caveat: 'By what is on record so far. It is no promise: records, results and gates can change until the period is paid.',
    plans: estimates,
  };
}

export interface PlanOfPayee {
  readonly version: VersionRow;
  readonly history: readonly VersionRow[];
  readonly signed: boolean;
}

interface Found {
  readonly payee: Paid & { readonly name: string };
  readonly plans: readonly PlanOfPayee[];
  readonly day: string;
  readonly now: string;
}

/** Signed versions that count on a day and pay somebody. A look at another's is written down. */
export async function plansOfPayee(tx: Tx, who: Who, { memberId = who.memberId, on }: EstimateAsked, what: 'estimate'): Promise<Found> {
  const { rows } = await sql<{ now: string }>`SELECT now() AS now`.execute(tx);
  const day = on ?? (await todayOf(tx, who.workspaceId));
  const member = (await membersById(tx, who.workspaceId, [memberId])).get(memberId);
  if (!member) throw notFound('member');
  const signed = await readVersions(tx, who.workspaceId, {
    where: [
      sql`v.status = 'signed'`,
      sql`v.plan_id IN (SELECT n.plan_id FROM incentive_plan_versions n JOIN incentive_plan_payees p ON p.workspace_id = n.workspace_id AND p.version_id = n.id
        WHERE n.workspace_id = ${who.workspaceId}::uuid AND p.member_id = ${memberId}::uuid)`,
    ],
    order: sql`v.plan_id, v.in_force_from, v.number`,
  });
  const plans = [...Map.groupBy(signed, ({ planId }) => planId).values()].flatMap((history): PlanOfPayee[] => {
    const version = versionAt(history, day);
    const pays = version?.content.payees.some(({ id }) => id === memberId);
    return version && pays
      ? [{ version, history: history.filter(({ inForceFrom }) => inForceFrom! <= day), signed: signedPayees(version).has(memberId) }]
      : [];
  });
  const side =
    plans[0]?.version.content.payees.find(({ id }) => id === memberId)?.side ?? (member.side === 'marketing' ? 'marketing' : 'sales');
  const payee = { id: memberId, name: member.name, side };
  if (!statementVisible(await sightOf(tx, who), payee))
    throw new Problem('forbidden', 'You see your own estimate, and those of whose pay you see.');
  await noteLooks(tx, who, [memberId], what, null);
  return { payee, plans, day, now: rows[0]!.now };
}

/** The whole period by what is on record now; what was posted before is no part of it. */
export const computeFor = (
  database: Database,
  who: Who,
  { version, history }: PlanOfPayee,
  day: string,
  supposed?: SupposedDeal,
): Promise<ComputedPlan> =>
  computePlan(
    database,
    who.workspaceId,
    { version, versions: timelineOf(history), posted: [], signed: null },
    { periodStart: day, cutOff: null, supposed },
  );

function estimateOf(payee: Paid, computed: ComputedPlan, { version, signed }: PlanOfPayee): Estimate['plans'][number] {
  const { period } = computed;
  const own = linesOfPayee(computed, payee.id);
  return {
    ...{ planId: version.planId, versionId: version.id, number: version.number, name: version.content.name },
    ...{ label: period.label, periodStart: period.start, periodEnd: period.end, currency: version.content.currency },
    amount: String(sumOf(own)),
    target: version.content.payees.find(({ id }) => id === payee.id)?.target ?? null,
    quota: quotaOf(computed.lines.filter(({ line }) => line.payee === payee.id)),
    signed,
    lines: own,
    pool: computed.pool,
  };
}

export const sumOf = (lines: readonly Pick<StatementLine, 'amount'>[]): bigint =>
  lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

/** As a statement's lines, though nothing of them is stored or can be disputed. */
export function linesOfPayee({ plan: { version }, period, lines }: ComputedPlan, memberId: string): StatementLine[] {
  return lines
    .filter(({ line }) => line.payee === memberId)
    .map(({ line, says, opens }, at) => ({
      id: version.id,
      lineNo: at + 1,
      plan: { planId: version.planId, versionId: version.id, number: version.number, name: version.content.name },
      component: line.component,
      kind: line.rule.kind,
      says,
      amount: String(line.amount),
      currency: version.content.currency,
      periodStart: period.start,
      isCorrection: false,
      reason: null,
      opens: [...opens],
      dispute: null,
      can: { dispute: 'It is an estimate.' },
    }));
}

const quotaKinds = ['rate', 'overlay'] as const;
type Rated = Extract<Rule, { kind: (typeof quotaKinds)[number] }>;
const isRated = (rule: Rule): rule is Rated => (quotaKinds as readonly string[]).includes(rule.kind);

/** How far the first quota is reached that a line stands on. */
function quotaOf(lines: readonly ComputedLine[]): Estimate['plans'][number]['quota'] {
  const found = lines.map(({ line }) => line).find(({ rule }) => isRated(rule) && rule.quota !== null);
  if (!found || !isRated(found.rule) || found.rule.quota === null) return null;
  const { total, quota, by } = found.rule;
  const told = (units: bigint): string => (by === 'amount' ? String(units) : decimalText({ numerator: units, denominator: million }, 6));
  return {
    name: found.name,
    reached: told(total),
    quota: told(quota),
    percent: quota === 0n ? null : decimalText({ numerator: total * 100n, denominator: quota }, 1),
  };
}
