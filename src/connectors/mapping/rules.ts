/** One-line corrections of cells, made before anything else reads them. */

import type { Rule } from '#features/intake/contract.ts';

/** Corrects a copy of the cells where a rule bites; the row as the file has it stays as it is. Null without rules. */
export function compileRules(rules: readonly Rule[], find: (column: string) => number): ((cells: string[]) => string[]) | null {
  if (rules.length === 0) return null;
  const compiled = rules.map((rule) => ({ at: find(rule.column), replace: new Map(Object.entries(rule.replace)) }));
  return (cells) => {
    let corrected = cells;
    for (const { at, replace } of compiled) {
      const to = replace.get((corrected[at] ?? '').trim());
      if (to === undefined) continue;
      if (corrected === cells) corrected = [...cells];
      corrected[at] = to;
    }
    return corrected;
  };
}
