/** The clauses of an agreement as they come in and are kept. Their types stand in engine/agreement/clause.ts. */

import { z } from 'zod';
import { type AgreementContent, excuseKinds, ladderKinds, periods } from '#engine/agreement/clause.ts';

const amount = z.string().regex(/^\d{1,18}$/, 'is an amount in minor units');
const currency = z.string().regex(/^[A-Z]{3}$/, 'Three letters of ISO 4217, such as EUR.');
const tolerancePercent = z.number().min(0).max(100);
const words = z.array(z.string().max(200)).max(200).default([]);
const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is an id');

export const metricSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('decision'), withinMinutes: z.int().min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('firstAttempt'), withinMinutes: z.int().min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('persistence'), attempts: z.int().min(1).max(50), withinDays: z.int().min(1).max(365) }),
  z.strictObject({ kind: z.literal('disposition'), withinDays: z.int().min(1).max(365) }),
  z.strictObject({ kind: z.literal('volume'), leads: z.int().min(1).max(100_000_000), period: z.enum(periods), tolerancePercent }),
  z.strictObject({
    kind: z.literal('value'),
    amount,
    currency,
    period: z.enum(periods),
    tolerancePercent,
    valueOfLead: z
      .array(z.strictObject({ segment: z.string().max(200).nullable(), amount }))
      .min(1)
      .max(200)
      .refine((values) => new Set(values.map(({ segment }) => segment)).size === values.length, 'A segment has one value.'),
  }),
  z.strictObject({ kind: z.literal('completeness'), fields: z.array(z.string().max(80)).min(1).max(30) }),
  z.strictObject({ kind: z.literal('context'), touches: z.int().min(1).max(100), withinDays: z.int().min(1).max(365) }),
  z.strictObject({ kind: z.literal('quality') }),
]);

export const clauseSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'Small letters, digits and hyphens.'),
  side: z.enum(['marketing', 'sales']),
  title: z.string().trim().min(1).max(200),
  metric: metricSchema,
  targetPercent: z.number().min(0).max(100),
  scope: z
    .strictObject({ segments: words, channels: words, origins: words, teams: z.array(id).max(200).default([]) })
    .default({ segments: [], channels: [], origins: [], teams: [] }),
  calendar: z.union([z.literal('rep'), id]).default('rep'),
  excuses: z.array(z.enum(excuseKinds)).max(excuseKinds.length).default([]),
  ladder: z
    .array(z.strictObject({ kind: z.enum(ladderKinds), atPercent: z.int().min(1).max(10_000) }))
    .max(10)
    .default([]),
  consequence: z.string().trim().max(1_000).default(''),
});

const salesMetrics = ['decision', 'firstAttempt', 'persistence', 'disposition'];

export const agreementContentSchema = z
  .strictObject({
    preamble: z.string().trim().max(10_000).default(''),
    clauses: z.array(clauseSchema).min(1, 'An agreement has clauses.').max(60),
    reviewSamplePercent: z.number().min(0).max(100).default(10),
    reachedOutcomes: z.array(z.string().max(100)).max(50).default(['connected', 'reached', 'talked', 'replied', 'held', 'completed']),
  })
  .superRefine((content, check) => {
    const keys = new Set<string>();
    for (const [at, clause] of content.clauses.entries()) {
      if (keys.has(clause.key))
        check.addIssue({ code: 'custom', path: ['clauses', at, 'key'], message: `“${clause.key}” stands there twice` });
      keys.add(clause.key);
      const owes = salesMetrics.includes(clause.metric.kind) ? 'sales' : 'marketing';
      const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: ['clauses', at, field], message });
      if (clause.side !== owes) refuse('side', `“${clause.metric.kind}” is owed by ${owes}`);
      if (owes === 'sales') continue;
      // What would have no effect is not agreed: paces count days of the workspace's calendar, and nothing of marketing's has a clock.
      if (clause.calendar !== 'rep')
        refuse('calendar', 'Only clocks run in a calendar of their own; marketing’s clauses count days of the workspace’s.');
      if (clause.ladder.length > 0) refuse('ladder', 'Only clocks have steps that follow; marketing’s clauses have no clock.');
    }
  }) satisfies z.ZodType<AgreementContent>;
