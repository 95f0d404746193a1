/** What a goal's sum is made of, day by day: each deal, lead, account and response once, as figures and funnel count them. */

import { noDay } from '#engine/funnel/columns.ts';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { firstWinsOf } from '#features/returns/queries/first-wins.ts';
import type { GoalMetric, GoalScope } from '../contract/metrics.ts';
import { daysOfStage, type GoalGround } from './ground.ts';
import { accountsWithin, dealsWithin, leadsWithin } from './scope.ts';

/** What stands beside the columns, read before them. */
export interface Beside {
  /** By segment, null for any other: what a lead is worth by the agreement in force, minor units; empty without a clause about value. */
  readonly leadValues: ReadonlyMap<string | null, bigint>;
  /** By campaign (`all`: together): responses by day. */
  readonly responses: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** Amount is a count where the metric counts. */
export type VisitDay = (day: number, amount: bigint) => void;
type Visitor = (ground: GoalGround, metric: GoalMetric, scope: GoalScope, beside: Beside, visit: VisitDay) => void;

const visitors: Partial<Record<GoalMetric['name'], Visitor>> = {
  wonValue: (ground, _metric, scope, _beside, visit) => wonDeals(ground, scope, visit, true),
  won: (ground, _metric, scope, _beside, visit) => wonDeals(ground, scope, visit, false),
  newCustomers: (ground, _metric, scope, _beside, visit) => newCustomers(ground, scope, visit),
  pipelineCreated: (ground, _metric, scope, _beside, visit) => openedDeals(ground, scope, visit, true),
  deals: (ground, _metric, scope, _beside, visit) => openedDeals(ground, scope, visit, false),
  mqls: (ground, _metric, scope, _beside, visit) => enteredStage(ground, 'mql', scope, visit),
  sals: (ground, _metric, scope, _beside, visit) => enteredStage(ground, 'sal', scope, visit),
  sqls: (ground, _metric, scope, _beside, visit) => enteredStage(ground, 'sql', scope, visit),
  mqlValue: (ground, _metric, scope, beside, visit) => valueOfMqls(ground, scope, beside, visit),
  responders(_ground, metric, _scope, beside, visit) {
    const campaign = metric.name === 'responders' ? metric.campaignId : null;
    for (const [day, count] of beside.responses.get(campaign ?? 'all') ?? []) visit(day, BigInt(count));
  },
};

/** Every day on which something came, in no order; days after the last on record too. */
export function visitFlow(ground: GoalGround, metric: GoalMetric, scope: GoalScope, beside: Beside, visit: VisitDay): void {
  visitors[metric.name]?.(ground, metric, scope, beside, visit);
}

/** By day within the days, summed. */
export function flowByDay(
  ground: GoalGround,
  asked: { metric: GoalMetric; scope: GoalScope; from: number; until: number },
  beside: Beside,
): Map<number, bigint> {
  const byDay = new Map<number, bigint>();
  visitFlow(ground, asked.metric, asked.scope, beside, (day, amount) => {
    if (day >= asked.from && day <= asked.until) byDay.set(day, (byDay.get(day) ?? 0n) + amount);
  });
  return byDay;
}

function wonDeals({ figures }: GoalGround, scope: GoalScope, visit: VisitDay, isAmount: boolean): void {
  const { deals } = figures.fresh;
  const { status, closed } = deals.numbers;
  const won = deals.dictionaries.status.codes.get('won');
  const holds = dealsWithin(figures, scope);
  for (let row = 0; row < deals.count; row++)
    if (status[row] === won && closed[row] !== noDay && holds(row)) visit(closed[row]!, isAmount ? deals.amounts.amount[row]! : 1n);
}

function openedDeals({ figures }: GoalGround, scope: GoalScope, visit: VisitDay, isAmount: boolean): void {
  const { deals } = figures.fresh;
  const { opened } = deals.numbers;
  const holds = dealsWithin(figures, scope);
  for (let row = 0; row < deals.count; row++)
    if (opened[row] !== noDay && holds(row)) visit(opened[row]!, isAmount ? deals.amounts.amount[row]! : 1n);
}

function newCustomers({ figures }: GoalGround, scope: GoalScope, visit: VisitDay): void {
  const wins = firstWinsOf(figures);
  const holds = accountsWithin(figures, scope);
  for (let at = 0; at < wins.count; at++) if (holds(at)) visit(wins.days[at]!, 1n);
}

function enteredStage(ground: GoalGround, stage: 'mql' | 'sal' | 'sql', scope: GoalScope, visit: VisitDay): void {
  const days = daysOfStage(ground.leads, stage);
  const holds = leadsWithin(ground, ground.leads, scope);
  for (let row = 0; row < ground.leads.count; row++) if (days[row] !== noDay && holds(row)) visit(days[row]!, 1n);
}

function valueOfMqls(ground: GoalGround, scope: GoalScope, { leadValues }: Beside, visit: VisitDay): void {
  const { leads } = ground;
  const days = daysOfStage(leads, 'mql');
  const holds = leadsWithin(ground, leads, scope);
  const other = leadValues.get(null) ?? 0n;
  const worth = leads.dictionaries.segment.texts.map((segment) => (segment === null ? other : (leadValues.get(segment) ?? other)));
  for (let row = 0; row < leads.count; row++) if (days[row] !== noDay && holds(row)) visit(days[row]!, worth[leads.codes.segment[row]!]!);
}

/** What a lead is worth, by the clause about value. Empty: none is agreed. */
export function leadValuesOf(content: AgreementContent | undefined): Map<string | null, bigint> {
  const values = new Map<string | null, bigint>();
  for (const { metric } of content?.clauses ?? [])
    if (metric.kind === 'value') for (const { segment, amount } of metric.valueOfLead) values.set(segment, BigInt(amount));
  return values;
}
