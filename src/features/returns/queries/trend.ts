/** Figures month by month, with the versions of the agreement that took effect marked. */

import { dayReader } from '#engine/time/zone-days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { TrendAnswer, TrendQuery } from '../contract/trend.ts';
import type { PayVisible } from '../contract/pay.ts';
import { countSlices, questionOf, readFigures } from './figure-count.ts';
import { notesOfFigures, textsOf } from './figure-notes.ts';
import { type Days, type Ground, readGround } from './figure-scope.ts';
import { answeredScope, ofOne } from './figures.ts';

export const answerTrend = async (database: Database, workspaceId: WorkspaceId, pay: PayVisible, asked: TrendQuery): Promise<TrendAnswer> =>
  trendIn(await readGround(database, workspaceId, pay), asked);

export async function trendIn(ground: Ground, asked: TrendQuery): Promise<TrendAnswer> {
  const question = questionOf(ground, asked.every, asked);
  const readings = await readFigures(ground, question);
  const marks = await readMarks(ground, question.days);
  const counted = countSlices(ground, question, readings, readings.costs);
  return {
    every: asked.every,
    ...answeredScope(ground, question, readings, asked.target),
    notes: textsOf(notesOfFigures(ground, question, counted, counted.counts, readings)),
    points: counted.slices.periods.map(({ name, start, end, partial }, at) => ({
      ...{ period: name, start: dayText(start), end: dayText(end), partial },
      ...ofOne(ground, question, counted.counts[at]!, name, asked.target, { start, end }),
    })),
    marks,
  };
}

/** Versions of the agreement that took effect within the days. */
export async function readMarks(ground: Ground, { start, end }: Days): Promise<TrendAnswer['marks']> {
  const versions = await ground.database.inWorkspace(ground.workspaceId, (tx) => signedAgreements(tx, ground.workspaceId));
  const dayOf = dayReader(ground.timeZone);
  return versions.flatMap(({ id, number, effectiveAt }) => {
    const on = dayOf(effectiveAt * 1000);
    return on < start || on > end ? [] : [{ on: dayText(on), versionId: id, number, label: `Agreement, version ${number}` }];
  });
}
