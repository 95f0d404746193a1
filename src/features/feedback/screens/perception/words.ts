import type { PerceptionItem } from '#features/feedback/contract/perception.ts';
import { count } from '#ui/formats.ts';

type Unit = PerceptionItem['unit'];

/** `41.5 %`, `3.2 working hours`. */
export const valueText = (value: number | null | undefined, unit: Unit): string =>
  value === null || value === undefined
    ? '–'
    : unit === 'percent'
      ? `${count(value)} %`
      : `${count(value)} working ${value === 1 ? 'hour' : 'hours'}`;

/** By how much somebody was off: `12 points too high`. */
export function offBy(guess: number, truth: number, unit: Unit): string {
  const gap = Math.round(Math.abs(guess - truth) * 10) / 10;
  if (gap === 0) return 'exactly right';
  return `${count(gap)} ${unit === 'percent' ? (gap === 1 ? 'point' : 'points') : gap === 1 ? 'hour' : 'hours'} too ${guess > truth ? 'high' : 'low'}`;
}
