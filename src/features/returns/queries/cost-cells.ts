/** Costs by group, side and category, shared ones spread by the keys where that is asked: what all sums are made of. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CostBy, CostCategory, CostSide } from '../contract/ledger.ts';
import { type KeyTarget, keyTargets } from '../contract/plans.ts';
import type { PayVisible } from '../policy.ts';
import { type PoolCell, spread } from './allocated.ts';
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
  readonly pool: readonly PoolCell[];
  readonly keys: KeyState | null;
}

export async function readCells(tx: Tx, workspaceId: WorkspaceId, asked: CostAsk): Promise<ReadCells> {
  const cells = await cellsOf(tx, workspaceId, asked);
  const onto = targetOf(asked.by);
  if (!asked.allocated || !onto) return { cells, pool: [], keys: null };
  const keys = await readKeyState(tx, workspaceId);
  const pool = keys.versions.length > 0 ? await poolOf(tx, workspaceId, onto, asked) : [];
  return { cells, pool, keys };
}

/** Moves what keys spread from the cells without a group to their targets. The sum stays the same, to the unit. */
export async function spreadCells(
  database: Database,
  workspaceId: WorkspaceId,
  by: CostBy,
  { cells, pool, keys }: ReadCells,
): Promise<CostCell[]> {
  const onto = targetOf(by);
  if (!keys || !onto || pool.length === 0) return [...cells];
  const months = [...new Set(pool.map(({ month }) => month))];
  const ofMonths = await keysOfMonths(database, workspaceId, keys, months);
  const parts = spread(pool, onto, (month) => ofMonths.get(month) ?? []);
  const moved = parts.flatMap(({ cell: { side, category }, target, amount }): CostCell[] => [
    { group: target, side, category, amount, entries: 0, byKeys: amount },
    { group: null, side, category, amount: -amount, entries: 0, byKeys: 0n },
  ]);
  // A target that was named before its campaign was merged counts as the survivor.
  return by === 'campaign'
    ? database.inWorkspace(workspaceId, (tx) => bySurvivor(tx, workspaceId, by, [...cells, ...moved]))
    : foldCells([...cells, ...moved]);
}

const targetOf = (by: CostBy): KeyTarget | undefined => keyTargets.find((target) => target === by);

async function cellsOf(tx: Tx, workspaceId: WorkspaceId, asked: CostAsk): Promise<CostCell[]> {
  const { rows } = await sql<{ group: string | null; side: CostSide; category: CostCategory; amount: string; entries: bigint }>`
    SELECT ${groupSql[asked.by]} AS "group", c.side, c.category, sum(c.booked)::text AS amount, count(*) AS entries
    FROM ${costsFrom(workspaceId, asked.pay, asked.by)} WHERE c.booked IS NOT NULL AND ${costWhere(workspaceId, { ...asked, group: undefined })}
    GROUP BY 1, 2, 3`.execute(tx);
  const cells = rows.map((row) => ({ ...row, amount: BigInt(row.amount), entries: Number(row.entries), byKeys: 0n }));
  return asked.by === 'campaign' || asked.by === 'account' ? bySurvivor(tx, workspaceId, asked.by, cells) : cells;
}

async function bySurvivor(tx: Tx, workspaceId: WorkspaceId, by: 'campaign' | 'account', cells: readonly CostCell[]): Promise<CostCell[]> {
  const names = await namesOf(tx, workspaceId, { [by]: new Set(cells.flatMap(({ group }) => group ?? [])) });
  return foldCells(cells.map((cell) => ({ ...cell, group: names.get(`${by} ${cell.group}`)?.id ?? cell.group })));
}

/** Cells of the same group, side and category as one. */
function foldCells(cells: readonly CostCell[]): CostCell[] {
  const folded = new Map<string, CostCell>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.group, cell.side, cell.category]);
    const before = folded.get(key);
    folded.set(
      key,
      before
        ? { ...before, amount: before.amount + cell.amount, entries: before.entries + cell.entries, byKeys: before.byKeys + cell.byKeys }
        : cell,
    );
  }
  return [...folded.values()];
}

/** What has no value in a dimension, month by month, as finely as keys tell it apart. */
export async function poolOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  onto: KeyTarget,
  asked: CostFilters & { readonly pay: PayVisible },
): Promise<PoolCell[]> {
  const { rows } = await sql<Omit<PoolCell, 'amount' | 'entries'> & { amount: string; entries: bigint }>`
    SELECT ${groupSql.month} AS month, c.side, c.category, c.team_id AS "teamId", sum(c.booked)::text AS amount, count(*) AS entries
    FROM ${costsFrom(workspaceId, asked.pay, onto)}
    WHERE c.booked IS NOT NULL AND ${groupSql[onto]} IS NULL AND ${costWhere(workspaceId, { ...asked, group: undefined })}
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`.execute(tx);
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount), entries: Number(row.entries) }));
}
