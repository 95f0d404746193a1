/** What is met, what is due and what is still open of every component, for one question. */

import type { Counts } from '#engine/alignment/index/score.ts';
import { type Open } from '#engine/alignment/index/moves.ts';
import { type ComponentName, componentNames, componentOf } from '#engine/alignment/index/table.ts';
import { inGround, type IndexQuestion } from './index-question.ts';
import type { IndexRow } from './index-row.ts';
import { sourcesFor } from './index-sources.ts';

export interface IndexCounts {
  readonly counts: Counts;
  /** What can still be met within the days ahead. */
  readonly open: ReadonlyMap<ComponentName, OpenRows>;
}
export interface OpenRows extends Open {
  /** Earliest first; without a moment last. */
  readonly rows: readonly IndexRow[];
}

/** Of a segment only what can be told by segment. */
export const isAsked = (component: ComponentName, { segment }: Pick<IndexQuestion, 'segment'>): boolean =>
  segment === undefined || componentOf(component).bySegment;

export async function readCounts(question: IndexQuestion): Promise<IndexCounts> {
  const sources = sourcesFor(null);
  for (const component of componentNames) if (isAsked(component, question)) await sources[component].apart?.(question);
  return inGround(question.ground, async (tx) => {
    const counts: Partial<Record<ComponentName, { count: number; of: number }>> = {};
    const open = new Map<ComponentName, OpenRows>();
    for (const component of componentNames.filter((name) => isAsked(name, question))) {
      const source = sources[component];
      if (source.count) {
        const counted = await source.count(tx, question);
        if (counted) counts[component] = counted;
        continue;
      }
      const rows = await source.rows(tx, question);
      const sums = { count: 0, of: 0 };
      const opened: IndexRow[] = [];
      const ahead = { count: 0, of: 0 };
      for (const row of rows) {
        sums.count += row.count;
        sums.of += row.of;
        if (row.open === 0) continue;
        ahead.count += row.open;
        ahead.of += row.openOf;
        opened.push(row);
      }
      if (sums.of > 0) counts[component] = sums;
      if (opened.length > 0) open.set(component, { ...ahead, rows: opened.sort(urgentFirst) });
    }
    return { counts, open };
  });
}

const urgentFirst = (one: IndexRow, other: IndexRow): number =>
  (one.dueAt ?? Infinity) - (other.dueAt ?? Infinity) || other.day - one.day || (one.key < other.key ? -1 : 1);
