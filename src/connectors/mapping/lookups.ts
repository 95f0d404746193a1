/** Columns whose values must stand in a list held by another table. */

import { ratio } from 'fuzzball';
import type { Lookup, Mapping, Rule, UnmatchedValue } from '#features/intake/contract.ts';
import type { SourceTable } from '../tables.ts';
import { columnIndex, matchesTable } from './match.ts';
import { compileRules } from './rules.ts';

export interface CompiledLookup {
  readonly lookup: Lookup;
  /** Counts a value that isn't in the list; the reason when such a row is to be refused. */
  check(cell: string): string | null;
  unmatched(): UnmatchedValue[];
}

/** A list beyond this isn't a list of choices. */
const longestList = 1_000_000;
/** Different unmatched values that are counted one by one. */
const mostCounted = 10_000;
/** A suggestion is for a person to confirm, so a close spelling is enough. */
const closeEnough = 75;

export async function compileLookups(mapping: Mapping, tables: readonly SourceTable[]): Promise<CompiledLookup[]> {
  return Promise.all(mapping.lookups.map(async (lookup) => compileLookup(lookup, await listOf(lookup, mapping, tables))));
}

async function listOf(lookup: Lookup, mapping: Mapping, tables: readonly SourceTable[]): Promise<Set<string> | null> {
  const table = tables.find((candidate) => matchesTable(lookup.in.table, candidate));
  const at = table === undefined ? -1 : columnIndex(table.header, lookup.in.column);
  if (table === undefined || at < 0) return null;
  const correct = compileRules(
    mapping.rules.filter((rule) => matchesTable(rule.table, table)),
    (name) => columnIndex(table.header, name),
  );
  const list = new Set<string>();
  for await (const batch of table.readRows()) {
    for (const row of batch.rows) list.add(((correct?.(row.cells) ?? row.cells)[at] ?? '').trim());
    if (list.size > longestList) break;
  }
  return list;
}

/** Without the list at hand (its file isn't in this import) nothing is checked. */
function compileLookup(lookup: Lookup, list: Set<string> | null): CompiledLookup {
  const counts = new Map<string, number>();
  const check = (cell: string): string | null => {
    const value = cell.trim();
    if (list === null || value === '' || list.has(value)) return null;
    if (counts.size < mostCounted || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return lookup.unmatched === 'reject' ? `“${value.slice(0, 60)}” is not in ${lookup.in.table}.${lookup.in.column}` : null;
  };
  const unmatched = () =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([value, rows]) => ({
        table: lookup.table,
        column: lookup.column,
        value,
        rows,
        suggestion: suggestedRule(lookup, value, list ?? new Set()),
      }));
  return { lookup, check, unmatched };
}

function suggestedRule(lookup: Lookup, value: string, list: ReadonlySet<string>): Rule | null {
  let best = { score: 0, entry: '' };
  for (const entry of [...list].slice(0, 5_000)) {
    const score = ratio(entry.toLowerCase(), value.toLowerCase());
    if (score > best.score) best = { score, entry };
  }
  return best.score < closeEnough ? null : { table: lookup.table, column: lookup.column, replace: { [value]: best.entry } };
}
