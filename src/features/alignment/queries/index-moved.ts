/** What moved the index between two days: parts that add up to the change, to the hundredth. */

import { decompose } from '#engine/alignment/index/moves.ts';
import { type Counts, type ScoredIndex, scoreIndex } from '#engine/alignment/index/score.ts';
import { componentOf, indexVersion } from '#engine/alignment/index/table.ts';
import type { IndexAnswer, IndexMove } from '../contract/index-answer.ts';
import { indexRecordsPath } from '../contract/index-records.ts';
import { indexDays } from '../contract/index-answer.ts';
import { readCounts } from './index-counts.ts';
import { pageAddresses } from './index-opens.ts';
import { inGround, indexQuestion, type IndexQuestion } from './index-question.ts';
import { observedOn } from './index-snapshots.ts';
import { measuredSays, moveSays, points } from './index-words.ts';

interface Day {
  readonly counts: Counts;
  readonly scored: ScoredIndex;
}

export async function movedBetween(
  question: IndexQuestion,
  since: string,
  now: Day,
): Promise<{ moved: IndexAnswer['moved']; before: ScoredIndex }> {
  const { counts, basis } = await countsBefore(question, since);
  const before = scoreIndex(counts);
  const { change, moves, measured, came, went } = decompose(before, now.scored);
  const lines: IndexMove[] = moves.map(({ component, points: moved }) => ({
    ...{ kind: 'component', component, label: componentOf(component).label, points: points(moved) },
    says: moveSays(component, counts[component]!, now.counts[component]!),
    opens: pageAddresses[componentOf(component).page],
    recordsUrl: componentOf(component).of === null ? null : indexRecordsPath({ component, ...question }),
  }));
  if (change !== null && came.length + went.length > 0)
    lines.push({
      ...{ kind: 'measured', component: null, label: 'What is measured', points: points(measured) },
      ...{ says: measuredSays(came, went), opens: null, recordsUrl: null },
    });
  const moved = {
    since,
    from: before.score === null ? null : points(before.score),
    to: now.scored.score === null ? null : points(now.scored.score),
    change: change === null ? null : points(change),
    whyNot: change === null ? `Nothing was measured ${now.scored.score === null ? `by ${question.on}` : `by ${since}`}.` : null,
    basis,
    lines: lines.sort((one, other) => Math.abs(other.points) - Math.abs(one.points)),
  };
  return { moved, before };
}

/** As they were kept on the day itself, by the formula of now; else from what is on record now. */
async function countsBefore(question: IndexQuestion, since: string): Promise<{ counts: Counts; basis: 'snapshot' | 'computed' }> {
  const { ground, days, segment } = question;
  const kept =
    days === indexDays && segment === undefined
      ? await inGround(ground, (tx) => observedOn(tx, ground.workspaceId, since, indexVersion))
      : null;
  if (kept) return { counts: kept, basis: 'snapshot' };
  const { counts } = await readCounts(indexQuestion(ground, { on: since, days, segment }));
  return { counts, basis: 'computed' };
}
