/** The alignment index of a day: what it is, what moved it, what would move it most, and what to look at first. */

import { activityNames, activityTable } from '#engine/alignment/index/activities.ts';
import type { Counts } from '#engine/alignment/index/score.ts';
import { type ScoredIndex, scoreIndex, scoreOf } from '#engine/alignment/index/score.ts';
import { type ComponentName, componentOf, componentsOf, indexVersion } from '#engine/alignment/index/table.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { formulaAt } from '../contract/formulas.ts';
import {
  type IndexActivityAnswer,
  type IndexAnswer,
  type IndexComponentAnswer,
  type IndexQuery,
  indexSinceDays,
} from '../contract/index-answer.ts';
import { indexRecordsPath } from '../contract/index-records.ts';
import { type IndexCounts, readCounts } from './index-counts.ts';
import { firstOf } from './index-first.ts';
import { movedBetween } from './index-moved.ts';
import { nextOf } from './index-next.ts';
import { pageAddresses } from './index-opens.ts';
import { type IndexGround, type IndexQuestion, indexQuestion, readIndexGround } from './index-question.ts';
import { componentSays, indexNotes, indexSays, percentOf, points, shareOf } from './index-words.ts';

/** @param pay what of pay the asker may see: the cost that names what is first may rest on it */
export async function answerIndex(database: Database, workspaceId: WorkspaceId, pay: PayVisible, asked: IndexQuery): Promise<IndexAnswer> {
  const ground = await readIndexGround(database, workspaceId);
  return (await tellIndex(ground, pay, asked)).answer;
}

export interface ToldIndex {
  readonly answer: IndexAnswer;
  readonly question: IndexQuestion;
}

/** With the question, so that what stands beside the index is told of the same days. */
export async function tellIndex(ground: IndexGround, pay: PayVisible, asked: IndexQuery): Promise<ToldIndex> {
  const question = indexQuestion(ground, asked);
  const since = sinceOf(question, asked.since);
  const found = await readCounts(question);
  const scored = scoreIndex(found.counts);
  const { moved, before } = await movedBetween(question, since, { counts: found.counts, scored });
  const { start, on, days, segment } = question;
  const answer = {
    ...{ start, on, days, ...(segment === undefined ? {} : { segment }), timeZone: ground.timeZone, version: indexVersion },
    ...{ score: pointsOrNone(scored.score), measuredPercent: percentOf(scored.measured), says: indexSays(scored) },
    activities: activityNames.map((name) => shownActivity(name, { question, found, scored, before })),
    moved,
    next: await nextOf(question, found),
    first: await firstOf(question, pay, found.counts),
    notes: [...indexNotes],
  };
  return { answer, question };
}

/** @throws Problem bad-input for a day that is not before the one asked for */
function sinceOf({ onDay, on }: IndexQuestion, since: string | undefined): string {
  if (since === undefined) return dayText(onDay - indexSinceDays);
  if (numberOfDay(since) < onDay) return since;
  throw new Problem('bad-input', `What moved the index is told against a day before ${on}.`, {
    fields: [{ at: 'since', reason: 'is not before the day asked for' }],
  });
}

const pointsOrNone = (hundredths: number | null): number | null => (hundredths === null ? null : points(hundredths));

interface Scored {
  readonly question: IndexQuestion;
  readonly found: IndexCounts;
  readonly scored: ScoredIndex;
  readonly before: ScoredIndex;
}

function shownActivity(activity: (typeof activityNames)[number], told: Scored): IndexActivityAnswer {
  const { score, measured, weight } = told.scored.activities[activity];
  const was = told.before.activities[activity].score;
  return {
    ...{ activity, label: activityTable[activity].label, about: activityTable[activity].about },
    ...{ score: pointsOrNone(score), measuredPercent: percentOf(measured), weightPercent: percentOf(weight) },
    change: score === null || was === null ? null : points(score - was),
    components: componentsOf(activity).map((name) => shownComponent(name, told)),
  };
}

function shownComponent(name: ComponentName, { question, found, scored }: Scored): IndexComponentAnswer {
  const { label, side, weight, formula, targetPercent, floorPercent, notYet, begin, page } = componentOf(name);
  const counted = found.counts[name];
  const own = scored.components.get(name);
  return {
    ...{ component: name, label, side, weightPercent: weight, targetPercent, floorPercent, formula, formulaAt: formulaAt('index', name) },
    points: own ? points(own.points) : null,
    pointsAtTarget: own ? Math.round(own.weight * 10_000) / 100 : null,
    ...{ count: counted?.count ?? 0, of: counted?.of ?? 0, sharePercent: counted ? percentOf(shareOf(counted)) : null },
    score: counted ? Math.round(scoreOf(name, counted.count / counted.of) * 100) / 100 : null,
    ...{ notYet: counted ? null : notYet, begin: counted ? null : begin, says: componentSays(name, counted) },
    ...{ opens: pageAddresses[page], recordsUrl: recordsUrlOf(name, question, found.counts), open: found.open.get(name)?.count ?? 0 },
  };
}

/** Null: nothing to list, or the records stand on a page of their own. */
export function recordsUrlOf(component: ComponentName, { on, days, segment }: IndexQuestion, counts: Counts): string | null {
  return componentOf(component).of === null || !counts[component] ? null : indexRecordsPath({ component, on, days, segment });
}
