/** Which tables an import, or its undoing, changed by so much that the planner must look at them anew. */

import { entryKinds, recordKinds, tableOf } from '#features/records/contract.ts';
import type { ImportKind } from '../contract.ts';
import type { KindCounts } from './apply-context.ts';

/** Rows of one table. Fewer are read quickly by whatever plan, and autovacuum comes within a minute or two. */
const fewest = 2_000;

export function tablesWritten(counts: Partial<Record<ImportKind, KindCounts>>): string[] {
  const written = (kind: ImportKind): number => (counts[kind]?.created ?? 0) + (counts[kind]?.updated ?? 0);
  const records = sumOf(recordKinds, written);
  return largeOnes([...[...recordKinds, ...entryKinds].map((kind) => [tableOf[kind], written(kind)] as const), ...historyOf(records)]);
}

/** @param result by kind of record, and by table of entries */
export function tablesUndone(result: Readonly<Record<string, { removed: number; restored: number }>>): string[] {
  const undone = (name: string): number => (result[name]?.removed ?? 0) + (result[name]?.restored ?? 0);
  const records = sumOf(recordKinds, undone);
  return largeOnes([
    ...recordKinds.map((kind) => [tableOf[kind], undone(kind)] as const),
    ...entryKinds.map((kind) => [tableOf[kind], undone(tableOf[kind])] as const),
    ...historyOf(records),
  ]);
}

/** Every record has its fact and its source's id; entries are facts themselves. */
const historyOf = (records: number) =>
  [
    ['facts', records],
    ['external_ids', records],
  ] as const;

const largeOnes = (tables: readonly (readonly [string, number])[]): string[] =>
  tables.flatMap(([table, rows]) => (rows >= fewest ? [table] : []));

const sumOf = <Name extends string>(names: readonly Name[], count: (name: Name) => number): number =>
  names.reduce((sum, name) => sum + count(name), 0);
