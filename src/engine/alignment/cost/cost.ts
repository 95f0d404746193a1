/**
 * The cost of misalignment: every cause of `causes.ts` from a company's own leads, deals and customers. Estimates are
 * sums of chances times amounts; each record's is rounded to whole minor units once, and a cause is the sum of its
 * records. Nothing is counted twice: what one lead would have brought is parted between causes and never exceeds it, and
 * a deal counts only where its lead does not.
 */

import { type CauseCost, type TalliedCause, toldOf, untold } from './cause-cost.ts';
import { type CauseName, causeNames } from './causes.ts';
import { type CostCustomer, lostAgainstIcp } from './churn.ts';
import { hoursOf } from './hours-cause.ts';
import { leadCauses } from './lead-causes.ts';
import { millisecondsADay } from './lead.ts';
import { type ClosedDeal, lostForMarketing } from './lost-deals.ts';
import type { CostModel, ModelBasis } from './model.ts';
import type { CostAsk, CostPast } from './question.ts';
import { type Range, rangeUpTo, rangeOf, Tally } from './range.ts';

export interface Cost {
  readonly causes: Readonly<Record<CauseName, CauseCost>>;
  readonly total: CostTotal;
  readonly basis: ModelBasis | null;
}

export interface CostTotal {
  readonly whole: Range;
  readonly lostRevenue: Range;
  readonly spent: Range;
  readonly parts: ReadonlyMap<string, Range & { readonly count: number }>;
  readonly leads: number;
  readonly deals: number;
  readonly customers: number;
}

/**
 * @param model fitted on the very leads of the past (`fitCostModel`), or why there is none
 */
export function costOf(past: CostPast, model: CostModel | string, ask: CostAsk): Cost {
  const ofLeads = leadCauses(past, model, ask);
  const hours = hoursOf(past.leads, ask);
  const ofDeals = dealsOf(past, ask, countedLeads(ofLeads));
  const ofCustomers = customersOf(past, ask);
  const tallied: Partial<Record<CauseName, TalliedCause>> = { ...ofLeads, dealsLostForMarketing: ofDeals, churnedAgainstIcp: ofCustomers };
  const causes = Object.fromEntries(causeNames.map((cause) => [cause, cause === 'rejectedHours' ? hours : tallied[cause]!.told])) as Record<
    CauseName,
    CauseCost
  >;
  const basis = typeof model === 'string' ? null : model.basis;
  const observations = Math.min(basis?.won ?? Infinity, past.deals.filter(({ state }) => state === 'won').length);
  return { causes, total: totalOf(causes, Object.values(tallied), observations, ask.draws), basis };
}

function countedLeads(causes: Readonly<Record<string, TalliedCause>>): Set<string> {
  return new Set(
    Object.values(causes).flatMap(({ told }) => told.records.flatMap((record) => (record.of === 'lead' ? [record.lead.id] : []))),
  );
}

// ── deals and customers ─────────────────────────────────────────────────────

function dealsOf({ deals }: CostPast, { isMarketings, partOf, draws, seed }: CostAsk, counted: ReadonlySet<string>): TalliedCause {
  const inQuestion = (deal: ClosedDeal): string | null =>
    deal.leadId !== null && counted.has(deal.leadId) ? null : partOf(deal.closedAt, deal.segment);
  const lost = lostForMarketing(deals, { isMarketings, partOf: inQuestion, draws, seed });
  if (typeof lost === 'string') return { told: untold(lost), tallies: new Map() };
  const against = deals.reduce((sum, deal) => (partOf(deal.closedAt, deal.segment) === null ? sum : sum + (deal.amount ?? 0)), 0);
  const records = lost.records.map(({ deal, amount, winRate }) => ({ of: 'deal', deal, amount, winRate }) as const);
  return {
    tallies: lost.tallies,
    told: { ...toldOf(lost.tallies, (tally) => rangeOf(tally, lost.basis.won)), records, against, atStake: lost.atStake },
  };
}

function customersOf({ customers, asOf }: CostPast, { partOf, draws, seed }: CostAsk): TalliedCause {
  const inQuestion = ({ leftOn, segment }: CostCustomer & { readonly leftOn: number }): string | null =>
    partOf((leftOn + 0.5) * millisecondsADay, segment);
  const lost = lostAgainstIcp(customers, { asOf: Math.floor(asOf / millisecondsADay), partOf: inQuestion, draws, seed });
  if (typeof lost === 'string') return { told: untold(lost), tallies: new Map() };
  const records = lost.records.map(({ customer, amount }) => ({ of: 'account', customer, amount }) as const);
  const all = [...lost.atStake.values()].reduce((sum, each) => sum + each, 0);
  const rangeFor = (tally: Tally, part?: string): Range => rangeUpTo(tally, part === undefined ? all : lost.atStake.get(part)!);
  return { tallies: lost.tallies, told: { ...toldOf(lost.tallies, rangeFor), records, atStake: all } };
}

// ── the total ───────────────────────────────────────────────────────────────

/** Draw by draw, so that what all causes rest on alike (the worth of an SQL) widens the total as it widens each. */
function totalOf(
  causes: Readonly<Record<CauseName, CauseCost>>,
  tallied: readonly TalliedCause[],
  observations: number,
  draws: number,
): CostTotal {
  const whole = new Tally(draws + 1);
  const byPart = new Map<string, Tally>();
  for (const { tallies } of tallied)
    for (const [part, tally] of tallies) {
      if (tally.count === 0) continue;
      whole.add(tally);
      if (!byPart.has(part)) byPart.set(part, new Tally(draws + 1));
      byPart.get(part)!.add(tally);
    }
  const { whole: spent, parts: spentParts } = causes.rejectedHours;
  const lostRevenue = rangeOf(whole, observations);
  const parts = new Map<string, Range & { count: number }>();
  for (const part of new Set([...byPart.keys(), ...spentParts.keys()])) {
    const tally = byPart.get(part);
    const spentIn = spentParts.get(part);
    const lost = tally ? rangeOf(tally, observations) : nothing;
    parts.set(part, { ...plus(lost, spentIn ?? nothing), count: (tally?.count ?? 0) + (spentIn?.count ?? 0) });
  }
  return { whole: plus(lostRevenue, spent), lostRevenue, spent, parts, ...distinct(causes) };
}

const nothing: Range = { amount: 0, low: 0, high: 0 };
const plus = (one: Range, other: Range): Range => ({
  amount: one.amount + other.amount,
  low: one.low + other.low,
  high: one.high + other.high,
});

function distinct(causes: Readonly<Record<CauseName, CauseCost>>): Pick<CostTotal, 'leads' | 'deals' | 'customers'> {
  const [leads, deals, customers] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { records } of Object.values(causes))
    for (const record of records) {
      if (record.of === 'deal') deals.add(record.deal.id);
      else if (record.of === 'account') customers.add(record.customer.id);
      else leads.add(record.lead.id);
    }
  return { leads: leads.size, deals: deals.size, customers: customers.size };
}
