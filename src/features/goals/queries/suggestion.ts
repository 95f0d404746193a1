/** A plan to begin with, filled with the company's own past; each number says where it comes from. */

import { sql } from 'kysely';
import { monthOfDay } from '#engine/time/months.ts';
import { firstDayOf } from '#engine/returns/cohorts.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { noDay } from '#platform/db/row-columns.ts';
import { inForceAt, signedAgreements } from '#features/agreement/queries/in-force.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import type { Goal, PlanContent, PlanSuggestion, suggestAsk } from '../contract/plans.ts';
import { type GoalContext, readContext } from './context.ts';
import { flowRecords, readMetric } from './readings.ts';

/** Segments with less of what was won than this share go into the last line. */
const leastShare = 0.02;
const mostLines = 6;

export async function suggestPlan(database: Database, who: Who, asked: z.output<typeof suggestAsk>): Promise<PlanSuggestion> {
  const context = await readContext(database, who.workspaceId, who, []);
  const { owners, withinMinutes } = await database.inWorkspace(who.workspaceId, async (tx) => ({
    owners: await headsOf(tx, who.workspaceId),
    withinMinutes: await agreedMinutes(tx, who.workspaceId),
  }));
  const days = daysOf(context, asked);
  const past = wonBySegment(context);
  const goals = owners ? await goalsOf(context, days, past, owners, withinMinutes) : [];
  const revenue = past.map(({ segment, amount }) => ({ segment, amount: String(amount) }));
  const content: PlanContent = {
    title: `Plan from ${days.start.slice(0, 7)} to ${days.end.slice(0, 7)}`,
    note: '',
    ...days,
    goals,
    workBack:
      revenue.length === 0
        ? null
        : {
            revenue: ofPeriod(revenue, days),
            monthWeights: null,
            changes: { moves: [], reps: 0, definition: null, answerWithinMinutes: null },
          },
  };
  return {
    content,
    names: owners ? { [owners.marketing.id]: owners.marketing.name, [owners.sales.id]: owners.sales.name } : {},
    currency: context.ground.figures.currency,
    from: [
      `What is to be won is what was won from ${dayText(yearOf(context).from)} to ${dayText(yearOf(context).until)}, by segment, as many months of it as the plan has: raise it to what you want.`,
      ...(owners
        ? ['Owners are the heads of both sides.']
        : ['A goal has an owner on both sides: invite a member of marketing and one of sales first.']),
    ],
    past: past.map(({ segment, amount }) => ({
      segment,
      amount: String(amount),
      recordsUrl: flowRecords({ metric: { name: 'wonValue' }, scope: { segment, teamId: null } }, yearOf(context)),
    })),
    expected: null,
  };
}

/** As asked; else twelve months from the next first of a month. */
function daysOf({ ground }: GoalContext, { start, end }: z.output<typeof suggestAsk>): { start: string; end: string } {
  const next = monthOfDay(ground.figures.today) + 1;
  const from = start === undefined ? next : monthOfDay(numberOfDay(start));
  const until = end === undefined ? from + 11 : Math.min(from + 11, Math.max(from, monthOfDay(numberOfDay(end))));
  return { start: dayText(firstDayOf(from, 'month')), end: dayText(firstDayOf(until + 1, 'month') - 1) };
}

/** The twelve whole months up to the last one on record. */
function yearOf({ asOf }: GoalContext): { from: number; until: number } {
  const last = monthOfDay(asOf + 1) - 1;
  return { from: firstDayOf(last - 11, 'month'), until: firstDayOf(last + 1, 'month') - 1 };
}

interface Won {
  readonly segment: string | null;
  readonly amount: bigint;
}

function wonBySegment(context: GoalContext): Won[] {
  const { deals } = context.ground.figures.fresh;
  const { status, closed, segment } = deals.numbers;
  const won = deals.dictionaries.status.codes.get('won');
  const { from, until } = yearOf(context);
  const sums = new Map<string | null, bigint>();
  for (let row = 0; row < deals.count; row++) {
    if (status[row] !== won || closed[row] === noDay || closed[row]! < from || closed[row]! > until) continue;
    const name = deals.dictionaries.segment.texts[segment[row]!]!;
    sums.set(name, (sums.get(name) ?? 0n) + deals.amounts.amount[row]!);
  }
  const all = [...sums.values()].reduce((sum, each) => sum + each, 0n);
  return [...sums]
    .map(([name, amount]) => ({ segment: name, amount }))
    .filter(({ amount }) => Number(amount) > leastShare * Number(all))
    .sort((one, other) => (one.amount < other.amount ? 1 : -1))
    .slice(0, mostLines);
}

/** So much of a year as the plan has months, two figures told. */
function ofPeriod(revenue: readonly { segment: string | null; amount: string }[], { start, end }: { start: string; end: string }) {
  const months = monthOfDay(numberOfDay(end)) - monthOfDay(numberOfDay(start)) + 1;
  return revenue.map(({ segment, amount }) => ({ segment, amount: rounded((BigInt(amount) * BigInt(months)) / 12n) }));
}

function rounded(amount: bigint): string {
  const step = 10n ** BigInt(Math.max(0, String(amount).length - 2));
  return String(((amount + step / 2n) / step) * step);
}

// ── goals ───────────────────────────────────────────────────────────────────

type Owners = { readonly marketing: { id: string; name: string }; readonly sales: { id: string; name: string } };

/** The first head of each side, else anybody of it; null where a side has nobody. */
async function headsOf(tx: Tx, workspaceId: WorkspaceId): Promise<Owners | null> {
  const { rows } = await sql<{ side: 'marketing' | 'sales'; id: string; name: string }>`
    SELECT DISTINCT ON (side) side, id, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND active AND side IN ('marketing', 'sales')
    ORDER BY side, role NOT IN ('owner', 'admin', 'manager'), login_id IS NULL, name COLLATE "C", id`.execute(tx);
  const of = (side: string) => rows.find((row) => row.side === side);
  const [marketing, sales] = [of('marketing'), of('sales')];
  return marketing && sales ? { marketing: { id: marketing.id, name: marketing.name }, sales: { id: sales.id, name: sales.name } } : null;
}

async function agreedMinutes(tx: Tx, workspaceId: WorkspaceId): Promise<number | null> {
  const content = inForceAt(await signedAgreements(tx, workspaceId), Date.now())?.content;
  const clause = content?.clauses.find(({ metric }) => metric.kind === 'firstAttempt');
  return clause?.metric.kind === 'firstAttempt' ? clause.metric.withinMinutes : null;
}

/** Revenue at the top; below it what each segment brings, retention, and how soon leads are answered. */
async function goalsOf(
  context: GoalContext,
  days: { start: string; end: string },
  past: readonly Won[],
  owners: Owners,
  withinMinutes: number | null,
): Promise<Goal[]> {
  const all = past.reduce((sum, { amount }) => sum + amount, 0n);
  if (all === 0n) return [];
  const common = {
    ...days,
    direction: 'atLeast',
    owners: { marketing: owners.marketing.id, sales: owners.sales.id },
    tolerancePercent: 10,
  } as const;
  const company = { segment: null, teamId: null };
  const lines = ofPeriod(
    past.map(({ segment, amount }) => ({ segment, amount: String(amount) })),
    days,
  );
  const top: Goal = {
    id: newId(),
    parentId: null,
    title: 'Revenue',
    metric: { name: 'wonValue' },
    scope: company,
    ...common,
    target: String(lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)),
  };
  const bySegment = lines.flatMap(({ segment, amount }): Goal[] =>
    segment === null || past.length < 2
      ? []
      : [
          {
            id: newId(),
            parentId: top.id,
            title: `Revenue in ${segment}`,
            metric: { name: 'wonValue' },
            scope: { segment, teamId: null },
            ...common,
            target: amount,
          },
        ],
  );
  const kept = await readMetric(context, { metric: { name: 'nrr' }, scope: company }, yearOf(context));
  const nrr: Goal[] =
    kept.value === null || Number(kept.value) === 0
      ? []
      : [
          {
            id: newId(),
            parentId: null,
            title: 'Customers stay and grow',
            metric: { name: 'nrr' },
            scope: company,
            ...common,
            target: kept.value,
          },
        ];
  const speed: Goal[] =
    withinMinutes === null
      ? []
      : [
          {
            id: newId(),
            parentId: top.id,
            title: 'Leads answered in time',
            metric: { name: 'speedWithin', minutes: withinMinutes },
            scope: company,
            ...common,
            target: '0.9',
          },
        ];
  return [top, ...bySegment, ...speed, ...nrr];
}
