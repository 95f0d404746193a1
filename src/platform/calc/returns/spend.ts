/** `romi` and `roas`. */

import { z } from 'zod';
import { roas, romi } from '#engine/returns/spend.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { mapInSlices } from '../slices.ts';
import { amount, count, numberFigure } from './fields.ts';

const spend = amount.describe('Minor units.');
const wins = count
  .nullable()
  .default(null)
  .describe('Deals behind what came back; with them the range is what chance could have made of their number.');

export const romiFormula = formula({
  name: 'romi',
  summary: '(margin contribution − spend) ÷ spend: 0.5 is half as much again as was spent. Nothing spent is not a number.',
  input: casesOf({ contribution: amount.describe('Revenue × gross margin, minor units of the same currency.'), spend, wins }),
  output: z.object({ results: z.array(numberFigure('A ratio, 1 being 100 %.')) }),
  example: { cases: [{ contribution: '15000', spend: '10000' }] },
  calculate: async ({ cases }) => ({ results: await mapInSlices(cases, romi) }),
});

export const roasFormula = formula({
  name: 'roas',
  summary: 'revenue ÷ ad spend. Nothing spent is not a number.',
  input: casesOf({ revenue: amount.describe('Minor units of the same currency.'), spend, wins }),
  output: z.object({ results: z.array(numberFigure('A ratio: revenue for each unit spent.')) }),
  example: { cases: [{ revenue: '40000', spend: '10000', wins: 4 }] },
  calculate: async ({ cases }) => ({ results: await mapInSlices(cases, roas) }),
});
