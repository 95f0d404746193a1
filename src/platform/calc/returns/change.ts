/** `retention` and `decompose`: what changed between two moments or periods. */

import { z } from 'zod';
import { decompose, factors, type Parts } from '#engine/returns/decompose.ts';
import { bridgeOf, movementsOf, retentionOf } from '#engine/returns/retention.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { mapInSlices } from '../slices.ts';
import { give } from '../wording.ts';
import { amount, count, numberFigure, positiveAmount } from './fields.ts';

const account = z.strictObject({
  account: z.string({ error: give('a name or id') }).describe('Name or id, each once.'),
  start: positiveAmount.describe('What it paid at the start, minor units; 0 for no customer then.'),
  end: positiveAmount.describe('What it paid at the end; 0 for one who left.'),
});

const moneyPart = z.string().describe('Minor units.');

export const retentionFormula = formula({
  name: 'retention',
  summary:
    'Of the customers at the start, without new ones: NRR = (start + expansion − contraction − churn) ÷ start, GRR the same without expansion, logo retention = customers kept ÷ customers at the start. With the bridge from start to end, new customers included, which closes to the unit.',
  input: casesOf({
    accounts: z
      .array(account, { error: give('a list of accounts') })
      .max(1_000_000)
      .refine(
        (list) => new Set(list.map((each) => each.account)).size === list.length,
        'names an account twice; give each once, with its sum',
      )
      .describe('All accounts that paid at either end.'),
  }),
  output: z.object({
    results: z.array(
      z.object({
        nrr: numberFigure('A share, 1 being 100 %.'),
        grr: numberFigure('A share, at most 1.'),
        logo: numberFigure('A share of customers.'),
        bridge: z.object({
          start: moneyPart,
          added: moneyPart,
          expansion: moneyPart,
          contraction: moneyPart,
          churn: moneyPart,
          end: moneyPart,
        }),
      }),
    ),
  }),
  example: {
    cases: [
      {
        accounts: [
          { account: 'Nordhaus', start: '40000', end: '50000' },
          { account: 'Weber', start: '30000', end: '25000' },
          { account: 'Lindqvist', start: '20000', end: '0' },
          { account: 'Okafor', start: '0', end: '7000' },
        ],
      },
    ],
  },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ accounts }) => {
      const paidAt = (end: 'start' | 'end') => new Map(accounts.filter((each) => each[end] > 0n).map((each) => [each.account, each[end]]));
      const movements = movementsOf(paidAt('start'), paidAt('end'));
      const { nrr, grr, logo } = retentionOf(movements);
      const { start, added, expansion, contraction, churn, end } = bridgeOf(movements);
      const bridge = {
        start: `${start}`,
        added: `${added}`,
        expansion: `${expansion}`,
        contraction: `${contraction}`,
        churn: `${churn}`,
        end: `${end}`,
      };
      return { nrr, grr, logo, bridge };
    }),
  }),
});

const period = z.strictObject({
  leads: count.describe('Leads of the segment.'),
  won: count.describe('Deals won.'),
  revenue: amount.describe('Of the deals won, minor units.'),
});

const parts = {
  volume: moneyPart.describe('More or fewer leads in all.'),
  mix: moneyPart.describe('Other shares of the segments.'),
  rate: moneyPart.describe('Won ÷ leads within segments.'),
  price: moneyPart.describe('Revenue ÷ won within segments.'),
  apart: moneyPart.describe('Revenue that the four can’t tell: of deals without a lead.'),
  change: moneyPart.describe('The sum of the five: after − before.'),
};

export const decomposeFormula = formula({
  name: 'decompose',
  summary:
    'Why revenue changed between two periods: Σ over segments of leads × rate × price, leads being the total times the segment’s share. Each factor’s part is its average over all 24 orders in which the four could change (Shapley), exact, and rounded so that the parts add up to the change to the minor unit. A factor that one period can’t tell takes the other’s value and changes nothing.',
  input: casesOf({
    segments: z
      .array(z.strictObject({ segment: z.string({ error: give('a name') }), before: period, after: period }), {
        error: give('a list of segments'),
      })
      .max(10_000),
  }),
  output: z.object({
    results: z.array(
      z.object({
        before: moneyPart,
        after: moneyPart,
        ...parts,
        segments: z.array(
          z.object({ segment: z.string(), ...parts, taken: z.array(z.enum(factors)).describe('Factors taken from the other period.') }),
        ),
      }),
    ),
  }),
  example: {
    cases: [
      {
        segments: [
          { segment: 'SMB', before: { leads: 100, won: 10, revenue: '50000' }, after: { leads: 200, won: 40, revenue: '200000' } },
          { segment: 'Enterprise', before: { leads: 10, won: 2, revenue: '200000' }, after: { leads: 10, won: 2, revenue: '260000' } },
        ],
      },
    ],
  },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ segments }) => {
      const all = decompose(segments);
      return {
        before: `${all.before}`,
        after: `${all.after}`,
        ...asText(all),
        segments: all.segments.map((each) => ({ segment: each.segment, ...asText(each), taken: [...each.taken] })),
      };
    }),
  }),
});

const asText = ({ volume, mix, rate, price, apart, change }: Parts & { readonly change: bigint }) => ({
  volume: `${volume}`,
  mix: `${mix}`,
  rate: `${rate}`,
  price: `${price}`,
  apart: `${apart}`,
  change: `${change}`,
});
