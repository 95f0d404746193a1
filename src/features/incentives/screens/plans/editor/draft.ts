/** Changes of a plan being written: each gives a new one, the old stays as it was. `new-parts.ts` has what is added. */

import type {
  Bonus,
  Component,
  Condition,
  Curve,
  Measure,
  Metric,
  PayeeFilter,
  RateTerms,
  RoleShare,
  Spif,
  Tier,
} from '#engine/payout/plan.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { metricUnit } from '#features/incentives/contract/condition-words.ts';
import { measuredKinds } from '#features/incentives/contract/measured.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';

export const replaced = <T>(list: readonly T[], at: number, item: T): T[] => list.map((each, place) => (place === at ? item : each));
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, place) => place !== at);

/** A key that no other part of the plan has. */
export function freeKey({ components, terms, pool }: PlanContent, word: string): string {
  return freeName(
    word,
    [...components, ...terms, ...(pool ? [pool] : [])].map(({ id }) => id),
  );
}

/** `word`, else `word-2` and so on. */
export function freeName(word: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const key = n === 1 ? word : `${word}-${n}`;
    if (!taken.includes(key)) return key;
  }
}

/** So many whole units of a currency, in minor ones: 1,000 EUR is "100000". */
export const major = (units: number, currency: string): string => `${BigInt(units) * 10n ** BigInt(currencyDigits(currency) ?? 2)}`;

// ── what is counted ─────────────────────────────────────────────────────────

/** Tiers keep where they begin; a percent becomes an amount for each, and back. */
export function withMeasure<T extends RateTerms>(rate: T, measure: Measure, currency: string): T {
  if (measure.by === rate.measure.by) return { ...rate, measure };
  const tiers = rate.tiers.map(
    (tier, at): Tier => ({
      from: at === 0 ? '0' : rate.tiersBy === 'attainment' ? tier.from : firstFrom(at, measure.by, currency),
      percent: measure.by === 'amount' ? '5' : null,
      each: measure.by === 'count' ? major(50, currency) : null,
    }),
  );
  return { ...rate, measure, tiers, threshold: rate.tiersBy === 'attainment' ? rate.threshold : null };
}

/** Where the tier at a place begins, to be changed. */
const firstFrom = (at: number, by: Measure['by'], currency: string): string =>
  by === 'amount' ? major(100_000 * at, currency) : String(10 * at);

export function withSpifMeasure(spif: Spif, measure: Measure, currency: string): Spif {
  const fits = measure.by === 'amount' ? 'percent' in spif.pays : 'each' in spif.pays;
  return { ...spif, measure, pays: fits ? spif.pays : measure.by === 'amount' ? { percent: '1' } : { each: major(100, currency) } };
}

/** Kinds without money are counted; roles and tags that none of the kinds has go. */
export function withKinds(measure: Measure, kinds: Measure['kinds']): Measure {
  const known = kinds.flatMap((kind) => measuredKinds[kind] ?? []);
  if (known.length === 0) return { ...measure, kinds };
  const [roles, tags] = [new Set(known.flatMap((each) => each.roles)), new Set(known.flatMap((each) => each.tags))];
  const kept = (named: Measure['tags']) => Object.fromEntries(Object.entries(named).filter(([tag]) => tags.has(tag)));
  const split = measure.split.filter(({ role }) => roles.has(role));
  return {
    kinds,
    by: known.every(({ hasAmount }) => hasAmount) ? measure.by : 'count',
    tags: kept(measure.tags),
    except: kept(measure.except),
    split: split.length === measure.split.length ? split : [{ role: known[0]!.roles[0] ?? 'owner', sharePercent: '100' }],
  };
}

/** One more role, with what is left to 100 %. */
export function withRole({ split }: Measure, role: string): RoleShare[] {
  if (split.length === 1)
    return [
      { ...split[0]!, sharePercent: '50' },
      { role, sharePercent: '50' },
    ];
  const given = split.reduce((sum, { sharePercent }) => sum + (Number(sharePercent) || 0), 0);
  return [...split, { role, sharePercent: String(Math.max(0, 100 - given)) }];
}

/** `values` empty: the tag is asked for, and still wants values. */
export const withTag = (tags: Measure['tags'], tag: string, values: readonly string[]): Measure['tags'] => ({ ...tags, [tag]: values });
export function withoutTag(tags: Measure['tags'], tag: string): Measure['tags'] {
  const { [tag]: _, ...others } = tags;
  return others;
}

// ── tiers ───────────────────────────────────────────────────────────────────

/** The tiers begin anew in the other unit, for a number of one says nothing in the other. */
export function withTiersBy<T extends RateTerms>(rate: T, tiersBy: RateTerms['tiersBy'], currency: string): T {
  if (tiersBy === rate.tiersBy) return rate;
  const tiers = rate.tiers.map((tier, at) => ({
    ...tier,
    from: at === 0 ? '0' : tiersBy === 'attainment' ? String(75 + 25 * at) : firstFrom(at, rate.measure.by, currency),
  }));
  return { ...rate, tiersBy, quota: tiersBy === 'attainment' ? (rate.quota ?? 'quota') : null, tiers, threshold: null };
}

/** One tier more, beyond the last. */
export function withTier({ tiers, tiersBy, measure }: RateTerms, currency: string): Tier[] {
  const last = tiers.at(-1)!;
  const step = tiersBy === 'attainment' ? '25' : measure.by === 'amount' ? major(50_000, currency) : '5';
  const first = tiersBy === 'attainment' ? '100' : measure.by === 'amount' ? major(100_000, currency) : '10';
  return [...tiers, { ...last, from: last.from === '0' ? first : beyond(last.from, step) }];
}

/** Sums of decimal texts, whole part only: a beginning to change. */
const beyond = (from: string, step: string): string => `${BigInt(from.split('.')[0]!) + BigInt(step)}`;

export function withPoint(curve: Curve, unit: 'percent' | 'amount' | 'number', currency: string): Curve {
  const last = curve.at(-1);
  if (!last) return [{ at: '0', pays: '100' }];
  return [
    ...curve,
    { at: beyond(last.at, unit === 'percent' ? '20' : unit === 'amount' ? major(50_000, currency) : '5'), pays: last.pays },
  ];
}

// ── metrics ─────────────────────────────────────────────────────────────────

const firstValue = (metric: Metric, currency: string): string =>
  ({ percent: '80', amount: major(100_000, currency), number: '10' })[metricUnit(metric)];

/** A value in another unit says nothing: it begins anew. */
export const withMetric = <C extends Condition>(condition: C, metric: Metric, currency: string): C => ({
  ...condition,
  metric,
  value: metricUnit(metric) === metricUnit(condition.metric) ? condition.value : firstValue(metric, currency),
});

export function curveOver(curve: Curve, before: Metric, metric: Metric, currency: string): Curve {
  if (metricUnit(before) === metricUnit(metric)) return curve;
  const full = firstValue(metric, currency);
  return [
    { at: '0', pays: '0' },
    { at: full === '80' ? '100' : full, pays: '100' },
  ];
}

export const withBonusMetric = (bonus: Bonus, metric: Metric, currency: string): Bonus => ({
  ...bonus,
  metric,
  curve: curveOver(bonus.curve, bonus.metric, metric, currency),
});

// ── people ──────────────────────────────────────────────────────────────────

/** Somebody is taken out of the plan, and of every part that names them. */
export function withoutPayee(plan: PlanContent, id: string): PlanContent {
  const clean = (filter: PayeeFilter): PayeeFilter =>
    filter.payees.includes(id) ? { ...filter, payees: filter.payees.filter((each) => each !== id) } : filter;
  return {
    ...plan,
    payees: plan.payees.filter((payee) => payee.id !== id),
    components: plan.components.map(
      (each): Component => ({ ...each, for: clean(each.for), ...(each.kind === 'overlay' && each.of !== null && { of: clean(each.of) }) }),
    ),
    terms: plan.terms.map((each) => ({ ...each, for: clean(each.for) })),
    pool: plan.pool && { ...plan.pool, members: clean(plan.pool.members) },
  };
}
