/** What the parts of a period's calculation are given. */

import type { Book, Entry } from './book.ts';
import type { Carried } from './carried.ts';
import type { Fact } from './evidence.ts';
import type { Clawback, Component, Measure, Payee, Plan } from './plan.ts';
import type { Period } from './periods.ts';
import type { Stay } from './presence.ts';
import { byDays, quotaLeft } from './presence.ts';
import { creditOf } from './quantity.ts';
import type { Results } from './results.ts';
import type { Line, Note } from './statement.ts';

export interface Scope {
  readonly plan: Plan;
  readonly period: Period;
  readonly book: Book;
  readonly results: Results;
  /** Results of objectives by payee, objective and period: the one recorded last. */
  readonly objectives: ReadonlyMap<string, Fact>;
  readonly people: ReadonlyMap<string, Person>;
  readonly carried: Carried;
  /** What overlays on others' credit count, by component: the same for everybody who has it. */
  readonly overlays: Map<string, readonly Entry[]>;
  readonly notes: Note[];
}

export interface Person {
  readonly payee: Payee;
  readonly stay: Stay;
}

/** A line but for whose, what for and when. */
export type Draft = Pick<Line, 'amount' | 'rule' | 'facts' | 'results'>;

export const draft = (amount: bigint, rule: Line['rule'], facts: Line['facts'] = [], results: Line['results'] = []): Draft => ({
  amount,
  rule,
  facts,
  results,
});

export const sumOf = (lines: readonly { readonly amount: bigint }[]): bigint => lines.reduce((sum, { amount }) => sum + amount, 0n);

export const creditSum = (entries: readonly { readonly credit: bigint }[]): bigint => entries.reduce((sum, { credit }) => sum + credit, 0n);

export const clawbackOf = ({ clawback }: Component, plan: Plan): Clawback | null =>
  clawback === 'never' ? null : (clawback ?? plan.clawback);

/** As the plan's clawback says: what metrics of one's own credit are read from. */
export const entriesOf = ({ book, plan }: Scope, measure: Measure, payee: string): readonly Entry[] =>
  book.entries({ measure, clawback: plan.clawback, overlay: false }, payee);

/** In the credit's unit, after ramp and days; null when the payee has none. @param window of the quota */
export function quotaOf(
  { plan }: Scope,
  { payee, stay }: Person,
  name: string,
  by: Measure['by'],
  window: Pick<Period, 'first' | 'last'>,
): bigint | null {
  const quota = payee.quotas[name];
  return quota === undefined ? null : quotaLeft(creditOf(quota, by), payee, stay, window, plan.proration);
}

/** An amount of the plan for the days somebody was there in the period. */
export const present = ({ plan, period }: Scope, { stay }: Person, amount: string): bigint =>
  byDays(BigInt(amount), stay, period, plan.proration);

export function note({ notes }: Scope, payee: string | null, component: string, what: string): void {
  notes.push({ payee, component, what });
}
