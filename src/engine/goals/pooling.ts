/**
 * Segments with few leads borrow from the company as a whole, the more the fewer they have and the more alike segments
 * are (empirical Bayes: B. Efron and C. Morris, Data analysis using Stein's estimator, 1975).
 */

import { type Draws, drawBeta } from './draws.ts';

export interface Seen {
  readonly hits: number;
  readonly of: number;
}

/** A share of which so many hits were seen, and what the company lends to it. */
export interface PooledShare extends Seen {
  /** So many leads of the company's share are lent. */
  readonly lent: number;
  readonly company: Seen;
}

/** What the company lends at most, in leads: segments are never wholly alike. */
const mostLent = 30;
const leastLent = 6;
/** Half a hit and half a miss keep a share off 0 and 1 (H. Jeffreys). */
const half = 0.5;

/** In the order given; the strength of what is lent from how much more the segments differ than chance explains (moments). */
export function pooledShares(segments: readonly Seen[]): PooledShare[] {
  const company = { hits: sum(segments.map(({ hits }) => hits)), of: sum(segments.map(({ of }) => of)) };
  const lent = segments.length < 2 ? 0 : lentLeads(segments, company);
  return segments.map(({ hits, of }) => ({ hits, of, lent, company }));
}

function lentLeads(segments: readonly Seen[], { hits, of }: Seen): number {
  const middle = (hits + half) / (of + 1);
  const used = segments.filter((each) => each.of > 0);
  const variance = middle * (1 - middle);
  const spread = sum(used.map((each) => each.of * (each.hits / each.of - middle) ** 2)) / variance;
  const room = of - sum(used.map((each) => each.of ** 2)) / Math.max(1, of);
  const between = room > 0 ? Math.max(0, (spread - (used.length - 1)) / room) * variance : 0;
  return between > 0 ? Math.max(leastLent, Math.min(mostLent, variance / between - 1)) : mostLent;
}

export function meanShare({ hits, of, lent, company }: PooledShare): number {
  const middle = (company.hits + half) / (company.of + 1);
  return lent === 0 ? (hits + half) / (of + 1) : (hits + lent * middle) / (of + lent);
}

/** 0..1: how much of a share is the segment's own. */
export const ownWeight = ({ of, lent }: PooledShare): number => (lent === 0 ? 1 : of / (of + lent));

/**
 * The share as it may be. What is lent errs for all segments alike: draw the company's first.
 * @param ofCompany a draw of the company's share
 */
export const drawShare = ({ hits, of, lent }: PooledShare, ofCompany: number, draws: Draws): number =>
  lent === 0
    ? drawBeta(hits + half, of - hits + half, draws)
    : drawBeta(hits + lent * ofCompany + 1e-6, of - hits + lent * (1 - ofCompany) + 1e-6, draws);

export const drawCompanyShare = ({ company: { hits, of } }: PooledShare, draws: Draws): number =>
  drawBeta(hits + half, of - hits + half, draws);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
