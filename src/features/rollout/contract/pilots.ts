/** Pilots: a group that begins, a comparison group that goes on as before, and what changed between them. */

import { z } from 'zod';
import { measureNames } from '#engine/rollout/measures.ts';
import { count, day, daySchema, idSchema, instant, named, saidWords, whyNot, words } from './pieces.ts';

export const splits = ['teams', 'regions', 'segments', 'halves'] as const;
export type Split = (typeof splits)[number];
const group = z.array(z.string().trim().min(1).max(200)).max(100);

/** Ids of teams, names of regions, or segments; random halves of the people who own leads are drawn here. */
export const newPilot = z
  .strictObject({
    name: saidWords(120, 'Say what it is called.'),
    split: z.enum(splits),
    pilot: group.default([]),
    comparison: group.default([]),
    /** By what it is judged: settled before, so that nobody picks afterwards what came out well. */
    measure: z.enum(measureNames),
    changes: words(2_000).default(''),
    startsOn: daySchema,
  })
  .superRefine(({ split, pilot, comparison }, context) => {
    const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (split === 'halves' && pilot.length + comparison.length > 0) refuse('pilot', 'halves are drawn by chance');
    if (split !== 'halves' && pilot.length === 0) refuse('pilot', 'name at least one');
    if (split !== 'halves' && comparison.length === 0) refuse('comparison', 'name at least one');
    if (pilot.some((each) => comparison.includes(each))) refuse('comparison', 'what is in one group can’t be in the other');
  });
export type NewPilot = z.output<typeof newPilot>;
export const madePilot = z.object({ id: idSchema });
export const pilotEnd = z.strictObject({ because: saidWords(1_000, 'Say why it ends.') });

const inGroup = z.array(z.object({ key: z.string(), name: z.string() }));
export const pilot = z.object({
  id: idSchema,
  name: z.string(),
  split: z.enum(splits),
  pilot: inGroup,
  comparison: inGroup,
  measure: z.enum(measureNames),
  changes: z.string(),
  startsOn: day,
  plannedBy: named,
  plannedAt: instant,
  /** Planned after it had begun. */
  plannedLate: z.boolean(),
  /** The first day on which it no longer counts. */
  endedOn: day.nullable(),
  endedBecause: z.string().nullable(),
  state: z.enum(['planned', 'running', 'ended']),
  can: z.object({ end: whyNot }),
});
export type Pilot = z.output<typeof pilot>;
export const pilots = z.object({ items: z.array(pilot), can: z.object({ plan: whyNot }) });
export type Pilots = z.output<typeof pilots>;

const choice = z.object({ key: z.string(), name: z.string(), leads: count });
/** What groups can be made of, with the leads passed in the last twelve weeks on record. */
export const pilotChoices = z.object({
  teams: z.array(choice),
  regions: z.array(choice),
  segments: z.array(choice),
  /** People who own leads that were passed. */
  owners: count,
});
export type PilotChoices = z.output<typeof pilotChoices>;

// ── before and after ────────────────────────────────────────────────────────

export const beforeAfterAsk = z.strictObject({ measure: z.enum(measureNames).optional() });
const ofGroup = z.object({ leads: count, counted: count });
const estimate = z.object({
  /** Percentage points. */
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Of a difference as large, were there none. */
  chance: z.number(),
});
export const beforeAfter = z.object({
  measure: z.enum(measureNames),
  /** What it was settled by. */
  settled: z.boolean(),
  sentence: z.string(),
  /** 0 is the first week of the pilot; weeks whose leads are too young to be judged are not here. */
  weeks: z.array(z.object({ week: z.number().int(), startsOn: day, pilot: ofGroup, comparison: ofGroup })),
  told: z
    .object({
      effect: estimate,
      level: estimate,
      slope: estimate,
      autocorrelation: z.number(),
      weeksBefore: count,
      weeksAfter: count,
      /** The difference pilot − comparison as seen, as fitted, and as it would have gone on, percentage points. */
      fitted: z.array(z.object({ week: z.number().int(), difference: z.number(), with: z.number(), without: z.number() })),
    })
    .nullable(),
  whyNot,
  /** What a reader must know beside the numbers. */
  cautions: z.array(z.string()),
});
export type BeforeAfterAnswer = z.output<typeof beforeAfter>;

export const pilotRecordsAsk = z.strictObject({
  measure: z.enum(measureNames),
  group: z.enum(['pilot', 'comparison']),
  week: z.coerce.number().int().min(-520).max(520),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type PilotRecordsAsk = z.output<typeof pilotRecordsAsk>;
export const pilotRecords = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      name: z.string().nullable(),
      company: z.string().nullable(),
      passedAt: instant,
      owner: z.string().nullable(),
      counted: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
});
export type PilotRecords = z.output<typeof pilotRecords>;
