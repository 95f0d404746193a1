/** Pieces that the questions and answers of goals share. */

import { z } from 'zod';

export const day = z.iso.date('is a day like 2026-03-31');
export const instant = z.string();
export const count = z.number().int();

/**
 * A number in its unit as a decimal string: an amount in minor units ("1200050"), a count ("212", "211.6" where it is
 * expected), a share 0..1 ("0.234"), months ("7.5").
 */
export const quantity = z.string();
/** The middle (median) with the 80 % interval. */
export const spread = z.object({ mid: quantity, low: quantity, high: quantity });
export type Spread = z.output<typeof spread>;

/** An address below the API that lists the very records, or null where there is nothing to list. */
export const opens = z.string().nullable();
/** A sentence, and where the number in it is looked at (a path of the API). */
export const reason = z.object({ text: z.string(), recordsUrl: opens });
