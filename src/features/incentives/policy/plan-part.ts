/** The part of a plan that concerns somebody: what they see of it, and what they sign. */

import { barePayee, picked, picks } from '#engine/payout/payees.ts';
import { creditOf, decimalText, million } from '#engine/payout/quantity.ts';
import type { Component, Condition, Measure, Metric, PayeeFilter, Payee, Plan, Term } from '#engine/payout/plan.ts';
import type { PlanPart } from '../contract/plans.ts';
import type { Signer } from '../contract/sign-off.ts';
import { rulesPayOf, seesAllPay, type Sight, statementVisible } from './access.ts';

/** Of whose payees the figures are shown, and whether the others stand there by name. */
export interface PartOf {
  readonly shows: (payee: Pick<Payee, 'id' | 'side'>) => boolean;
  readonly namesOthers: boolean;
}

const whole: PartOf = { shows: () => true, namesOthers: true };
const ofSide = (side: 'marketing' | 'sales'): PartOf => ({ shows: (payee) => payee.side === side, namesOthers: true });
const ofPayee = (id: string): PartOf => ({ shows: (payee) => payee.id === id, namesOthers: false });

/** What is signed: a payee's own part, a side's, or the whole. */
export const partSigned = (signer: Signer, memberId: string): PartOf =>
  signer === 'sponsor' ? whole : signer === 'payee' ? ofPayee(memberId) : ofSide(signer);

/** What somebody sees; null where nothing of the plan concerns them. */
export function partSeen(sight: Sight, plan: Plan): { readonly name: PlanPart; readonly of: PartOf } | null {
  if (seesAllPay(sight)) return { name: 'whole', of: whole };
  const shows: PartOf['shows'] = (payee) => statementVisible(sight, payee);
  const seen = plan.payees.filter(shows);
  const isHead = sight.pay.marketing || sight.pay.sales;
  // The heads of both sides sign a pool, whoever is in it.
  if (seen.length === 0 && !(isHead && plan.pool)) return null;
  if (isHead) return { name: 'side', of: { shows, namesOthers: true } };
  return { name: seen.some((payee) => rulesPayOf(sight, payee)) ? 'team' : 'own', of: { shows, namesOthers: false } };
}

/** In a plan that pays both sides a head also signs for a side whose payees are all hidden from them: by name only. */
export function planPartOf(plan: Plan, part: PartOf): Plan {
  const shown = plan.payees.filter(part.shows);
  if (shown.length === plan.payees.length) return plan;
  const concerns = (filter: PayeeFilter): boolean => shown.some((payee) => picks(filter, payee));
  const pool = plan.pool && (part.namesOthers || concerns(plan.pool.members)) ? plan.pool : null;
  return {
    ...plan,
    payees: plan.payees
      .filter((payee) => part.namesOthers || part.shows(payee))
      .map((payee) => (part.shows(payee) ? payee : barePayee(payee))),
    components: plan.components.filter((each) => concerns(each.for)).map((each) => narrowedComponent(each, shown)),
    terms: plan.terms.filter((each) => concerns(each.for)).map((each): Term => ({ ...each, for: narrowed(each.for, shown) })),
    pool: pool && { ...pool, members: part.namesOthers ? pool.members : narrowed(pool.members, shown) },
  };
}

function narrowedComponent(component: Component, shown: readonly Payee[]): Component {
  return { ...component, for: narrowed(component.for, shown) };
}

/** Whoever isn't shown is not named either. What concerns somebody shown keeps at least them. */
function narrowed(filter: PayeeFilter, shown: readonly Payee[]): PayeeFilter {
  const ids = new Set(shown.map(({ id }) => id));
  return { ...filter, payees: filter.payees.filter((id) => ids.has(id)) };
}

/** Something of a plan with its place in it, such as `components.0.gates.1.metric`. */
export interface Placed<What> {
  readonly at: string;
  readonly what: What;
}

/** Every metric that a plan asks for, wherever it stands. */
export const metricsOf = (plan: Plan): Metric[] => placedMetrics(plan).map(({ what }) => what);
/** Every measure that a plan counts by, those of its metrics included. */
export const measuresOf = (plan: Plan): Measure[] => placedMeasures(plan).map(({ what }) => what);

export function placedMetrics({ components, terms, pool }: Plan): Placed<Metric>[] {
  const asked = (list: readonly Condition[], at: string) =>
    list.map(({ metric }, place) => ({ at: `${at}.${place}.metric`, what: metric }));
  const alone = (given: { readonly metric: Metric } | null, at: string) => (given ? [{ at: `${at}.metric`, what: given.metric }] : []);
  return [
    ...components.flatMap((each, at) => [
      ...asked(each.gates, `components.${at}.gates`),
      ...asked(each.kickers, `components.${at}.kickers`),
      ...(each.kind === 'bonus' ? alone(each, `components.${at}`) : []),
    ]),
    ...terms.flatMap((each, at) => (each.kind === 'holdback' ? alone(each.when, `terms.${at}.when`) : [])),
    ...(pool
      ? [
          ...asked(pool.opens.marketing, 'pool.opens.marketing'),
          ...asked(pool.opens.sales, 'pool.opens.sales'),
          ...alone(pool.fund.by, 'pool.fund.by'),
          ...alone(pool.fund.share, 'pool.fund.share'),
        ]
      : []),
  ];
}

export function placedMeasures(plan: Plan): Placed<Measure>[] {
  return [
    ...plan.components.flatMap((each, at) => ('measure' in each ? [{ at: `components.${at}.measure`, what: each.measure }] : [])),
    ...placedMetrics(plan).flatMap(({ at, what }) =>
      what.from === 'ratio'
        ? [
            { at: `${at}.of`, what: what.of },
            { at: `${at}.to`, what: what.to },
          ]
        : what.from === 'credit' || what.from === 'attainment'
          ? [{ at: `${at}.measure`, what: what.measure }]
          : [],
    ),
  ];
}

/** Among how many the pool is shared and what their weights add up to: it decides everybody's share, so everybody signs it. */
export interface PoolTotals {
  readonly members: number;
  /** Null where it is not shared by weight. Target pay is not added up: of two, one would tell the other's. */
  readonly weight: string | null;
}

export function poolTotals({ pool, payees }: Plan): PoolTotals | null {
  if (!pool) return null;
  const members = picked(pool.members, payees);
  const weights = members.map(({ poolWeight }) => creditOf(poolWeight ?? '0', 'count'));
  const sum = weights.reduce((total, each) => total + each, 0n);
  return { members: members.length, weight: pool.key.by === 'weight' ? decimalText({ numerator: sum, denominator: million }, 6) : null };
}
