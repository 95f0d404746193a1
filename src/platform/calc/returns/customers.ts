/** `cac`, `ltv`, `payback`. */

import { z } from 'zod';
import { cacBlended, ltv, paybackMonths } from '#engine/returns/acquisition.ts';
import { told } from '#engine/returns/figure.ts';
import { countedRate, statedRate } from '#engine/returns/rates.ts';
import { decimalFraction } from '#engine/values/fraction.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { mapInSlices } from '../slices.ts';
import { amount, asMoney, count, currency, moneyFigure, numberFigure, positiveAmount, share } from './fields.ts';

export const cacFormula = formula({
  name: 'cac',
  summary:
    'cost ÷ new customers. Blended: all sales and marketing cost and all new customers. Paid: what paid programmes cost and the customers from them. The range is what the same cost would have bought had chance brought as few or as many customers as their number allows (Poisson).',
  input: casesOf({
    cost: amount.describe('Minor units.'),
    customers: count.describe('New customers.'),
    currency,
  }),
  output: z.object({ results: z.array(moneyFigure('An amount a customer.')) }),
  example: { cases: [{ cost: '12000000', customers: 40, currency: 'EUR' }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ cost, customers, currency: code }) => asMoney(cacBlended({ cost, customers }), code)),
  }),
});

const arpa = positiveAmount.describe('Average revenue an account and month, minor units.');
const grossMargin = share.describe('A share, 0 to 1.');

export const ltvFormula = formula({
  name: 'ltv',
  summary:
    'ARPA × gross margin ÷ churn. Without churn it is undefined: what an account brings over the horizon stands instead. With `left` and `accounts` in place of `churn` the range follows from their number.',
  input: casesOf({
    arpa,
    grossMargin,
    churn: share.optional().describe('Share of accounts that leave in a month. Or leave it out and give `left` and `accounts`.'),
    left: count.optional().describe('Accounts that left in a month, or account-months that ended so.'),
    accounts: count.optional().describe('Accounts that could leave, or account-months.'),
    horizonMonths: count.max(1200).default(36).describe('36 unless said.'),
    currency,
  }).superRefine(({ cases }, context) => {
    const issue = (at: number, field: string, message: string) => context.addIssue({ code: 'custom', path: ['cases', at, field], message });
    for (const [at, { churn, left, accounts }] of cases.entries()) {
      if ((churn === undefined) === (left === undefined || accounts === undefined))
        issue(at, 'churn', 'is missing or told twice; give `churn`, or `left` and `accounts`');
      else if (left !== undefined && accounts !== undefined && left > accounts)
        issue(at, 'left', 'is more than `accounts`; give those of them that left');
    }
  }),
  output: z.object({
    results: z.array(
      moneyFigure('An amount an account.').extend({
        horizon: z
          .object({ months: z.number(), value: z.string().describe('ARPA × gross margin × months, minor units.') })
          .nullable()
          .describe('What an account brings that stays so long.'),
      }),
    ),
  }),
  example: { cases: [{ arpa: '50000', grossMargin: 0.8, churn: 0.02, currency: 'EUR' }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, (given) => {
      const churn = given.churn === undefined ? countedRate(given.left ?? 0, given.accounts ?? 0) : statedRate(given.churn);
      const margin = decimalFraction(given.grossMargin);
      const { horizon, ...figure } = ltv({ arpa: given.arpa, grossMargin: margin, churn, horizonMonths: given.horizonMonths });
      return { ...asMoney(figure, given.currency), horizon: horizon && { months: horizon.months, value: `${horizon.value}` } };
    }),
  }),
});

export const paybackFormula = formula({
  name: 'payback',
  summary: 'CAC ÷ (ARPA × gross margin), in months.',
  input: casesOf({ cac: positiveAmount.describe('Minor units of the same currency.'), arpa, grossMargin }),
  output: z.object({ results: z.array(numberFigure('Months.')) }),
  example: { cases: [{ cac: '480000', arpa: '50000', grossMargin: 0.8 }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, (given) => paybackMonths(told(given.cac), given.arpa, decimalFraction(given.grossMargin))),
  }),
});
