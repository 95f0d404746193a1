/** The leader's page: what both sides spend, what comes back, what changed and why, where the next amount would bring most. */

import { told, untold } from '#engine/returns/figure.ts';
import { firstDayOf, periodOf } from '#engine/returns/cohorts.ts';
import { monthText } from '#engine/time/months.ts';
import { percentFraction, timesFraction } from '#engine/values/fraction.ts';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { AmountFigure, NumberFigure } from '../contract/figure-pieces.ts';
import { changesQuery, whereNextQuery } from '../contract/changes.ts';
import { type FigureName, figureTable, returnsVersion } from '../contract/figure-table.ts';
import { type FiguresAnswer, figuresQuery } from '../contract/figures.ts';
import { retentionQuery, type RetentionAnswer } from '../contract/retention.ts';
import type { OverviewAnswer, OverviewQuery } from '../contract/overview.ts';
import { payVisible } from '../contract/pay.ts';
import { budgetVariance } from './budgets.ts';
import { changesIn } from './changes.ts';
import { tallyDeals } from './deal-tally.ts';
import { readCosts, tallyCosts } from './figure-costs.ts';
import { firstWinsOf } from './first-wins.ts';
import { type Days, type Ground, daysAsked, daysBefore, numberOfDay, readGround, textOfDays } from './figure-scope.ts';
import { shownAmount } from './figure-values.ts';
import { figuresIn } from './figures.ts';
import { retentionIn } from './retention.ts';
import { sliceOf, sliceOn, slicesOf } from './slices.ts';
import { readMarks } from './trend.ts';
import { waterfallSteps } from './waterfall.ts';
import { whereNextIn } from './where-next.ts';

/** How far back the small trend goes. */
const trendMonths = 24;

/** @throws Problem bad-input where a period ends before it starts */
export async function answerOverview(database: Database, who: Who, asked: OverviewQuery): Promise<OverviewAnswer> {
  const ground = await readGround(database, who.workspaceId, payVisible(who));
  const now = daysAsked(asked, ground.asOf, 1);
  const before = beforeOf(asked, now);
  const figures = (days: Days) => figuresIn(ground, figuresQuery.parse(textOfDays(days)), false);
  const retention = (days: Days) => retentionIn(ground, retentionQuery.parse(textOfDays(days)));
  const { answer: ofNow, notes } = await figures(now);
  const both: Both = { now: ofNow, before: (await figures(before)).answer };
  const kept = { now: await retention(now), before: await retention(before) };
  const changes = await changesIn(
    ground,
    changesQuery.parse({ ...textOfDays(now), beforeStart: textOfDays(before).start, beforeEnd: textOfDays(before).end }),
  );
  const next = await whereNextIn(ground, whereNextQuery.parse(whereNextDays(now)));
  const trend = await monthsOf(ground, monthsUpTo(now));
  return {
    ...textOfDays(now),
    beforeStart: textOfDays(before).start,
    beforeEnd: textOfDays(before).end,
    asOf: both.now.asOf,
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    basis: both.now.basis,
    costBasis: both.now.costBasis,
    grossMarginPercent: both.now.grossMarginPercent,
    spend: spendOf(both),
    comesBack: { ...comesBackOf(both), ...retentionOf(kept) },
    changes: {
      change: changes.change,
      effects: changes.sentences,
      by: changes.by,
      difference: changes.difference,
      detailsUrl: `/api/v1/returns/changes?${new URLSearchParams({ by: changes.by, ...textOfDays(now), beforeStart: changes.beforeStart, beforeEnd: changes.beforeEnd })}`,
    },
    whereNext: {
      sentence: next.sentence,
      caveat: next.caveat,
      amount: next.amount,
      rows: next.rows.slice(0, 3).map(({ group, label, marginal, brings }) => ({ group, label, marginal, brings })),
      detailsUrl: `/api/v1/returns/where-next?${new URLSearchParams({ by: next.by, start: next.start, end: next.end })}`,
    },
    budget: await budgetOf(database, who, now),
    trend,
    marks: await readMarks(ground, monthsUpTo(now)),
    waterfall: waterfallOf(both.now),
    notes: [...notes, ...kept.now.notes.map((text) => ({ text, mend: null }))],
  };
}

function beforeOf(asked: OverviewQuery, now: Days): Days {
  const usual = daysBefore(now);
  return {
    start: asked.beforeStart === undefined ? usual.start : numberOfDay(asked.beforeStart),
    end: asked.beforeEnd === undefined ? usual.end : numberOfDay(asked.beforeEnd),
  };
}

/** A month alone tells nothing of how value moves with spend: two years up to its end do. */
const whereNextDays = ({ end }: Days): { start: string; end: string } =>
  textOfDays({ start: firstDayOf(periodOf(end, 'month') - (trendMonths - 1), 'month'), end });

function monthsUpTo({ end }: Days): Days {
  return { start: firstDayOf(periodOf(end, 'month') - (trendMonths - 1), 'month'), end };
}

/** What the small chart shows of each month. */
async function monthsOf(ground: Ground, days: Days): Promise<OverviewAnswer['trend']> {
  const { database, workspaceId, surroundings, pay } = ground;
  const cells = await database.inWorkspace(workspaceId, (tx) =>
    readCosts(tx, workspaceId, { by: 'month', days, lagDays: 0, pay }, surroundings),
  );
  const slices = slicesOf(ground, 'month', days);
  const { tallies } = tallyDeals(ground.fresh.deals, slices);
  const costs = tallyCosts(cells, tallies.length, (value) => sliceOf(slices, value));
  const customers = new Int32Array(tallies.length);
  for (const day of firstWinsOf(ground).days) {
    const slice = sliceOn(slices, day, 0);
    if (slice >= 0) customers[slice]!++;
  }
  return slices.periods.map(({ name }, at) => ({
    month: name,
    costMarketing: String(costs[at]!.costMarketing.amount),
    costSales: String(costs[at]!.costSales.amount),
    wonValue: String(tallies[at]!.wonValue),
    newCustomers: customers[at]!,
  }));
}

interface Both {
  readonly now: FiguresAnswer;
  readonly before: FiguresAnswer;
}

const figuresUrl = ({ start, end }: FiguresAnswer): string => `/api/v1/figures?${new URLSearchParams({ start, end })}`;

function spendOf({ now, before }: Both): OverviewAnswer['spend'] {
  const side = (part: 'costMarketing' | 'costSales'): OverviewAnswer['spend']['marketing'] => {
    const of = ({ total }: FiguresAnswer): AmountFigure => shownAmount(told(BigInt(total.parts[part]?.amount ?? '0')));
    return {
      now: of(now),
      before: of(before),
      formula: `Σ cost of ${part === 'costMarketing' ? 'marketing' : 'sales'}, in the workspace’s currency`,
      better: null,
      detailsUrl: now.total.parts[part]?.recordsUrl ?? figuresUrl(now),
    };
  };
  return { marketing: side('costMarketing'), sales: side('costSales'), total: compared('cost', { now, before }) };
}

type Compared<Name extends FigureName> = {
  now: FiguresAnswer['total']['figures'][Name];
  before: FiguresAnswer['total']['figures'][Name];
  formula: string;
  better: 'more' | 'less' | null;
  detailsUrl: string;
};

const compared = <Name extends FigureName>(name: Name, { now, before }: Both): Compared<Name> => ({
  now: now.total.figures[name],
  before: before.total.figures[name],
  formula: figureTable[name].formula,
  better: figureTable[name].better,
  // A figure of one part opens into its records; the others into the figures, where each part opens.
  detailsUrl: (name in partOf && now.total.parts[partOf[name as keyof typeof partOf]]?.recordsUrl) || figuresUrl(now),
});
const partOf = { wonValue: 'won', newCustomers: 'newCustomers' } as const;

function comesBackOf(both: Both): Omit<OverviewAnswer['comesBack'], 'nrr' | 'grr' | 'logoRetention'> {
  return {
    wonValue: compared('wonValue', both),
    newCustomers: compared('newCustomers', both),
    winRate: compared('winRate', both),
    contribution: {
      now: contributionOf(both.now),
      before: contributionOf(both.before),
      formula: 'won value × gross margin − cost of both sides',
      better: 'more',
      detailsUrl: `/api/v1/figures/waterfall?${new URLSearchParams({ start: both.now.start, end: both.now.end })}`,
    },
    cacBlended: compared('cacBlended', both),
    paybackMonths: compared('paybackMonths', both),
    ltvToCac: compared('ltvToCac', both),
  };
}

function contributionOf({ total: { figures }, grossMarginPercent }: FiguresAnswer): AmountFigure {
  if (grossMarginPercent === null) return shownAmount(untold('the gross margin is not known: set it in the settings of figures'));
  return shownAmount(
    told(timesFraction(BigInt(figures.wonValue.value!), percentFraction(grossMarginPercent)) - BigInt(figures.cost.value!)),
  );
}

function retentionOf({
  now,
  before,
}: {
  now: RetentionAnswer;
  before: RetentionAnswer;
}): Pick<OverviewAnswer['comesBack'], 'nrr' | 'grr' | 'logoRetention'> {
  const of = (
    name: 'nrr' | 'grr' | 'logoRetention',
  ): { now: NumberFigure; before: NumberFigure; formula: string; better: 'more'; detailsUrl: string } => ({
    now: now.total[name],
    before: before.total[name],
    formula: now.formulas[name],
    better: 'more',
    detailsUrl: `/api/v1/retention?${new URLSearchParams({ start: now.start, end: now.end })}`,
  });
  return { nrr: of('nrr'), grr: of('grr'), logoRetention: of('logoRetention') };
}

/** Of the months the period touches; null where nothing was planned for them. */
async function budgetOf(database: Database, who: Who, { start, end }: Days): Promise<OverviewAnswer['budget']> {
  const months = { start: monthText(periodOf(start, 'month')), end: monthText(periodOf(end, 'month')) };
  const answer = await database.inWorkspace(who.workspaceId, (tx) => budgetVariance(tx, who, { ...months, by: 'side' }), {
    snapshot: true,
  });
  if (answer.rows.every(({ budget }) => budget === '0')) return null;
  const shown = ({ budget, actual, variance }: (typeof answer)['total']) => ({ planned: budget, spent: actual, variance });
  return {
    ...shown(answer.total),
    bySide: answer.rows.flatMap((row) =>
      row.group === 'marketing' || row.group === 'sales' ? [{ side: row.group, ...shown({ ...row }) }] : [],
    ),
    detailsUrl: `/api/v1/budgets/variance?${new URLSearchParams({ ...months, by: 'side' })}`,
  };
}

function waterfallOf({ total: { parts }, grossMarginPercent }: FiguresAnswer): OverviewAnswer['waterfall'] {
  const { steps } = waterfallSteps(
    {
      marketing: BigInt(parts.costMarketing?.amount ?? '0'),
      sales: BigInt(parts.costSales?.amount ?? '0'),
      revenue: BigInt(parts.won?.amount ?? '0'),
      grossMarginPercent,
    },
    () => null,
  );
  return steps.map(({ recordsUrl: _, ...step }) => step);
}
