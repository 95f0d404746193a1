/** What would close the gap between where a goal is going and its target: each with what it would bring, and where that comes from. */

import { rateChange } from '#engine/goals/changes.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { type Spread, spreadOf } from '#engine/goals/spread.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { figuresQuery } from '#features/returns/contract/figures.ts';
import { figuresIn } from '#features/returns/queries/figures.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Lever } from '../contract/goals.ts';
import { meaningOf } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import { quantityWords } from '../contract/wording.ts';
import type { GoalContext } from './context.ts';
import { drawnChanges, whereNextBy, yearOfSpeed } from './drawn-changes.ts';
import { mqlsToCome } from './mqls-to-come.ts';
import type { Standing } from './standings.ts';
import { groupOfScope } from './scope.ts';

/** Metrics that MQLs, speed, win rate and budget move. */
const soldBy: readonly string[] = ['wonValue', 'won', 'newCustomers', 'sqls'];

/** @param gap forecast − target, by the middle; null without a forecast */
export async function leversOf(context: GoalContext, goal: Goal, { standing, forecast }: Standing, gap: number | null): Promise<Lever[]> {
  if (standing.runs !== 'flow' || goal.direction === 'atMost' || numberOfDay(goal.end) <= context.asOf) return [];
  const asking: Asking = { context, goal, standing, missing: gap === null || gap >= 0 ? null : -gap };
  const aDay = needADay(asking);
  if (!soldBy.includes(goal.metric.name) || forecast.flow === null) return aDay;
  return [...aDay, await moreMqls(asking), await fasterAnswers(asking), ...(await winRate(asking, forecast)), ...(await budget(asking))];
}

interface Asking {
  readonly context: GoalContext;
  readonly goal: Goal;
  readonly standing: Standing['standing'];
  /** Null: nothing is missing, or nobody knows. */
  readonly missing: number | null;
}

const unitOf = ({ goal }: Asking) => meaningOf(goal.metric.name).unit;
const words = (asking: Asking, value: number): string =>
  quantityWords(quantityOf(value, unitOf(asking)), unitOf(asking), asking.context.ground.figures.currency);

function told(asking: Asking, lever: Omit<Lever, 'effect' | 'closesPercent'>, effect: Spread | null): Lever {
  const { missing } = asking;
  const closes = effect === null || missing === null || missing <= 0 ? null : Math.round((100 * effect.mid) / missing);
  return { ...lever, effect: effect && spreadText(effect, unitOf(asking)), closesPercent: closes };
}

// ── so much a day ───────────────────────────────────────────────────────────

function needADay(asking: Asking): Lever[] {
  const { pace, value, target } = asking.standing;
  if (!pace?.neededADay || Number(value) >= Number(target)) return [];
  const left = pace.workingDays - pace.workingDaysGone;
  const far = pace.soFarADay === null ? '' : ` instead of ${words(asking, Number(pace.soFarADay))} so far`;
  return [
    told(
      asking,
      {
        key: 'aDay',
        label: 'What each working day needs',
        sentence: `${words(asking, Number(pace.neededADay))} on each of the ${left} working days left${far}.`,
        why: null,
        from: [{ text: '(target − value) ÷ working days left, by the workspace’s calendar', recordsUrl: asking.standing.recordsUrl }],
        caveat: null,
      },
      null,
    ),
  ];
}

// ── more MQLs ───────────────────────────────────────────────────────────────

async function moreMqls(asking: Asking): Promise<Lever> {
  const { context, goal, missing } = asking;
  const head = {
    key: 'moreMqls',
    label: 'More MQLs',
    caveat: 'More MQLs of the same kind: those that are easiest to add may be worth less.',
  } as const;
  const found = mqlsToCome(context, goal);
  if (found.why !== null)
    return told(asking, { ...head, sentence: 'More MQLs would help by as much as each brings.', why: found.why, from: [] }, null);
  const { each, coming, recordsUrl, within } = found;
  const middle = spreadOf(each).mid;
  const wanted = missing !== null && middle > 0 ? Math.ceil(missing / middle) : Math.ceil(coming * 0.25);
  // Beyond half again as many as are coming, what each brings says nothing any more.
  const count = Math.max(1, Math.min(wanted, Math.ceil(coming * 0.5)));
  const part = count < wanted ? ` (${whatCloses(wanted, coming)})` : '';
  return told(
    asking,
    {
      ...head,
      sentence: `${count.toLocaleString('en')} more MQLs from now to ${goal.end}, evenly${part}.`,
      why: null,
      from: [
        {
          text: `Each brings ${words(asking, middle)} by ${goal.end}: ${Math.round(within * 100)} % of what it brings in the end`,
          recordsUrl,
        },
      ],
    },
    spreadOf(each.map((brings) => brings * count)),
  );
}

/** Beyond three times what comes anyway a number would only look like a way. */
function whatCloses(wanted: number, coming: number): string {
  if (wanted > 3 * coming) return 'MQLs alone can’t close the gap any more: what they bring comes too late';
  return `${wanted.toLocaleString('en')} would close the gap: ${Math.round((100 * wanted) / coming)} % of what comes anyway`;
}

// ── faster answers ──────────────────────────────────────────────────────────

async function fasterAnswers(asking: Asking): Promise<Lever> {
  const { context, goal } = asking;
  const { curve } = await yearOfSpeed(context);
  const head = { key: 'fasterAnswers', label: 'Faster answers' } as const;
  const quick = curve.buckets.filter(({ toMinutes, enough, label }) => enough && toMinutes !== null && label !== 'never');
  const soonest = quick.find(({ toMinutes }) => toMinutes! >= 60) ?? quick[0];
  const found = mqlsToCome(context, goal);
  const sentence = soonest ? `Every lead to come tried within ${soonest.label.replace('≤ ', '')} at most.` : 'Leads tried sooner.';
  if (!soonest || !curve.enough) return told(asking, { ...head, sentence, why: curve.says, from: [], caveat: null }, null);
  const [change] = await drawnChanges(context, { moves: [], reps: 0, definition: null, answerWithinMinutes: soonest.toMinutes });
  if (!change?.onRate || found.why !== null)
    return told(asking, { ...head, sentence, why: change?.said.why ?? found.why, from: [], caveat: null }, null);
  const { onRate, said } = change;
  const effect = spreadOf(onRate.map((factor, draw) => (factor - 1) * found.each[draw]! * found.coming));
  return told(asking, { ...head, sentence, why: null, from: said.from, caveat: said.caveat }, effect);
}

// ── win rate ────────────────────────────────────────────────────────────────

/** As in the best of the last four quarters. */
async function winRate(asking: Asking, { flow }: Standing['forecast']): Promise<Lever[]> {
  const { context, goal } = asking;
  if (goal.metric.name === 'sqls') return [];
  const { by, group } = groupOfScope(goal.scope);
  if (by !== 'none' && group === undefined) return [];
  const asked = figuresQuery.parse({ by: 'quarter', start: dayText(context.asOf - 364), end: dayText(context.asOf) });
  const { answer } = await context.once('win rate by quarter', () => figuresIn(context.ground.figures, asked, false));
  const quarters = answer.rows.map(({ label, parts }) => ({
    label,
    hits: parts.won?.count ?? 0,
    of: (parts.won?.count ?? 0) + (parts.lost?.count ?? 0),
    recordsUrl: parts.won?.recordsUrl ?? null,
  }));
  const enough = quarters.filter(({ of }) => of >= fewestDecided);
  const head = { key: 'winRate', label: 'Win rate of the best quarter' } as const;
  if (enough.length < 2)
    return [
      told(
        asking,
        {
          ...head,
          sentence: 'Win as in the best quarter.',
          why: `Fewer than two of the last four quarters had ${fewestDecided} decided deals.`,
          from: [],
          caveat: null,
        },
        null,
      ),
    ];
  const best = enough.reduce((top, each) => (each.hits * top.of > top.hits * each.of ? each : top));
  const all = { hits: enough.reduce((sum, { hits }) => sum + hits, 0), of: enough.reduce((sum, { of }) => sum + of, 0) };
  const still = flow!.underWay.mid + flow!.toCome.mid || 0;
  const percent = ({ hits, of }: { hits: number; of: number }): number => Math.round((100 * hits) / of);
  return [
    told(
      asking,
      {
        ...head,
        sentence: `${percent(best)} % won as in ${best.label}, instead of ${percent(all)} % over the year, on what is still to be decided.`,
        why: null,
        from: [{ text: `${best.label}: ${best.hits} of ${best.of} decided deals won`, recordsUrl: best.recordsUrl }],
        caveat: 'The best of four quarters is partly luck: the range holds that only in part. It is the whole company’s.',
      },
      spreadOf(rateChange(all, best).map((factor) => (factor - 1) * still)),
    ),
  ];
}
const fewestDecided = 20;

// ── budget ──────────────────────────────────────────────────────────────────

async function budget(asking: Asking): Promise<Lever[]> {
  const { context, goal } = asking;
  if (goal.metric.name !== 'wonValue' || goal.scope.teamId !== null || goal.scope.segment !== null) return [];
  const answer = await whereNextBy(context, 'channel');
  const best = answer.rows.find(({ group, marginal }) => group !== null && marginal.value !== null);
  const head = { key: 'budget', label: 'Budget' } as const;
  if (!best)
    return [told(asking, { ...head, sentence: 'More budget where it brings most.', why: answer.sentence, from: [], caveat: null }, null)];
  const found = mqlsToCome(context, goal);
  const [change] = await drawnChanges(context, {
    moves: [{ by: 'channel', from: null, to: best.group, amount: answer.amount }],
    reps: 0,
    definition: null,
    answerWithinMinutes: null,
  });
  if (!change?.revenue || found.why !== null)
    return [
      told(
        asking,
        { ...head, sentence: 'More budget where it brings most.', why: change?.said.why ?? found.why, from: [], caveat: null },
        null,
      ),
    ];
  return [
    told(
      asking,
      {
        ...head,
        sentence: `${change.said.label}; ${Math.round(found.within * 100)} % of what it brings comes by ${goal.end}.`,
        why: null,
        from: change.said.from,
        caveat: change.said.caveat,
      },
      spreadOf(change.revenue.map((brings) => brings * found.within)),
    ),
  ];
}
