/** Shared costs spread by keys, so that the parts add up to what was spread, to the unit. Pure. */

import { allocate } from '#engine/values/allocate.ts';
import type { CostCategory, CostSide } from '../contract/ledger.ts';
import type { KeyContent, KeyTarget } from '../contract/plans.ts';
import type { Weights } from './month-weights.ts';

/** Costs of a month that have no value in the dimension they are to be spread onto. */
export interface PoolCell {
  readonly month: string;
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly teamId: string | null;
  /** Minor units of the workspace's currency. */
  readonly amount: bigint;
  readonly entries: number;
}

/** A key as it counts in one month. */
export interface MonthKey {
  readonly keyId: string;
  readonly number: number;
  readonly name: string;
  readonly content: KeyContent;
  readonly weights: Weights;
}

/** A cell and what becomes of it: a part for each target, in order. */
export interface SpreadCell {
  readonly cell: PoolCell;
  readonly targets: readonly string[];
  readonly parts: readonly bigint[];
}

/** Whether a key is for these costs. */
export const appliesTo = ({ applies }: KeyContent, cell: Pick<PoolCell, 'side' | 'category' | 'teamId'>): boolean =>
  (applies.side === null || applies.side === cell.side) &&
  (applies.categories.length === 0 || applies.categories.includes(cell.category)) &&
  (applies.teamId === null || applies.teamId === cell.teamId);

/** The most particular first (how many things it names), then the one that was made first: ids tell the order. */
export const inOrderOfAsking = <Key extends { readonly keyId: string; readonly content: KeyContent }>(keys: readonly Key[]): Key[] =>
  keys.toSorted((a, b) => particularity(b.content) - particularity(a.content) || (a.keyId < b.keyId ? -1 : 1));
const particularity = ({ applies }: KeyContent): number =>
  Number(applies.side !== null) + Number(applies.categories.length > 0) + Number(applies.teamId !== null);

/**
 * Spreads each cell by the first key of its month that is for it; a cell whose key finds no weight stays as it is.
 * Cells are spread one by one, so that whoever sees only some of them sees the same parts of those.
 * @param keysOf the keys of a month, in order of asking
 */
export function spread(cells: readonly PoolCell[], onto: KeyTarget, keysOf: (month: string) => readonly MonthKey[]): SpreadCell[] {
  const weighted = new Map<MonthKey, { targets: string[]; weights: bigint[] }>();
  const of = (key: MonthKey) => weighted.get(key) ?? { targets: [...key.weights.keys()], weights: [...key.weights.values()] };
  return cells.flatMap((cell) => {
    const key = keyFor(cell, onto, keysOf(cell.month));
    if (!key) return [];
    const { targets, weights } = of(key);
    weighted.set(key, { targets, weights });
    const parts = allocate(cell.amount, weights);
    return parts ? [{ cell, targets, parts }] : [];
  });
}

export const keyFor = (cell: PoolCell, onto: KeyTarget, keys: readonly MonthKey[]): MonthKey | undefined =>
  keys.find(({ content }) => content.onto === onto && appliesTo(content, cell));
