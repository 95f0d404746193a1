/** The way in at a glance: every step with its gate as computed now, who has it and by when, and how it stood before. */

import { z } from 'zod';
import { firstDeeds, gateStates } from '#engine/rollout/gates.ts';
import { places } from '#engine/rollout/needs.ts';
import { stepNames } from '#engine/rollout/steps.ts';
import { count, day, daySchema, idSchema, instant, named, whyNot } from './pieces.ts';

const need = z.object({ met: z.boolean(), says: z.string(), place: z.enum(places) });

/** How a gate stood when it was seen to have changed. */
export const passage = z.object({ state: z.enum(gateStates), sentence: z.string(), at: instant });
export type Passage = z.output<typeof passage>;

export const pathStep = z.object({
  step: z.enum(stepNames),
  number: count,
  state: z.enum(gateStates),
  sentence: z.string(),
  needs: z.array(need),
  owner: named.nullable(),
  dueOn: day.nullable(),
  overdue: z.boolean(),
  /** When its gate was first met; null: never yet. */
  firstThroughAt: instant.nullable(),
  /** When it was last seen to be met no more; null: it stands, or never did. */
  lostAt: instant.nullable(),
  /** Newest first, at most twenty. */
  passages: z.array(passage),
});
export type PathStep = z.output<typeof pathStep>;

export const path = z.object({
  steps: z.array(pathStep),
  /** The first whose gate is not met; null: all are. */
  next: z.enum(stepNames).nullable(),
  through: count,
  /** What a newcomer does in the first afternoon, in order. */
  afternoon: z.array(z.object({ deed: z.enum(firstDeeds), done: z.boolean() })),
  can: z.object({ plan: whyNot }),
});
export type Path = z.output<typeof path>;

export const byStep = z.strictObject({ step: z.enum(stepNames) });
export const stepPlan = z.strictObject({ ownerId: idSchema.nullable(), dueOn: daySchema.nullable() });
export type StepPlan = z.output<typeof stepPlan>;
