/** What whoever gave feedback does with an answer: it is settled, or it is not; or the feedback is taken back. */

import type { FeedbackVerb } from '#engine/feedback/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { dueFrom } from '../queries/due.ts';
import { takeFeedback, writeStep } from './take-feedback.ts';

interface Said {
  readonly text: string;
}

async function step(tx: Tx, who: Who, id: string, verb: FeedbackVerb, { text }: Said): Promise<void> {
  const row = await takeFeedback(tx, who, verb, id);
  const { now, today } = await groundOf(tx, who.workspaceId);
  const sets = verb === 'reopen' ? { dueAt: await dueFrom(tx, who.workspaceId, now) } : {};
  await writeStep(tx, who.workspaceId, row, {
    verb,
    text,
    on: today,
    by: { memberId: who.memberId, at: new Date(now).toISOString() },
    sets,
  });
}

export const confirmFeedback = (tx: Tx, who: Who, id: string, said: Said): Promise<void> => step(tx, who, id, 'confirm', said);
/** An answer is due anew. */
export const reopenFeedback = (tx: Tx, who: Who, id: string, said: Said): Promise<void> => step(tx, who, id, 'reopen', said);
export const withdrawFeedback = (tx: Tx, who: Who, id: string, said: Said): Promise<void> => step(tx, who, id, 'withdraw', said);
/** Both write in the thread. */
export const sayOnFeedback = (tx: Tx, who: Who, id: string, said: Said): Promise<void> => step(tx, who, id, 'say', said);
