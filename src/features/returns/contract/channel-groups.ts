/** Which channel group a touch belongs to: the company's own rules, what they decide, and what falls through. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { count, instant, touchSides } from './attribution-pieces.ts';

// ── rules ───────────────────────────────────────────────────────────────────

/** What a rule can look at. `channel` is the touch's own word; `source` and `medium` are its fields of that name (or utm_source, utm_medium). */
export const channelRuleFields = ['channel', 'source', 'medium', 'campaign', 'kind', 'side'] as const;
export const channelRuleTests = ['eq', 'contains', 'begins', 'blank'] as const;
/** Letter case never matters. */
export const channelCondition = z
  .strictObject({
    field: z.enum(channelRuleFields),
    is: z.enum(channelRuleTests),
    /** Left out for `blank`. */
    value: z.string().trim().min(1).max(200).optional(),
  })
  .refine(({ is, value }) => (is === 'blank') === (value === undefined), {
    message: 'say a value, or ask for blank without one',
    path: ['value'],
  });
/** The first of the company's rules whose conditions all hold decides; where none does, the published defaults do. */
export const channelRule = z.strictObject({
  group: z.string().trim().min(1, 'Name the group.').max(80),
  all: z.array(channelCondition).min(1, 'Say at least one condition.').max(10),
});
export type ChannelRule = z.output<typeof channelRule>;

// ── what they decide ────────────────────────────────────────────────────────

const groupCount = z.object({
  group: z.string(),
  /** Which rule decides, in words; where several lead to one group each has a row. */
  rule: z.string(),
  /** Of the company's own rules: its position from 0; null: a published default. */
  own: count.nullable(),
  touches: count,
  /** Below the API's root. */
  touchesUrl: z.string(),
});
/** A combination of words that no rule knows. */
const fellThrough = z.object({
  channel: z.string().nullable(),
  source: z.string().nullable(),
  medium: z.string().nullable(),
  kind: z.string(),
  side: z.string(),
  touches: count,
  touchesUrl: z.string(),
});
export const channelGroupsAnswer = z.object({
  /** Rules in the order in which they are asked, those without touches too. */
  groups: z.array(groupCount),
  /** Most touches first, at most 200. */
  fellThrough: z.array(fellThrough),
  total: z.object({ touches: count, fellThrough: count }),
  ownRules: z.array(channelRule),
  /** The published defaults: group and rule in words, in order. */
  defaults: z.array(z.object({ group: z.string(), rule: z.string() })),
  /** The moment these counts are of. */
  asOf: instant,
  /** The name of the group of what no rule knows. */
  unassigned: z.string(),
});
export type ChannelGroupsAnswer = z.output<typeof channelGroupsAnswer>;

export const groupTouchesAsk = z.strictObject({
  /** The rule's key, as `touchesUrl` has it. */
  rule: z.string().max(40).optional(),
  group: z.string().max(80).optional(),
  /** Of what fell through: JSON of the texts, as `touchesUrl` has it. */
  words: z.string().max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const groupTouches = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      occurredAt: instant,
      side: z.enum(touchSides),
      kind: z.string(),
      channel: z.string().nullable(),
      source: z.string().nullable(),
      medium: z.string().nullable(),
      group: z.string(),
      subject: z.string().nullable(),
      campaign: named.nullable(),
      member: named.nullable(),
      lead: named.nullable(),
      account: named.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: count,
});

export const groupsTrialBody = z.strictObject({ ownRules: z.array(channelRule).max(100) });
export const groupsTrial = z.object({
  /** Touches by group now and under the tried rules. */
  groups: z.array(z.object({ group: z.string(), before: count, after: count })),
  /** From which group to which, most touches first. */
  moved: z.array(z.object({ from: z.string(), to: z.string(), touches: count })),
  /** Touches each tried rule decides, by position; 0: it never does. */
  rules: z.array(z.object({ group: z.string(), rule: z.string(), touches: count })),
  fellThrough: z.object({ before: count, after: count }),
  asOf: instant,
});
export type GroupsTrial = z.output<typeof groupsTrial>;
