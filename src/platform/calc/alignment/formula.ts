/** `misalignment-cost`: the cost of misalignment of any past, offline. */

import { z } from 'zod';
import { type CauseName, causeNames, causeTable } from '#engine/alignment/cost/causes.ts';
import { type Cost, costOf } from '#engine/alignment/cost/cost.ts';
import { millisecondsADay } from '#engine/alignment/cost/lead.ts';
import { looksMarketings } from '#engine/alignment/cost/lost-deals.ts';
import { fitCostModel } from '#engine/alignment/cost/model.ts';
import { chanceAfter } from '#engine/alignment/cost/reach.ts';
import { formula } from '../formula.ts';
import { count, positiveAmount } from '../returns/fields.ts';
import { give } from '../wording.ts';
import { customerLine, dealLine, leadLine, pastOf } from './past.ts';

const mostLeads = 100_000;
const lines = <Line extends z.ZodType>(line: Line, words: string) =>
  z.array(line, { error: give(words) }).max(10_000, { error: give('at most 10,000 lines') });
const minutes = (usual: number, words: string) =>
  count
    .max(600, { error: give('at most 600 minutes') })
    .default(usual)
    .describe(`${words}; ${usual} unless said.`);

const input = z
  .object({
    leads: lines(leadLine, 'leads, those that are alike in one line').describe('Leads that marketing passed.'),
    deals: lines(dealLine, 'deals').default([]).describe('Closed deals, for those lost for reasons that marketing owns.'),
    customers: lines(customerLine, 'customers').default([]).describe('All that ever paid.'),
    attempts: count.min(1).max(30).default(6).describe('How many are enough; 6 unless said.'),
    settleDays: count.min(1).max(365).default(30).describe('After so many days a lead counts as worked or not; 30 unless said.'),
    reviewMinutes: minutes(10, 'Of a rep, to look at a lead'),
    callMinutes: minutes(9, 'To call'),
    talkMinutes: minutes(9, 'More where somebody was reached'),
    writeMinutes: minutes(6, 'To write'),
    hourlyCost: positiveAmount.optional().describe('Loaded cost of a rep’s hour, minor units; without it hours have no amount.'),
    marketingReasons: z
      .array(z.string().max(200))
      .max(100)
      .optional()
      .describe('Reasons for a lost deal that marketing owns; unsaid, told by their words.'),
  })
  .superRefine(({ leads }, context) => {
    if (leads.reduce((sum, line) => sum + line.count, 0) > mostLeads)
      context.addIssue({ code: 'custom', path: ['leads'], message: `are more than ${mostLeads.toLocaleString('en')} together` });
  });

const causeOutput = z.object({
  amount: z.string().nullable().describe('Minor units; null where not enough is on record.'),
  low: z.string().nullable(),
  high: z.string().nullable().describe('95 of a hundred draws lie between the two.'),
  count: z.number().describe('Leads, deals or customers in it.'),
  whyNot: z.string().nullable().describe('Why there is no amount.'),
});
const output = z.object({
  causes: z.object(
    Object.fromEntries(causeNames.map((cause) => [cause, causeOutput.describe(causeTable[cause].formula)])) as Record<
      CauseName,
      typeof causeOutput
    >,
  ),
  total: z.object({ amount: z.string(), low: z.string(), high: z.string() }).describe('Of the causes that have an amount.'),
  reached: z
    .object({ halfAnHour: z.number(), day: z.number(), week: z.number() })
    .nullable()
    .describe('The chance (0..1) that one attempt reaches a lead, by when the first comes; null where not enough is on record.'),
});

export const misalignmentCostFormula = formula({
  name: 'misalignment-cost',
  summary:
    'What leads, deals and customers would have brought, had both sides kept what is agreed: P(reached) × P(SQL | reached) × value of an SQL, by leads of the same kind; docs/decisions/misalignment-cost.md has the reasoning. What the load explains is not told from lines. The same past gives the same numbers.',
  input,
  output,
  example: {
    leads: [
      { count: 120, passedDaysAgo: 60, firstAttemptHours: 0.5, attempts: 1, reached: true, decision: 'accepted' },
      {
        ...{ count: 60, passedDaysAgo: 60, firstAttemptHours: 0.5, attempts: 1, reached: true, decision: 'accepted', sqlAfterDays: 2 },
        deal: { state: 'lost', closedAfterDays: 30, amount: '1000000' },
      },
      {
        ...{ count: 30, passedDaysAgo: 60, firstAttemptHours: 0.5, attempts: 1, reached: true, decision: 'accepted', sqlAfterDays: 2 },
        deal: { state: 'won', closedAfterDays: 40, amount: '1000000' },
      },
      { count: 90, passedDaysAgo: 60, firstAttemptHours: 48, attempts: 2, decision: 'accepted' },
      { count: 40, passedDaysAgo: 60, campaign: 'Fair' },
    ],
    hourlyCost: '4800',
  },
  calculate: (given) => Promise.resolve(answered(given)),
});

/** Ends of ranges rest on so many draws, as in the product. */
const draws = 120;

function answered(given: z.output<typeof input>): z.input<typeof output> {
  const past = pastOf(given);
  const { attempts, settleDays, hourlyCost, marketingReasons } = given;
  const model = fitCostModel(past.leads, { asOf: past.asOf, settledUntil: past.asOf - settleDays * millisecondsADay, draws, seed: 1 });
  const stated = marketingReasons && new Set(marketingReasons);
  const cost = costOf(past, model, {
    ...{
      settleDays,
      attempts,
      draws,
      seed: 1,
      partOf: () => 'all',
      isMarketings: stated ? (reason) => stated.has(reason) : looksMarketings,
    },
    minutes: { review: given.reviewMinutes, call: given.callMinutes, talk: given.talkMinutes, write: given.writeMinutes },
    hourly: hourlyCost === undefined ? 'no cost of an hour is given' : { amount: hourlyCost, low: hourlyCost, high: hourlyCost },
  });
  const curve = cost.basis?.curve;
  return {
    causes: Object.fromEntries(causeNames.map((cause) => [cause, toldOf(cost, cause)])) as Record<CauseName, z.input<typeof causeOutput>>,
    total: textOf(cost.total.whole),
    reached: curve ? { halfAnHour: chance(curve, 0.5), day: chance(curve, 24), week: chance(curve, 168) } : null,
  };
}

const chance = (curve: NonNullable<Cost['basis']>['curve'], hours: number): number => Number(chanceAfter(curve, hours).toFixed(3));
const textOf = ({ amount, low, high }: { amount: number; low: number; high: number }) => ({
  amount: units(amount),
  low: units(low),
  high: units(high),
});
const units = (amount: number): string => String(BigInt(Math.round(amount)));

function toldOf({ causes }: Cost, cause: CauseName): z.input<typeof causeOutput> {
  const { whyNot, whole, records } = causes[cause];
  return { ...(whyNot === null ? textOf(whole) : { amount: null, low: null, high: null }), count: records.length, whyNot };
}
