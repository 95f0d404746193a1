/** What the cost of misalignment rests on beside the records: assumptions that a company states. */

import { z } from 'zod';
import { minorUnits } from '#features/returns/contract/figure-pieces.ts';

const minutes = z.number().int().min(0).max(600);

/** Null: not stated; then a clause in force, the ledger and the calendars, or what is usual says it. */
export const costAssumptions = z.strictObject({
  /** Working minutes within which a first attempt is prompt. */
  promptMinutes: z.number().int().min(1).max(20_000).nullable(),
  /** Attempts that are enough. */
  attempts: z.number().int().min(1).max(30).nullable(),
  /** Of a rep, for each thing done. */
  reviewMinutes: minutes,
  callMinutes: minutes,
  /** On top of a call in which somebody was reached. */
  talkMinutes: minutes,
  writeMinutes: minutes,
  /** Loaded cost of a rep's hour, minor units of the workspace's currency. Null: from the ledger. */
  hourlyCost: minorUnits.nullable(),
  /** Paid hours a month of one rep. Null: from the calendars. */
  hoursAMonth: z.number().min(1).max(744).nullable(),
  /** Days after which a lead that nobody worked counts as never worked. */
  settleDays: z.number().int().min(1).max(365),
  /** Reasons for a lost deal that marketing owns, as they stand on the deals. Null: told by their words. */
  marketingReasons: z.array(z.string().min(1).max(200)).max(100).nullable(),
});
export type CostAssumptions = z.output<typeof costAssumptions>;

/** Minutes are those that time studies of inside sales state; each company may state its own. */
export const usualAssumptions: CostAssumptions = {
  promptMinutes: null,
  attempts: null,
  reviewMinutes: 10,
  callMinutes: 9,
  talkMinutes: 9,
  writeMinutes: 6,
  hourlyCost: null,
  hoursAMonth: null,
  settleDays: 30,
  marketingReasons: null,
};

export const costSettings = costAssumptions.extend({
  /** Versions so far; 0: nothing was stated, all is what is usual. */
  number: z.number().int(),
  setAt: z.string().nullable(),
  setBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Reasons on lost deals, the most frequent first, to choose from. */
  reasons: z.array(z.object({ reason: z.string(), deals: z.number().int(), marketing: z.boolean() })),
  /** Why the asker may not change them; null: may. */
  can: z.object({ set: z.string().nullable() }),
});
export type CostSettings = z.output<typeof costSettings>;

/** What is left out stays as it is. */
export const costSettingsChange = costAssumptions.partial();
export type CostSettingsChange = z.output<typeof costSettingsChange>;
