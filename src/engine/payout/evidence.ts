/**
 * What pay is computed from. Facts are append-only: what was wrong or was undone is another fact that reverses it, and
 * what is known as of a cut-off is what was recorded by then (`knownBy`). In JSON amounts are decimal texts.
 */

import type { Day, DecimalText, PercentText } from './plan.ts';
import type { Side } from './sides.ts';

export const factKinds = [
  'won',
  'invoiced',
  'collected',
  'renewed',
  'mql',
  'sal',
  'sql',
  'opportunity',
  'meeting',
  'attempt',
  'participation',
  'campaign',
  'objective',
] as const;
export type FactKind = (typeof factKinds)[number];

export interface Fact {
  /** Unique; an address of what it stands for. */
  readonly id: string;
  readonly kind: FactKind;
  /** The day it counts on, which decides the period. */
  readonly on: Day;
  /** When it happened, ISO 8601 in UTC; decides who comes first on one day. */
  readonly occurredAt: string;
  /** When it was written down, ISO 8601 in UTC. */
  readonly recordedAt: string;
  /** Minor units of the plan's currency; negative for a credit note. Null where there is no money. */
  readonly amount: bigint | null;
  /** How many things it stands for, from 0. */
  readonly count: number;
  /** Of each role 100 % together, but for `overlay`, whose credits may be anything. Who is no payee may stand there. */
  readonly credits: readonly Credit[];
  /** Such as segment, product, dealType, channel, campaign; `objective` names that of an objective's result. */
  readonly tags: Readonly<Record<string, string>>;
  /** 0 to 100: the result of an objective, for whom it is credited to; null elsewhere. The one recorded last counts. */
  readonly percent: PercentText | null;
  /** Who recorded the result of an objective. */
  readonly by: string | null;
  /** The fact that this one undoes, all of it or (with an amount) so much of its money; else null. */
  readonly reverses: Reversal | null;
}

export interface Credit {
  readonly payee: string;
  /** `owner` for who brought it about, `overlay` for credit beyond the 100 %, or any word a measure's split names. */
  readonly role: string;
  readonly sharePercent: PercentText;
}

/** A `mistake` was never true, and is undone whenever it is found. What is `cancelled` was true: the clawback's days decide. */
export interface Reversal {
  readonly fact: string;
  readonly cause: 'mistake' | 'cancelled';
}

/** A number of the product for a period, with what opens it. The one recorded last counts. */
export interface JointResult {
  readonly id: string;
  /** What metrics ask for; of a clause, its id. */
  readonly name: string;
  readonly kind: 'figure' | 'clause';
  /** Of a clause, who owes it; else null. */
  readonly side: Side | null;
  /** Whose own result it is; null: joint. */
  readonly payee: string | null;
  /** `2026-03`, `2026-Q1`, `2026-H1` or `2026`. */
  readonly period: string;
  readonly recordedAt: string;
  /** In `unit`; an amount in minor units. */
  readonly value: DecimalText;
  readonly unit: 'percent' | 'number' | 'amount';
  /** What it is a figure of, for opening it: any words the product understands. */
  readonly of: Readonly<Record<string, string>>;
  /** What it is made of, shown beside it. */
  readonly parts: readonly { readonly label: string; readonly value: DecimalText }[];
}

/** Days somebody was there; counts before what the plan's payee says. */
export interface Employment {
  readonly payee: string;
  readonly startedOn: Day | null;
  /** Last day. */
  readonly endedOn: Day | null;
  /** Unpaid leave and the like: days that are not present, first and last included. */
  readonly away: readonly { readonly from: Day; readonly until: Day }[];
}

export interface Evidence {
  readonly facts: readonly Fact[];
  readonly results: readonly JointResult[];
  readonly employment: readonly Employment[];
}

/** What was known at a moment. @param cutOff ISO 8601 in UTC; what was recorded at it counts */
export function knownBy(evidence: Evidence, cutOff: string): Evidence {
  const at = instantKey(cutOff);
  return {
    facts: evidence.facts.filter(({ recordedAt }) => instantKey(recordedAt) <= at),
    results: evidence.results.filter(({ recordedAt }) => instantKey(recordedAt) <= at),
    employment: evidence.employment,
  };
}

/** Instants of UTC as texts that compare in order of time, however many decimals their seconds have. */
export const instantKey = (instant: string): string => (instant.includes('.') ? instant.replace(/\.?0*Z$/, '') : instant.slice(0, -1));
