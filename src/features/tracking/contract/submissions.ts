/** What people sent, as sent, and what became of it. */

import { z } from 'zod';
import { idSchema } from '#features/records/contract/schemas.ts';
import { can, count, instant, named, page, paging, personFieldName } from './pieces.ts';

export const submissionStates = ['waiting', 'taken', 'failed'] as const;

export const submissionsAsk = z.strictObject({
  sourceId: idSchema.optional(),
  state: z.enum(submissionStates).optional(),
  leadId: idSchema.optional(),
  ...paging,
});
export const submission = z.object({
  id: idSchema,
  source: z.object({ kind: z.enum(['form', 'hook']), id: idSchema, name: z.string() }),
  receivedAt: instant,
  state: z.enum(submissionStates),
  /** Why it failed. */
  reason: z.string().nullable(),
  /** By record field, mended ones as mended. */
  values: z.record(z.string(), z.string()),
  channel: z.string().nullable(),
  campaign: named.nullable(),
  /** Sent by somebody who asks not to be tracked: joined to nothing before it. */
  private: z.boolean(),
  contact: named.nullable(),
  lead: named.nullable(),
  /** Whether it made the lead, or came to an open one. */
  madeLead: z.boolean().nullable(),
});
export type Submission = z.output<typeof submission>;
export const submissionPage = page(submission);
export const submissionDetail = submission.extend({
  /** Exactly what was sent. */
  sent: z.unknown(),
  version: count.nullable(),
  /** Null: no consent was asked for. */
  consent: z.object({ text: z.string(), given: z.boolean() }).nullable(),
  can: z.object({ mend: can }),
});
export type SubmissionDetail = z.output<typeof submissionDetail>;
export const mending = z.strictObject({ values: z.record(personFieldName, z.string().max(5_000)) });
