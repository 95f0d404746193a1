/** What reps' time on leads cost. */

import { divideHalfEven } from '../../values/money.ts';
import type { CostLead } from './lead.ts';

/** Of a rep, for each thing done. */
export interface RepMinutes {
  readonly review: number;
  readonly call: number;
  /** On top of a call in which somebody was reached. */
  readonly talk: number;
  readonly write: number;
}

/** Loaded cost of one hour, minor units. */
export interface HourlyCost {
  readonly amount: bigint;
  readonly low: bigint;
  readonly high: bigint;
}

/** Of a lead that nobody ever acted on: none. */
export const minutesOn = ({ actedAt, work: { calls, talks, written } }: Pick<CostLead, 'actedAt' | 'work'>, minutes: RepMinutes): number =>
  actedAt === null ? 0 : minutes.review + calls * minutes.call + talks * minutes.talk + written * minutes.write;

/** Minutes ÷ 60 × cost of an hour, to the nearest minor unit, halves to the even one. */
export const costOfMinutes = (minutes: number, hourly: bigint): bigint => divideHalfEven(BigInt(minutes) * hourly, 60n);
