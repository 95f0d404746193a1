/** The worked-back sheet of a plan, per segment and month, as it is shown, kept and signed. */

import { certain, intervalPercent, percentOf, quantileOf, type Spread, spreadOf } from '#engine/goals/spread.ts';
import { outlookOf, yearDeviation } from '#engine/goals/outlook.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { sumOf, workBack, type WorkedBack } from '#engine/goals/work-back.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { goalsVersion } from '../contract/metrics.ts';
import type { Changes } from '../contract/what-if-changes.ts';
import type { SheetSegment, Working } from '../contract/working.ts';
import { assumptionsOf } from './assumptions.ts';
import type { GoalContext } from './context.ts';
import { drawnChanges } from './drawn-changes.ts';
import { fitPlan, type PlanAsked, type PlanFit, whyNoSheet } from './plan-fit.ts';
import { segmentLines, textLine, textTotal, togetherLines, totalOf } from './sheet-lines.ts';

export const sheetFormula =
  'MQLs = what is to be won, less what comes without an MQL and of MQLs under way, ÷ (rates of settled cohorts × average deal), by when it comes; in a thousand futures drawn from what the record leaves open. The middle reaches the target in about half of them, the high number in about nine of ten.';

/** A plan worked back, and what it was worked back from. */
export interface WorkedPlan {
  readonly plan: PlanFit;
  readonly worked: WorkedBack | null;
  readonly working: Working;
}

/** @param changes what is going to be done otherwise than in the past */
export async function workBackPlan(context: GoalContext, asked: PlanAsked, changes: Changes | null): Promise<WorkedPlan> {
  const drawn = changes ? await drawnChanges(context, { ...changes, moves: [] }) : [];
  const plan = await fitPlan(context, asked);
  const why = whyNoSheet(plan);
  if (why !== null) return { plan, worked: null, working: emptySheet(plan, asked, why) };
  const factors = drawn.flatMap(({ onRate }) => (onRate ? [onRate] : []));
  const worked = workBack({ ...plan.asked, changes: factors });
  return { plan, worked, working: sheetOf(plan, worked, factors, changes) };
}

function sheetOf(plan: PlanFit, worked: WorkedBack, factors: readonly Float64Array[], changes: Changes | null): Working {
  const lines = plan.segments.map((_, segment) => segmentLines(plan, worked, segment));
  const revenue = sumOf(worked.revenue);
  const target = plan.asked.targets.reduce((sum, each) => sum + each, 0);
  const isMet = (value: number): boolean => value >= target;
  return {
    ...headOf(plan),
    segments: plan.segments.map(
      (segment, at): SheetSegment => ({
        segment,
        label: segment ?? '(no segment)',
        target: quantityOf(plan.asked.targets[at]!, 'amount'),
        months: lines[at]!.map(textLine),
        total: textTotal(totalOf(lines[at]!, plan, worked.needs[at]!, [at], worked)),
        assumptions: assumptionsOf(plan, at),
        sparse: sparseOf(plan, at),
      }),
    ),
    months: togetherLines(plan, worked, lines).map(textLine),
    total: textTotal(totalOf(lines.flat(), plan, worked.together, plan.segments.keys().toArray(), worked)),
    sources: sourcesOf(plan, worked),
    reached: { withMid: percentOf(revenue, isMet), withHigh: percentOf(revenueWith(plan, worked, factors), isMet) },
    formula: sheetFormula,
    tooLittle: null,
    notes: notesOf(plan, worked, changes),
  };
}

const headOf = ({ context, chain }: PlanFit) => ({
  version: goalsVersion,
  asOf: dayText(context.asOf),
  currency: context.ground.figures.currency,
  intervalPercent,
  stages: [...chain.stages],
});

// ── all together ────────────────────────────────────────────────────────────

function sourcesOf(plan: PlanFit, { outlook }: WorkedBack): Working['sources'] {
  const { from, until, firstMonth } = plan.asked;
  const ahead = Array.from({ length: until - Math.max(from, firstMonth) + 1 }, (_, at) => Math.max(from, firstMonth) - firstMonth + at);
  const all = (parts: readonly (readonly (readonly Float64Array[])[])[]): Spread =>
    spreadOf(sumOf(parts.flatMap((part) => part.flatMap((months) => ahead.map((month) => months[month]!)))));
  return {
    withoutMql: spreadText(all([outlook.withoutMql]), 'amount'),
    underWay: spreadText(all([outlook.ofUnderWay, outlook.ofBefore]), 'amount'),
    ofNewMqls: spreadText(all([outlook.ofPlan]), 'amount'),
  };
}

/** Were there as many MQLs as the high need asks for. */
function revenueWith(plan: PlanFit, worked: WorkedBack, factors: readonly Float64Array[]): Float64Array {
  const { from, firstMonth, wonSoFar, until } = plan.asked;
  const high = quantileOf(worked.together.factors, 1 - (100 - intervalPercent) / 200);
  const planFrom = Math.max(0, from - firstMonth);
  const mqls = worked.mqls.map((months) => months.map((count, month) => (month >= planFrom ? count * high : count)));
  const outlook = outlookOf({ ...plan.asked, months: until - firstMonth + 1, planFrom, mqls, changes: factors });
  const ahead = Array.from({ length: until - firstMonth + 1 - planFrom }, (_, at) => planFrom + at);
  const parts = [outlook.ofPlan, outlook.ofBefore, outlook.ofUnderWay, outlook.withoutMql];
  const sum = sumOf(parts.flatMap((part) => part.flatMap((months) => ahead.map((month) => months[month]!))));
  const there = wonSoFar.reduce((total, each) => total + each, 0);
  return sum.map((each) => each + there);
}

const fewestOwn = { settled: 30, deals: 10 };

function sparseOf({ fit }: PlanFit, segment: number): string | null {
  const { steps, amounts } = fit.segments[segment]!;
  const settled = steps.at(-1)!.cohort.entered;
  if (settled >= fewestOwn.settled && amounts.own >= fewestOwn.deals) return null;
  return `Few of its own: ${settled} settled before the last step, ${amounts.own} deals won. It leans on the company as a whole, and its ranges are wide.`;
}

function notesOf({ fit, chain }: PlanFit, { needs }: WorkedBack, changes: Changes | null): string[] {
  const { ratio, variance, freedom } = fit.overdispersion;
  const left = (['sql', 'deal'] as const).filter((stage) => !chain.stages.includes(stage));
  return [
    variance > 0 && ratio >= 1.1
      ? `Months differ ${Math.round(ratio * 10) / 10} times as much as chance alone explains (seen over ${freedom + 1} months): the ranges hold that.`
      : 'Months differ no more than chance explains.',
    `No year is quite like the last: ${yearDeviation * 100} % of deviation from one to the next is assumed, as the record of a year can’t show it.`,
    ...left.map((stage) => `Too few of the won leads tell when they became ${stage}: that stage is left out.`),
    ...(needs.some(({ basis }) => basis === 'steady')
      ? [
          'Where little of what MQLs bring falls into the plan’s months, the sheet has the MQLs that keep such a revenue up, whenever it comes; the plan’s own months live on what is under way.',
        ]
      : []),
    ...(changes && changes.moves.length > 0 ? ['Moved budget is in the what-if’s range, not in the MQLs of this sheet.'] : []),
  ];
}

function emptySheet(plan: PlanFit, { workBack: { revenue } }: PlanAsked, why: string): Working {
  const nought = spreadText(certain(0), 'amount');
  const target = quantityOf(
    plan.asked.targets.reduce((sum, each) => sum + each, 0),
    'amount',
  );
  const line = { revenue: nought, won: nought, deals: null, sqls: null, mqls: nought, value: nought, budget: null };
  return {
    ...headOf(plan),
    segments: revenue.map(({ segment, amount }) => ({
      segment,
      label: segment ?? '(no segment)',
      target: amount,
      months: [],
      total: { target: amount, ...line },
      assumptions: [],
      sparse: null,
    })),
    months: [],
    total: { target, ...line },
    sources: { withoutMql: nought, underWay: nought, ofNewMqls: nought },
    reached: { withMid: 0, withHigh: 0 },
    formula: sheetFormula,
    tooLittle: `Too little is known to work back: ${why}.`,
    notes: [],
  };
}
