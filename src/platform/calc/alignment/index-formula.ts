/** `alignment-index`: the index from what was met and due, offline. */

import { z } from 'zod';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { alarms } from '#engine/alignment/index/first.ts';
import { decompose, gainOf } from '#engine/alignment/index/moves.ts';
import { type Counts, type ScoredIndex, scoreIndex } from '#engine/alignment/index/score.ts';
import { type ComponentName, componentNames, indexVersion } from '#engine/alignment/index/table.ts';
import { formula } from '../formula.ts';
import { give } from '../wording.ts';

const most = 1_000_000_000;
const whole = z.number({ error: give('a whole number') }).int({ error: give('a whole number') });
const met = whole
  .min(-most, { error: give('a smaller number') })
  .max(most, { error: give('a smaller number') })
  .describe('What is met; below 0 only of customers’ years, from which each who left takes a whole one.');
const due = whole
  .min(0, { error: give('a number from 0') })
  .max(most, { error: give('a smaller number') })
  .describe('What is due; 0: not measured yet.');
const counted = z.object({ count: met, of: due }).refine(({ count, of }) => count <= of, { error: give('at most as many met as due') });
const left = z
  .object({
    count: due.describe('What can still be met.'),
    of: due.describe('How much of it is not due yet.'),
  })
  .refine(({ count, of }) => of <= count, { error: give('at most as many not due yet as open') });
const words = 'By component; docs/reference/alignment-index.md has them all. What is left out is not measured yet.';

const input = z.object({
  now: z.partialRecord(z.enum(componentNames), counted).describe(words),
  before: z.partialRecord(z.enum(componentNames), counted).optional().describe('Of another day, to see what moved the index.'),
  open: z.partialRecord(z.enum(componentNames), left).optional().describe('What can still be met, to see what would move it most.'),
});

const hundredths = z.number().nullable();
const output = z.object({
  version: z.string(),
  score: hundredths.describe('0 to 100, to the hundredth; null: nothing is measured.'),
  measuredPercent: z.number().describe('Of all weights, how much is measured.'),
  activities: z.object(Object.fromEntries(activityNames.map((name) => [name, hundredths.describe('Its sub-score.')]))),
  components: z
    .array(z.object({ component: z.string(), sharePercent: z.number(), score: z.number(), points: z.number() }))
    .describe('Those that are measured; their points add up to the index.'),
  change: hundredths.describe('Against `before`.'),
  moved: z
    .array(z.object({ component: z.string().nullable(), points: z.number() }))
    .describe('They add up to the change; null: what is measured at all.'),
  next: z.array(z.object({ component: z.string(), gain: z.number() })).describe('Greatest gain first.'),
  beneath: z.array(z.string()).describe('Components that are surely beneath their alarm, the furthest first.'),
});

export const alignmentIndexFormula = formula({
  name: 'alignment-index',
  summary:
    'The alignment index and its six sub-scores from what is met and due of each component, what moved it, and what would move it most. docs/reference/alignment-index.md has every formula.',
  input,
  output,
  example: {
    now: { leadsWorked: { count: 180, of: 200 }, campaignLeadsFollowed: { count: 60, of: 100 }, meetingsHeld: { count: 11, of: 12 } },
    before: { leadsWorked: { count: 190, of: 200 }, campaignLeadsFollowed: { count: 55, of: 100 } },
    open: { campaignLeadsFollowed: { count: 10, of: 0 } },
  },
  calculate: ({ now, before, open }) => Promise.resolve(answered(now, before, open)),
});

function answered(now: Counts, before: Counts | undefined, open: Counts | undefined): z.input<typeof output> {
  const scored = scoreIndex(now);
  return {
    ...{ version: indexVersion, score: points(scored.score), measuredPercent: rounded(scored.measured * 100) },
    activities: Object.fromEntries(activityNames.map((name) => [name, points(scored.activities[name].score)])),
    components: [...scored.components].map(([component, own]) => ({
      ...{ component, sharePercent: rounded(own.share * 100), score: rounded(own.score), points: own.points / 100 },
    })),
    ...movedBy(scored, before),
    next: componentNames.flatMap((component) => gain(now, component, open?.[component])).sort((one, other) => other.gain - one.gain),
    beneath: alarms(now).map(({ component }) => component),
  };
}

const points = (score: number | null): number | null => (score === null ? null : score / 100);
const rounded = (value: number): number => Math.round(value * 100) / 100;

function movedBy(
  scored: ScoredIndex,
  before: Counts | undefined,
): { change: number | null; moved: { component: string | null; points: number }[] } {
  if (!before) return { change: null, moved: [] };
  const { change, moves, measured } = decompose(scoreIndex(before), scored);
  const lines: { component: string | null; points: number }[] = moves.map(({ component, points: moved }) => ({
    component,
    points: moved / 100,
  }));
  if (measured !== 0) lines.push({ component: null, points: measured / 100 });
  return { change: points(change), moved: lines };
}

function gain(now: Counts, component: ComponentName, open: Counts[ComponentName]): { component: string; gain: number }[] {
  const gained = open ? gainOf(now, component, open) : 0;
  return gained > 0 ? [{ component, gain: gained / 100 }] : [];
}
