/** From what was counted of a slice to its figures. Every formula is the engine's. */

import { cacBlended, cacPaid, ltv, ltvToCac, paybackMonths } from '#engine/returns/acquisition.ts';
import { cycleDays } from '#engine/returns/cycle.ts';
import { type Figure, mapRange, told, untold } from '#engine/returns/figure.ts';
import { meanAmount } from '#engine/returns/mean.ts';
import { coverage, forecast, velocity } from '#engine/returns/pipeline.ts';
import { closeRate, countedRate, type LeadCohort, type Rate, winRate } from '#engine/returns/rates.ts';
import { shareOf, shareRange } from '#engine/returns/ratio.ts';
import { campaignRoi, roas, romi } from '#engine/returns/spend.ts';
import { type Fraction, fraction, numberOf, percentFraction, timesFraction } from '#engine/values/fraction.ts';
import { divideHalfEven, moneyText } from '#engine/values/money.ts';
import type { AmountFigure, NumberFigure } from '../contract/figure-pieces.ts';
import type { FiguresRow } from '../contract/figures.ts';
import type { RevenueBasis } from '../contract/figure-table.ts';
import type { CostPart, CostTally } from './figure-costs.ts';
import type { CustomerTally } from './customer-tally.ts';
import type { DealTally } from './deal-tally.ts';

export interface SliceCounts {
  readonly deals: DealTally;
  readonly customers: CustomerTally;
  /** Null: leads aren't kept by the grouping. */
  readonly cohort: LeadCohort | null;
  /** Null: costs aren't kept by the grouping. */
  readonly costs: CostTally | null;
  /** Null: not attributed by the grouping. */
  readonly attributed: { readonly value: bigint; readonly conversions: number; readonly touched: number } | null;
}

export interface FigureGround {
  /** Null: not known. */
  readonly grossMarginPercent: string | null;
  readonly horizonMonths: number;
  readonly basis: RevenueBasis;
  readonly currency: string;
  /** Length of the slice's period. */
  readonly months: Fraction;
  /** To be won in the slice's period; null: none was told. */
  readonly target: bigint | null;
  readonly whyNoTarget: string;
  readonly whyNotAttributed: string;
}

type Figures = FiguresRow['figures'];

const noCosts = 'costs are not kept by this grouping';
const noMargin = 'the gross margin is not known: set it in the settings of figures';

export function figuresOf(counts: SliceCounts, ground: FigureGround): Figures {
  const figures = { ...dealFigures(counts, ground), ...costFigures(counts, ground) };
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, shown(figure as Figure<bigint | number>)])) as Figures;
}

function dealFigures({ deals, cohort }: SliceCounts, { target, whyNoTarget }: FigureGround) {
  const closed = deals.won + deals.lost;
  const { median, p90 } = cycleDays(deals.cycleDays);
  const averageDeal = meanAmount(deals.wonAmounts, 'no deal with an amount was won');
  return {
    winRate: winRate(deals),
    closeRate: cohort ? closeRate(cohort) : untold<number>('leads are not kept by this grouping'),
    cycleMedian: median,
    cycleP90: p90,
    wonValue: told(deals.wonValue, deals.won),
    averageDeal,
    velocity: velocity({
      open: deals.open,
      winRate: countedRate(deals.won, closed),
      averageDeal: averageDeal.value,
      cycleDays: median.value,
    }),
    pipeline: told(deals.pipeline, deals.open),
    coverage: target === null ? untold<number>(whyNoTarget) : coverage({ pipeline: deals.pipeline, remaining: target - deals.wonValue }),
    forecast: deals.forecast.length > 0 ? forecast(deals.forecast) : untold<bigint>('no open deal tells amount and probability', 0),
  };
}

function costFigures(counts: SliceCounts, ground: FigureGround) {
  const { deals, customers, costs, attributed } = counts;
  const margin = ground.grossMarginPercent === null ? null : percentFraction(ground.grossMarginPercent);
  const cost = costs && costs.costMarketing.amount + costs.costSales.amount;
  const cac = cost === null ? untold<bigint>(noCosts) : costPer(costs!, ['costMarketing', 'costSales'], customers.newCustomers, cacBlended);
  const arpa = arpaOf(customers, ground);
  const churn = churnOf(customers, ground.months);
  const value = ltvOf(arpa, churn, margin, ground);
  return {
    cost: cost === null ? untold<bigint>(noCosts) : told(cost),
    newCustomers: told(customers.newCustomers),
    activeShare: shareOf(customers.activeCustomers, customers.newCustomers, 'no customer was won'),
    revenueAfterWin: told(customers.brought, customers.activeCustomers),
    revenuePerLead: perLead(counts),
    cacBlended: cac,
    cacPaid: costs ? costPer(costs, ['costPaid'], customers.paidCustomers, cacPaid) : untold<bigint>(noCosts),
    arpa,
    churn: churn === null ? untold<number>('there was no customer at the start', 0) : churnFigure(churn),
    ltv: value,
    ltvToCac: ltvToCac(value, cac),
    paybackMonths: margin === null ? untold<number>(noMargin, cac.n) : paybackMonths(cac, arpa.value, margin),
    ...spendFigures(deals, costs, attributed, margin, ground),
  };
}

/** Where no cost is on record, customers did not cost nothing: nobody knows. */
function costPer(costs: CostTally, parts: readonly CostPart[], customers: number, formula: typeof cacBlended): Figure<bigint> {
  if (parts.every((part) => costs[part].entries === 0 && costs[part].amount === 0n)) return untold('no cost is on record', customers);
  return formula({ cost: parts.reduce((sum, part) => sum + costs[part].amount, 0n), customers });
}

function spendFigures(
  deals: DealTally,
  costs: CostTally | null,
  attributed: SliceCounts['attributed'],
  margin: Fraction | null,
  { whyNotAttributed }: FigureGround,
) {
  if (!costs) return { romi: untold<number>(noCosts), roas: untold<number>(noCosts), campaignRoi: untold<number>(noCosts) };
  const spend = costs.costMarketing.amount;
  const wins = attributed ? Math.round(attributed.conversions) : deals.won;
  return {
    romi:
      margin === null
        ? untold<number>(noMargin, deals.won)
        : romi({ contribution: timesFraction(deals.wonValue, margin), spend, wins: deals.won }),
    roas: roas({ revenue: attributed?.value ?? deals.wonValue, spend: costs.costMedia.amount, wins }),
    campaignRoi: !attributed
      ? untold<number>(whyNotAttributed)
      : margin === null
        ? untold<number>(noMargin, wins)
        : campaignRoi({ revenue: attributed.value, grossMargin: margin, spend, wins }),
  };
}

function perLead({ customers, cohort }: SliceCounts): Figure<bigint> {
  if (cohort === null) return untold('leads are not kept by this grouping');
  const leads = cohort.leads + cohort.tooYoung;
  return leads === 0 ? untold('there was no lead', 0) : told(divideHalfEven(customers.brought, BigInt(leads)), leads);
}

/** What customers pay a month at the end; on the basis of activity what they brought, a month of the period. */
function arpaOf({ customersAtEnd, atEnd }: CustomerTally, { basis, months }: FigureGround): Figure<bigint> {
  if (customersAtEnd === 0) return untold('there is no customer at the end of the period', 0);
  const [divided, by] = basis === 'terms' ? [atEnd, 1n] : [atEnd * months.denominator, months.numerator];
  return told(divideHalfEven(divided, BigInt(customersAtEnd) * by), customersAtEnd);
}

/** Left ÷ at the start ÷ months. */
function churnOf({ customersAtStart, customersLeft }: CustomerTally, months: Fraction): Rate | null {
  if (customersAtStart === 0) return null;
  const length = numberOf(months);
  return {
    exact: fraction(BigInt(customersLeft) * months.denominator, BigInt(customersAtStart) * months.numerator),
    range: mapRange(shareRange(customersLeft, customersAtStart), (share) => share / length),
    n: customersAtStart,
  };
}
const churnFigure = ({ exact, range, n }: Rate): Figure<number> => told(numberOf(exact), n, range);

function ltvOf(
  arpa: Figure<bigint>,
  churn: Rate | null,
  grossMargin: Fraction | null,
  { horizonMonths, currency }: FigureGround,
): Figure<bigint> {
  if (grossMargin === null) return untold(noMargin, churn?.n ?? null);
  const { horizon, ...figure } = ltv({ arpa: arpa.value, grossMargin, churn, horizonMonths });
  return figure.value === null && horizon !== null
    ? {
        ...figure,
        reason: `${figure.reason}; ${horizon.months} ${horizon.months === 1 ? 'month' : 'months'} would bring ${moneyText(String(horizon.value), currency)}`,
      }
    : figure;
}

// ── in the words of the contract ────────────────────────────────────────────

export function shown(figure: Figure<bigint | number>): AmountFigure | NumberFigure {
  const { value, reason, range, n, small } = figure;
  const text = (one: bigint | number) => (typeof one === 'bigint' ? String(one) : one);
  return {
    value: value === null ? null : text(value),
    why: reason,
    uncertainty: range && { low: text(range.low), high: range.high === null ? null : text(range.high), level: 0.95, n },
    n,
    small,
  } as AmountFigure | NumberFigure;
}
export const shownAmount = (figure: Figure<bigint>): AmountFigure => shown(figure) as AmountFigure;
export const shownNumber = (figure: Figure<number>): NumberFigure => shown(figure) as NumberFigure;
