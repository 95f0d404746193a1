/** Who took part, and what it changed: shares by campaign, team and person, and lift with its interval. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { namedCampaign, paged, period } from './pieces.ts';

export const participationAsk = z.strictObject(period);
export const participationCounts = z.object({
  /** Reps of sales at work. */
  reps: z.number().int(),
  /** Reps with at least one part, by what came of it; a rep with several counts once in each. */
  asked: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  /** Proposed another part. */
  proposed: z.number().int(),
  /** Reps with at least one genuine touch as evidence, asked or not. */
  evidenced: z.number().int(),
  /** Accepted a part, and did what was wanted by the day. */
  done: z.number().int(),
  /** evidenced ÷ reps; null without reps. */
  share: z.number().nullable(),
});
export type ParticipationCounts = z.output<typeof participationCounts>;

export const participationPerson = z.object({
  member: named,
  teams: z.array(named),
  asked: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  proposed: z.number().int(),
  done: z.number().int(),
  missed: z.number().int(),
  touches: z.number().int(),
  people: z.number().int(),
  recordsUrl: z.string(),
});
export type ParticipationPerson = z.output<typeof participationPerson>;

export const participationAnswer = z.object({
  campaign: namedCampaign,
  /** Null: fewer than three reps, shown to nobody else. */
  total: participationCounts.nullable(),
  /** Teams of at least three reps. `rest`: reps of no team, and of teams too small, together. */
  teams: z.array(participationCounts.extend({ team: named })),
  rest: participationCounts.nullable(),
  /** Those the asker may see: oneself, one's team as its manager, one's side as its head. */
  persons: z.array(participationPerson),
  notes: z.array(z.string()),
});
export type ParticipationAnswer = z.output<typeof participationAnswer>;

/** Over all campaigns that ran in a period: by campaign, and by team. */
export const participationOverview = z.object({
  start: z.string(),
  end: z.string(),
  campaigns: z.array(z.object({ campaign: namedCampaign, counts: participationCounts.nullable() })),
  teams: z.array(participationCounts.extend({ team: named })),
  total: participationCounts.nullable(),
  notes: z.array(z.string()),
});
export type ParticipationOverview = z.output<typeof participationOverview>;

export const participationRecordsAsk = z.strictObject({ memberId: idSchema, ...paged });

// ── lift ────────────────────────────────────────────────────────────────────

export const liftOutcomes = ['sql', 'won'] as const;
export type LiftOutcome = (typeof liftOutcomes)[number];
/** `recordsUrl`: open to who sees all these reps as persons, since the list tells who took part; else null. */
const rate = z.object({
  leads: z.number().int(),
  reached: z.number().int(),
  share: z.number().nullable(),
  recordsUrl: z.string().nullable(),
});
const range = z.object({ value: z.number(), low: z.number(), high: z.number() });
export const lift = z.object({
  outcome: z.enum(liftOutcomes),
  /** Days from MQL within which the outcome counts; leads younger than that are left out. */
  withinDays: z.number().int(),
  /** Leads of reps who took part, and comparable leads of those who took none. Null: so few reps that it would be about persons. */
  worked: rate.nullable(),
  compared: rate.nullable(),
  /** Groups of comparable leads: campaign × segment. */
  strata: z.number().int(),
  /** Leads without anything to compare them with, and leads too young. */
  leftOut: z.number().int(),
  tooYoung: z.number().int(),
  /** Share with participation − share without, as 0.031 for 3.1 points, with its 95 % interval. Null: too few to say. */
  difference: range.nullable(),
  /** difference × leads worked. */
  extra: range.nullable(),
  /** Why nothing is said. */
  tooFew: z.string().nullable(),
});
export type Lift = z.output<typeof lift>;
export const liftAnswer = z.object({
  /** Null: of all campaigns of the period together. */
  campaign: namedCampaign.nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  asOf: z.string(),
  /** Reps who took part, and others with leads of the campaign. Of all campaigns: in at least one. */
  participants: z.number().int().nullable(),
  others: z.number().int().nullable(),
  outcomes: z.array(lift),
  /** In a sentence each. */
  sentences: z.array(z.string()),
  caveats: z.array(z.string()),
  formula: z.string(),
});
export type LiftAnswer = z.output<typeof liftAnswer>;
export const liftRecordsAsk = z.strictObject({
  outcome: z.enum(liftOutcomes),
  which: z.enum(['worked', 'workedReached', 'compared', 'comparedReached']),
  ...paged,
});
/** Leads as lists show them. */
export const leadPage = z.object({
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});
