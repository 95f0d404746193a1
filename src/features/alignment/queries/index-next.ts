/** What would move the index most within the next seven days: the gain reachable with what is open, by the formula. */

import { gainOf } from '#engine/alignment/index/moves.ts';
import { type ComponentName, componentOf } from '#engine/alignment/index/table.ts';
import type { IndexNext } from '../contract/index-answer.ts';
import { indexRecordsPath } from '../contract/index-records.ts';
import type { IndexCounts, OpenRows } from './index-counts.ts';
import { nameRows, opensOf, pageAddresses } from './index-opens.ts';
import { inGround, type IndexQuestion } from './index-question.ts';
import { gainSays, points } from './index-words.ts';

const mostItems = 5;

/** Greatest gain first; those that gain nothing are left out. Criticism is not named here: not everybody may see whose it is. */
export async function nextOf(question: IndexQuestion, { counts, open }: IndexCounts): Promise<IndexNext[]> {
  const gains = [...open]
    .map(([component, rows]) => ({ component, rows, gain: gainOf(counts, component, rows) }))
    .filter(({ gain }) => gain > 0)
    .sort((one, other) => other.gain - one.gain);
  const shown = gains.flatMap(({ rows }) => rows.rows.slice(0, mostItems));
  const named = await inGround(question.ground, (tx) => nameRows(tx, question.ground.workspaceId, shown));
  return gains.map(({ component, rows, gain }) => shownNext(question, component, rows, gain, named));
}

function shownNext(
  { on, days, segment }: IndexQuestion,
  component: ComponentName,
  { count, rows }: OpenRows,
  gain: number,
  named: Awaited<ReturnType<typeof nameRows>>,
): IndexNext {
  const { label, side, page, of } = componentOf(component);
  const items = rows.slice(0, mostItems).map((row) => {
    const { name, company } = named(row);
    const isPersonal = row.kind === 'feedback';
    return {
      id: isPersonal ? null : row.id,
      name: company && company !== name ? `${name}, ${company}` : name,
      dueAt: row.dueAt === null ? null : new Date(row.dueAt).toISOString(),
      opens: isPersonal ? pageAddresses.feedback : opensOf(row.kind, row.id),
    };
  });
  return {
    ...{ component, label, side, gain: points(gain), open: count, says: gainSays(component, gain, count), opens: pageAddresses[page] },
    recordsUrl: of === null ? null : indexRecordsPath({ component, on, days, segment, state: 'open' }),
    items,
  };
}
