/** What was planned, and what was spent against it. */

import { sql } from 'kysely';
import { totalVariance, type Variance, varianceOf } from '#engine/returns/budget.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type CostCategory, type CostSide, costSides, ledgerVersion } from '../contract/ledger.ts';
import { firstDayOf, lastDayOf } from '../contract/months.ts';
import type { BudgetList, BudgetsQuery, VarianceAnswer, VarianceBy, VarianceQuery } from '../contract/plans.ts';
import { type PayVisible, payVisible } from '../contract/pay.ts';
import { type CostCell, readCells } from './cost-cells.ts';
import { costsUrl } from './cost-filters.ts';
import { groupLabels, teamNames } from './group-labels.ts';
import { ledgerNow } from './ledger-now.ts';
import { basisOf, withoutHiddenPay } from './visible-costs.ts';

interface Line {
  readonly id: string;
  readonly month: string;
  readonly side: CostSide;
  readonly category: CostCategory | null;
  readonly campaignId: string | null;
  readonly teamId: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly recordedAt: string;
  readonly recordedBy: string | null;
}

const most = 10_000;

/** The lines that stand, by month, side and category. */
export async function listBudgets(tx: Tx, who: Who, asked: BudgetsQuery): Promise<BudgetList> {
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const lines = await readLines(tx, who.workspaceId, payVisible(who), asked);
  const names = await namesOf(tx, who.workspaceId, {
    campaign: new Set(lines.flatMap(({ campaignId }) => campaignId ?? [])),
    member: new Set(lines.flatMap(({ recordedBy }) => recordedBy ?? [])),
  });
  const teams = await teamNames(tx, who.workspaceId, [...new Set(lines.flatMap(({ teamId }) => teamId ?? []))]);
  return {
    items: lines.map(({ campaignId, teamId, recordedBy, ...line }) => ({
      ...line,
      amount: String(line.amount),
      campaign: campaignId === null ? null : (names.get(`campaign ${campaignId}`) ?? null),
      team: teamId === null || !teams.has(teamId) ? null : { id: teamId, name: teams.get(teamId)! },
      recordedBy: recordedBy === null ? null : (names.get(`member ${recordedBy}`) ?? null),
    })),
    total: String(lines.reduce((sum, line) => (line.currency === currency ? sum + line.amount : sum), 0n)),
    currency,
    notes: [
      ...otherCurrencyNotes(lines, currency),
      ...hiddenNotes(payVisible(who), asked),
      ...(lines.length === most ? [`Only the first ${most.toLocaleString('en')} lines are shown.`] : []),
    ],
  };
}

async function readLines(tx: Tx, workspaceId: WorkspaceId, pay: PayVisible, asked: BudgetsQuery): Promise<Line[]> {
  const conditions = [
    ...(asked.start ? [sql`b.month >= ${firstDayOf(asked.start)}::date`] : []),
    ...(asked.end ? [sql`b.month <= ${firstDayOf(asked.end)}::date`] : []),
    ...(asked.side ? [sql`b.side = ${asked.side}`] : []),
    ...(asked.category ? [sql`b.category = ${asked.category}`] : []),
    ...(asked.campaignId ? [sql`b.campaign_id = ${asked.campaignId}::uuid`] : []),
    ...(asked.teamId ? [sql`b.team_id = ${asked.teamId}::uuid`] : []),
  ];
  const { rows } =
    await sql<Line>`SELECT b.id, to_char(b.month, 'YYYY-MM') AS month, b.side, b.category, b.campaign_id AS "campaignId", b.team_id AS "teamId",
      b.amount, b.currency, b.recorded_at AS "recordedAt", b.recorded_by AS "recordedBy"
    FROM budgets b WHERE b.workspace_id = ${workspaceId}::uuid AND b.superseded_at IS NULL AND ${sql.raw(withoutHiddenPay(pay, 'b.side', 'b.category'))}
      AND (${pay.marketing} OR b.side <> 'marketing' OR ${partly}) AND (${pay.sales} OR b.side <> 'sales' OR ${partly})
      ${conditions.length > 0 ? sql`AND ${sql.join(conditions, sql` AND `)}` : sql``}
    ORDER BY b.month, b.side, b.category NULLS LAST, b.campaign_id, b.team_id LIMIT ${most}`.execute(tx);
  return rows;
}

/** A line for a side or team as a whole holds pay; whoever may not see pay doesn't get it. */
const partly = sql`b.category IS NOT NULL OR b.campaign_id IS NOT NULL`;

const otherCurrencyNotes = (lines: readonly Line[], currency: string): string[] => {
  const others = lines.filter((line) => line.currency !== currency);
  return others.length > 0
    ? [`${others.length} lines are in a currency the workspace had before, and are in no sum: set them anew in ${currency}.`]
    : [];
};

// ── variance ────────────────────────────────────────────────────────────────

/**
 * Budget, cost and what lies between, by one grouping; rows add up to the total. Needs a transaction with `snapshot`.
 */
export async function budgetVariance(tx: Tx, who: Who, asked: VarianceQuery): Promise<VarianceAnswer> {
  const pay = payVisible(who);
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const days = { start: firstDayOf(asked.start), end: lastDayOf(asked.end), side: asked.side };
  const { cells } = await readCells(tx, who.workspaceId, { ...days, by: asked.by, allocated: false, pay });
  const all = await readLines(tx, who.workspaceId, pay, { start: asked.start, end: asked.end, side: asked.side });
  const lines = await bySurvivor(
    tx,
    who.workspaceId,
    all.filter((line) => line.currency === currency),
  );
  const groups = [...new Set([...lines.map((line) => groupOf(asked.by, line)), ...cells.map(({ group }) => group)])];
  const label = await groupLabels(tx, who.workspaceId, asked.by, groups);
  const rows = groups.map((group) => ({ group, variance: varianceOfGroup(asked.by, group, lines, cells) }));
  return {
    ...{
      start: asked.start,
      end: asked.end,
      by: asked.by,
      side: asked.side ?? null,
      currency,
      version: ledgerVersion,
      basis: basisOf(pay),
    },
    formula:
      'variance = booked cost − budget; share = variance ÷ budget. Lines add up: one without a category is for what has no line of its own',
    rows: inOrder(asked.by, rows).map(({ group, variance }) => ({
      ...{ group, label: labelOf(asked.by, group, label), ...inText(variance), recordsUrl: costsUrl(days, asked.by, group) },
    })),
    total: { ...inText(totalVariance(rows.map(({ variance }) => variance))), recordsUrl: costsUrl(days) },
    notes: [...otherCurrencyNotes(all, currency), ...hiddenNotes(pay, asked)],
  };
}

/** A merged campaign's budget is its survivor's. */
async function bySurvivor(tx: Tx, workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Line[]> {
  const names = await namesOf(tx, workspaceId, { campaign: new Set(lines.flatMap(({ campaignId }) => campaignId ?? [])) });
  return lines.map((line) => ({
    ...line,
    campaignId: line.campaignId && (names.get(`campaign ${line.campaignId}`)?.id ?? line.campaignId),
  }));
}

function groupOf(by: VarianceBy, line: Line): string | null {
  const groups = { none: null, month: line.month, side: line.side, category: line.category, campaign: line.campaignId, team: line.teamId };
  return groups[by];
}

function varianceOfGroup(by: VarianceBy, group: string | null, lines: readonly Line[], cells: readonly CostCell[]): Variance {
  return varianceOf({
    budget: lines.reduce((sum, line) => (groupOf(by, line) === group ? sum + line.amount : sum), 0n),
    actual: cells.reduce((sum, cell) => (cell.group === group ? sum + cell.amount : sum), 0n),
  });
}

const labelOf = (by: VarianceBy, group: string | null, label: (group: string | null) => string): string =>
  by === 'category' && group === null ? 'Not split by category' : label(group);

type Row = { readonly group: string | null; readonly variance: Variance };
function inOrder(by: VarianceBy, rows: readonly Row[]): Row[] {
  const text = ({ group }: Row): string => group ?? '';
  if (by === 'month') return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  const size = ({ variance }: Row): bigint => (variance.budget > variance.actual ? variance.budget : variance.actual);
  return rows.toSorted(
    (a, b) =>
      Number(a.group === null) - Number(b.group === null) ||
      Number(b.variance.budget - a.variance.budget > 0n) - Number(b.variance.budget - a.variance.budget < 0n) ||
      Number(size(b) - size(a) > 0n) - Number(size(b) - size(a) < 0n) ||
      (text(a) < text(b) ? -1 : 1),
  );
}

const inText = ({ budget, actual, variance, share }: Variance) => ({
  budget: String(budget),
  actual: String(actual),
  variance: String(variance),
  share: share.value,
  why: share.reason,
});

function hiddenNotes(pay: PayVisible, asked: { side?: CostSide | undefined }): string[] {
  const hidden = costSides.filter((side) => !pay[side] && (asked.side === undefined || asked.side === side));
  return hidden.length > 0
    ? [`Pay of ${hidden.join(' and ')}, and budgets of a side or team as a whole, which hold it, are not in this.`]
    : [];
}
