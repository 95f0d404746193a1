import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewFeedback } from '../contract/feedback.ts';
import { dueFrom } from '../queries/due.ts';
import { prepareFeedback } from './prepare.ts';
import { writeFeedback } from './write-feedback.ts';

/** Gives praise or criticism under one's name. @returns its id */
export async function giveFeedback(tx: Tx, who: Who, given: NewFeedback): Promise<string> {
  const feedback = await prepareFeedback(tx, who, given);
  const { now, today } = await groundOf(tx, who.workspaceId);
  const id = newId();
  const dueAt = feedback.tone === 'criticism' ? await dueFrom(tx, who.workspaceId, now) : null;
  const origin = { memberId: who.memberId, side: who.side, at: new Date(now).toISOString() };
  await writeFeedback(tx, who.workspaceId, feedback, { id, on: today, dueAt, origin });
  return id;
}
