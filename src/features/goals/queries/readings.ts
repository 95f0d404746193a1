/** What a goal's metric says up to now, and what that opens into: from figures, funnel, retention, attainment and speed, never by hand. */

import { dayText } from '#engine/values/calendarDay.ts';
import { attainmentAsk } from '#features/agreement/contract.ts';
import { recordsPath } from '#features/funnel/contract.ts';
import { speedAsk } from '#features/handoff/contract.ts';
import { answerAttainment } from '#features/handoff/queries/attainment.ts';
import { answerSpeed } from '#features/handoff/queries/speed.ts';
import type { AmountFigure, NumberFigure, Part } from '#features/returns/contract/figure-pieces.ts';
import type { OpenablePart } from '#features/returns/contract/figure-table.ts';
import { figureRecordsPath, type FiguresAnswer, figuresQuery } from '#features/returns/contract/figures.ts';
import { type RetentionAnswer, retentionQuery } from '#features/returns/contract/retention.ts';
import { figuresIn } from '#features/returns/queries/figures.ts';
import { retentionIn } from '#features/returns/queries/retention.ts';
import { attainmentRecordsPath } from '#features/handoff/contract/addresses.ts';
import { quantityOf } from '#engine/goals/quantity.ts';
import { meaningOf } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import type { GoalStanding } from '../contract/goals.ts';
import type { GoalContext } from './context.ts';
import { visitFlow } from './flow-days.ts';
import { groupOfScope } from './scope.ts';

export interface Reading {
  /** In the unit of the metric; null: `why` says why. */
  readonly value: string | null;
  readonly why: string | null;
  readonly recordsUrl: string | null;
  readonly parts: GoalStanding['parts'];
  /** Of a share. */
  readonly share: { readonly hits: number; readonly of: number } | null;
}

/** Days since 1970-01-01, both included. */
export interface ReadDays {
  readonly from: number;
  readonly until: number;
}

export async function readMetric(context: GoalContext, goal: Pick<Goal, 'metric' | 'scope'>, days: ReadDays): Promise<Reading> {
  const { runs, holdsPay } = meaningOf(goal.metric.name);
  if (holdsPay && context.ground.figures.costBasis !== 'whole')
    return untold('It is made from what people are paid, which you may not see.');
  if (runs === 'flow') return flowReading(context, goal, days);
  switch (goal.metric.name) {
    case 'winRate':
      return winRate(context, goal, days);
    case 'speedWithin':
      return speedWithin(context, goal, goal.metric.minutes, days);
    case 'attainment':
      return attainment(context, goal, goal.metric.of, days);
    case 'cac':
    case 'paybackMonths':
      return costFigure(context, goal.metric.name, days);
    default:
      return retention(context, goal, goal.metric.name as RetentionMetric, days);
  }
}

const untold = (why: string): Reading => ({ value: null, why, recordsUrl: null, parts: [], share: null });
const texts = ({ from, until }: ReadDays) => ({ start: dayText(from), end: dayText(until) });

// ── sums ────────────────────────────────────────────────────────────────────

function flowReading({ ground, beside }: GoalContext, goal: Pick<Goal, 'metric' | 'scope'>, days: ReadDays): Reading {
  if (goal.metric.name === 'mqlValue' && beside.leadValues.size === 0)
    return untold('No clause in force says what a lead is worth: agree one about value first.');
  let [sum, count] = [0n, 0];
  visitFlow(ground, goal.metric, goal.scope, beside, (day, amount) => {
    if (day < days.from || day > days.until) return;
    sum += amount;
    count += goal.metric.name === 'responders' ? Number(amount) : 1;
  });
  const recordsUrl = count === 0 ? null : flowRecords(goal, days);
  const { label, unit } = meaningOf(goal.metric.name);
  return {
    value: String(sum),
    why: null,
    recordsUrl,
    parts: [{ label, count, amount: unit === 'amount' ? String(sum) : null, recordsUrl }],
    share: null,
  };
}

const partOf: Partial<Record<Goal['metric']['name'], OpenablePart>> = {
  wonValue: 'won',
  won: 'won',
  newCustomers: 'newCustomers',
  pipelineCreated: 'opened',
  deals: 'opened',
};

/** The address of the records that a sum counts. */
export function flowRecords({ metric, scope }: Pick<Goal, 'metric' | 'scope'>, days: ReadDays): string {
  const { by, group } = groupOfScope(scope);
  const part = partOf[metric.name];
  if (part) return figureRecordsPath({ part, by, group, ...texts(days), lagDays: 0, windowDays: 90, basis: 'terms' });
  if (metric.name === 'responders') {
    const asked = new URLSearchParams(texts(days));
    if (metric.campaignId !== null) asked.set('campaignId', metric.campaignId);
    return `/api/v1/goals/responders?${asked}`;
  }
  const from = metric.name === 'sals' ? 'sal' : metric.name === 'sqls' ? 'sql' : 'mql';
  return recordsPath(
    { by, from, to: 'won', mode: 'cohort', ...texts(days), windowDays: null, asOf: dayText(days.until) },
    'entered',
    group,
  );
}

// ── figures ─────────────────────────────────────────────────────────────────

const figuresOf = (context: GoalContext, by: 'none' | 'segment' | 'team', days: ReadDays): Promise<FiguresAnswer> =>
  context.once(`figures ${by} ${days.from} ${days.until}`, async () => {
    const asked = figuresQuery.parse({ by, ...texts(days), rows: 500 });
    return (await figuresIn(context.ground.figures, asked, false)).answer;
  });

async function figuresInScope(context: GoalContext, goal: Pick<Goal, 'scope'>, days: ReadDays) {
  const { by, group } = groupOfScope(goal.scope);
  const answer = await figuresOf(context, by, days);
  return group === undefined ? answer.total : answer.rows.find((row) => row.group === group);
}

async function winRate(context: GoalContext, goal: Pick<Goal, 'scope'>, days: ReadDays): Promise<Reading> {
  const found = await figuresInScope(context, goal, days);
  if (!found) return untold('No deal was decided.');
  const [won, lost] = [found.parts.won!, found.parts.lost!];
  return {
    ...told(found.figures.winRate, (value) => quantityOf(value, 'share')),
    recordsUrl: won.recordsUrl ?? lost.recordsUrl,
    parts: [shownPart('Deals won', won), shownPart('Deals lost', lost)],
    share: { hits: won.count, of: won.count + lost.count },
  };
}

async function costFigure(context: GoalContext, name: 'cac' | 'paybackMonths', days: ReadDays): Promise<Reading> {
  const { figures, parts } = (await figuresOf(context, 'none', days)).total;
  const shown = [
    shownPart('Cost of marketing', parts.costMarketing),
    shownPart('Cost of sales', parts.costSales),
    shownPart('New customers', parts.newCustomers),
  ];
  const figure =
    name === 'cac' ? told(figures.cacBlended, (value) => value) : told(figures.paybackMonths, (value) => quantityOf(value, 'months'));
  return {
    ...figure,
    recordsUrl: parts.costMarketing?.recordsUrl ?? null,
    parts: shown.filter(({ count }) => count !== null),
    share: null,
  };
}

function told<Value>(figure: { value: Value | null; why: string | null }, text: (value: Value) => string): Pick<Reading, 'value' | 'why'> {
  return { value: figure.value === null ? null : text(figure.value), why: figure.value === null ? (figure.why ?? 'not a number') : null };
}

const shownPart = (label: string, part: Part | null): GoalStanding['parts'][number] => ({
  label,
  count: part?.count ?? null,
  amount: part?.amount ?? null,
  recordsUrl: part?.recordsUrl ?? null,
});

// ── retention ───────────────────────────────────────────────────────────────

type RetentionMetric = 'recurringRevenue' | 'nrr' | 'grr' | 'logoRetention';

const retentionOf = (context: GoalContext, by: 'none' | 'segment' | 'team', days: ReadDays): Promise<RetentionAnswer> =>
  context.once(`retention ${by} ${days.from} ${days.until}`, () =>
    retentionIn(context.ground.figures, retentionQuery.parse({ by, ...texts(days) })),
  );

async function retention(context: GoalContext, goal: Pick<Goal, 'scope'>, name: RetentionMetric, days: ReadDays): Promise<Reading> {
  const { by, group } = groupOfScope(goal.scope);
  const answer = await retentionOf(context, by, days);
  const found = group === undefined ? answer.total : answer.rows.find((row) => row.group === group);
  if (!found) return untold('There was no customer.');
  const { bridge } = found;
  if (name === 'recurringRevenue')
    return {
      value: bridge.end.amount,
      why: null,
      recordsUrl: bridge.end.recordsUrl,
      parts: [shownPart('Customers at the end', bridge.end)],
      share: null,
    };
  const parts = [
    shownPart('Customers at the start', bridge.start),
    shownPart('Churned', bridge.churned),
    shownPart('Expansion', bridge.expansion),
  ];
  const figure: NumberFigure | AmountFigure = found[name];
  return {
    ...told(figure as NumberFigure, (value) => quantityOf(value, 'share')),
    recordsUrl: bridge.start.recordsUrl,
    parts,
    share: null,
  };
}

// ── what was agreed ─────────────────────────────────────────────────────────

async function speedWithin(context: GoalContext, goal: Pick<Goal, 'scope'>, minutes: number, days: ReadDays): Promise<Reading> {
  const { by, group } = groupOfScope(goal.scope);
  const asked = speedAsk.parse({ ...texts(days), by, within: minutes });
  const answer = await context.once(`speed ${JSON.stringify(asked)}`, () => answerSpeed(context.database, context.workspaceId, asked));
  const found = group === undefined ? answer.total : answer.rows.find((row) => row.group === group);
  if (!found || found.judged === 0) return untold('No lead was tried, and no time is up yet.');
  return {
    value: quantityOf(found.within / found.judged, 'share'),
    why: null,
    recordsUrl: found.recordsUrl,
    parts: [
      { label: `Tried within ${minutes} minutes`, count: found.within, amount: null, recordsUrl: found.recordsUrl },
      { label: 'Tried, or time up', count: found.judged, amount: null, recordsUrl: found.recordsUrl },
    ],
    share: { hits: found.within, of: found.judged },
  };
}

type AttainmentOf = Extract<Goal['metric'], { name: 'attainment' }>['of'];

async function attainment(context: GoalContext, goal: Pick<Goal, 'scope'>, of: AttainmentOf, days: ReadDays): Promise<Reading> {
  const { segment, teamId } = goal.scope;
  const scope = { ...texts(days), ...(segment === null ? {} : { segment }), ...(teamId === null ? {} : { teamId }) };
  const asked = attainmentAsk.parse({ ...scope, ...of });
  const answer = await context.once(`attainment ${JSON.stringify(asked)}`, () =>
    answerAttainment(context.database, context.workspaceId, asked),
  );
  const clauses = answer.clauses.filter(({ key, side }) => ('side' in of ? side === of.side : key === of.clause));
  const counts = 'side' in of ? answer.sides.find(({ side }) => side === of.side) : clauses[0];
  if (!counts || counts.due === 0) return untold('Nothing fell due.');
  return {
    value: quantityOf(counts.compliant / counts.due, 'share'),
    why: null,
    recordsUrl: clauses[0]?.recordsUrl ?? attainmentRecordsPath({ ...asked, clause: clauses[0]?.key ?? '' }),
    parts: clauses.map(({ title, compliant, due, recordsUrl }) => ({
      label: `${title}: ${compliant} of ${due}`,
      count: due,
      amount: null,
      recordsUrl,
    })),
    share: { hits: counts.compliant, of: counts.due },
  };
}
