/** Pieces that questions and answers about attribution share. Amounts are decimal strings of minor units in the workspace's currency. */

import { z } from 'zod';

export const touchSides = ['marketing', 'sales', 'customer'] as const;
export const instant = z.string().describe('ISO 8601 in UTC');
const day = z.iso.date('is a day like 2026-03-31');
export const amount = z.string().describe('decimal string of minor units');
export const count = z.number().int();

export const progress = z.object({
  /** Units read, of all. */
  done: count,
  of: count,
});
export const freshness = z.object({
  /** When the last change was taken in. */
  asOf: instant,
  /** Changes noted and not yet taken in. */
  waiting: count,
  /** A setting whose journeys are being built. */
  building: z.object({ number: count, progress: progress.nullable() }).nullable(),
});

// ── parts of questions ──────────────────────────────────────────────────────

/** JSON: text in quotes, or `null` for what is not stated. */
export const word = z.union([z.string(), z.null()]);

/** Written as JSON in an address. */
export function written<Schema extends z.ZodType>(schema: Schema, message: string) {
  return z
    .string()
    .max(12_000)
    .transform((text, context): z.output<Schema> => {
      const { success, data } = schema.safeParse(parseJson(text));
      if (success) return data;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

export const group = written(word, 'a group is JSON: text in quotes, or null for what is not stated');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The period is that of the conversions; without it all. */
export const scope = {
  start: day.optional(),
  end: day.optional(),
  /** Only conversions of this segment (JSON: text in quotes, or null). */
  segment: group.optional(),
};
export const inOrder = <T extends { start?: string | undefined; end?: string | undefined }>(asked: T): boolean =>
  !(asked.start && asked.end && asked.start > asked.end);
export const endsBeforeStart = { message: 'the period ends before it starts', path: ['end'] };

/** Steps of the flow that are drawn before “later touches”. */
export const steps = z.coerce.number().int().min(2).max(8).default(5);

// ── parts of answers ────────────────────────────────────────────────────────

export const answeredScope = {
  start: z.string().nullable(),
  end: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
};
