/** Inbound webhooks: forms of others. */

import { z } from 'zod';
import { parsePath } from '#engine/tracking/json-path.ts';
import { Refused } from '#engine/values/outcome.ts';
import { idSchema } from '#features/records/contract/schemas.ts';
import { can, count, instant, list, name, named, personFieldName } from './pieces.ts';

/** `signature`: over time and body. `secret`: sent along, for senders that can't sign. */
export const proofs = ['signature', 'secret'] as const;

const jsonPath = z
  .string()
  .trim()
  .max(200)
  .superRefine((path, check) => {
    const read = parsePath(path);
    if (read instanceof Refused) check.addIssue({ code: 'custom', message: read.reason });
  });
export const hookMapping = z
  .array(z.strictObject({ field: personFieldName, path: jsonPath }))
  .max(40)
  .refine((pairs) => new Set(pairs.map(({ field }) => field)).size === pairs.length, 'A field is named twice.');
export type HookMapping = z.output<typeof hookMapping>;

const origin = z.string().trim().max(200).nullable();
export const newHook = z.strictObject({
  name,
  proof: z.enum(proofs).default('signature'),
  campaignId: idSchema.nullable().default(null),
  origin: origin.default(null),
});
export const hookChange = z.strictObject({
  name: name.optional(),
  proof: z.enum(proofs).optional(),
  mapping: hookMapping.optional(),
  campaignId: idSchema.nullable().optional(),
  origin: origin.optional(),
  /** Not active: what comes is kept as the sample, and makes no leads. */
  active: z.boolean().optional(),
  archived: z.boolean().optional(),
});

export const hook = z.object({
  id: idSchema,
  name: z.string(),
  /** Where the sender posts to. */
  url: z.string(),
  proof: z.enum(proofs),
  mapping: hookMapping,
  campaign: named.nullable(),
  origin: z.string().nullable(),
  active: z.boolean(),
  /** What the last body held, to map from. */
  sample: z.object({ at: instant, paths: z.array(z.object({ path: z.string(), value: z.string() })) }).nullable(),
  /** By field, what the mapping reads from the sample. */
  reads: z.array(z.object({ field: z.string(), value: z.string().nullable() })),
  can: z.object({ activate: can }),
  madeAt: instant,
  archivedAt: instant.nullable(),
  submissions: count,
  failed: count,
  refused: count,
  lastAt: instant.nullable(),
});
export type Hook = z.output<typeof hook>;
export const hookList = list(hook);
/** The secret is shown once. */
export const madeHook = z.object({ id: idSchema, url: z.string(), secret: z.string() });
export const hookSecret = z.object({ secret: z.string() });
