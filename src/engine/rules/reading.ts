/** What stands around a rule when it is read: the types of the fields it names, the zone its days are of, the record it is put to. */

import type { RuleSubject } from './rule.ts';

/**
 * How a field is compared. `choice` and `id` are texts without order; `number` is a company's own field;
 * an `amount` is compared in minor units of the workspace's currency, one in another currency with nothing.
 */
export type RuleType = 'text' | 'choice' | 'id' | 'integer' | 'number' | 'amount' | 'boolean' | 'instant' | 'day';

export interface RuleReading {
  /** IANA name of the workspace's zone. */
  readonly timeZone: string;
  /** ISO 4217: of amounts and revenue. */
  readonly currency: string;
  /** Null for a field that the subject hasn't (any more): nothing is stated in it. */
  typeOf(of: RuleSubject, field: string): RuleType | null;
  /** Every id by which a record goes, this one included: its own and those of what was merged with it. */
  sameAs(id: string): readonly string[];
}

/** Values by field name, `custom.<key>` for the company's own; absent or null where nothing is stated. */
export type Fields = Readonly<Record<string, unknown>>;

/** A touch as rules see it. `occurredAt` in epoch milliseconds, microseconds as its fraction. */
export type RuleTouch = Fields & { readonly occurredAt: number };

export interface RuleRevenue {
  /** `YYYY-MM-DD`. */
  readonly occurredOn: string;
  /** Minor units of the workspace's currency; negative for refunds and contractions. */
  readonly amount: bigint;
}

/** A lead with all that a rule may ask of it. What no rule asks may be left empty. */
export interface RuleRecord {
  readonly reading: RuleReading;
  readonly lead: Fields;
  readonly account: Fields | null;
  readonly contact: Fields | null;
  /** The lead's own, and its contact's that name no lead; not the void ones. In any order. */
  readonly touches: readonly RuleTouch[];
  /** When each stage was entered, epoch milliseconds. */
  readonly stages: Readonly<Record<string, number | null>>;
  /** Of the account and what was merged with it, in the workspace's currency. */
  readonly revenue: readonly RuleRevenue[];
}
