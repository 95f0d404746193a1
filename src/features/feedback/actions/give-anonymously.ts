import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewFeedback } from '../contract/feedback.ts';
import { isKnownReceipt } from '../queries/receipts.ts';
import { settingsOf } from '../queries/settings.ts';
import { whyNotAnonymous } from '../queries/writers.ts';
import { addPending } from './pool.ts';
import { prepareFeedback } from './prepare.ts';

/**
 * Puts feedback into the pool, where it waits to be shown with others. Of who gave it nothing is kept; what is checked
 * here is forgotten with the request. The same receipt again has no second effect.
 * @throws Problem forbidden: not agreed here, or too few people to hide among
 */
export async function giveAnonymously(tx: Tx, who: Who, sealing: Sealing, given: NewFeedback & { receipt: string }): Promise<void> {
  const feedback = await prepareFeedback(tx, who, given);
  const whyNot = await whyNotAnonymous(tx, who.workspaceId, await settingsOf(tx, who.workspaceId), feedback.toMember);
  if (whyNot) throw new Problem('forbidden', whyNot);
  const receipt = hashToken(given.receipt).toString('hex');
  if (await isKnownReceipt(tx, who.workspaceId, sealing, receipt)) return;
  const { today } = await groundOf(tx, who.workspaceId);
  await addPending(tx, who.workspaceId, sealing, { kind: 'give', on: today, receipt, feedback });
}
