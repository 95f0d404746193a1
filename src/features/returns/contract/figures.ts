/** Figures, retention, cohorts, trend, waterfall, changes, where next: questions and answers, shared by server, command line and screens. */

import { z } from 'zod';
import type { Basis } from '#engine/returns/revenue.ts';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';

/** Changes whenever a formula below changes, so that an old number can be told from a new one. */
export const returnsVersion = 'returns-1';

export const figureGroupings = [
  'none',
  'segment',
  'campaign',
  'channel',
  'origin',
  'team',
  'owner',
  'qualifier',
  'region',
  'product',
  'month',
  'quarter',
] as const;
export type FigureBy = (typeof figureGroupings)[number];

/** What accounts are grouped by: all but periods. An account counts where its first win does. */
export const accountGroupings = [
  'none',
  'segment',
  'campaign',
  'channel',
  'origin',
  'team',
  'owner',
  'qualifier',
  'region',
  'product',
] as const satisfies readonly FigureBy[];
export type AccountBy = (typeof accountGroupings)[number];

/**
 * How entries of revenue become customers and what they pay a month. `terms`: a `new` or `renewal` entry is paid for
 * the time until the next one is due, and an account whose term ends without one has left. `activity`: an account is
 * a customer in the months in which it brought revenue (a marketplace, a shop).
 */
export const revenueBases = ['terms', 'activity'] as const satisfies readonly Basis[];
export type RevenueBasis = (typeof revenueBases)[number];

// ── parts of questions ──────────────────────────────────────────────────────

/** `YYYY-MM-DD` of a day that exists. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
  .refine((text) => {
    const [year, month, date] = text.split('-').map(Number);
    return dayText(dayNumber(year!, month!, date!)) === text;
  }, 'there is no such day');
const truth = z.enum(['true', 'false']).transform((text) => text === 'true');
const minorUnits = z.string().regex(/^\d{1,18}$/, 'an amount is written in minor units, like 1200050');

/** First and last day, both included, in the workspace's zone. Left out: the twelve months up to the last one complete on record. */
const period = { start: day.optional(), end: day.optional() };

interface Period {
  start?: string | undefined;
  end?: string | undefined;
}
function refuseBackwards(asked: Period, context: z.RefinementCtx): void {
  if (asked.start && asked.end && asked.start > asked.end)
    context.addIssue({ code: 'custom', path: ['end'], message: 'the period ends before it starts' });
}

/** JSON: text in quotes, or `null` for what has no such value. */
const group = z
  .string()
  .max(12_000)
  .transform((text, context): string | null => {
    const value = parseJson(text);
    if (value === null || typeof value === 'string') return value;
    context.addIssue({ code: 'custom', message: 'a group is JSON: text in quotes, or null for what has none' });
    return z.NEVER;
  });
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};

// ── parts of answers ────────────────────────────────────────────────────────

/** Minor units, a decimal string. */
const amount = z.string();
const money = z.object({ amount, currency: z.string() });
const count = z.number().int();

/** The 95 % interval. `high` null: nothing is known from above. */
const numberRange = z.object({ low: z.number(), high: z.number().nullable(), level: z.literal(0.95), n: count.nullable() });
const amountRange = z.object({ low: amount, high: amount.nullable(), level: z.literal(0.95), n: count.nullable() });

const standing = {
  /** Why there is no value, such as “not a number: no deal was won”; null where there is one. */
  why: z.string().nullable(),
  /** Observations it rests on; null where it doesn't rest on a count. */
  n: count.nullable(),
  /** Rests on fewer than 30 observations. */
  small: z.boolean(),
};
/** A figure that is a number; its unit stands in `figureTable`. */
export const numberFigure = z.object({
  /** Share 0..1, ratio (1 = 100 %), days, months or a count; null where it is not a number. */
  value: z.number().nullable(),
  /** May stand without a value: “at least …”. Null where no chance is in it, or too little is known. */
  uncertainty: numberRange.nullable(),
  ...standing,
});
export type NumberFigure = z.output<typeof numberFigure>;
/** A figure that is an amount, in the answer's currency. */
export const amountFigure = z.object({ value: amount.nullable(), uncertainty: amountRange.nullable(), ...standing });
export type AmountFigure = z.output<typeof amountFigure>;

/** A count with its sum, that opens into its records. */
export const part = z.object({
  count,
  /** Null where the records carry no amount that is added up. */
  amount: amount.nullable(),
  /** Null where one may not see, or there is nothing to list. */
  recordsUrl: z.string().nullable(),
});
export type Part = z.output<typeof part>;

// ── the figures ─────────────────────────────────────────────────────────────

/** What figures are made from; each opens as a list of records of its kind. */
export const figureParts = {
  won: { of: 'deal', label: 'Deals won', help: 'closed as won in the period' },
  lost: { of: 'deal', label: 'Deals lost', help: 'closed as lost in the period' },
  cycle: { of: 'deal', label: 'Deals won with both days', help: 'won in the period, with the day they were opened' },
  open: { of: 'deal', label: 'Open deals', help: 'open at the end of the period' },
  forecast: { of: 'deal', label: 'Open deals with a probability', help: 'open at the end of the period, with amount and probability' },
  cohort: { of: 'lead', label: 'Leads opened', help: 'opened in the period, old enough to have had the whole window' },
  cohortWon: { of: 'lead', label: 'of them won', help: 'within the window' },
  cohortYoung: { of: 'lead', label: 'Leads too young', help: 'opened in the period, the window has not ended' },
  newCustomers: { of: 'account', label: 'New customers', help: 'accounts whose first win is in the period' },
  paidCustomers: { of: 'account', label: 'New customers from paid', help: 'of them, first won by a campaign that was paid for' },
  activeCustomers: { of: 'account', label: 'New customers that brought revenue', help: 'of them, with what they brought since' },
  costMarketing: { of: 'cost', label: 'Cost of marketing' },
  costSales: { of: 'cost', label: 'Cost of sales' },
  costPaid: { of: 'cost', label: 'Paid programme cost', help: 'marketing’s media, agency, event and content' },
  costMedia: { of: 'cost', label: 'Ad spend', help: 'marketing’s media' },
  customersAtStart: { of: 'account', label: 'Customers at the start' },
  customersLeft: { of: 'account', label: 'of them left', help: 'by the end of the period' },
  customersAtEnd: { of: 'account', label: 'Customers at the end', help: 'with what each pays a month' },
  attributed: { of: 'credit', label: 'Attributed value', help: 'by the model that counts in figures; conversions with a touch of it' },
} as const satisfies Record<string, { of: 'deal' | 'lead' | 'account' | 'cost' | 'credit'; label: string; help?: string }>;
export type FigurePart = keyof typeof figureParts;
/** Parts of other answers, that open in the same way. */
const otherParts = {
  decided: { of: 'deal', label: 'Deals decided', help: 'closed in the period, won or lost' },
  wonOpened: { of: 'deal', label: 'Deals opened and won', help: 'opened in the period, won by now' },
  costBoth: { of: 'cost', label: 'Cost of both sides' },
  billed: { of: 'revenue', label: 'Revenue billed', help: 'entries of the period; contractions and refunds count negative' },
} as const;
const opened = { ...figureParts, ...otherParts };
/** All of which the records can be listed; `attributed` opens at /attribution/credits. */
export type OpenablePart = Exclude<keyof typeof opened, 'attributed'>;
export const openableParts = Object.keys(opened).filter((name): name is OpenablePart => name !== 'attributed');
/** What kind of records a part is made of. */
export const kindOfPart = (name: OpenablePart): (typeof opened)[OpenablePart]['of'] => opened[name].of;

export type FigureUnit = 'share' | 'ratio' | 'days' | 'months' | 'count' | 'amount' | 'amountADay' | 'amountAMonth';
interface FigureMeaning {
  readonly label: string;
  readonly unit: FigureUnit;
  /** In words; the page shows it beside the number. */
  readonly formula: string;
  /** What it is made from, numerator first. */
  readonly parts: readonly FigurePart[];
  /** Which way is better; null where neither is. */
  readonly better: 'more' | 'less' | null;
}
/** Every figure with its formula: what server, screens and documentation read. */
export const figureTable = {
  winRate: {
    label: 'Win rate',
    unit: 'share',
    formula: 'won ÷ (won + lost), deals by the day they closed',
    parts: ['won', 'lost'],
    better: 'more',
  },
  closeRate: {
    label: 'Close rate',
    unit: 'share',
    formula: 'of the leads opened in the period, the share won within the window; leads whose window has not ended are left out (censored)',
    parts: ['cohortWon', 'cohort', 'cohortYoung'],
    better: 'more',
  },
  cycleMedian: {
    label: 'Cycle',
    unit: 'days',
    formula: 'median of close − created, deals won in the period (nearest rank)',
    parts: ['cycle'],
    better: 'less',
  },
  cycleP90: {
    label: 'Cycle, 90th percentile',
    unit: 'days',
    formula: '90th percentile of close − created, deals won in the period (nearest rank)',
    parts: ['cycle'],
    better: 'less',
  },
  wonValue: {
    label: 'Won value',
    unit: 'amount',
    formula: 'Σ amount of the deals won in the period',
    parts: ['won'],
    better: 'more',
  },
  averageDeal: {
    label: 'Average deal',
    unit: 'amount',
    formula: 'won value ÷ deals won with an amount',
    parts: ['won'],
    better: 'more',
  },
  velocity: {
    label: 'Velocity',
    unit: 'amountADay',
    formula: 'open deals × win rate × average deal ÷ median cycle days',
    parts: ['open', 'won', 'lost', 'cycle'],
    better: 'more',
  },
  pipeline: {
    label: 'Pipeline',
    unit: 'amount',
    formula: 'Σ amount of the deals open at the end of the period',
    parts: ['open'],
    better: 'more',
  },
  coverage: {
    label: 'Coverage',
    unit: 'ratio',
    formula: 'pipeline ÷ (target − won value)',
    parts: ['open', 'won'],
    better: 'more',
  },
  forecast: {
    label: 'Forecast',
    unit: 'amount',
    formula: 'Σ amount × probability of the deals open at the end of the period',
    parts: ['forecast'],
    better: 'more',
  },
  cost: {
    label: 'Cost of both sides',
    unit: 'amount',
    formula: 'Σ cost of marketing + Σ cost of sales',
    parts: ['costMarketing', 'costSales'],
    better: null,
  },
  newCustomers: {
    label: 'New customers',
    unit: 'count',
    formula: 'accounts whose first won deal or first revenue, whichever came first, is in the period; each counts once',
    parts: ['newCustomers'],
    better: 'more',
  },
  activeShare: {
    label: 'Active share',
    unit: 'share',
    formula: 'new customers that have brought revenue by the last day on record ÷ new customers',
    parts: ['activeCustomers', 'newCustomers'],
    better: 'more',
  },
  revenueAfterWin: {
    label: 'Revenue after the win',
    unit: 'amount',
    formula: 'Σ revenue of the new customers by the last day on record, contractions and refunds taken off',
    parts: ['activeCustomers'],
    better: 'more',
  },
  revenuePerLead: {
    label: 'Revenue per lead',
    unit: 'amount',
    formula: 'revenue after the win of the new customers ÷ leads opened in the period; every account and every lead counts once',
    parts: ['activeCustomers', 'cohort', 'cohortYoung'],
    better: 'more',
  },
  cacBlended: {
    label: 'CAC, blended',
    unit: 'amount',
    formula: 'all sales and marketing cost ÷ new customers',
    parts: ['costMarketing', 'costSales', 'newCustomers'],
    better: 'less',
  },
  cacPaid: {
    label: 'CAC, paid',
    unit: 'amount',
    formula: 'paid programme cost (media, agency, event, content) ÷ new customers first won by a campaign that was paid for',
    parts: ['costPaid', 'paidCustomers'],
    better: 'less',
  },
  arpa: {
    label: 'ARPA',
    unit: 'amountAMonth',
    formula: 'what customers pay a month at the end of the period ÷ customers at the end',
    parts: ['customersAtEnd'],
    better: 'more',
  },
  churn: {
    label: 'Churn a month',
    unit: 'share',
    formula: 'customers at the start that left by the end ÷ customers at the start ÷ months of the period',
    parts: ['customersLeft', 'customersAtStart'],
    better: 'less',
  },
  ltv: {
    label: 'LTV',
    unit: 'amount',
    formula: 'ARPA × gross margin ÷ churn a month',
    parts: ['customersAtEnd', 'customersLeft', 'customersAtStart'],
    better: 'more',
  },
  ltvToCac: {
    label: 'LTV : CAC',
    unit: 'ratio',
    formula: 'LTV ÷ CAC blended',
    parts: ['customersAtEnd', 'customersLeft', 'customersAtStart', 'costMarketing', 'costSales', 'newCustomers'],
    better: 'more',
  },
  paybackMonths: {
    label: 'Payback',
    unit: 'months',
    formula: 'CAC blended ÷ (ARPA × gross margin)',
    parts: ['costMarketing', 'costSales', 'newCustomers', 'customersAtEnd'],
    better: 'less',
  },
  romi: {
    label: 'ROMI',
    unit: 'ratio',
    formula: '(won value × gross margin − cost of marketing) ÷ cost of marketing',
    parts: ['won', 'costMarketing'],
    better: 'more',
  },
  roas: {
    label: 'ROAS',
    unit: 'ratio',
    formula: 'attributed value (by group; in all: won value) ÷ ad spend',
    parts: ['attributed', 'won', 'costMedia'],
    better: 'more',
  },
  campaignRoi: {
    label: 'ROI, attributed',
    unit: 'ratio',
    formula: '(attributed value × gross margin − cost of marketing) ÷ cost of marketing, by campaign and channel',
    parts: ['attributed', 'costMarketing'],
    better: 'more',
  },
} as const satisfies Record<string, FigureMeaning>;
export type FigureName = keyof typeof figureTable;
export const figureNames = Object.keys(figureTable) as FigureName[];

type NumberName = { [Name in FigureName]: (typeof figureTable)[Name]['unit'] extends `amount${string}` ? never : Name }[FigureName];
type AmountName = Exclude<FigureName, NumberName>;
const isAmountFigure = (name: FigureName): name is AmountName => figureTable[name].unit.startsWith('amount');

const figureShape = Object.fromEntries(figureNames.map((name) => [name, isAmountFigure(name) ? amountFigure : numberFigure])) as Record<
  NumberName,
  typeof numberFigure
> &
  Record<AmountName, typeof amountFigure>;
const partShape = Object.fromEntries(Object.keys(figureParts).map((name) => [name, part.nullable()])) as Record<
  FigurePart,
  z.ZodNullable<typeof part>
>;

const figuresOfOne = {
  figures: z.object(figureShape),
  /** Null where costs or accounts are not kept by this grouping. */
  parts: z.object(partShape),
};
export const figuresRow = z.object({
  /** The text, or the id of a campaign, team, owner, qualifier; `2026-03`, `2026-Q1`; null: has no such value. */
  group: z.string().nullable(),
  label: z.string(),
  ...figuresOfOne,
});
export type FiguresRow = z.output<typeof figuresRow>;

const figureScope = {
  ...period,
  /** Costs spread by the allocation keys. */
  allocated: truth.default(false),
  /** Cost of the period shifted back by so many days; `cycle`: by the median cycle of the deals won. */
  lagDays: z.union([z.literal('cycle'), z.coerce.number().int().min(0).max(1000)]).default(0),
  /** Close rate: days within which a lead must be won. */
  windowDays: z.coerce.number().int().min(0).max(3650).default(90),
  /** Default: the one of the settings. */
  basis: z.enum(revenueBases).optional(),
  /** What is to be won in the period, for coverage. Without it there is none. */
  target: minorUnits.optional(),
};
export const figuresQuery = z
  .strictObject({ by: z.enum(figureGroupings).default('none'), ...figureScope, rows: z.coerce.number().int().min(1).max(500).default(200) })
  .superRefine(refuseBackwards);
export type FiguresQuery = z.output<typeof figuresQuery>;

/** What an answer was asked of, with nothing left open. */
const answeredScope = {
  start: z.string(),
  end: z.string(),
  /** The last day on record (of a lead, a deal, revenue), today at most: what lies after it is not known. */
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
  /** What a reader must know beside the formulas. */
  notes: z.array(z.string()),
};
const answeredFigures = {
  ...answeredScope,
  basis: z.enum(revenueBases),
  allocated: z.boolean(),
  /** Days by which cost was shifted, and so its period. */
  lagDays: count,
  costStart: z.string(),
  costEnd: z.string(),
  windowDays: count,
  target: amount.nullable(),
  /** `programme`: without any pay, as the asker may not see it of both sides. Said in `notes` as well. */
  costBasis: z.enum(['whole', 'programme']),
  /** Null: not set. */
  grossMarginPercent: z.string().nullable(),
  /** Which rule model `attributed` is by; null where attribution isn't there yet. */
  attributionModel: z.string().nullable(),
};
export const figuresAnswer = z.object({
  by: z.enum(figureGroupings),
  ...answeredFigures,
  /** Greatest won value first, then cost, then leads; periods in their order. */
  rows: z.array(figuresRow),
  total: z.object(figuresOfOne),
  /** What the rows beyond the limit hold; null when all are shown. It is in the total. */
  notShown: z.object({ groups: count, won: count, wonValue: amount, cost: amount }).nullable(),
});
export type FiguresAnswer = z.output<typeof figuresAnswer>;

export const figureRecordsQuery = z
  .strictObject({
    part: z.enum(openableParts as [OpenablePart, ...OpenablePart[]]).default('won'),
    by: z.enum(figureGroupings).default('none'),
    /** Left out: of all groups. */
    group: group.optional(),
    ...figureScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type FigureRecordsQuery = z.output<typeof figureRecordsQuery>;

export const recordsAnswer = z.object({
  of: z.enum(['deal', 'lead', 'account', 'cost', 'revenue']),
  /**
   * deal, lead, account: as in their lists, with the names of what they refer to; deals with `bookedAmount`, accounts
   * with what counted (`firstWonOn`, `before`, `after`, `amount`), in the answer's currency. cost: as in the ledger's list.
   * revenue: id, occurredOn, kind, amount, currency, booked (signed), account, deal, product, description.
   */
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  /** The very count of the part. */
  total: count,
  /** The very amount of the part. */
  sum: money.nullable(),
});
export type RecordsAnswer = z.output<typeof recordsAnswer>;

/** The address of the records behind a part. `group` undefined: of all groups. */
export function figureRecordsPath(asked: {
  part: OpenablePart;
  by: FigureBy;
  group: string | null | undefined;
  start: string;
  end: string;
  lagDays: number;
  windowDays: number;
  basis: RevenueBasis;
}): string {
  const { part: of, by, group: value, start, end } = asked;
  const given: Record<string, string | undefined> = {
    ...{ part: of, by, group: value === undefined || by === 'none' ? undefined : JSON.stringify(value), start, end },
    lagDays: kindOfPart(of) === 'cost' && asked.lagDays > 0 ? String(asked.lagDays) : undefined,
    windowDays: kindOfPart(of) === 'lead' ? String(asked.windowDays) : undefined,
    basis: kindOfPart(of) === 'account' ? asked.basis : undefined,
  };
  return `/api/v1/figures/records?${new URLSearchParams(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined))}`;
}

// ── what figures rest on ────────────────────────────────────────────────────

const percent = z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'a percentage is written like 72.5');
export const figureSettings = z.object({
  /** Share of revenue left after what delivering it costs; null: not known, and what needs it is not a number. */
  grossMarginPercent: percent.nullable(),
  basis: z.enum(revenueBases),
  /** Over how many months LTV is told where nobody leaves. */
  horizonMonths: count,
  setAt: z.string().nullable(),
  setBy: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type FigureSettings = z.output<typeof figureSettings>;
export const figureSettingsChange = z.strictObject({
  grossMarginPercent: percent.nullable().optional(),
  basis: z.enum(revenueBases).optional(),
  horizonMonths: z.number().int().min(1).max(600).optional(),
});
export type FigureSettingsChange = z.output<typeof figureSettingsChange>;

// ── trend ───────────────────────────────────────────────────────────────────

export const trendQuery = z
  .strictObject({ every: z.enum(['month', 'quarter']).default('month'), ...figureScope })
  .superRefine(refuseBackwards);
export type TrendQuery = z.output<typeof trendQuery>;
export const trendAnswer = z.object({
  every: z.enum(['month', 'quarter']),
  ...answeredFigures,
  points: z.array(
    z.object({
      /** `2026-03`, `2026-Q1`. */
      period: z.string(),
      start: z.string(),
      end: z.string(),
      /** The period is not over yet, or cut by the question. */
      partial: z.boolean(),
      ...figuresOfOne,
    }),
  ),
  /** Versions of the agreement that took effect in the period. */
  marks: z.array(z.object({ on: z.string(), versionId: z.string(), number: count, label: z.string() })),
});
export type TrendAnswer = z.output<typeof trendAnswer>;

// ── waterfall ───────────────────────────────────────────────────────────────

export const waterfallQuery = z
  .strictObject({
    ...period,
    /** `won`: amounts of the deals won in the period; `billed`: revenue entries of the period. */
    revenue: z.enum(['won', 'billed']).default('won'),
  })
  .superRefine(refuseBackwards);
export type WaterfallQuery = z.output<typeof waterfallQuery>;
export const waterfallAnswer = z.object({
  ...answeredScope,
  revenue: z.enum(['won', 'billed']),
  costBasis: z.enum(['whole', 'programme']),
  grossMarginPercent: z.string().nullable(),
  /** In order: marketing, sales, revenue, delivery, contribution. Without a gross margin it ends with revenue − spend (`difference`). */
  steps: z.array(
    z.object({
      step: z.enum(['marketing', 'sales', 'revenue', 'delivery', 'contribution', 'difference']),
      label: z.string(),
      /** A total is drawn from 0. */
      kind: z.enum(['change', 'total']),
      /** Negative for what is spent. */
      amount,
      /** Running total before and after it. */
      from: amount,
      to: amount,
      recordsUrl: z.string().nullable(),
    }),
  ),
  /** Last total − Σ of the changes: "0". */
  difference: amount,
});
export type WaterfallAnswer = z.output<typeof waterfallAnswer>;

// ── retention ───────────────────────────────────────────────────────────────

/** Left out, the period is the twelve months up to the last complete one; of cohorts by quarter three years. */
const accountsScope = { ...period, basis: z.enum(revenueBases).optional() };
export const retentionQuery = z
  .strictObject({ by: z.enum(accountGroupings).default('none'), ...accountsScope })
  .superRefine(refuseBackwards);
export type RetentionQuery = z.output<typeof retentionQuery>;

/** Accounts behind a step of the bridge; `kept` = at the start and still at the end. */
export const retentionParts = ['start', 'new', 'returned', 'expansion', 'contraction', 'churned', 'kept', 'end'] as const;
export type RetentionPart = (typeof retentionParts)[number];

const retentionOfOne = {
  /** Each NRR, GRR in shares of what the start's customers paid a month; logo retention in shares of their number. */
  nrr: numberFigure,
  grr: numberFigure,
  logoRetention: numberFigure,
  /**
   * Accounts and what they pay a month. start + new + returned + expansion − contraction − churned = end. `returned`:
   * customers once before, not at the start, again at the end. `amount` of expansion, contraction, churned: by how much.
   */
  bridge: z.object(Object.fromEntries(retentionParts.map((name) => [name, part])) as Record<RetentionPart, typeof part>),
  /** end − (start + new + returned + expansion − contraction − churned): "0". */
  difference: amount,
};
export const retentionAnswer = z.object({
  by: z.enum(accountGroupings),
  ...answeredScope,
  basis: z.enum(revenueBases),
  formulas: z.object({ nrr: z.string(), grr: z.string(), logoRetention: z.string(), monthly: z.string() }),
  rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), ...retentionOfOne })),
  total: z.object(retentionOfOne),
  notShown: z.object({ groups: count }).nullable(),
});
export type RetentionAnswer = z.output<typeof retentionAnswer>;
export const retentionRecordsQuery = z
  .strictObject({
    part: z.enum(retentionParts).default('start'),
    by: z.enum(accountGroupings).default('none'),
    group: group.optional(),
    ...accountsScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type RetentionRecordsQuery = z.output<typeof retentionRecordsQuery>;

// ── cohorts ─────────────────────────────────────────────────────────────────

const cohortScope = {
  /** Length of a cohort and of a step. */
  every: z.enum(['month', 'quarter']).default('month'),
  ...accountsScope,
  /** Accounts of one group only. */
  by: z.enum(accountGroupings).default('none'),
  group: group.optional(),
};
export const cohortsQuery = z
  .strictObject({ measure: z.enum(['revenue', 'customers']).default('customers'), ...cohortScope })
  .superRefine(refuseBackwards);
export type CohortsQuery = z.output<typeof cohortsQuery>;
export const cohortsAnswer = z.object({
  every: z.enum(['month', 'quarter']),
  measure: z.enum(['revenue', 'customers']),
  by: z.enum(accountGroupings),
  /** Undefined in the question: null, with `ofGroup` false. */
  group: z.string().nullable(),
  ofGroup: z.boolean(),
  ...answeredScope,
  basis: z.enum(revenueBases),
  formula: z.string(),
  /** All cohorts together by step: customers still there ÷ customers, over the cohorts whose cell is not censored. */
  together: z.array(numberFigure),
  cohorts: z.array(
    z.object({
      /** `2026-03`, `2026-Q1`: when the account became a customer, on the basis asked for. */
      cohort: z.string(),
      /** Accounts in it; more may come while its own time is not over (`growing`). */
      customers: count,
      growing: z.boolean(),
      recordsUrl: z.string(),
      cells: z.array(
        z.object({
          /** Steps since the cohort's own, from 0. */
          step: count,
          /** The month or quarter it is. */
          period: z.string(),
          /** Customers: share of the cohort still there. Revenue: of what it brought at step 0 (activity) or paid a month (terms). Null: censored, or nothing at step 0. */
          value: z.number().nullable(),
          why: z.string().nullable(),
          uncertainty: numberRange.nullable(),
          customers: count,
          amount,
          /** Its time is not over yet: it may still rise, and is not to be compared. */
          censored: z.boolean(),
          recordsUrl: z.string(),
        }),
      ),
    }),
  ),
});
export type CohortsAnswer = z.output<typeof cohortsAnswer>;
export const cohortRecordsQuery = z
  .strictObject({
    cohort: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$/, 'a cohort is a month like 2026-03 or a quarter like 2026-Q1')
      .default('2026-01'),
    /** Left out: all accounts of the cohort. */
    step: z.coerce.number().int().min(0).max(1200).optional(),
    ...cohortScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type CohortRecordsQuery = z.output<typeof cohortRecordsQuery>;

// ── what changed and why ────────────────────────────────────────────────────

export const changeGroupings = [
  'segment',
  'channel',
  'origin',
  'campaign',
  'team',
  'owner',
  'product',
  'region',
] as const satisfies readonly FigureBy[];
export const changesQuery = z
  .strictObject({
    by: z.enum(changeGroupings).default('segment'),
    ...period,
    /** What it is compared with; left out: as many days (whole months: as many months) right before. */
    beforeStart: day.optional(),
    beforeEnd: day.optional(),
    /** What volume counts: deals decided (won + lost) in the period, or leads opened in it. */
    volume: z.enum(['deals', 'leads']).default('deals'),
  })
  .superRefine(refuseBackwards);
export type ChangesQuery = z.output<typeof changesQuery>;
/** `apart`: what units × rate × price can't tell (deals won without a lead, where leads are the volume). */
export const changeCauses = ['volume', 'mix', 'rate', 'price', 'apart'] as const;
export type ChangeCause = (typeof changeCauses)[number];
const effects = z.object({ volume: amount, mix: amount, rate: amount, price: amount, apart: amount });
const changeSide = z.object({
  /** Deals decided, or leads opened. */
  units: count,
  won: count,
  /** won ÷ units; null: none. */
  rate: z.number().nullable(),
  averageDeal: amount.nullable(),
  value: amount,
  unitsUrl: z.string().nullable(),
  wonUrl: z.string().nullable(),
});
export const changesAnswer = z.object({
  by: z.enum(changeGroupings),
  volume: z.enum(['deals', 'leads']),
  ...answeredScope,
  beforeStart: z.string(),
  beforeEnd: z.string(),
  formula: z.string(),
  before: changeSide,
  now: changeSide,
  change: amount,
  effects,
  /** The greatest first, a sentence each. */
  sentences: z.array(z.object({ cause: z.enum(changeCauses), amount, text: z.string() })),
  rows: z.array(
    z.object({ group: z.string().nullable(), label: z.string(), before: changeSide, now: changeSide, change: amount, effects }),
  ),
  /** change − Σ effects: "0". */
  difference: amount,
});
export type ChangesAnswer = z.output<typeof changesAnswer>;

// ── where the next amount would bring most ──────────────────────────────────

/** Left out, the period is the 24 months up to the last complete one. */
export const whereNextQuery = z
  .strictObject({
    by: z.enum(['channel', 'campaign', 'segment']).default('channel'),
    ...period,
    /** The next amount, minor units. Default: a tenth of the period's spend a month. */
    amount: minorUnits.optional(),
  })
  .superRefine(refuseBackwards);
export type WhereNextQuery = z.output<typeof whereNextQuery>;
export const whereNextAnswer = z.object({
  by: z.enum(['channel', 'campaign', 'segment']),
  ...answeredScope,
  costBasis: z.enum(['whole', 'programme']),
  formula: z.string(),
  amount,
  rows: z.array(
    z.object({
      group: z.string().nullable(),
      label: z.string(),
      /** Of marketing and sales on it, in the period. */
      spend: amount,
      /** Of the deals opened in these months that were won. */
      value: amount,
      /** Value for each unit spent, 1 = one for one. */
      average: numberFigure,
      /** By how many per cent value grew with one per cent of spend, 0..1. */
      elasticity: numberFigure,
      /** Value of the next unit of money, with its range; or why it can't be told. */
      marginal: numberFigure,
      /** In which share of all draws no other place's was higher, 0..1; null where it can't be told. */
      bestShare: z.number().nullable(),
      /** What the next amount would bring. */
      brings: amountFigure,
      /** The entries of `spend`. */
      recordsUrl: z.string().nullable(),
      /** The deals of `value`; null: there are none. */
      valueUrl: z.string().nullable(),
    }),
  ),
  /** The group that would bring most in 95 % of the draws; null: there is none, `sentence` says why. */
  best: z.object({ group: z.string().nullable(), label: z.string() }).nullable(),
  /** Which is best, or that nobody can tell. */
  sentence: z.string(),
  /** Spend and value went together; that the one caused the other is not shown. */
  caveat: z.string(),
});
export type WhereNextAnswer = z.output<typeof whereNextAnswer>;
