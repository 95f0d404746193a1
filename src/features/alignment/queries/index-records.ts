/** The records behind a component's count, latest day first; their sums are its very numbers. */

import { componentOf, type ComponentName } from '#engine/alignment/index/table.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { makePager } from '#features/returns/queries/page.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { IndexRecord, IndexRecords, IndexRecordsQuery, IndexRecordState } from '../contract/index-records.ts';
import { isAsked } from './index-counts.ts';
import { nameRows, opensOf } from './index-opens.ts';
import { inGround, indexQuestion, type IndexQuestion, readIndexGround } from './index-question.ts';
import type { IndexRow } from './index-row.ts';
import { sourcesFor } from './index-sources.ts';

/** @throws Problem not-found for a component whose records stand on a page of their own */
export async function listIndexRecords(database: Database, who: Who, asked: IndexRecordsQuery): Promise<IndexRecords> {
  const { component, limit, cursor, state } = asked;
  const { label, formula, of } = componentOf(component);
  if (of === null) throw notFound(`list of records behind “${label}”`);
  const ground = await readIndexGround(database, who.workspaceId);
  const question = indexQuestion(ground, asked);
  await sourcesFor(who)[component].apart?.(question);
  return inGround(ground, async (tx) => {
    const pager = makePager<IndexRow>(limit, cursor);
    const [sum, hidden] = [
      { count: 0, of: 0 },
      { records: 0, count: 0, of: 0 },
    ];
    for (const row of await rowsOf(tx, who, component, question)) {
      if (state === undefined ? row.of === 0 && row.count === 0 : stateOf(row, state) !== state) continue;
      const [count, due] = state === 'open' ? [0, row.open] : [row.count, row.of];
      sum.count += count;
      sum.of += due;
      if (row.isHidden) {
        hidden.records++;
        hidden.count += count;
        hidden.of += due;
      } else pager.offer(row.day, () => row.key, row);
    }
    const { shown, total, next } = pager.page();
    const kept = shown.map((each) => each.kept);
    const named = await nameRows(tx, who.workspaceId, kept);
    return { component, label, formula, items: kept.map((row) => shownRecord(row, state, named)), next, total, sum, hidden };
  });
}

async function rowsOf(tx: Tx, who: Who, component: ComponentName, question: IndexQuestion): Promise<Iterable<IndexRow>> {
  const source = sourcesFor(who)[component];
  return source.rows && isAsked(component, question) ? source.rows(tx, question) : [];
}

/** A record may be due, missed, and open to be made good: it is what was asked for, if it is that at all. */
function stateOf({ count, of, open }: IndexRow, asked?: IndexRecordState): IndexRecordState {
  if (asked === 'open' && open > 0) return 'open';
  return of === 0 ? 'open' : count < of ? 'missed' : 'met';
}

function shownRecord(row: IndexRow, asked: IndexRecordState | undefined, named: Awaited<ReturnType<typeof nameRows>>): IndexRecord {
  const { id, kind, day, count, of, open, why, dueAt } = row;
  const isOpen = asked === 'open';
  return {
    ...{ id, ...named(row), on: dayText(day), state: stateOf(row, asked), why },
    ...(isOpen ? { count: 0, of: open } : { count, of }),
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    opens: opensOf(kind, id),
  };
}
