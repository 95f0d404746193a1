/** The what-if sheet: the plan's MQLs and the same past, with and without what is done otherwise. Nothing is stored. */

import { workedShare } from '#engine/goals/changes.ts';
import { type Courses, coursesAhead, drawsOfOutlook, outlookOf, type Outlook } from '#engine/goals/outlook.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { intervalPercent, percentOf, type Spread, spreadOf } from '#engine/goals/spread.ts';
import { sumOf, type WorkedBack } from '#engine/goals/work-back.ts';
import { monthText } from '#engine/time/months.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { WhatIfAnswer, WhatIfAsk } from '../contract/what-if.ts';
import { type GoalContext, readContext } from './context.ts';
import { type DrawnChange, drawnChanges } from './drawn-changes.ts';
import { type Workable, workableOf } from './feasibility.ts';
import type { PlanAsked, PlanFit } from './plan-fit.ts';
import { getPlanRow } from './plan-rows.ts';
import { workBackPlan } from './working.ts';

/** @throws Problem not-found, conflict (a plan without a back-calculation) */
export async function answerWhatIf(database: Database, who: Who, asked: WhatIfAsk): Promise<WhatIfAnswer> {
  const plan = await planOf(database, who, asked);
  const context = await readContext(database, who.workspaceId, who, []);
  const changes = await drawnChanges(context, asked.changes);
  const [now, then] = [await workableOf(context), await workableOf(context, asked.changes.reps)];
  const { plan: fitted, worked, working } = await workBackPlan(context, plan, null);
  if (!worked) return tooLittle(context, plan, working.tooLittle!, changes);
  const sheet: Sheet = {
    plan: fitted,
    worked,
    courses: coursesAhead({ ...fitted.asked, months: fitted.asked.until - fitted.asked.firstMonth + 1 }),
  };
  const before = outlookWith(sheet, [], now);
  const after = outlookWith(sheet, changes, then);
  return {
    ...headOf(context, plan),
    before: shown(sheet, before, now),
    after: shown(sheet, after, then),
    months: before.months.map((each, at) => ({
      month: monthText(each.month),
      target: quantityOf(each.target, 'amount'),
      before: spreadText(each.revenue, 'amount'),
      after: spreadText(after.months[at]!.revenue, 'amount'),
    })),
    effects: [...changes.map((change) => effectOf(sheet, change, before, now)), ...repsEffect(sheet, asked.changes.reps, before, then)],
    tooLittle: null,
    notes: notesOf(before, now),
  };
}

async function planOf(database: Database, who: Who, { of }: WhatIfAsk): Promise<PlanAsked> {
  if (!('versionId' in of)) return of;
  const { content } = await database.inWorkspace(who.workspaceId, (tx) => getPlanRow(tx, who.workspaceId, of.versionId));
  if (!content.workBack) throw new Problem('conflict', 'This plan has goals only: give it revenue to be won first.');
  return { start: content.start, end: content.end, workBack: content.workBack };
}

interface Sheet {
  readonly plan: PlanFit;
  readonly worked: WorkedBack;
  /** The same for all that is held against each other. */
  readonly courses: Courses;
}

interface Outlooked {
  readonly outlook: Outlook;
  /** Of the plan's months together, by draw. */
  readonly revenue: Float64Array;
  readonly months: readonly { readonly month: number; readonly target: number; readonly revenue: Spread }[];
  /** By segment, by month ahead. */
  readonly mqls: readonly (readonly number[])[];
  readonly mqlsAMonth: number;
  /** Share of them that the reps can work. */
  readonly worked: number;
}

const planFrom = ({ plan: { asked } }: Sheet): number => Math.max(0, asked.from - asked.firstMonth);
const monthsAhead = ({ plan: { asked } }: Sheet): number => asked.until - asked.firstMonth + 1;

function outlookWith(sheet: Sheet, changes: readonly DrawnChange[], workable: Workable): Outlooked {
  const { plan, worked } = sheet;
  const [from, months] = [planFrom(sheet), monthsAhead(sheet)];
  const times = changes.reduce((product, { mqls }) => product * mqls, 1);
  const mqls = worked.mqls.map((own) => own.map((count, month) => (month >= from ? count * times : count)));
  const mqlsAMonth = mqls.reduce((sum, own) => sum + own.slice(from).reduce((all, each) => all + each, 0), 0) / Math.max(1, months - from);
  const share = workedShare(mqlsAMonth, workable.reps === 0 ? null : workable.leadsAMonth);
  const factors = changes.flatMap(({ onRate }) => (onRate ? [onRate] : []));
  const outlook = outlookOf(
    {
      ...plan.asked,
      months,
      planFrom: from,
      mqls,
      changes: [...factors, new Float64Array(drawsOfOutlook).fill(share)],
    },
    sheet.courses,
  );
  const extra = extraByMonth(outlook, changes, months - from);
  const byMonth = Array.from({ length: plan.asked.until - plan.asked.from + 1 }, (_, at) =>
    revenueIn(sheet, outlook, extra, plan.asked.from + at),
  );
  return {
    outlook,
    revenue: sumOf(byMonth),
    months: byMonth.map((revenue, at) => ({
      month: plan.asked.from + at,
      target: plan.asked.targets.reduce((sum, target) => sum + target * plan.asked.monthShares[at]!, 0),
      revenue: spreadOf(revenue),
    })),
    mqls,
    mqlsAMonth,
    worked: share,
  };
}

/** What moved budget adds to each month ahead: evenly, as far as what MQLs bring falls into the plan. */
function extraByMonth(outlook: Outlook, changes: readonly DrawnChange[], months: number): Float64Array {
  const all = sumOf(changes.flatMap(({ revenue }) => (revenue ? [revenue] : [])));
  const mean = (draws: Float64Array): number => draws.reduce((sum, each) => sum + each, 0);
  const within = outlook.ofPlan.reduce((sum, own) => sum + own.reduce((total, month) => total + mean(month), 0), 0);
  const ever = outlook.ofPlanEver.reduce((sum, own) => sum + mean(own), 0);
  const share = ever > 0 ? Math.min(1, within / ever) : 0;
  return all.map((each) => (each * share) / Math.max(1, months));
}

function revenueIn(sheet: Sheet, outlook: Outlook, extra: Float64Array, month: number): Float64Array {
  const { asked, actual, segments } = sheet.plan;
  const ahead = month - asked.firstMonth;
  const there = actual.revenue.reduce((sum, own) => sum + own[month - asked.from]!, 0);
  if (ahead < 0) return new Float64Array(drawsOfOutlook).fill(there);
  const parts = segments
    .keys()
    .flatMap((at) => [outlook.ofPlan, outlook.ofBefore, outlook.ofUnderWay, outlook.withoutMql].map((part) => part[at]![ahead]!));
  const sum = sumOf([...parts]);
  return sum.map((each, draw) => Math.max(0, each + there + (ahead >= planFrom(sheet) ? extra[draw]! : 0)));
}

function shown(sheet: Sheet, { outlook, revenue, mqls, mqlsAMonth }: Outlooked, workable: Workable): WhatIfAnswer['before'] {
  const { asked, actual, unitCost } = sheet.plan;
  const target = asked.targets.reduce((sum, each) => sum + each, 0);
  const there = actual.entered.reduce((sum, own) => sum + own[0]!.reduce((all, each) => all + each, 0), 0);
  const count = there + mqls.reduce((sum, own) => sum + own.slice(planFrom(sheet)).reduce((all, each) => all + each, 0), 0);
  const won = sumOf(outlook.entering.flatMap((stages) => stages.at(-1)!.slice(planFrom(sheet))));
  const fixed = quantityOf(count, 'count');
  const cost = (factor: number): string => quantityOf(count * unitCost!.mean * factor, 'amount');
  return {
    revenue: spreadText(spreadOf(revenue), 'amount'),
    target: quantityOf(target, 'amount'),
    reachedPercent: percentOf(revenue, (value) => value >= target),
    won: spreadText(spreadOf(won), 'count'),
    mqls: { mid: fixed, low: fixed, high: fixed },
    budget: unitCost && { mid: cost(1), low: cost(Math.exp(-1.2816 * unitCost.error)), high: cost(Math.exp(1.2816 * unitCost.error)) },
    mqlsAMonth: quantityOf(mqlsAMonth, 'count'),
    workableAMonth: workable.reps === 0 ? null : quantityOf(workable.leadsAMonth, 'count'),
  };
}

/** By itself, the others left away: draw by draw, so that chance common to both drops out. */
function effectOf(sheet: Sheet, change: DrawnChange, before: Outlooked, workable: Workable): WhatIfAnswer['effects'][number] {
  if (change.said.why !== null) return { ...change.said, effect: null };
  return { ...change.said, effect: difference(outlookWith(sheet, [change], workable), before) };
}

function repsEffect(sheet: Sheet, more: number, before: Outlooked, workable: Workable): WhatIfAnswer['effects'] {
  if (more === 0) return [];
  const after = outlookWith(sheet, [], workable);
  return [
    {
      key: 'reps',
      label: `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} who work leads`,
      effect: difference(after, before),
      why: null,
      from: [
        {
          text: `${workable.reps} reps can work ${Math.round(workable.leadsAMonth).toLocaleString('en')} MQLs a month; the plan has ${Math.round(before.mqlsAMonth).toLocaleString('en')}`,
          recordsUrl: null,
        },
        ...workable.assumptions.map((text) => ({ text, recordsUrl: null })),
      ],
      caveat:
        before.worked === 1 && after.worked === 1
          ? 'All MQLs of the plan can be worked as it is: this changes nothing but the room there is.'
          : 'MQLs that nobody can work are taken to bring nothing.',
    },
  ];
}

const difference = (after: Outlooked, before: Outlooked) =>
  spreadText(spreadOf(after.revenue.map((each, draw) => each - before.revenue[draw]!)), 'amount');

const headOf = (context: GoalContext, { start, end }: PlanAsked) => ({
  asOf: dayText(context.asOf),
  currency: context.ground.figures.currency,
  start,
  end,
  intervalPercent,
});

const notesOf = (before: Outlooked, { leadsAMonth, reps }: Workable): string[] => [
  'Before and after have the MQLs of the plan’s sheet and the same thousand futures; only what is changed differs.',
  ...(before.worked < 1
    ? [
        `The plan’s ${Math.round(before.mqlsAMonth)} MQLs a month are more than ${reps} reps can work (${Math.round(leadsAMonth)}): what isn’t worked is taken to bring nothing, before and after.`,
      ]
    : []),
];

function tooLittle(context: GoalContext, plan: PlanAsked, why: string, changes: readonly DrawnChange[]): WhatIfAnswer {
  const nought = { mid: '0', low: '0', high: '0' };
  const target = String(plan.workBack.revenue.reduce((sum, { amount }) => sum + BigInt(amount), 0n));
  const none = {
    revenue: nought,
    target,
    reachedPercent: 0,
    won: nought,
    mqls: nought,
    budget: null,
    mqlsAMonth: '0',
    workableAMonth: null,
  };
  return {
    ...headOf(context, plan),
    before: none,
    after: none,
    months: [],
    effects: changes.map(({ said }) => ({ ...said, effect: null, why: said.why ?? why })),
    tooLittle: why,
    notes: [],
  };
}
