/**
 * What people sign: the engine's plan (`engine/payout/plan.ts`) as it comes over the API, strict and with limits.
 * Payees are members; facts, results and clauses are the product's own, by the names in `measured.ts`.
 */

import { z } from 'zod';
import { factKinds } from '#engine/payout/evidence.ts';
import type { Component, Condition, Gate, Kicker, Measure, Metric, Plan, Pool, Term } from '#engine/payout/plan.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { daySchema, idSchema } from '#features/agreement/contract.ts';
import { paySide, periodKind } from './pieces.ts';

const amount = z.string().regex(/^\d{1,15}$/, 'is an amount in minor units, such as "1200050" for 12,000.50');
const decimal = z.string().regex(/^\d{1,15}(?:\.\d{1,6})?$/, 'is a number from 0, such as "40" or "0.75"');
const signedDecimal = z.string().regex(/^-?\d{1,15}(?:\.\d{1,6})?$/, 'is a number, such as "40" or "-2.5"');
const isUpTo = (most: number) => (text: string) => Number(text) <= most;
const percent = z
  .string()
  .regex(/^\d{1,5}(?:\.\d{1,4})?$/, 'is a percent, such as "12.5"')
  .refine(isUpTo(1000), 'is a percent up to 1,000');
/** Of a whole. */
const share = percent.refine(isUpTo(100), 'is a percent up to 100');
/** Keys stay the same from version to version, so that what was paid before is found again. */
const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is a short key of small letters, digits and hyphens, such as "commission"');
const name = z.string().trim().min(1, 'Give it a name.').max(120);
const word = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, 'is a short word, such as "ae"');
const wordText = z.string().trim().min(1).max(200);
const resultName = z.string().regex(/^[A-Za-z][A-Za-z0-9:._-]{0,79}$/, 'names a result, such as "winRate"');
const days = z.number().int().min(0).max(3_660);

const filter = z.strictObject({
  sides: z.array(paySide).max(2).default([]),
  roles: z.array(word).max(50).default([]),
  payees: z.array(idSchema).max(2_000).default([]),
});
const everybody = { sides: [], roles: [], payees: [] };

const tags = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/), z.array(wordText).min(1).max(100))
  .refine((given) => Object.keys(given).length <= 20, 'At most 20 tags.');
const measure: z.ZodType<Measure> = z.strictObject({
  kinds: z.array(z.enum(factKinds)).min(1, 'Say what is counted.').max(factKinds.length),
  by: z.enum(['amount', 'count']),
  tags: tags.default({}),
  except: tags.default({}),
  split: z
    .array(z.strictObject({ role: word, sharePercent: share }))
    .min(1)
    .max(10)
    .default([{ role: 'owner', sharePercent: '100' }]),
});

const over = periodKind.nullable().default(null);
const metric: z.ZodType<Metric> = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('result'), name: resultName, whose: z.enum(['joint', 'own']).default('joint'), over }),
  z.strictObject({
    from: z.literal('clauses'),
    side: paySide,
    clauses: z.union([z.literal('all'), z.array(z.string().min(1).max(80)).min(1).max(50)]).default('all'),
    over,
  }),
  z.strictObject({ from: z.literal('credit'), measure }),
  z.strictObject({ from: z.literal('attainment'), measure, quota: word }),
  z.strictObject({ from: z.literal('ratio'), of: measure, to: measure }),
]);
const asked = { metric, is: z.enum(['atLeast', 'atMost']).default('atLeast'), value: signedDecimal };
const condition: z.ZodType<Condition> = z.strictObject(asked);
const gate: z.ZodType<Gate> = z.strictObject({ ...asked, otherwisePercent: share.default('0') });
const kicker: z.ZodType<Kicker> = z.strictObject({ ...asked, percent });
const curve = z
  .array(z.strictObject({ at: decimal, pays: percent }))
  .min(1, 'A curve has at least one point.')
  .max(50);
const target = z.union([z.strictObject({ amount }), z.strictObject({ percentOfTarget: percent })]);
const limit = z.strictObject({ amount, per: z.enum(['period', 'year']).default('period') });

const clawback = z.strictObject({ withinDays: days });
const earning = {
  id: key,
  name,
  for: filter.default(everybody),
  gates: z.array(gate).max(10).default([]),
  kickers: z.array(kicker).max(10).default([]),
  floor: amount.nullable().default(null),
  cap: limit.nullable().default(null),
  clawback: z
    .union([clawback, z.literal('never')])
    .nullable()
    .default(null),
};
const rateTerms = {
  measure,
  over,
  tiersBy: z.enum(['credit', 'attainment']).default('credit'),
  quota: word.nullable().default(null),
  tiers: z
    .array(z.strictObject({ from: decimal, percent: percent.nullable().default(null), each: amount.nullable().default(null) }))
    .min(1, 'A rate has at least one tier, from "0".')
    .max(50),
  marginal: z.boolean().default(true),
  threshold: z
    .strictObject({ at: decimal, counts: z.enum(['fromFirst', 'beyond']) })
    .nullable()
    .default(null),
};
const component: z.ZodType<Component> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rate'), ...earning, ...rateTerms }),
  z.strictObject({ kind: z.literal('bonus'), ...earning, target, metric, curve }),
  z.strictObject({
    kind: z.literal('mbo'),
    ...earning,
    target,
    objectives: z
      .array(z.strictObject({ id: key, name, weightPercent: share }))
      .min(1)
      .max(20),
  }),
  z.strictObject({
    kind: z.literal('spif'),
    ...earning,
    measure,
    from: daySchema,
    until: daySchema,
    pays: z.union([z.strictObject({ each: amount }), z.strictObject({ percent })]),
    budget: amount.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('overlay'), ...earning, ...rateTerms, of: filter.nullable().default(null) }),
]);

const applied = { id: key, name, for: filter.default(everybody) };
const term: z.ZodType<Term> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('floor'), ...applied, amount }),
  z.strictObject({ kind: z.literal('cap'), ...applied, limit }),
  z.strictObject({
    kind: z.literal('draw'),
    ...applied,
    amount,
    recoverable: z.boolean(),
    periods: z.number().int().min(1).max(120).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('holdback'),
    ...applied,
    sharePercent: share,
    afterDays: days,
    when: condition.nullable().default(null),
    lostAfterDays: days.nullable().default(null),
  }),
]);

const pool: z.ZodType<Pool> = z.strictObject({
  id: key.default('pool'),
  name,
  members: filter.default(everybody),
  fund: z.strictObject({
    base: amount,
    by: z.strictObject({ metric, curve }).nullable().default(null),
    share: z.strictObject({ metric, beyond: amount, percent: share }).nullable().default(null),
    min: amount.nullable().default(null),
    max: amount.nullable().default(null),
  }),
  opens: z.strictObject({
    marketing: z.array(condition).max(20).default([]),
    sales: z.array(condition).max(20).default([]),
    onlyMarketingPercent: share.default('0'),
    onlySalesPercent: share.default('0'),
  }),
  sides: z.strictObject({ marketing: share, sales: share }).nullable().default(null),
  key: z.strictObject({ by: z.enum(['equal', 'weight', 'target']), byDays: z.boolean().default(true) }),
});

const payee = z.strictObject({
  /** A member. */
  id: idSchema,
  side: paySide,
  role: word.nullable().default(null),
  target: amount.nullable().default(null),
  quotas: z
    .record(word, decimal)
    .refine((given) => Object.keys(given).length <= 10, 'At most 10 quotas.')
    .default({}),
  startedOn: daySchema.nullable().default(null),
  endedOn: daySchema.nullable().default(null),
  ramp: z.array(share).max(24).default([]),
  poolWeight: decimal.nullable().default(null),
});

export const planContentSchema: z.ZodType<Plan> = z.strictObject({
  name,
  currency: z.string().refine((code) => currencyDigits(code) !== null, 'is a currency of ISO 4217, such as EUR'),
  period: periodKind,
  payees: z.array(payee).min(1, 'A plan pays somebody.').max(2_000),
  components: z.array(component).max(30).default([]),
  terms: z.array(term).max(20).default([]),
  pool: pool.nullable().default(null),
  clawback: clawback.nullable().default(null),
  proration: z.enum(['days', 'none']).default('days'),
  creditDaysAfterLeaving: days.default(0),
});
export type PlanContent = Plan;
