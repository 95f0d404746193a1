/** What the figures of returns are: every figure with its unit, its formula in words and its parts, and what it can be grouped by. */

import type { Basis } from '#engine/returns/revenue.ts';

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
  opened: { of: 'deal', label: 'Deals opened', help: 'in the period, whatever became of them' },
  wonOpened: { of: 'deal', label: 'Deals opened and won', help: 'opened in the period, won by now' },
  costBoth: { of: 'cost', label: 'Cost of both sides' },
  billed: { of: 'revenue', label: 'Revenue billed', help: 'entries of the period; contractions and refunds count negative' },
} as const;
const openable = { ...figureParts, ...otherParts };
/** All of which the records can be listed; `attributed` opens at /attribution/credits. */
export type OpenablePart = Exclude<keyof typeof openable, 'attributed'>;
export const openableParts = Object.keys(openable).filter((name): name is OpenablePart => name !== 'attributed');
/** What kind of records a part is made of. */
export const kindOfPart = (name: OpenablePart): (typeof openable)[OpenablePart]['of'] => openable[name].of;

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

export type NumberName = { [Name in FigureName]: (typeof figureTable)[Name]['unit'] extends `amount${string}` ? never : Name }[FigureName];
export type AmountName = Exclude<FigureName, NumberName>;
export const isAmountFigure = (name: FigureName): name is AmountName => figureTable[name].unit.startsWith('amount');
