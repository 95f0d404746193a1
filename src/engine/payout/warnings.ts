/**
 * Good practice that a plan doesn't follow: worth a look before anybody signs, no reason to refuse it. After what the
 * field writes down (few measures a person, quality beside volume, no cliffs, an end to what a contest costs, money
 * taken back with the deal that is), and what this product is for: both sides in one pool, opened by both.
 */

import { picked } from './payees.ts';
import type { Component, Curve, Measure, Metric, Payee, Plan, RateTerms } from './plan.ts';

export const warningCodes = [
  'volumeWithoutQuality',
  'oneSidedPool',
  'oneSidedGate',
  'noPool',
  'cliff',
  'spifWithoutBudget',
  'holdbackOverHalf',
  'noQuota',
  'noTarget',
  'noClawback',
  'manyMeasures',
  'nothingToEarn',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export interface Warning {
  readonly code: WarningCode;
  /** Such as `components.0`. */
  readonly at: string;
  readonly what: string;
  readonly better: string;
  /** Whom it concerns; empty for everybody. */
  readonly payees: readonly string[];
}

/** @param plan one that `checkPlan` finds nothing wrong with */
export function warningsOf(plan: Plan): Warning[] {
  return [
    ...plan.components.flatMap((component, place) => componentWarnings(plan, component, `components.${place}`)),
    ...termWarnings(plan),
    ...poolWarnings(plan),
    ...payeeWarnings(plan),
  ];
}

const warning = (code: WarningCode, at: string, what: string, better: string, payees: readonly Payee[] = []): Warning => ({
  code,
  at,
  what,
  better,
  payees: payees.map(({ id }) => id),
});

function componentWarnings(plan: Plan, component: Component, at: string): Warning[] {
  return [
    ...volumeWarnings(plan, component, at),
    ...cliffWarnings(component, at),
    ...missingWarnings(plan, component, at),
    ...clawbackWarnings(plan, component, at),
    ...(component.kind === 'spif' && component.budget === null && component.cap === null
      ? [warning('spifWithoutBudget', at, `“${component.name}” has no budget`, 'a budget, so that nobody is surprised by what it costs')]
      : []),
  ];
}

// ── volume and quality ──────────────────────────────────────────────────────

/** How far along a lead is: what is counted early can be had without anything coming of it. */
const stage: Readonly<Record<Measure['kinds'][number], number>> = {
  attempt: 0,
  campaign: 0,
  participation: 0,
  meeting: 1,
  mql: 1,
  sal: 2,
  sql: 3,
  opportunity: 4,
  won: 5,
  invoiced: 5,
  collected: 5,
  renewed: 5,
  objective: 5,
};
const lastVolumeStage = 3;

function volumeWarnings(plan: Plan, component: Component, at: string): Warning[] {
  const measure = measureOf(component);
  const early = measure?.by === 'count' ? Math.min(...measure.kinds.map((kind) => stage[kind])) : Infinity;
  if (early > lastVolumeStage || component.gates.length + component.kickers.length > 0) return [];
  const besides = plan.components.filter((other) => other !== component && tellsQuality(other, early));
  const safe = new Set(besides.flatMap((other) => picked(other.for, plan.payees)));
  const bare = picked(component.for, plan.payees).filter((payee) => !safe.has(payee));
  if (bare.length === 0) return [];
  const what = `“${component.name}” pays for numbers, and nothing beside it asks what became of them`;
  return [
    warning('volumeWithoutQuality', at, what, 'a gate on quality (accepted ÷ passed, say), or pay for a later stage beside it', bare),
  ];
}

/** Gates that hold back any pay, a ratio, or pay for something later on the way. */
function tellsQuality(component: Component, than: number): boolean {
  if (component.kind === 'bonus') return component.metric.from === 'ratio' || laterThan(metricMeasures(component.metric), than);
  const measure = measureOf(component);
  return measure !== null && laterThan([measure], than);
}

const laterThan = (measures: readonly Measure[], than: number): boolean =>
  measures.length > 0 && measures.every(({ kinds }) => kinds.every((kind) => stage[kind] > than));

const metricMeasures = (metric: Metric): Measure[] => ('measure' in metric ? [metric.measure] : []);

function measureOf(component: Component): Measure | null {
  if ('measure' in component) return component.measure;
  return component.kind === 'bonus' ? (metricMeasures(component.metric)[0] ?? null) : null;
}

// ── cliffs ──────────────────────────────────────────────────────────────────

const steep = 50;

function cliffWarnings(component: Component, at: string): Warning[] {
  const where = cliffOf(component);
  if (where === null) return [];
  return [
    warning('cliff', at, `“${component.name}” jumps ${where}`, 'tiers that each count for what is within them, or a curve that rises'),
  ];
}

function cliffOf(component: Component): string | null {
  if (component.kind === 'rate' || component.kind === 'overlay') return cliffOfRate(component);
  return component.kind === 'bonus' ? cliffOfCurve(component.curve) : null;
}

function cliffOfRate({ marginal, tiers, threshold }: RateTerms): string | null {
  if (threshold?.counts === 'fromFirst') return 'where its threshold is reached: all credit counts at once';
  return !marginal && tiers.length > 1 ? 'from tier to tier: each pays for all credit from the first' : null;
}

function cliffOfCurve(curve: Curve): string | null {
  const first = curve[0];
  return first && Number(first.at) > 0 && Number(first.pays) >= steep ? `from nothing to ${first.pays} % at ${first.at} %` : null;
}

// ── what is missing ─────────────────────────────────────────────────────────

function missingWarnings(plan: Plan, component: Component, at: string): Warning[] {
  const payees = picked(component.for, plan.payees);
  const bare = quotasOf(component).map((quota) => ({ quota, payees: payees.filter(({ quotas }) => quotas[quota] === undefined) }));
  const untargeted = 'target' in component && 'percentOfTarget' in component.target ? payees.filter(({ target }) => target === null) : [];
  return [
    ...bare
      .filter((each) => each.payees.length > 0)
      .map((each) =>
        warning(
          'noQuota',
          at,
          `“${component.name}” asks for the quota “${each.quota}”, which some have not`,
          'a quota for each of them',
          each.payees,
        ),
      ),
    ...(untargeted.length > 0
      ? [
          warning(
            'noTarget',
            at,
            `“${component.name}” is a percent of target pay, which some have not`,
            'a target for each of them',
            untargeted,
          ),
        ]
      : []),
  ];
}

function quotasOf(component: Component): string[] {
  const metrics = [...component.gates, ...component.kickers].map(({ metric }) => metric);
  if (component.kind === 'bonus') metrics.push(component.metric);
  const own = 'quota' in component && component.quota !== null && component.tiersBy === 'attainment' ? [component.quota] : [];
  return [...new Set([...own, ...metrics.flatMap((metric) => (metric.from === 'attainment' ? [metric.quota] : []))])];
}

function clawbackWarnings(plan: Plan, component: Component, at: string): Warning[] {
  const measure = measureOf(component);
  const sells = measure?.kinds.some((kind) => kind === 'won' || kind === 'invoiced') ?? false;
  const none = component.clawback === 'never' || (component.clawback === null && plan.clawback === null);
  if (!sells || !none) return [];
  const what = `“${component.name}” pays for deals, and keeps paying when they are cancelled`;
  return [warning('noClawback', at, what, 'a clawback within the days a customer can still leave, or pay for what was collected')];
}

// ── terms and pool ──────────────────────────────────────────────────────────

const termWarnings = (plan: Plan): Warning[] =>
  plan.terms.flatMap((term, place) =>
    term.kind === 'holdback' && Number(term.sharePercent) > 50
      ? [
          warning(
            'holdbackOverHalf',
            `terms.${place}`,
            `“${term.name}” withholds ${term.sharePercent} % of what was earned`,
            'half at most: pay long after the work moves nobody',
            picked(term.for, plan.payees),
          ),
        ]
      : [],
  );

function poolWarnings({ pool, payees }: Plan): Warning[] {
  const bothPaid = new Set(payees.map(({ side }) => side)).size === 2;
  if (pool === null)
    return bothPaid
      ? [warning('noPool', 'pool', 'both sides are paid, and nothing is paid for what they reach together', 'a pool that both open')]
      : [];
  const members = new Set(picked(pool.members, payees).map(({ side }) => side));
  const { marketing, sales, onlyMarketingPercent, onlySalesPercent } = pool.opens;
  const ungated = marketing.length === 0 || sales.length === 0;
  const alone = Number(onlyMarketingPercent) >= 100 || Number(onlySalesPercent) >= 100;
  return [
    ...(members.size < 2
      ? [warning('oneSidedPool', 'pool.members', 'only one side is in the pool', 'members of marketing and of sales')]
      : []),
    ...(ungated || alone
      ? [
          warning(
            'oneSidedGate',
            'pool.opens',
            'the pool is opened by one side alone',
            'conditions of both sides, and less than all of it for one',
          ),
        ]
      : []),
  ];
}

// ── payees ──────────────────────────────────────────────────────────────────

const mostMeasures = 4;

function payeeWarnings({ payees, components, pool }: Plan): Warning[] {
  const counts = new Map<Payee, number>(payees.map((payee) => [payee, 0]));
  for (const component of components) for (const payee of picked(component.for, payees)) counts.set(payee, (counts.get(payee) ?? 0) + 1);
  const pooled = new Set(pool === null ? [] : picked(pool.members, payees));
  const crowded = payees.filter((payee) => (counts.get(payee) ?? 0) > mostMeasures);
  const idle = payees.filter((payee) => counts.get(payee) === 0 && !pooled.has(payee));
  return [
    ...(crowded.length > 0
      ? [
          warning(
            'manyMeasures',
            'payees',
            `some are paid by more than ${mostMeasures} components`,
            'three or four that a person can keep in mind',
            crowded,
          ),
        ]
      : []),
    ...(idle.length > 0
      ? [warning('nothingToEarn', 'payees', 'some can earn nothing by this plan', 'a component or the pool for each', idle)]
      : []),
  ];
}
