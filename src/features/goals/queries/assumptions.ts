/** What a worked-back sheet rests on, one by one: what was seen, how sure it is, whose it is, and the records behind it. */

import { drawnAmounts } from '#engine/goals/amounts.ts';
import { chainLags } from '#engine/goals/kernels.ts';
import { mostDays } from '#engine/goals/lags.ts';
import { drawCompanyShare, drawShare, meanShare, ownWeight } from '#engine/goals/pooling.ts';
import { type Unit, quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { intervalPercent, type Spread, spreadOf } from '#engine/goals/spread.ts';
import { Chance } from '#engine/simulate/chance.ts';
import { monthText } from '#engine/time/months.ts';
import { firstDayOf } from '#engine/returns/cohorts.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { recordsPath, stageLabel } from '#features/funnel/contract.ts';
import type { OpenablePart } from '#features/returns/contract/figure-table.ts';
import { figureRecordsPath } from '#features/returns/contract/figures.ts';
import type { Assumption } from '../contract/working.ts';
import type { ChainStage } from './chain-ground.ts';
import type { PlanFit } from './plan-fit.ts';

export function assumptionsOf(plan: PlanFit, segment: number): Assumption[] {
  return [...ratesOf(plan, segment), averageDeal(plan, segment), lagOf(plan, segment), ...otherRevenue(plan, segment), ...costOf(plan)];
}

const draws = 1000;
const seed = 20_260_106;
const spreadBy = (kind: number, draw: (chance: Chance) => number): Spread => {
  const chance = new Chance(seed);
  return spreadOf(Float64Array.from({ length: draws }, (_, at) => draw(chance.reseed(kind, at))));
};

/** Of the segment; null: what the plan names as having none. */
const dealsUrl = (part: OpenablePart, segment: string | null | undefined, start: string, end: string): string =>
  figureRecordsPath({
    part,
    by: segment === undefined ? 'none' : 'segment',
    group: segment,
    start,
    end,
    lagDays: 0,
    windowDays: 90,
    basis: 'terms',
  });

// ── rates ───────────────────────────────────────────────────────────────────

function ratesOf({ fit, chain, segments }: PlanFit, segment: number): Assumption[] {
  return fit.segments[segment]!.steps.map(({ rate, cohort }, step) => {
    const [from, to] = [chain.stages[step]!, chain.stages[step + 1]!];
    const value = spreadBy(step, (chance) => drawShare(rate, drawCompanyShare(rate, chance), chance));
    return {
      key: `${from}To${to[0]!.toUpperCase()}${to.slice(1)}`,
      label: `${stageLabel(from)} → ${stageLabel(to)}`,
      unit: 'share',
      value: spreadText({ ...value, mid: meanShare(rate) }, 'share'),
      seen: { hits: cohort.reached, of: cohort.entered },
      ownWeight: Math.round(ownWeight(rate) * 100) / 100,
      formula: `Cohort conversion: of the leads that entered ${stageLabel(from)} from ${dayText(cohort.from)} to ${dayText(cohort.until)}, those that reached ${stageLabel(to)} by ${dayText(chain.asOf)}. Younger ones are left out: nearly all that go on do so within ${cohort.window} days.`,
      recordsUrl: cohort.entered === 0 ? null : cohortUrl(from, to, segments[segment]!, cohort, chain.asOf),
      note: lentNote(ownWeight(rate), cohort.entered, rate.company),
    };
  });
}

function cohortUrl(from: ChainStage, to: ChainStage, segment: string | null, days: { from: number; until: number }, asOf: number): string {
  if (from === 'won' || to === 'mql') throw new RangeError(`no step leads from ${from} to ${to}`);
  const asked = {
    by: 'segment',
    from,
    to,
    mode: 'cohort',
    start: dayText(days.from),
    end: dayText(days.until),
    windowDays: null,
    asOf: dayText(asOf),
  } as const;
  return recordsPath(asked, 'entered', segment);
}

function lentNote(own: number, of: number, company: { hits: number; of: number }): string | null {
  if (own > 0.8) return null;
  const rate = company.of === 0 ? '' : `, where ${Math.round((100 * company.hits) / company.of)} % did`;
  return `${of} settled here are few: ${Math.round((1 - own) * 100)} % of the rate is lent by the company as a whole${rate}.`;
}

// ── amounts, lags ───────────────────────────────────────────────────────────

function averageDeal({ fit, chain, segments }: PlanFit, segment: number): Assumption {
  const { amounts } = fit.segments[segment]!;
  const value = spreadBy(20, (chance) => drawnAmounts(amounts, chance).mean);
  const own = amounts.own / amounts.restsOn;
  return {
    key: 'averageDeal',
    label: 'Average deal',
    unit: 'amount',
    value: spreadText({ ...value, mid: amounts.mean }, 'amount'),
    seen: null,
    ownWeight: Math.round(Math.min(1, own) * 100) / 100,
    formula: `Mean of the ${amounts.own} deals won from ${dayText(chain.from)} to ${dayText(chain.asOf)} of leads with an MQL. The list holds all deals won.`,
    recordsUrl: amounts.own === 0 ? null : dealsUrl('won', segments[segment]!, dayText(chain.from), dayText(chain.asOf)),
    note: own < 0.8 ? `${amounts.own} deals are few: the company’s amounts are lent to it.` : null,
  };
}

function lagOf({ fit, chain, segments }: PlanFit, segment: number): Assumption {
  const shares = chainLags(fit, segment);
  const dayAt = (share: number): number => {
    let sum = 0;
    for (let day = 0; day <= mostDays; day++) if ((sum += shares[day]!) >= share) return day;
    return mostDays;
  };
  const tail = (100 - intervalPercent) / 200;
  return {
    key: 'lag',
    label: 'Days from MQL to won',
    unit: 'days',
    value: { mid: String(dayAt(0.5)), low: String(dayAt(tail)), high: String(dayAt(1 - tail)) },
    seen: null,
    ownWeight: 1,
    formula: `Days between the stages of the settled leads, one after the other: the middle, and where ${intervalPercent} of 100 lie.`,
    recordsUrl: cohortUrl('mql', 'won', segments[segment]!, { from: chain.from, until: chain.asOf }, chain.asOf),
    note: null,
  };
}

// ── what comes without an MQL, what an MQL costs ────────────────────────────

function otherRevenue({ chain, segments }: PlanFit, segment: number): Assumption[] {
  const months = chain.others[segment]!;
  if (months.length === 0) return [];
  const { mid: _, low, high } = spreadOf(Float64Array.from(months));
  const [start, end] = [dayText(firstDayOf(chain.othersFrom, 'month')), dayText(firstDayOf(chain.othersFrom + months.length, 'month') - 1)];
  return [
    {
      key: 'otherRevenue',
      label: 'Won a month without an MQL',
      unit: 'amountAMonth',
      value: spreadText({ mid: months.reduce((sum, each) => sum + each, 0) / months.length, low, high }, 'amount'),
      seen: null,
      ownWeight: 1,
      formula: `Deals won without a lead that was an MQL (expansions, sales’ own), ${monthText(chain.othersFrom)} to ${monthText(chain.othersFrom + months.length - 1)}: the mean of the months, and where ${intervalPercent} of 100 months lie. The list holds all deals won.`,
      recordsUrl: dealsUrl('won', segments[segment]!, start, end),
      note: 'It is taken to go on as in these months.',
    },
  ];
}

function costOf({ unitCost, costs }: PlanFit): Assumption[] {
  if (!unitCost) return [];
  const { mean, error, months } = unitCost;
  const at = (factor: number): string => quantityOf(mean * factor, 'amount' satisfies Unit);
  return [
    {
      key: 'costPerMql',
      label: 'Cost per MQL',
      unit: 'amount',
      value: { mid: at(1), low: at(Math.exp(-1.2816 * error)), high: at(Math.exp(1.2816 * error)) },
      seen: null,
      ownWeight: 0,
      formula: `Marketing’s media, agency, event and content from ${costs.start} to ${costs.end} ÷ MQLs of the same ${months} months, the whole company’s; no pay is in it.`,
      recordsUrl: dealsUrl('costPaid', undefined, costs.start, costs.end),
      note: 'The mean so far: the next MQL may cost more.',
    },
  ];
}
