/** What a goal can be about: figures of the product, each with its unit, its formula in words and how it runs through time. */

import { z } from 'zod';
import { idSchema } from '#features/agreement/contract.ts';

/** Changes whenever a formula of goals changes, so that an old number can be told from a new one. */
export const goalsVersion = 'goals-1';

export type GoalUnit = 'amount' | 'amountAMonth' | 'count' | 'share' | 'months';
interface MetricMeaning {
  readonly label: string;
  readonly unit: GoalUnit;
  /**
   * `flow` adds up over the period, so that it has a pace by working day; `share` is a part of a whole, told for the
   * period up to now; `level` stands at a moment.
   */
  readonly runs: 'flow' | 'share' | 'level';
  /** In words; the page shows it beside the number. */
  readonly formula: string;
  readonly better: 'more' | 'less';
  /** By what it can be narrowed. */
  readonly scopes: readonly ('segment' | 'team')[];
  /** What must be said with it. */
  readonly needs: 'sideOrClause' | 'campaign' | 'minutes' | null;
  /** It is made from what people are paid: who may not see that doesn't see the value. */
  readonly holdsPay: boolean;
}
const both = ['segment', 'team'] as const;
const plain = { needs: null, holdsPay: false } as const;
/** Every metric: read by server, screens and documentation. */
export const goalMetrics = {
  wonValue: {
    label: 'Won value',
    unit: 'amount',
    runs: 'flow',
    formula: 'Σ amount of the deals won in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  won: {
    label: 'Deals won',
    unit: 'count',
    runs: 'flow',
    formula: 'deals closed as won in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  newCustomers: {
    label: 'New customers',
    unit: 'count',
    runs: 'flow',
    formula: 'accounts whose first won deal or first revenue, whichever came first, is in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  recurringRevenue: {
    label: 'Recurring revenue',
    unit: 'amountAMonth',
    runs: 'level',
    formula: 'what customers pay a month at the end of the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  nrr: {
    label: 'NRR',
    unit: 'share',
    runs: 'level',
    formula: '(start + expansion − contraction − churn) ÷ start',
    better: 'more',
    scopes: both,
    ...plain,
  },
  grr: {
    label: 'GRR',
    unit: 'share',
    runs: 'level',
    formula: '(start − contraction − churn) ÷ start',
    better: 'more',
    scopes: both,
    ...plain,
  },
  logoRetention: {
    label: 'Logo retention',
    unit: 'share',
    runs: 'level',
    formula: 'customers kept ÷ customers at the start',
    better: 'more',
    scopes: both,
    ...plain,
  },
  pipelineCreated: {
    label: 'Pipeline created',
    unit: 'amount',
    runs: 'flow',
    formula: 'Σ amount of the deals opened in the period, whatever became of them',
    better: 'more',
    scopes: both,
    ...plain,
  },
  deals: {
    label: 'Deals opened',
    unit: 'count',
    runs: 'flow',
    formula: 'deals opened in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  mqls: {
    label: 'MQLs',
    unit: 'count',
    runs: 'flow',
    formula: 'leads that became MQL in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  sals: {
    label: 'SALs',
    unit: 'count',
    runs: 'flow',
    formula: 'leads that sales accepted in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  sqls: {
    label: 'SQLs',
    unit: 'count',
    runs: 'flow',
    formula: 'leads that became SQL in the period',
    better: 'more',
    scopes: both,
    ...plain,
  },
  mqlValue: {
    label: 'MQL value',
    unit: 'amount',
    runs: 'flow',
    formula: 'Σ over the MQLs of the period of what a lead of their segment is worth: the agreement’s clause about value',
    better: 'more',
    scopes: ['segment'],
    ...plain,
  },
  winRate: {
    label: 'Win rate',
    unit: 'share',
    runs: 'share',
    formula: 'won ÷ (won + lost), deals by the day they closed',
    better: 'more',
    scopes: both,
    ...plain,
  },
  cac: {
    label: 'CAC, blended',
    unit: 'amount',
    runs: 'level',
    formula: 'all sales and marketing cost ÷ new customers',
    better: 'less',
    scopes: [],
    needs: null,
    holdsPay: true,
  },
  paybackMonths: {
    label: 'Payback',
    unit: 'months',
    runs: 'level',
    formula: 'CAC blended ÷ (ARPA × gross margin)',
    better: 'less',
    scopes: [],
    needs: null,
    holdsPay: true,
  },
  speedWithin: {
    label: 'Answered in time',
    unit: 'share',
    runs: 'share',
    formula: 'leads first tried within so many working minutes ÷ leads tried or whose time is up',
    better: 'more',
    scopes: both,
    needs: 'minutes',
    holdsPay: false,
  },
  attainment: {
    label: 'What was agreed, kept',
    unit: 'share',
    runs: 'share',
    formula: 'compliant ÷ due, of one side’s clauses with a clock or a lead, or of one clause',
    better: 'more',
    scopes: both,
    needs: 'sideOrClause',
    holdsPay: false,
  },
  responders: {
    label: 'Responders',
    unit: 'count',
    runs: 'flow',
    formula: 'members of campaigns who responded in the period',
    better: 'more',
    scopes: [],
    needs: 'campaign',
    holdsPay: false,
  },
} as const satisfies Record<string, MetricMeaning>;
export type MetricName = keyof typeof goalMetrics;
export const metricNames = Object.keys(goalMetrics) as MetricName[];
export const meaningOf = (name: MetricName): MetricMeaning => goalMetrics[name];

type PlainMetric = { [Name in MetricName]: (typeof goalMetrics)[Name]['needs'] extends null ? Name : never }[MetricName];
const plainNames = metricNames.filter((name): name is PlainMetric => goalMetrics[name].needs === null);

/** Which metric, and what must be said with it. */
export const metricSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.enum(plainNames as [PlainMetric, ...PlainMetric[]]) }),
  z.strictObject({ name: z.literal('speedWithin'), minutes: z.int().min(1).max(100_000) }),
  z.strictObject({
    name: z.literal('attainment'),
    of: z.union([z.strictObject({ side: z.enum(['marketing', 'sales']) }), z.strictObject({ clause: z.string().max(80) })]),
  }),
  /** Null: all campaigns together. */
  z.strictObject({ name: z.literal('responders'), campaignId: idSchema.nullable() }),
]);
export type GoalMetric = z.output<typeof metricSchema>;

/** One of both at most; neither: the whole company. A segment is the text that leads and accounts carry. */
export const scopeSchema = z
  .strictObject({ segment: z.string().max(200).nullable().default(null), teamId: idSchema.nullable().default(null) })
  .refine(({ segment, teamId }) => segment === null || teamId === null, 'A goal is about a segment or a team, not both.');
export type GoalScope = z.output<typeof scopeSchema>;
