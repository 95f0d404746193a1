/** What whoever it is to does with feedback: accepts it with an action, explains, disagrees; of praise, thanks. */

import type { FeedbackVerb } from '#engine/feedback/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackRow } from '../queries/rows.ts';
import { takeFeedback, writeStep } from './take-feedback.ts';

interface Answer {
  readonly text: string;
  readonly action?: { readonly text: string; readonly dueOn: string };
}

/** Whether it came in time is decided by the due moment of its round and stays so. */
async function answer(tx: Tx, who: Who, id: string, verb: FeedbackVerb, { text, action }: Answer): Promise<void> {
  const row = await takeFeedback(tx, who, verb, id);
  const { now, today } = await groundOf(tx, who.workspaceId);
  if (action && action.dueOn < today) {
    const reason = `${action.dueOn} is past; ${today} or a later day would do`;
    throw new Problem('bad-input', `dueOn: ${reason}.`, { fields: [{ at: 'dueOn', reason }] });
  }
  const at = new Date(now).toISOString();
  await writeStep(tx, who.workspaceId, row, {
    ...{ verb, text, on: today, by: { memberId: who.memberId, at } },
    sets: {
      answeredBy: who.memberId,
      answeredAt: at,
      answeredInTime: inTime(row, now),
      action: action?.text ?? null,
      actionDueOn: action?.dueOn ?? null,
    },
  });
}

/** Null: no answer was due. */
const inTime = ({ dueAt }: FeedbackRow, now: number): boolean | null => (dueAt === null ? null : now <= Date.parse(dueAt));

export const acceptFeedback = (
  tx: Tx,
  who: Who,
  id: string,
  { text, action, dueOn }: { text: string; action: string; dueOn: string },
): Promise<void> => answer(tx, who, id, 'accept', { text, action: { text: action, dueOn } });
export const explainFeedback = (tx: Tx, who: Who, id: string, said: Answer): Promise<void> => answer(tx, who, id, 'explain', said);
export const disagreeWithFeedback = (tx: Tx, who: Who, id: string, said: Answer): Promise<void> => answer(tx, who, id, 'disagree', said);
export const thankForFeedback = (tx: Tx, who: Who, id: string, said: Answer): Promise<void> => answer(tx, who, id, 'thank', said);
