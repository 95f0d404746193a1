/** How far each side keeps its clauses: the mean of attainment ÷ target, in hundredths of a percent. */

import type { Counted } from '#engine/alignment/index/score.ts';
import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { answerAttainment } from '#features/handoff/queries/attainment.ts';
import type { IndexQuestion } from './index-question.ts';

/** What each side owed in the days and whether it was kept, as it is on record now. */
export const agreementOf = ({ ground, start, on, segment }: IndexQuestion): Promise<AttainmentAnswer> =>
  ground.once(`attainment ${start} ${on} ${segment}`, () =>
    answerAttainment(ground.database, ground.workspaceId, {
      ...{ start, end: on, as: 'then', by: 'none' },
      ...(segment === undefined || segment === null ? {} : { segment }),
    }),
  );

/** @returns null where no clause of the side was due; of what has no segment it can't be told */
export async function clauseShare(question: IndexQuestion, side: 'marketing' | 'sales'): Promise<Counted | null> {
  if (question.segment === null) return null;
  const { clauses } = await agreementOf(question);
  const due = clauses.filter((clause) => clause.side === side && clause.attainment !== null && clause.targetPercent > 0);
  if (due.length === 0) return null;
  const kept = due.reduce((sum, { attainment, targetPercent }) => sum + Math.min(1, (attainment! * 100) / targetPercent), 0);
  return { count: Math.round((kept / due.length) * 10_000), of: 10_000 };
}
