/** What the index says of itself in sentences. */

import type { Counted, ScoredIndex } from '#engine/alignment/index/score.ts';
import { type ComponentName, componentOf } from '#engine/alignment/index/table.ts';

export const points = (hundredths: number): number => hundredths / 100;
export const percentOf = (share: number): number => Math.round(share * 10_000) / 100;

const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });
export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
const many = (count: number, one: string): string => `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;

/** Those whose count is no count of things, but a mean or a rate. */
const isRate = (component: ComponentName): boolean =>
  component === 'salesClauses' || component === 'marketingClauses' || component === 'customersKept';

/** Not below 0: a customer who left takes a whole year from a rate. */
export const shareOf = ({ count, of }: Counted): number => Math.max(0, count / of);

export function componentSays(component: ComponentName, counted: Counted | undefined): string {
  const { targetPercent, notYet } = componentOf(component);
  if (!counted) return `Not measured yet: ${lowered(notYet)}`;
  const share = `${number(100 * shareOf(counted))} %`;
  const what = isRate(component) ? share : `${counted.count.toLocaleString('en')} of ${counted.of.toLocaleString('en')}, ${share}`;
  return `${what}; ${targetPercent} % is the target.`;
}
const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

export function indexSays({ score, measured }: ScoredIndex): string {
  if (score === null) return 'Nothing is measured yet. Import leads, deals and touches, and sign a definition, to begin.';
  const told = `${points(score).toFixed(2)} of 100`;
  return measured >= 0.995
    ? `${told}.`
    : `${told}, told from ${number(100 * measured)} % of the formula; the rest is not measured yet, which is not zero.`;
}

export function moveSays(component: ComponentName, was: Counted, is: Counted): string {
  const text = (counted: Counted): string =>
    isRate(component) ? `${number(100 * shareOf(counted))} %` : `${number(100 * shareOf(counted))} % (${counted.count} of ${counted.of})`;
  return `From ${text(was)} to ${text(is)}.`;
}

export function measuredSays(came: readonly ComponentName[], went: readonly ComponentName[]): string {
  const labels = (names: readonly ComponentName[]): string => names.map((name) => componentOf(name).label).join(', ');
  const parts = [
    ...(came.length > 0 ? [`now measured as well: ${labels(came)}`] : []),
    ...(went.length > 0 ? [`no longer measured: ${labels(went)}`] : []),
  ];
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. The weights of all others change with it.`;
}

export const gainSays = (component: ComponentName, gain: number, open: number): string =>
  `${many(open, 'item')} of “${componentOf(component).label}” can still be met within seven days: ${signed(points(gain))} points of the index if all are.`;

export const alarmSays = (component: ComponentName, share: number, high: number): string => {
  const { label, alarmPercent } = componentOf(component);
  return `${label}: ${number(100 * share)} % (${number(100 * high)} % at most, chance allowed for); from ${alarmPercent} % on it would be ordinary. Nothing else is further beneath what is ordinary.`;
};

export const indexNotes: readonly string[] = [
  'It scores how the two sides work together, not whether they think alike, and never a person.',
  '“Not measured yet” is not zero: weights are shared out among what is measured.',
  'A past day is told from what is on record now of what had happened by its end; what was kept on the day itself stands in the history.',
];
