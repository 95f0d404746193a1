/** What one period leaves to the next. Everything follows from the evidence, so it is computed anew from the first period on. */

import type { Holdback } from './plan.ts';
import type { Period } from './periods.ts';

export interface Carried {
  /** Credit of a longer window so far, by component and payee. */
  readonly windows: Map<string, { readonly window: string; readonly total: bigint }>;
  /** Of a budget, by component. */
  readonly spent: Map<string, bigint>;
  /** Paid in the year so far, by component or term and payee. */
  readonly paid: Map<string, { readonly year: string; readonly amount: bigint }>;
  /** Still to be recovered, by payee, and the draw it came from. */
  readonly drawn: Map<string, { readonly balance: bigint; readonly component: string; readonly name: string }>;
  /** By payee. */
  readonly withheld: Map<string, readonly Withheld[]>;
}

export interface Withheld {
  readonly term: Holdback;
  readonly period: Period;
  readonly amount: bigint;
}

export const nothingCarried = (): Carried => ({
  windows: new Map(),
  spent: new Map(),
  paid: new Map(),
  drawn: new Map(),
  withheld: new Map(),
});

export const forPayee = (component: string, payee: string): string => `${component}\n${payee}`;
