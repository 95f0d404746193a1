/** `before-after`: what changed for a pilot group beyond its comparison group, of any weekly series, offline. */

import { z } from 'zod';
import { beforeAfter, type Estimate } from '#engine/rollout/before-after.ts';
import { formula } from '../formula.ts';
import { give } from '../wording.ts';

const value = z
  .number({ error: give('a number') })
  .min(-1e12, { error: give('a number from −1,000,000,000,000') })
  .max(1e12, { error: give('a number up to 1,000,000,000,000') });
const weekNumber = (words: string) =>
  z
    .int({ error: give(words) })
    .min(-520, { error: give(words) })
    .max(520, { error: give(words) });

const input = z
  .object({
    weeks: z
      .array(
        z.object({
          week: weekNumber('a whole number from −520 to 520, one a week').describe('One number a week, rising; weeks may be missing.'),
          pilot: value.describe('Of the group that changed.'),
          comparison: value.describe('Of the group that went on as before.'),
        }),
      )
      .max(520, { error: give('at most 520 weeks') })
      .describe('At least 12 before the start and 8 from it on.'),
    start: weekNumber('a whole number').describe('The first week with the change.'),
  })
  .superRefine(({ weeks }, context) => {
    weeks.forEach(({ week }, at) => {
      if (at > 0 && week <= weeks[at - 1]!.week)
        context.addIssue({ code: 'custom', path: ['weeks', at, 'week'], message: 'must be later than the week before it' });
    });
  });

const estimate = (words: string) =>
  z
    .object({
      value: z.number(),
      low: z.number(),
      high: z.number().describe('Low and high: the 95 % interval.'),
      standardError: z.number(),
      freedom: z.number().describe('Degrees of freedom of its t distribution.'),
      chance: z.number().describe('Of a value as far from 0, were there no effect.'),
    })
    .describe(words);
const output = z.object({
  whyNot: z.string().nullable().describe('Why nothing can be told; null where something can.'),
  effect: estimate('Mean over the weeks from the start on.').nullable(),
  level: estimate('What changed at once.').nullable(),
  slope: estimate('What changes more with each week.').nullable(),
  autocorrelation: z.number().nullable().describe('Between neighbouring weeks, as estimated; 0 where it is below.'),
});

/** Twenty weeks of two groups that rise together; from week 0 on the pilot gains four. */
const common = [50, 52, 51, 53, 52, 54, 53, 55, 54, 56, 55, 57, 56, 58, 57, 59, 58, 60, 59, 61];
const wobble = [1, 0, -1, 1, -1, 0, 1, 0, -1, 1, 0, -1, 1, -1, 0, 1, -1, 0, 1, 0];
const example = {
  start: 0,
  weeks: common.map((comparison, at) => ({ week: at - 12, comparison, pilot: comparison + wobble[at]! + (at >= 12 ? 4 : 0) })),
};

export const beforeAfterFormula = formula({
  name: 'before-after',
  summary:
    'What changed for a pilot group beyond its comparison group: segmented regression of their difference by week, Newey–West errors scaled to be right on average in short series, t distribution by Satterthwaite; docs/decisions/rollout.md has the reasoning and how often the interval holds.',
  input,
  output,
  example,
  calculate: ({ weeks, start }) => {
    const { told, whyNot } = beforeAfter(weeks, start);
    return Promise.resolve(
      told
        ? {
            whyNot,
            effect: shown(told.effect),
            level: shown(told.level),
            slope: shown(told.slope),
            autocorrelation: rounded(told.autocorrelation),
          }
        : { whyNot, effect: null, level: null, slope: null, autocorrelation: null },
    );
  },
});

const rounded = (number: number): number => Number(number.toPrecision(10));
const shown = ({ value: mean, low, high, standardError, freedom, chance }: Estimate) => ({
  ...{ value: rounded(mean), low: rounded(low), high: rounded(high), standardError: rounded(standardError), freedom: rounded(freedom) },
  chance: rounded(chance),
});
