/** Costs by slice, and the very entries behind them: both by one condition. */

import { type RawBuilder, sql } from 'kysely';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FigureBy } from '../contract/figure-table.ts';
import type { CostCategory, CostSide } from '../contract/ledger.ts';
import type { PayVisible } from '../contract/pay.ts';
import { regionOfTeam, type Surroundings } from './figure-groups.ts';
import type { Days } from './figure-scope.ts';
import { visibleCosts } from './visible-costs.ts';

export const costParts = ['costMarketing', 'costSales', 'costPaid', 'costMedia'] as const;
export type CostPart = (typeof costParts)[number];

/** What is paid for so that people come: marketing's, without tools, pay and the rest. */
export const programmeCategories: readonly CostCategory[] = ['media', 'agency', 'event', 'content'];

const partHolds: Readonly<Record<CostPart, (side: CostSide, category: CostCategory) => boolean>> = {
  costMarketing: (side) => side === 'marketing',
  costSales: (side) => side === 'sales',
  costPaid: (side, category) => side === 'marketing' && programmeCategories.includes(category),
  costMedia: (side, category) => side === 'marketing' && category === 'media',
};
/** Those that are listed, and no figure’s. */
export type ListedCosts = CostPart | 'costBoth';
const partSql: Readonly<Record<ListedCosts, RawBuilder<unknown>>> = {
  costBoth: sql`true`,
  costMarketing: sql`c.side = 'marketing'`,
  costSales: sql`c.side = 'sales'`,
  costPaid: sql`c.side = 'marketing' AND c.category = ANY (${[...programmeCategories]}::text[])`,
  costMedia: sql`c.side = 'marketing' AND c.category = 'media'`,
};

/** Costs aren't kept by the others: who asks by them sees costs in the total only. */
const kept = ['none', 'segment', 'campaign', 'channel', 'team', 'region', 'month', 'quarter'] as const satisfies readonly FigureBy[];
export type CostGrouping = (typeof kept)[number];
export const costsAreKeptBy = (by: FigureBy): by is CostGrouping => kept.some((each) => each === by);

export interface CostsAsk {
  readonly by: FigureBy;
  /** Of the figures; costs are those dated `lagDays` earlier. */
  readonly days: Days;
  readonly lagDays: number;
  readonly pay: PayVisible;
}

export interface CostCellOfFigures {
  /** As slices go by it. */
  readonly value: string | null;
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly amount: bigint;
  readonly entries: number;
}

/** An entry's channel is its own, else its campaign's. */
const channelSql = (workspaceId: WorkspaceId): RawBuilder<unknown> =>
  sql`coalesce(c.channel, (SELECT coalesce(s.channel, k.channel) FROM campaigns k LEFT JOIN campaigns s ON s.workspace_id = k.workspace_id AND s.id = k.merged_into
    WHERE k.workspace_id = ${workspaceId}::uuid AND k.id = c.campaign_id))`;

/** The value an entry is grouped by before merged campaigns and regions are told. */
function rawValue(workspaceId: WorkspaceId, { by, lagDays }: CostsAsk): RawBuilder<unknown> {
  switch (by) {
    case 'segment':
      return sql`c.segment`;
    case 'campaign':
      return sql`c.campaign_id::text`;
    case 'channel':
      return channelSql(workspaceId);
    case 'team':
    case 'region':
      return sql`c.team_id::text`;
    case 'month':
      return sql`to_char(c.occurred_on + ${lagDays}::int, 'YYYY-MM')`;
    case 'quarter':
      return sql`to_char(c.occurred_on + ${lagDays}::int, 'YYYY-"Q"Q')`;
    default:
      return sql`NULL::text`;
  }
}

/** Before the year 1000 no day is written and nothing was posted. */
const firstDay = dayNumber(1000, 1, 1);
export const costDays = ({ days: { start, end }, lagDays }: Pick<CostsAsk, 'days' | 'lagDays'>): Days => ({
  start: Math.max(firstDay, start - lagDays),
  end: Math.max(firstDay, end - lagDays),
});

function within(ask: CostsAsk): RawBuilder<unknown> {
  const { start, end } = costDays(ask);
  return sql`c.occurred_on BETWEEN ${dayText(start)}::date AND ${dayText(end)}::date`;
}

/** Entries without a rate are in none. */
export async function readCosts(tx: Tx, workspaceId: WorkspaceId, ask: CostsAsk, surroundings: Surroundings): Promise<CostCellOfFigures[]> {
  const { rows } = await sql<{ value: string | null; side: CostSide; category: CostCategory; amount: string; entries: bigint }>`
    SELECT ${rawValue(workspaceId, ask)} AS value, c.side, c.category, sum(c.booked)::text AS amount, count(*) AS entries
    FROM ${visibleCosts(workspaceId, ask.pay)} c WHERE c.booked IS NOT NULL AND ${within(ask)} GROUP BY 1, 2, 3`.execute(tx);
  return rows.map((row) => ({
    ...row,
    value: shownValue(ask.by, row.value, surroundings),
    amount: BigInt(row.amount),
    entries: Number(row.entries),
  }));
}

function shownValue(by: FigureBy, value: string | null, surroundings: Surroundings): string | null {
  if (by === 'campaign' && value !== null) return surroundings.campaigns.get(value) ?? value;
  return by === 'region' ? regionOfTeam(value, surroundings) : value;
}

/** Of both sides, by value and month (year × 12 + month − 1). */
export type MonthlyCosts = readonly { readonly value: string | null; readonly month: number; readonly amount: bigint }[];

export async function readMonthlyCosts(tx: Tx, workspaceId: WorkspaceId, ask: CostsAsk, surroundings: Surroundings): Promise<MonthlyCosts> {
  const { rows } = await sql<{ value: string | null; month: number; amount: string }>`
    SELECT ${rawValue(workspaceId, ask)} AS value, (extract(year FROM c.occurred_on) * 12 + extract(month FROM c.occurred_on) - 1)::int AS month, sum(c.booked)::text AS amount
    FROM ${visibleCosts(workspaceId, ask.pay)} c WHERE c.booked IS NOT NULL AND ${within(ask)} GROUP BY 1, 2`.execute(tx);
  return rows.map(({ value, month, amount }) => ({ value: shownValue(ask.by, value, surroundings), month, amount: BigInt(amount) }));
}

/** How many entries of the days have no rate, by currency. */
export async function readUnbooked(tx: Tx, workspaceId: WorkspaceId, ask: CostsAsk): Promise<{ currency: string; entries: number }[]> {
  const { rows } = await sql<{ currency: string; entries: bigint }>`
    SELECT c.currency, count(*) AS entries FROM ${visibleCosts(workspaceId, ask.pay)} c WHERE c.booked IS NULL AND ${within(ask)} GROUP BY 1 ORDER BY 1`.execute(
    tx,
  );
  return rows.map(({ currency, entries }) => ({ currency, entries: Number(entries) }));
}

/** Campaigns on which something of a programme was ever spent by the end of the days. */
export async function readPaidCampaigns(tx: Tx, workspaceId: WorkspaceId, end: number, { campaigns }: Surroundings): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT c.campaign_id AS id FROM ${visibleCosts(workspaceId, { marketing: false, sales: false })} c
    WHERE c.campaign_id IS NOT NULL AND c.occurred_on <= ${dayText(end)}::date AND ${partSql.costPaid} GROUP BY 1 HAVING sum(c.booked) > 0`.execute(
    tx,
  );
  return new Set(rows.map(({ id }) => campaigns.get(id) ?? id));
}

export type CostTally = Record<CostPart, { amount: bigint; entries: number }>;

const emptyCosts = (): CostTally => ({
  costMarketing: { amount: 0n, entries: 0 },
  costSales: { amount: 0n, entries: 0 },
  costPaid: { amount: 0n, entries: 0 },
  costMedia: { amount: 0n, entries: 0 },
});

/** @param sliceOfValue null: the answer shows no such slice */
export function tallyCosts(
  cells: readonly CostCellOfFigures[],
  count: number,
  sliceOfValue: (value: string | null) => number | null,
): CostTally[] {
  const tallies = Array.from({ length: count }, emptyCosts);
  for (const { value, side, category, amount, entries } of cells) {
    const tally = tallies[sliceOfValue(value) ?? -1];
    for (const part of tally ? costParts : [])
      if (partHolds[part](side, category)) {
        tally![part].amount += amount;
        tally![part].entries += entries;
      }
  }
  return tallies;
}

// ── the entries behind a part ───────────────────────────────────────────────

export interface CostPlace {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly id: string;
}

export interface CostPage {
  readonly ids: string[];
  readonly total: number;
  readonly sum: bigint;
  readonly next: CostPlace | null;
}

/**
 * Newest first.
 * @param group undefined: of all groups
 */
export async function pageOfCosts(
  tx: Tx,
  workspaceId: WorkspaceId,
  ask: CostsAsk,
  asked: { part: ListedCosts; group: string | null | undefined; limit: number; after: CostPlace | null },
  surroundings: Surroundings,
): Promise<CostPage> {
  const matching = sql`FROM ${visibleCosts(workspaceId, ask.pay)} c
    WHERE c.booked IS NOT NULL AND ${within(ask)} AND ${partSql[asked.part]} AND ${inGroup(workspaceId, ask, asked.group, surroundings)}`;
  const totals = await sql<{
    total: bigint;
    sum: string;
  }>`SELECT count(*) AS total, coalesce(sum(c.booked), 0)::text AS sum ${matching}`.execute(tx);
  const { rows } = await sql<CostPlace>`SELECT c.id, c.occurred_on AS day ${matching}
    ${asked.after ? sql`AND (c.occurred_on, c.id) < (${asked.after.day}::date, ${asked.after.id}::uuid)` : sql``}
    ORDER BY c.occurred_on DESC, c.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  return {
    ids: shown.map(({ id }) => id),
    total: Number(totals.rows[0]!.total),
    sum: BigInt(totals.rows[0]!.sum),
    next: rows.length > asked.limit ? shown.at(-1)! : null,
  };
}

function inGroup(
  workspaceId: WorkspaceId,
  ask: CostsAsk,
  group: string | null | undefined,
  surroundings: Surroundings,
): RawBuilder<unknown> {
  if (group === undefined || ask.by === 'none') return sql`true`;
  if (ask.by === 'campaign' && group !== null) return sql`c.campaign_id = ANY (${allOf(group, surroundings.campaigns)}::uuid[])`;
  if (ask.by === 'region') return inRegion(group, surroundings);
  return sql`${rawValue(workspaceId, ask)} IS NOT DISTINCT FROM ${group}::text`;
}

/** An id and those merged into it. A text that is none has no entries. */
function allOf(id: string, merged: ReadonlyMap<string, string>): string[] {
  if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) return [];
  return [id, ...[...merged].flatMap(([from, into]) => (into === id ? [from] : []))];
}

function inRegion(region: string | null, { regions }: Surroundings): RawBuilder<unknown> {
  const teams = [...regions].flatMap(([team, name]) => (region === null || name === region ? [team] : []));
  return region === null ? sql`(c.team_id IS NULL OR c.team_id <> ALL (${teams}::uuid[]))` : sql`c.team_id = ANY (${teams}::uuid[])`;
}
