/** Joint results by what asks for them; of several for one thing that recorded last counts, then the one with the greater id. */

import { instantKey, type JointResult } from './evidence.ts';
import { inOrder } from './payees.ts';
import type { Side } from './sides.ts';

export interface Results {
  /** A figure; clauses are asked for by side. @param payee null for a joint one */
  find(name: string, period: string, payee: string | null): JointResult | undefined;
  /** Of a side's clauses, in order of name. */
  clauses(side: Side, period: string): readonly JointResult[];
}

export function indexResults(results: readonly JointResult[]): Results {
  const latest = new Map<string, JointResult>();
  for (const result of results) {
    const key = keyOf(result.side, result.name, result.period, result.payee);
    const other = latest.get(key);
    if (!other || isLater(result, other)) latest.set(key, result);
  }
  const clauses = Map.groupBy(
    [...latest.values()]
      .filter(({ kind, payee }) => kind === 'clause' && payee === null)
      .sort((one, other) => inOrder(one.name, other.name)),
    ({ side, period }) => `${side}\n${period}`,
  );
  return {
    find: (name, period, payee) => latest.get(keyOf(null, name, period, payee)),
    clauses: (side, period) => clauses.get(`${side}\n${period}`) ?? [],
  };
}

const keyOf = (side: Side | null, name: string, period: string, payee: string | null): string =>
  `${side ?? ''}\n${name}\n${period}\n${payee ?? ''}`;

function isLater(one: JointResult, other: JointResult): boolean {
  const order = inOrder(instantKey(one.recordedAt), instantKey(other.recordedAt)) || inOrder(one.id, other.id);
  return order > 0;
}
