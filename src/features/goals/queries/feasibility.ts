/** Whether a plan can be kept: reps, budget, what came of late, and what the next money brings; each said with its figures. */

import type { Spread } from '#engine/goals/spread.ts';
import { monthOfDay, monthText } from '#engine/time/months.ts';
import { moneyText } from '#engine/values/money.ts';
import { capacityAsk } from '#features/agreement/contract.ts';
import { answerCapacity, hoursOf } from '#features/agreement/queries/capacity.ts';
import { programmeCategories } from '#features/returns/queries/figure-costs.ts';
import { listBudgets } from '#features/returns/queries/budgets.ts';
import type { Who } from '#platform/http/route.ts';
import type { Changes } from '../contract/what-if-changes.ts';
import type { Feasibility, FeasibilityCheck, Working } from '../contract/working.ts';
import { runRateMonths } from './chain-ground.ts';
import type { GoalContext } from './context.ts';
import { whereNextBy } from './drawn-changes.ts';

type Verdict = FeasibilityCheck['verdict'];

export async function feasibilityOf(
  context: GoalContext,
  who: Who,
  working: Working,
  changes: Changes,
  runRate: number,
): Promise<Feasibility> {
  if (working.tooLittle !== null) return { holds: false, checks: [] };
  const checks = [
    await capacityCheck(context, working, changes.reps),
    await budgetCheck(context, who, working),
    paceCheck(working, runRate, changes),
    await marginCheck(context, working, runRate),
  ];
  return { holds: checks.every(({ verdict }) => verdict !== 'fails'), checks };
}

const numberOf = ({ mid, low, high }: { mid: string; low: string; high: string }): Spread => ({
  mid: Number(mid),
  low: Number(low),
  high: Number(high),
});

/** Months not over yet. */
const monthsAhead = ({ asOf }: GoalContext, { months }: Working): Working['months'] =>
  months.filter(({ month }) => month >= monthText(monthOfDay(asOf + 1)));

const verdictOf = (needed: Spread, available: number | null): Verdict =>
  available === null ? 'unknown' : needed.mid > available ? 'fails' : needed.high > available ? 'tight' : 'holds';

const counted = (number: number): string => Math.round(number).toLocaleString('en');

// ── reps ────────────────────────────────────────────────────────────────────

/** MQLs a month that the reps can work, and how many reps that is. */
export interface Workable {
  readonly reps: number;
  readonly leadsAMonth: number;
  readonly each: number;
  readonly assumptions: readonly string[];
}

/** @param more reps than now */
export const workableOf = (context: GoalContext, more = 0): Promise<Workable> =>
  context.once(`workable ${more}`, () =>
    context.database.inWorkspace(context.workspaceId, async (tx) => {
      const now = await hoursOf(tx, context.workspaceId, {}, []);
      const reps = Math.max(0, now.reps + more);
      const answer = await answerCapacity(
        tx,
        context.workspaceId,
        capacityAsk.parse({ reps, sellingHoursPerMonth: Math.min(744, now.sellingHours) }),
      );
      return {
        reps,
        leadsAMonth: answer.leadsPerMonth,
        each: reps === 0 ? 0 : answer.leadsPerMonth / reps,
        // The first says how many leads are expected: here the plan says that.
        assumptions: [answer.formula, ...answer.assumptions.slice(1)],
      };
    }),
  );

async function capacityCheck(context: GoalContext, working: Working, more: number): Promise<FeasibilityCheck> {
  const { reps, leadsAMonth, assumptions } = await workableOf(context, more);
  const months = monthsAhead(context, working);
  const most = months.reduce<Spread>((top, { mqls }) => (Number(mqls.mid) > top.mid ? numberOf(mqls) : top), { mid: 0, low: 0, high: 0 });
  const available = reps === 0 ? null : leadsAMonth;
  const verdict = verdictOf(most, available);
  const can = available === null ? 'nobody of sales works leads yet' : `${reps} reps can work ${counted(available)}`;
  return {
    key: 'capacity',
    label: 'Reps',
    verdict,
    sentence: `The busiest month needs ${counted(most.mid)} MQLs (${counted(most.low)} to ${counted(most.high)}); ${can}.${verdict === 'fails' ? ' They can’t keep it.' : ''}`,
    unit: 'count',
    needed: { mid: String(most.mid), low: String(most.low), high: String(most.high) },
    available: available === null ? null : String(available),
    byMonth: months.map(({ month, mqls }) => ({
      month,
      needed: mqls,
      available: available === null ? null : String(available),
      recordsUrl: null,
    })),
    rests: assumptions.map((text) => ({ text, recordsUrl: null })),
  };
}

// ── budget ──────────────────────────────────────────────────────────────────

async function budgetCheck(context: GoalContext, who: Who, working: Working): Promise<FeasibilityCheck> {
  const months = monthsAhead(context, working);
  const [start, end] = [months[0]?.month, months.at(-1)?.month];
  const { items } = await context.database.inWorkspace(context.workspaceId, (tx) =>
    listBudgets(tx, who, { start, end, side: 'marketing' }),
  );
  const { currency } = working;
  const lines = items.filter(
    (line) => line.currency === currency && (line.category === null ? line.campaign !== null : programmeCategories.includes(line.category)),
  );
  const plannedIn = (month: string): bigint => lines.reduce((sum, line) => (line.month === month ? sum + BigInt(line.amount) : sum), 0n);
  const byMonth = months.flatMap(({ month, budget }) =>
    budget === null
      ? []
      : [
          {
            month,
            needed: budget,
            available: lines.length === 0 ? null : String(plannedIn(month)),
            recordsUrl: `/api/v1/budgets?start=${month}&end=${month}&side=marketing`,
          },
        ],
  );
  const needed = working.total.budget;
  const planned = lines.length === 0 ? null : lines.reduce((sum, line) => sum + BigInt(line.amount), 0n);
  const ahead = sumSpreads(byMonth.map((each) => numberOf(each.needed)));
  const verdict = needed === null ? 'unknown' : verdictOf(ahead, planned === null ? null : Number(planned));
  const words = (amount: number): string => moneyText(String(threeFigures(amount)), currency);
  const sentence =
    needed === null
      ? 'No cost of programmes is on record: what MQLs cost isn’t known.'
      : `Needs ${words(ahead.mid)} of programmes (${words(ahead.low)} to ${words(ahead.high)}); ${planned === null ? 'no budget of marketing’s programmes is planned for these months' : `${moneyText(String(planned), currency)} is planned`}.`;
  return {
    key: 'budget',
    label: 'Budget',
    verdict,
    sentence,
    unit: 'amount',
    needed:
      needed === null
        ? null
        : { mid: String(Math.round(ahead.mid)), low: String(Math.round(ahead.low)), high: String(Math.round(ahead.high)) },
    available: planned === null ? null : String(planned),
    byMonth,
    rests: [
      {
        text: 'MQLs × cost per MQL; the budget of marketing’s media, agency, event and content, and of campaigns',
        recordsUrl: start && end ? `/api/v1/budgets?start=${start}&end=${end}&side=marketing` : null,
      },
    ],
  };
}

/** An estimate is told by three figures. */
function threeFigures(amount: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 2);
  return Math.round(amount / step) * step;
}

const sumSpreads = (spreads: readonly Spread[]): Spread => ({
  mid: spreads.reduce((sum, { mid }) => sum + mid, 0),
  low: spreads.reduce((sum, { low }) => sum + low, 0),
  high: spreads.reduce((sum, { high }) => sum + high, 0),
});

// ── what came of late, and what the next money brings ───────────────────────

/** So much more than of late is a stretch, and so much more was hardly ever kept. */
const stretch = { tight: 1.1, fails: 1.5 };

function paceCheck(working: Working, runRate: number, { definition }: Changes): FeasibilityCheck {
  const total = numberOf(working.total.mqls);
  const aMonth = total.mid / Math.max(1, working.months.length);
  const times = runRate > 0 ? aMonth / runRate : null;
  const verdict: Verdict =
    times === null || definition !== null ? 'unknown' : times > stretch.fails ? 'fails' : times > stretch.tight ? 'tight' : 'holds';
  return {
    key: 'pace',
    label: 'MQLs of late',
    verdict,
    sentence: `Needs ${counted(aMonth)} MQLs a month; the last ${runRateMonths} months brought ${counted(runRate)} each.${times === null ? '' : ` That is ${Math.round(times * 100)} % of it.`}`,
    unit: 'count',
    needed: {
      mid: String(Math.round(aMonth)),
      low: String(Math.round(total.low / Math.max(1, working.months.length))),
      high: String(Math.round(total.high / Math.max(1, working.months.length))),
    },
    available: String(Math.round(runRate * 10) / 10),
    byMonth: [],
    rests: [
      {
        text: `Up to ${Math.round(stretch.tight * 100 - 100)} % more than of late holds; beyond ${Math.round(stretch.fails * 100 - 100)} % it needs another way of working.`,
        recordsUrl: null,
      },
    ],
  };
}

async function marginCheck(context: GoalContext, working: Working, runRate: number): Promise<FeasibilityCheck> {
  const answer = await whereNextBy(context, 'channel');
  const more = Number(working.total.mqls.mid) / Math.max(1, working.months.length) - runRate;
  const known = answer.rows.filter(({ marginal }) => marginal.value !== null);
  const best = known[0];
  const verdict: Verdict =
    more <= 0
      ? 'holds'
      : !best
        ? 'unknown'
        : (best.marginal.uncertainty?.high ?? best.marginal.value!) < 1
          ? 'fails'
          : best.marginal.value! < 1
            ? 'tight'
            : 'holds';
  return {
    key: 'margin',
    label: 'What the next money brings',
    verdict,
    sentence: more <= 0 ? 'No more MQLs than of late are needed.' : answer.sentence,
    unit: 'amount',
    needed: null,
    available: null,
    byMonth: [],
    rests: known.slice(0, 5).map(({ label, marginal, recordsUrl }) => ({
      text: `${label}: the next unit brought ${hundredths(marginal.value!)}${marginal.uncertainty ? ` (${hundredths(marginal.uncertainty.low)} to ${hundredths(marginal.uncertainty.high ?? marginal.value!)})` : ''} of won value`,
      recordsUrl,
    })),
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
