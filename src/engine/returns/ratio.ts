/** Shares and counts with their 95 % intervals. */

import { wilsonInterval } from '#engine/values/wilson.ts';
import { type Figure, type Range, told, untold } from './figure.ts';

/** 97.5 % quantile of the normal distribution. */
export const normal975 = 1.959963984540054;
/** Up to here the interval of a count is solved exactly; above, the approximation differs by less than 1 in 10,000. */
const mostSolved = 200;

/**
 * hits ÷ of, with Wilson's interval.
 * @param hits whole, 0..of
 * @param nothing why there would be none to count: “no deal was closed”
 */
export function shareOf(hits: number, of: number, nothing: string): Figure<number> {
  const range = shareRange(hits, of);
  return range === null ? untold(nothing, 0) : told(hits / of, of, range);
}

/** @returns null of none */
export const shareRange = (hits: number, of: number): Range<number> | null => wilsonInterval({ hits, of });

/**
 * The mean counts that would let so many happen by chance (F. Garwood, "Fiducial Limits for the Poisson
 * Distribution", 1936): exact. Above 200 events by Wilson and Hilferty's cube-root approximation of the same.
 * @param events whole, from 0
 */
export function countRange(events: number): { readonly low: number; readonly high: number } {
  if (events > mostSolved) return { low: cubeRoot(events, -normal975), high: cubeRoot(events + 1, normal975) };
  return { low: events === 0 ? 0 : meanWhere(events - 1, 0.975), high: meanWhere(events, 0.025) };
}

/** The mean at which a Poisson count is at most `events` with this probability, by halving. */
function meanWhere(events: number, probability: number): number {
  let [low, high] = [0, events + 10 * Math.sqrt(events + 1) + 10];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (atMost(events, middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≤ events) of a Poisson count. */
function atMost(events: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= events; i++) sum += term *= mean / i;
  return sum;
}

const cubeRoot = (shape: number, z: number): number => shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
