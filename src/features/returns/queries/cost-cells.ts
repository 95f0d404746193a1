/** Costs by group, side and category, shared ones spread by the keys where that is asked: what all sums are made of. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CostBy, CostCategory, CostSide } from '../contract/ledger.ts';
import { monthOf } from '../contract/months.ts';
import { type KeyTarget, keyTargets } from '../contract/plans.ts';
import type { PayVisible } from '../contract/pay.ts';
import { type PoolCell, spread, type SpreadCell } from './allocated.ts';
import { type CostFilters, costsFrom, costWhere, groupSql } from './cost-filters.ts';
import { keysOfMonths, type KeyState, readKeyState } from './key-versions.ts';

export interface CostCell {
  /** Null: entries without one. Months `2026-03`, quarters `2026-Q1`; campaigns, accounts and teams by id, the merged by their survivor's. */
  readonly group: string | null;
  readonly side: CostSide;
  readonly category: CostCategory;
  /** Booked, minor units of the workspace's currency. */
  readonly amount: bigint;
  /** Entries booked to this very group. */
  readonly entries: number;
  /** Of the amount: what came by allocation keys. */
  readonly byKeys: bigint;
}

export interface CostAsk extends CostFilters {
  readonly by: CostBy;
  readonly allocated: boolean;
  readonly pay: PayVisible;
}

/** Entries without a rate are in no cell. Not inside a transaction. */
export async function readCostCells(database: Database, workspaceId: WorkspaceId, asked: CostAsk): Promise<CostCell[]> {
  const read = await database.inWorkspace(workspaceId, (tx) => readCells(tx, workspaceId, asked), { snapshot: true });
  return spreadCells(database, workspaceId, asked.by, read);
}

/** What one transaction reads; `pool` only where something is to be spread. */
export interface ReadCells {
  readonly cells: readonly CostCell[];
  /** Summed over the entries on its own, not over the cells. */
  readonly total: Readonly<Record<CostSide, bigint>> & { readonly entries: number };
  /** Entries without a rate, by currency; `amount` in its minor units. */
  readonly unbooked: readonly { readonly currency: string; readonly amount: string; readonly entries: number }[];
  readonly pool: readonly PoolCell[];
  readonly keys: KeyState | null;
}

export async function readCells(tx: Tx, workspaceId: WorkspaceId, asked: CostAsk): Promise<ReadCells> {
  const counted = await countCells(tx, workspaceId, asked);
  const onto = targetOf(asked.by);
  if (!asked.allocated || !onto) return { ...counted, pool: [], keys: null };
  const keys = await readKeyState(tx, workspaceId);
  const pool = keys.versions.length > 0 ? await poolOf(tx, workspaceId, onto, asked) : [];
  return { ...counted, pool, keys };
}

/** Moves what keys spread from the cells without a group to their targets. The sum stays the same, to the unit. */
export async function spreadCells(
  database: Database,
  workspaceId: WorkspaceId,
  by: CostBy,
  { cells, pool, keys }: Pick<ReadCells, 'cells' | 'pool' | 'keys'>,
): Promise<CostCell[]> {
  const onto = targetOf(by);
  if (!keys || !onto || pool.length === 0) return [...cells];
  const months = [...new Set(pool.map(({ month }) => month))];
  const ofMonths = await keysOfMonths(database, workspaceId, keys, months);
  const spreadCosts = [...cells, ...movedCells(spread(pool, onto, (month) => ofMonths.get(month) ?? []))];
  // A target that was named before its campaign was merged counts as the survivor; what is counted is told by survivors already.
  const isNamed = [...ofMonths.values()].flat().some(({ content }) => content.onto === 'campaign' && content.shares.length > 0);
  if (by === 'campaign' && isNamed) return database.inWorkspace(workspaceId, (tx) => bySurvivor(tx, workspaceId, by, spreadCosts));
  return cellsOf(fold(spreadCosts));
}

/** What goes to each target, and what goes from “none”, by side and category. A hundred thousand parts are added up in place. */
function movedCells(parts: readonly SpreadCell[]): CostCell[] {
  const places = new Map<string, number>();
  for (const targets of new Set(parts.map((each) => each.targets)))
    for (const target of targets) if (!places.has(target)) places.set(target, places.size);
  const targets = [...places.keys()];
  return [...Map.groupBy(parts, ({ cell }) => `${cell.side} ${cell.category}`).values()].flatMap((own) => {
    const { side, category } = own[0]!.cell;
    const sums = new BigInt64Array(targets.length);
    for (const each of own) for (const [at, part] of each.parts.entries()) sums[places.get(each.targets[at]!)!]! += part;
    const moved = own.reduce((sum, { cell }) => sum + cell.amount, 0n);
    const to = targets.map((group, at): CostCell => ({ group, side, category, amount: sums[at]!, entries: 0, byKeys: sums[at]! }));
    return [...to.filter(({ amount }) => amount !== 0n), { group: null, side, category, amount: -moved, entries: 0, byKeys: 0n }];
  });
}

const targetOf = (by: CostBy): KeyTarget | undefined => keyTargets.find((target) => target === by);

interface CountedRow {
  readonly set: number;
  readonly group: string | null;
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly currency: string;
  readonly booked: string | null;
  readonly entries: bigint;
  readonly amount: string | null;
  readonly waiting: bigint;
}

/** Cells, totals and what waits in one pass over the entries. */
async function countCells(tx: Tx, workspaceId: WorkspaceId, asked: CostAsk): Promise<Omit<ReadCells, 'pool' | 'keys'>> {
  const { rows } = await sql<CountedRow>`
    SELECT GROUPING(g, category, currency)::int AS "set", g AS "group", side, category, currency, sum(booked)::text AS booked, count(booked) AS entries,
      (sum(amount) FILTER (WHERE booked IS NULL))::text AS amount, count(*) FILTER (WHERE booked IS NULL) AS waiting
    FROM (SELECT ${groupSql[asked.by]} AS g, c.side, c.category, c.currency, c.amount, c.booked
      FROM ${costsFrom(workspaceId, asked.pay, asked.by)} WHERE ${costWhere(workspaceId, { ...asked, group: undefined })}) c
    GROUP BY GROUPING SETS ((g, side, category), (side), (currency)) ORDER BY currency`.execute(tx);
  const ofSet = (set: number): CountedRow[] => rows.filter((row) => row.set === set);
  const booked = ofSet(sets.cells).filter(({ entries }) => entries > 0n);
  const cells = booked.map(({ group, side, category, booked: amount, entries }) => ({
    ...{ group, side, category, amount: BigInt(amount!), entries: Number(entries), byKeys: 0n },
  }));
  const totals = ofSet(sets.sides);
  const total = (side: CostSide): bigint => BigInt(totals.find((row) => row.side === side)?.booked ?? 0);
  return {
    cells: asked.by === 'campaign' || asked.by === 'account' ? await bySurvivor(tx, workspaceId, asked.by, cells) : cells,
    total: { marketing: total('marketing'), sales: total('sales'), entries: totals.reduce((sum, { entries }) => sum + Number(entries), 0) },
    unbooked: ofSet(sets.currencies)
      .filter(({ waiting }) => waiting > 0n)
      .map(({ currency, amount, waiting }) => ({ currency, amount: amount!, entries: Number(waiting) })),
  };
}
/** What GROUPING(g, category, currency) says of each set: a bit for each that is not grouped by. */
const sets = { cells: 0b001, sides: 0b111, currencies: 0b110 } as const;

async function bySurvivor(tx: Tx, workspaceId: WorkspaceId, by: 'campaign' | 'account', cells: readonly CostCell[]): Promise<CostCell[]> {
  const names = await namesOf(tx, workspaceId, { [by]: new Set(cells.flatMap(({ group }) => group ?? [])) });
  const survivors = new Map([...names].map(([asked, { id }]) => [asked.slice(by.length + 1), id]));
  return cellsOf(fold(cells.map((cell) => ({ ...cell, group: cell.group && (survivors.get(cell.group) ?? cell.group) }))));
}

/** Cells of one side and category, by group. */
interface FoldedRow {
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly cells: Map<string | null, { -readonly [Key in keyof CostCell]: CostCell[Key] }>;
}
type Folded = Map<string, FoldedRow>;

/** Cells of the same group, side and category as one. */
function fold(cells: readonly CostCell[]): Folded {
  const folded: Folded = new Map();
  for (const { group, side, category, ...more } of cells) add(rowOf(folded, side, category), group, more);
  return folded;
}

function rowOf(folded: Folded, side: CostSide, category: CostCategory): FoldedRow {
  const key = `${side} ${category}`;
  let row = folded.get(key);
  if (!row) folded.set(key, (row = { side, category, cells: new Map() }));
  return row;
}

function add({ side, category, cells }: FoldedRow, group: string | null, more: Pick<CostCell, 'amount' | 'entries' | 'byKeys'>): void {
  const cell = cells.get(group);
  if (!cell) return void cells.set(group, { group, side, category, ...more });
  cell.amount += more.amount;
  cell.entries += more.entries;
  cell.byKeys += more.byKeys;
}

const cellsOf = (folded: Folded): CostCell[] => [...folded.values()].flatMap(({ cells }) => [...cells.values()]);

/** What has no value in a dimension, month by month, as finely as keys tell it apart. */
export async function poolOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  onto: KeyTarget,
  asked: CostFilters & { readonly pay: PayVisible },
): Promise<PoolCell[]> {
  const { rows } = await sql<Omit<PoolCell, 'amount' | 'entries' | 'month'> & { day: string; amount: string; entries: bigint }>`
    SELECT c.occurred_on AS day, c.side, c.category, c.team_id AS "teamId", sum(c.booked)::text AS amount, count(*) AS entries
    FROM ${costsFrom(workspaceId, asked.pay, onto)}
    WHERE c.booked IS NOT NULL AND ${groupSql[onto]} IS NULL AND ${costWhere(workspaceId, { ...asked, group: undefined })}
    GROUP BY 1, 2, 3, 4 ORDER BY 2, 3, 4`.execute(tx);
  // Days are cheaper than months to group by in SQL.
  const months = Map.groupBy(rows, ({ day, side, category, teamId }) => [monthOf(day), side, category, teamId].join(' '));
  return [...months.values()].map((days) => ({
    ...{ month: monthOf(days[0]!.day), side: days[0]!.side, category: days[0]!.category, teamId: days[0]!.teamId },
    amount: days.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
    entries: days.reduce((sum, { entries }) => sum + Number(entries), 0),
  }));
}
