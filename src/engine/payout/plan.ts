/**
 * A plan of pay, as people sign it. The types are its JSON: every amount is a decimal text of the currency's minor
 * units ("1200050" EUR is 12,000.50), every percent a decimal text ("12.5", at most four decimals), every day
 * `YYYY-MM-DD`, so that one plan has one canonical JSON (`canonical.ts`) and one hash.
 *
 * What happens to credit on its way to pay, in this order (docs/decisions/payout.md says why):
 * credit → rate by tier (quota after ramp and days) → gates → kickers → floor and cap of the component
 * → sum of the components → floors → caps → draws → holdbacks of the payee; the pool beside them.
 */

import type { FactKind } from './evidence.ts';
import type { Side } from './sides.ts';

/** Minor units, such as "1200050"; "-5" where it may be negative. */
export type MinorText = string;
/** Such as "12.5"; at most four decimals. */
export type PercentText = string;
/** A plain decimal number such as "0.75". */
export type DecimalText = string;
/** `YYYY-MM-DD` in the workspace's zone. */
export type Day = string;

export const periodKinds = ['month', 'quarter', 'half', 'year'] as const;
/** How long a period of pay lasts. Periods are of the calendar year: `2026-03`, `2026-Q1`, `2026-H1`, `2026`. */
export type PeriodKind = (typeof periodKinds)[number];

export interface Plan {
  readonly name: string;
  /** ISO 4217. Amounts of facts and results are in it. */
  readonly currency: string;
  readonly period: PeriodKind;
  readonly payees: readonly Payee[];
  readonly components: readonly Component[];
  /** For each payee after the components: floors, then caps, draws and holdbacks, whatever order they stand in. */
  readonly terms: readonly Term[];
  readonly pool: Pool | null;
  /** Within how many days a cancelled fact takes back what it earned; null: never. A component may say otherwise. */
  readonly clawback: Clawback | null;
  /** Whether quotas, targets, floors, caps and draws shrink to the days somebody was there. */
  readonly proration: 'days' | 'none';
  /** For how many days after the last day facts still earn something for who left. */
  readonly creditDaysAfterLeaving: number;
}

/** For how long after its day a fact can be cancelled so that its pay is taken back. A mistake always is. */
export interface Clawback {
  readonly withinDays: number;
}

export interface Payee {
  readonly id: string;
  readonly side: Side;
  /** Any word components can pick payees by, such as `ae` or `sdr`. */
  readonly role: string | null;
  /** Target pay of a period, that bonuses and the pool's keys refer to. */
  readonly target: MinorText | null;
  /** By name, of a period (or of a component's longer window): minor units, or a number of things such as "40". */
  readonly quotas: Readonly<Record<string, DecimalText>>;
  /** First day in this plan; null: before it began. The evidence's employment counts before these two. */
  readonly startedOn: Day | null;
  /** Last day. */
  readonly endedOn: Day | null;
  /** Share of the quota by month since the start's, the first being the start's own: ["25", "50", "75"]; then all of it. */
  readonly ramp: readonly PercentText[];
  /** Weight in the pool, where its key is `weight`. */
  readonly poolWeight: DecimalText | null;
}

/** Whom something is for: who is of one of the sides, has one of the roles and is among the payees. An empty list asks nothing. */
export interface PayeeFilter {
  readonly sides: readonly Side[];
  readonly roles: readonly string[];
  readonly payees: readonly string[];
}

/** What is counted of the facts. */
export interface Measure {
  readonly kinds: readonly FactKind[];
  /** Money in minor units, or how many. */
  readonly by: 'amount' | 'count';
  /** Each tag named has one of these values. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** None of the tags named has one of these values. */
  readonly except: Readonly<Record<string, readonly string[]>>;
  /** Roles of a fact's credits and the share each takes, 100 % together. A role that nobody has in a fact leaves its share to the first that somebody has. */
  readonly split: readonly RoleShare[];
}

export interface RoleShare {
  readonly role: string;
  readonly sharePercent: PercentText;
}

/** A number that a gate, a kicker, a bonus or the pool asks for. */
export type Metric =
  /** A figure by its name; `whose` own: the payee's own result of that name. `over` a longer period: that which holds the period's last day. */
  | { readonly from: 'result'; readonly name: string; readonly whose: 'joint' | 'own'; readonly over: PeriodKind | null }
  /** The lowest attainment (percent) among the clauses of a side: all of them, or those named. */
  | { readonly from: 'clauses'; readonly side: Side; readonly clauses: 'all' | readonly string[]; readonly over: PeriodKind | null }
  /** What the payee was credited in the period: minor units or a number. */
  | { readonly from: 'credit'; readonly measure: Measure }
  /** The same ÷ the payee's quota, percent. */
  | { readonly from: 'attainment'; readonly measure: Measure; readonly quota: string }
  /** One ÷ the other of the payee's credits, percent; unknown when the other is 0. */
  | { readonly from: 'ratio'; readonly of: Measure; readonly to: Measure };

/** Holds when the metric is known and on the right side of the value. */
export interface Condition {
  readonly metric: Metric;
  readonly is: 'atLeast' | 'atMost';
  /** In the metric's unit: percent, minor units or a number. */
  readonly value: DecimalText;
}

/** Where the condition doesn't hold, only this percent of the component is paid: 0 for nothing. */
export interface Gate extends Condition {
  readonly otherwisePercent: PercentText;
}

/** Where the condition holds, this percent of the component is paid: 110 for a tenth more. */
export interface Kicker extends Condition {
  readonly percent: PercentText;
}

/** A piece of what one earns. */
export type Component = Rate | Bonus | Mbo | Spif | Overlay;

interface Earning {
  /** Unique among components, terms and the pool; the same in a later version of the plan for the same thing. */
  readonly id: string;
  readonly name: string;
  readonly for: PayeeFilter;
  /** Applied one after the other, each to what the ones before it left. */
  readonly gates: readonly Gate[];
  readonly kickers: readonly Kicker[];
  /** Of a period. */
  readonly floor: MinorText | null;
  readonly cap: Limit | null;
  /** Null: as the plan says. `withinDays` 0 with no more days: only what is cancelled on its own day. */
  readonly clawback: Clawback | 'never' | null;
}

/** At most so much in a period, or in a calendar year. */
export interface Limit {
  readonly amount: MinorText;
  readonly per: 'period' | 'year';
}

/** A percent of money or an amount for each: flat with one tier, else by tiers. */
export interface Rate extends Earning, RateTerms {
  readonly kind: 'rate';
}

export interface RateTerms {
  readonly measure: Measure;
  /** Credit adds up over this window, and each period pays what it adds: null for the period itself. A quota is of the window. */
  readonly over: PeriodKind | null;
  /** In what tiers and the threshold begin: in credit (minor units or a number), or in percent of the quota. */
  readonly tiersBy: 'credit' | 'attainment';
  /** Name of the payees' quota; null where nothing refers to one. */
  readonly quota: string | null;
  /** The first from "0", each later one from more. Lower rates below quota are decelerators, higher ones beyond it accelerators. */
  readonly tiers: readonly Tier[];
  /** Each tier's rate for the credit within it; else that of the tier reached for all credit ("from the first"). */
  readonly marginal: boolean;
  readonly threshold: Threshold | null;
}

export interface Tier {
  readonly from: DecimalText;
  /** A percent of the credited money (`by` amount); null where `each` is told. */
  readonly percent: PercentText | null;
  /** Minor units for each (`by` count). */
  readonly each: MinorText | null;
}

/** Credit below it earns nothing; once reached, all credit counts (`fromFirst`) or only what is beyond it. */
export interface Threshold {
  /** In the unit of `tiersBy`. */
  readonly at: DecimalText;
  readonly counts: 'fromFirst' | 'beyond';
}

/** A target amount, paid by a curve of attainment. */
export interface Bonus extends Earning {
  readonly kind: 'bonus';
  readonly target: Target;
  /** Percent: a result in percent, an attainment, a ratio or clauses. */
  readonly metric: Metric;
  readonly curve: Curve;
}

/** An amount of a period, or a percent of the payee's target pay. */
export type Target = { readonly amount: MinorText } | { readonly percentOfTarget: PercentText };

/** Straight between the points; below the first nothing; beyond the last as the last. In order of `at`. */
export type Curve = readonly { readonly at: DecimalText; readonly pays: PercentText }[];

/** Objectives whose results, 0 to 100 %, somebody records as facts (`objective`). Weights are 100 % together. */
export interface Mbo extends Earning {
  readonly kind: 'mbo';
  readonly target: Target;
  readonly objectives: readonly { readonly id: string; readonly name: string; readonly weightPercent: PercentText }[];
}

/** So much for each matching fact within a window of days, first come (by when it happened) first served up to a budget. */
export interface Spif extends Earning {
  readonly kind: 'spif';
  readonly measure: Measure;
  readonly from: Day;
  readonly until: Day;
  /** Minor units for each counted fact, or a percent of its money. */
  readonly pays: { readonly each: MinorText } | { readonly percent: PercentText };
  readonly budget: MinorText | null;
}

/** As a rate, on credit beyond the 100 %: the overlay credits of facts, or all that some payees are credited with. */
export interface Overlay extends Earning, RateTerms {
  readonly kind: 'overlay';
  /** Null: credits of facts in the role `overlay`. Else whose credit counts in full for each who has this component. */
  readonly of: PayeeFilter | null;
}

/** What is done to the sum of a payee's components. The pool's shares are beyond all of it. */
export type Term = Floor | Cap | Draw | Holdback;

interface Applied {
  readonly id: string;
  readonly name: string;
  readonly for: PayeeFilter;
}

/** At least so much in a period. */
export interface Floor extends Applied {
  readonly kind: 'floor';
  readonly amount: MinorText;
}

export interface Cap extends Applied {
  readonly kind: 'cap';
  readonly limit: Limit;
}

/** At least so much is paid in a period; what was advanced so is recovered from later earnings beyond the draw, or not. */
export interface Draw extends Applied {
  readonly kind: 'draw';
  readonly amount: MinorText;
  readonly recoverable: boolean;
  /** For the first so many periods since the start, the start's own the first; null: always. Recovery goes on afterwards. */
  readonly periods: number | null;
}

/** A share of what was earned is withheld and released later. */
export interface Holdback extends Applied {
  readonly kind: 'holdback';
  readonly sharePercent: PercentText;
  /** Released in the first later period that ends at least so many days after the one it was withheld in. */
  readonly afterDays: number;
  /** And in which this holds; null: nothing is asked. */
  readonly when: Condition | null;
  /** Lost when not released by the period that ends so many days after; null: never. */
  readonly lostAfterDays: number | null;
}

/** An amount funded by a joint result, opened by both sides' conditions, shared by keys. */
export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly members: PayeeFilter;
  readonly fund: Fund;
  readonly opens: Opening;
  /** What each side gets before its members share it, 100 % together; null: all members share one pool. */
  readonly sides: { readonly marketing: PercentText; readonly sales: PercentText } | null;
  readonly key: PoolKey;
}

/** `base × curve(metric)` plus a percent of a result (an amount) beyond a threshold, then not below `min` nor above `max`. */
export interface Fund {
  readonly base: MinorText;
  readonly by: { readonly metric: Metric; readonly curve: Curve } | null;
  readonly share: { readonly metric: Metric; readonly beyond: MinorText; readonly percent: PercentText } | null;
  readonly min: MinorText | null;
  readonly max: MinorText | null;
}

/** All conditions of a side must hold. Where only one side's do, the percent told is paid: 0 unless agreed otherwise. */
export interface Opening {
  readonly marketing: readonly Condition[];
  readonly sales: readonly Condition[];
  readonly onlyMarketingPercent: PercentText;
  readonly onlySalesPercent: PercentText;
}

export interface PoolKey {
  readonly by: 'equal' | 'weight' | 'target';
  /** Times the days somebody was there in the period. */
  readonly byDays: boolean;
}
