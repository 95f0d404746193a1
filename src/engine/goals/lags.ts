/** How long leads take from stage to stage, as shares by day, and what that makes of months. */

import type { Draws } from './draws.ts';

/** Longer than two years counts as two years. */
export const mostDays = 730;
/** So many of the company's lags stand in for those a segment hasn't got. */
const lentLags = 4;
/** The mean month, days. */
export const monthDays = 30.436875;

/** Shares by day that add up to 1. @param lags of the segment, the company's for what is missing */
export function lagShares(lags: Int32Array, ofCompany: Int32Array): Float64Array {
  const shares = new Float64Array(mostDays + 1);
  addLags(shares, lags, 1);
  if (lags !== ofCompany && ofCompany.length > 0) addLags(shares, ofCompany, lentLags / ofCompany.length);
  return normalised(shares);
}

/** So many lags leave nothing open that would show in a month. */
const manyLags = 2_000;

/** The lags drawn anew with replacement (bootstrap; B. Efron, 1979). */
export function drawnLags(lags: Int32Array, draws: Draws): Int32Array {
  if (lags.length > manyLags) return lags;
  return lags.map(() => lags[Math.floor(draws.next() * lags.length)]!);
}

function addLags(shares: Float64Array, lags: Int32Array, weight: number): void {
  for (const lag of lags) shares[Math.min(mostDays, Math.max(0, lag))]! += weight;
}

/** Without any lag everything goes on at once. */
function normalised(shares: Float64Array): Float64Array {
  const all = shares.reduce((sum, each) => sum + each, 0);
  if (all > 0) return shares.map((each) => each / all);
  shares[0] = 1;
  return shares;
}

/** The shares of two steps one after the other; what would take longer than the most stays at the end. */
export function inARow(one: Float64Array, other: Float64Array): Float64Array {
  const shares = new Float64Array(mostDays + 1);
  for (let first = 0; first <= mostDays; first++) {
    const share = one[first]!;
    if (share === 0) continue;
    for (let second = 0; second <= mostDays; second++)
      if (other[second] !== 0) shares[Math.min(mostDays, first + second)]! += share * other[second]!;
  }
  return shares;
}

/**
 * Of what enters evenly over a month, or over its rest, the share that arrives so many months later.
 * @param gone how much of the month is over before anything enters, 0 until below 1
 */
export function byMonths(shares: Float64Array, months: number, gone = 0): Float64Array {
  const arriving = new Float64Array(months);
  const width = 1 - gone;
  for (let lag = 0; lag <= mostDays; lag++) {
    const share = shares[lag]!;
    if (share === 0) continue;
    const [from, until] = [gone + lag / monthDays, 1 + lag / monthDays];
    for (let month = Math.floor(from); month < until && month < months; month++)
      arriving[month]! += (share * (Math.min(until, month + 1) - Math.max(from, month))) / width;
  }
  return arriving;
}
