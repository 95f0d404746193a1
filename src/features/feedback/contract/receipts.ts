/** The anonymous giver’s way in: whoever holds the receipt reads the thread and answers in it. */

import { z } from 'zod';
import { entry, feedbackItem } from './feedback.ts';
import { secret, whyNot, words } from './pieces.ts';

export const byReceipt = z.strictObject({ receipt: secret });
export const receiptVerbs = ['say', 'confirm', 'reopen', 'withdraw'] as const;
export type ReceiptVerb = (typeof receiptVerbs)[number];
export const newReceiptEntry = z.strictObject({
  receipt: secret,
  verb: z.enum(receiptVerbs),
  text: words(2_000).default(''),
  /** Made anew for each entry: the same one sent again has no second effect. */
  once: secret,
});
export type NewReceiptEntry = z.output<typeof newReceiptEntry>;
export const receiptThread = z.object({
  /** waiting: to be shown together with others. */
  state: z.enum(['waiting', 'shown']),
  /** Null while it waits. */
  feedback: feedbackItem.extend({ thread: z.array(entry) }).nullable(),
  /** What the holder wrote that waits to be shown. */
  waiting: z.array(z.object({ verb: z.enum(['give', ...receiptVerbs]), text: z.string() })),
  can: z.object(Object.fromEntries(receiptVerbs.map((verb) => [verb, whyNot])) as Record<ReceiptVerb, typeof whyNot>),
});
export type ReceiptThread = z.output<typeof receiptThread>;
export const receiptTaken = z.object({ waiting: z.literal(true) });
