/** The index of a day, from what is met and what is due of each component. Exact to the hundredth of a point. */

import { type ActivityName, activityNames } from './activities.ts';
import { type ComponentName, componentNames, componentOf, componentsOf } from './table.ts';

/** What is met and what is due. Nothing due: not measured yet, which is not zero. */
export interface Counted {
  readonly count: number;
  readonly of: number;
}
export type Counts = Readonly<Partial<Record<ComponentName, Counted>>>;

export interface ScoredComponent {
  /** 0 to 1. */
  readonly share: number;
  /** 0 to 100, unrounded. */
  readonly score: number;
  /** Of the whole index, with what is measured: they add up to 1. */
  readonly weight: number;
  /** Hundredths of a point; those of all components add up to the index. */
  readonly points: number;
}
export interface ScoredActivity {
  /** Hundredths of a point; null: nothing of it is measured. */
  readonly score: number | null;
  /** Of its weights, 0 to 1. */
  readonly measured: number;
  /** Of the whole index, 0 to 1. */
  readonly weight: number;
}
export interface ScoredIndex {
  /** Hundredths of a point; null: nothing is measured. */
  readonly score: number | null;
  /** Of all weights, 0 to 1. */
  readonly measured: number;
  readonly activities: Readonly<Record<ActivityName, ScoredActivity>>;
  /** Those that are measured. */
  readonly components: ReadonlyMap<ComponentName, ScoredComponent>;
}

/** `100 × (share − floor) ÷ (target − floor)`, not below 0 and not above 100. */
export function scoreOf(component: ComponentName, share: number): number {
  const { floorPercent, targetPercent } = componentOf(component);
  return Math.min(100, Math.max(0, (100 * (100 * share - floorPercent)) / (targetPercent - floorPercent)));
}

const isMeasured = (counted: Counted | undefined): counted is Counted => counted !== undefined && counted.of > 0;

/**
 * A sub-score is the mean of its measured components by their weights; the index the mean of the measured sub-scores,
 * each counting for a sixth of six as far as it is measured: an activity of which a tenth is measured weighs a tenth.
 */
export function scoreIndex(counts: Counts): ScoredIndex {
  const measured = componentNames.filter((name) => isMeasured(counts[name]));
  const all = measured.reduce((sum, name) => sum + componentOf(name).weight, 0);
  const exact = measured.map((name) => {
    const { count, of } = counts[name]!;
    const share = count / of;
    return { name, share, score: scoreOf(name, share), weight: componentOf(name).weight / all };
  });
  const sum = exact.reduce((total, { score, weight }) => total + score * weight, 0);
  const score = measured.length === 0 ? null : Math.round(sum * 100);
  const points = roundTogether(
    exact.map((each) => each.score * each.weight * 100),
    score ?? 0,
  );
  return {
    score,
    measured: all / (100 * activityNames.length),
    activities: Object.fromEntries(activityNames.map((name) => [name, scoreActivity(name, exact)])) as Record<ActivityName, ScoredActivity>,
    components: new Map(exact.map(({ name, ...own }, at) => [name, { ...own, points: points[at]! }])),
  };
}

function scoreActivity(
  activity: ActivityName,
  exact: readonly { readonly name: ComponentName; readonly score: number; readonly weight: number }[],
): ScoredActivity {
  const names = new Set(componentsOf(activity));
  const own = exact.filter(({ name }) => names.has(name));
  const weight = own.reduce((sum, each) => sum + each.weight, 0);
  const measured = own.reduce((sum, { name }) => sum + componentOf(name).weight, 0) / 100;
  const sum = own.reduce((total, each) => total + each.score * each.weight, 0);
  return { score: own.length === 0 ? null : Math.round((sum / weight) * 100), measured, weight };
}

/**
 * Whole numbers that add up to a whole number: each the one below its exact value, and what is left goes one each to
 * those that lost most by it; where too much is there, from those that lost least.
 */
export function roundTogether(exact: readonly number[], total: number): number[] {
  const rounded = exact.map(Math.floor);
  const order = [...exact.keys()].sort((a, b) => exact[b]! - rounded[b]! - (exact[a]! - rounded[a]!) || a - b);
  let left = total - rounded.reduce((sum, each) => sum + each, 0);
  if (order.length === 0) return rounded;
  for (let at = 0; left > 0; at++, left--) rounded[order[at % order.length]!]!++;
  for (let at = order.length - 1; left < 0; at = at === 0 ? order.length - 1 : at - 1, left++) rounded[order[at]!]!--;
  return rounded;
}
