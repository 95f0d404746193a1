/** Of what the cost of misalignment is asked: a company's past, and how to read it. */

import type { CostCustomer } from './churn.ts';
import type { HourlyCost, RepMinutes } from './hours.ts';
import type { CostLead } from './lead.ts';
import type { ClosedDeal } from './lost-deals.ts';

export interface CostPast {
  readonly leads: readonly CostLead[];
  /** Closed ones of all time. */
  readonly deals: readonly ClosedDeal[];
  readonly customers: readonly CostCustomer[];
  /** The last moment on record, epoch milliseconds. */
  readonly asOf: number;
}

export interface CostAsk {
  /** Days after which a lead counts as worked or not. */
  readonly settleDays: number;
  readonly attempts: number;
  readonly draws: number;
  readonly seed: number;
  readonly minutes: RepMinutes;
  /** Or why there is none. */
  readonly hourly: HourlyCost | string;
  readonly isMarketings: (reason: string) => boolean;
  /** The part of the answer that a moment (epoch milliseconds) and a segment are in; null: in none. */
  readonly partOf: (at: number, segment: string | null) => string | null;
}
