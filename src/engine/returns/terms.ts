/**
 * From revenue entries to terms: for how long each entry counts. `new` and `renewal` entries bill a term of 1, 3, 6,
 * 12, 24 or 36 months, which the account's own rhythm tells (rhythm.ts). `expansion` and `contraction` bill what is left
 * of the term that runs then. A `refund` gives money back and changes no term.
 *
 * A term that nobody renews within the grace ended on its last day: the customer left then. One that ended less than
 * the grace ago is due: it counts as running until more is known. One that hasn't ended runs.
 */

import { addMonths } from '#engine/simulate/days.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import { dayTolerance, meanMonthDays, termMonths } from './rhythm.ts';
import type { RevenueEntry } from './revenue.ts';

export interface Term {
  readonly account: string;
  /** Days since 1970-01-01; `until` is the first day after. */
  readonly from: number;
  readonly until: number;
  /** Billed for `months`, minor units; negative for a contraction. */
  readonly amount: bigint;
  readonly months: number;
  readonly state: 'ended' | 'running' | 'due';
}

export interface TermsAsked {
  /** The last day that is on record, days since 1970-01-01. Later entries are left out. */
  readonly asOf: number;
  /** A renewal so many days late is still one, but never later than half a term. 31 unless said. */
  readonly graceDays?: number;
}

export const usualGraceDays = 31;

/** The terms of all entries, by account and line, in order of time. */
export function termsOf(entries: Iterable<RevenueEntry>, { asOf, graceDays = usualGraceDays }: TermsAsked): Term[] {
  const lines = new Map<string, RevenueEntry[]>();
  for (const entry of entries) {
    if (entry.on > asOf) continue;
    const key = `${entry.account}\n${entry.line}`;
    const line = lines.get(key);
    if (line) line.push(entry);
    else lines.set(key, [entry]);
  }
  return [...lines.values()].flatMap((line) => termsOfLine(line.toSorted(byDay), asOf, graceDays));
}

const byDay = (a: RevenueEntry, b: RevenueEntry): number => a.on - b.on;

function termsOfLine(entries: readonly RevenueEntry[], asOf: number, graceDays: number): Term[] {
  const bases = baseTerms(entries.filter(isBase), asOf, graceDays);
  const changes = entries.filter(({ kind }) => kind === 'expansion' || kind === 'contraction');
  return [...bases, ...changes.flatMap((entry) => changeOf(entry, bases) ?? [])].map(({ end: _, ...term }) => term);
}

const isBase = ({ kind }: RevenueEntry): boolean => kind === 'new' || kind === 'renewal';

/** `end`: of the term as billed, before a late renewal was waited for. */
interface BaseTerm extends Term {
  readonly end: number;
}

function baseTerms(entries: readonly RevenueEntry[], asOf: number, graceDays: number): BaseTerm[] {
  const months = termMonths(entries, graceDays);
  return entries.map(({ account, on, amount }, at) => {
    const end = addMonths(on, months[at]!);
    const grace = Math.min(graceDays, Math.floor((months[at]! * meanMonthDays) / 2));
    const running = { account, from: on, amount, months: months[at]!, end };
    const next = entries.slice(at + 1).find((each) => each.on > on && continues(each, end, grace, months[at]!));
    if (next) return { ...running, until: next.on, state: 'ended' };
    if (end > asOf) return { ...running, until: end, state: 'running' };
    return asOf - end < grace ? { ...running, until: asOf + 1, state: 'due' } : { ...running, until: end, state: 'ended' };
  });
}

/** Whether an entry takes over from a term: a renewal at any time before the grace is over, a new one about as it ends. */
function continues(next: RevenueEntry, end: number, grace: number, months: number): boolean {
  if (next.on - end > grace) return false;
  return next.kind === 'renewal' || end - next.on <= dayTolerance(months, grace);
}

/** For what is left of the term running on its day, in whole months. What changes no running term counts for nothing. */
function changeOf({ account, on, amount, kind }: RevenueEntry, bases: readonly BaseTerm[]): BaseTerm | null {
  const base = bases.findLast(({ from, until }) => from <= on && on < until);
  if (!base) return null;
  const months = Math.max(1, Math.round((base.end - on) / meanMonthDays));
  return { ...base, account, from: on, amount: kind === 'expansion' ? amount : -amount, months };
}

/** The least number of months that 1 to 36 all divide: amounts of different terms add exactly. */
const commonMonths = 144_403_552_893_600n;

/**
 * What the terms running on a day come to a month, by account, in minor units: exact sums, rounded once, halves to the
 * even one. Accounts with nothing running, or with contractions that leave nothing, are not in it.
 */
export function recurringOn(terms: Iterable<Term>, day: number): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { account, from, until, amount, months } of terms)
    if (from <= day && day < until) sums.set(account, (sums.get(account) ?? 0n) + amount * (commonMonths / BigInt(months)));
  const amounts = new Map<string, bigint>();
  for (const [account, sum] of sums) {
    const amount = divideHalfEven(sum, commonMonths);
    if (amount > 0n) amounts.set(account, amount);
  }
  return amounts;
}
