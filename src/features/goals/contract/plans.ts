/** A plan of goals: a document of versions that both sides sign. What comes in, what is kept, what is answered. */

import { z } from 'zod';
import { idSchema, named, signature, signing, versionState } from '#features/agreement/contract.ts';
import { metricSchema, meaningOf, scopeSchema } from './metrics.ts';
import { day, instant, quantity, spread } from './pieces.ts';
import { changesSchema } from './what-if-changes.ts';
import { feasibility, working } from './working.ts';

const amount = z.string().regex(/^\d{1,17}$/, 'is an amount in minor units');
const plainText = (most: number) => z.string().trim().max(most);
/** `0.85`, `110`, `1200050`: by the metric's unit. */
const target = z
  .string()
  .regex(/^\d{1,17}(\.\d{1,6})?$/, 'is a number in the unit of the metric: minor units, a count, a share like 0.85, months');

// ── what comes in ───────────────────────────────────────────────────────────

/** A goal of a plan; its id stays through the versions, so that its history does. */
export const goalSchema = z
  .strictObject({
    id: idSchema,
    parentId: idSchema.nullable().default(null),
    title: plainText(200).min(1, 'Give it a title.'),
    metric: metricSchema,
    scope: scopeSchema.default({ segment: null, teamId: null }),
    start: day,
    end: day,
    target,
    direction: z.enum(['atLeast', 'atMost']).default('atLeast'),
    /** One of each side: both own it. */
    owners: z.strictObject({ marketing: idSchema, sales: idSchema }),
    /** How far from the pace, in percent of the target, before it is told to both. */
    tolerancePercent: z.number().min(0).max(100).default(10),
  })
  .superRefine((goal, check) => {
    const refuse = (at: string, message: string) => check.addIssue({ code: 'custom', path: [at], message });
    const { scopes, label, unit } = meaningOf(goal.metric.name);
    if (goal.end < goal.start) refuse('end', 'it ends before it starts');
    if (goal.scope.segment !== null && !scopes.includes('segment')) refuse('scope', `“${label}” isn’t counted by segment`);
    if (goal.scope.teamId !== null && !scopes.includes('team')) refuse('scope', `“${label}” isn’t counted by team`);
    if ((unit === 'amount' || unit === 'amountAMonth' || unit === 'count') && goal.target.includes('.'))
      refuse('target', 'is a whole number');
    if (Number(goal.target) === 0 && goal.direction === 'atLeast') refuse('target', 'is above 0');
    if (unit === 'share' && Number(goal.target) > 10) refuse('target', 'is a share: 0.85 is 85 %');
  });
export type Goal = z.output<typeof goalSchema>;

/** What the back-calculation starts from. */
export const workBackSchema = z.strictObject({
  /** What is to be won in the period, by segment; null: leads and deals without one. */
  revenue: z
    .array(z.strictObject({ segment: z.string().max(200).nullable(), amount }))
    .min(1, 'Say how much is to be won.')
    .max(50)
    .refine((lines) => new Set(lines.map(({ segment }) => segment)).size === lines.length, 'A segment stands there once.'),
  /** How the revenue is shared over the months; null: by working days. One weight for each month of the period. */
  monthWeights: z.array(z.number().min(0).max(1000)).max(24).nullable().default(null),
  /** From the what-if sheet: what is going to be different from the past. */
  changes: changesSchema.default({ moves: [], reps: 0, definition: null, answerWithinMinutes: null }),
});
export type WorkBack = z.output<typeof workBackSchema>;

const contentShape = z.strictObject({
  title: plainText(200).min(1, 'Give it a title.'),
  note: plainText(2_000).default(''),
  /** Whole months, one to twelve. */
  start: day,
  end: day,
  goals: z.array(goalSchema).max(100),
  /** Null: goals only. */
  workBack: workBackSchema.nullable().default(null),
});
export const planContentSchema = contentShape.superRefine(refuseOddPlan);
interface OddPlan {
  readonly start: string;
  readonly end: string;
  readonly goals: readonly Goal[];
  readonly workBack: WorkBack | null;
}
function refuseOddPlan(plan: OddPlan, check: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) => check.addIssue({ code: 'custom', path, message });
  const months = monthsBetween(plan.start, plan.end);
  if (months === null) refuse(['end'], 'a plan is of whole months: from a first of a month to a last of a month');
  else if (months < 1 || months > 12) refuse(['end'], 'a plan is of one to twelve months');
  const weights = plan.workBack?.monthWeights;
  if (weights && months !== null && weights.length !== months) refuse(['workBack', 'monthWeights'], `there are ${months} months`);
  if (weights && !weights.some((weight) => weight > 0)) refuse(['workBack', 'monthWeights'], 'some month has a weight');
  if (plan.goals.length === 0 && plan.workBack === null) refuse(['goals'], 'A plan has goals.');
  const parents = new Map(plan.goals.map(({ id, parentId }) => [id, parentId]));
  if (parents.size < plan.goals.length) refuse(['goals'], 'Each goal has an id of its own.');
  for (const [at, goal] of plan.goals.entries()) {
    if (goal.start < plan.start || goal.end > plan.end) refuse(['goals', at, 'start'], 'lies outside the plan');
    if (goal.parentId !== null && !parents.has(goal.parentId)) refuse(['goals', at, 'parentId'], 'There is no such goal in this plan.');
    else if (isInCircle(goal.id, parents)) refuse(['goals', at, 'parentId'], 'The goal would stand below itself.');
  }
}
function isInCircle(id: string, parents: ReadonlyMap<string, string | null>): boolean {
  let above = parents.get(id) ?? null;
  for (let steps = 0; above !== null && steps <= parents.size; steps++) {
    if (above === id) return true;
    above = parents.get(above) ?? null;
  }
  return false;
}
/** Null where the days are no whole months. */
export function monthsBetween(start: string, end: string): number | null {
  const [year, at, first] = start.split('-').map(Number);
  const [endYear, endMonth, last] = end.split('-').map(Number);
  const lastOfMonth = endMonth === 2 ? (isLeap(endYear!) ? 29 : 28) : [4, 6, 9, 11].includes(endMonth!) ? 30 : 31;
  return first === 1 && last === lastOfMonth ? (endYear! - year!) * 12 + endMonth! - at! + 1 : null;
}
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export type PlanContent = z.output<typeof planContentSchema>;

/** A new plan, or the next version of one that both signed (`planId`). */
export const newPlan = z.strictObject({ planId: idSchema.nullable().default(null), content: planContentSchema });
export const planEdit = z.strictObject({ content: planContentSchema });

/** A sheet that isn't saved: worked back as it would be. */
export const workBackAsk = z.strictObject({ start: day, end: day, workBack: workBackSchema });
export type WorkBackAsk = z.output<typeof workBackAsk>;
export const workBackAnswer = z.object({ working, feasibility });

// ── what is answered ────────────────────────────────────────────────────────

/** What may be done by the asker, or why not: null where it may. */
export const planCan = z.object({
  edit: z.string().nullable(),
  propose: z.string().nullable(),
  sign: z.string().nullable(),
  withdraw: z.string().nullable(),
  /** Make the next version of it. */
  revise: z.string().nullable(),
});

export const planSummary = z.object({
  id: idSchema,
  planId: idSchema,
  number: z.number().int(),
  status: versionState,
  title: z.string(),
  start: z.string(),
  end: z.string(),
  goals: z.number().int(),
  hasWorkBack: z.boolean(),
  /** Signed, and not followed by a later signed version. */
  inForce: z.boolean(),
  /** Sides that have not signed it yet; empty once signed or withdrawn. */
  missing: z.array(z.enum(['marketing', 'sales'])),
  madeBy: named.nullable(),
  madeAt: instant,
  signedAt: instant.nullable(),
});
export type PlanSummary = z.output<typeof planSummary>;

export const planVersion = planSummary.omit({ goals: true }).extend({
  content: planContentSchema,
  /** Each goal as a sentence. */
  sentences: z.array(z.object({ goalId: idSchema, sentence: z.string() })),
  /** Names of the owners and teams that the content names by id. */
  names: z.record(z.string(), z.string()),
  currency: z.string(),
  /** The back-calculation as it stood when the draft was saved last: proposed and signed with it. Null: goals only. */
  working: working.nullable(),
  /** As things stand now; not part of what is signed. Null: goals only. */
  feasibility: feasibility.nullable(),
  contentHash: z.string().nullable(),
  proposedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  signatures: z.array(signature),
  signing,
  can: planCan,
  /** What it changes against the version signed before, in sentences. Null: there is none. */
  diff: z
    .object({ against: z.number().int(), added: z.array(z.string()), removed: z.array(z.string()), kept: z.array(z.string()) })
    .nullable(),
  /** All versions of this plan, newest first. */
  versions: z.array(
    z.object({ id: idSchema, number: z.number().int(), status: versionState, inForce: z.boolean(), signedAt: instant.nullable() }),
  ),
});
export type PlanVersion = z.output<typeof planVersion>;

export const planList = z.object({ items: z.array(planSummary), can: z.object({ draft: z.string().nullable() }) });
export type PlanList = z.output<typeof planList>;

export const suggestAsk = z.strictObject({ start: day.optional(), end: day.optional() });
/** A plan to begin with, filled with the company's own numbers: each with where it comes from. */
export const planSuggestion = z.object({
  /** Of a company without a past it is empty: to be filled before it can be kept. */
  content: contentShape,
  names: z.record(z.string(), z.string()),
  currency: z.string(),
  from: z.array(z.string()),
  /** What was won a year, by segment, that the revenue lines were made from. */
  past: z.array(z.object({ segment: z.string().nullable(), amount: quantity, recordsUrl: z.string().nullable() })),
  expected: spread.nullable(),
});
export type PlanSuggestion = z.output<typeof planSuggestion>;
