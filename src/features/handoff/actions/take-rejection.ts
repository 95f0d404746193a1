import { leadCan, type Verb } from '#engine/handoff/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { getLeadAtHand } from '../queries/lead-at-hand.ts';
import { getStoredRejection, type StoredRejection } from '../queries/stored-rejections.ts';
import { momentOf, refuseState, type TakenLead } from './take-lead.ts';

/** A rejection held together with its lead. */
export interface TakenRejection {
  readonly lead: TakenLead;
  readonly rejection: StoredRejection;
}

/** @throws Problem not-found */
export async function takeRejection(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<TakenRejection> {
  const { leadId } = await getStoredRejection(tx, workspaceId, id);
  const lead = await getLeadAtHand(tx, workspaceId, leadId, true);
  const at = await momentOf(tx, lead);
  const rejection = lead.rejection?.id === id ? lead.rejection : await getStoredRejection(tx, workspaceId, id);
  return { lead: { ...lead, at }, rejection };
}

/** @throws Problem conflict where the lead doesn't stand where the verb can be done, or was rejected anew since */
export async function refuseCase(tx: Tx, who: Who, { lead, rejection }: TakenRejection, verb: Verb): Promise<void> {
  await refuseState(tx, who, lead, verb);
  if (lead.rejection?.id !== rejection.id) throw new Problem('conflict', `${leadCan[verb].otherwise} This lead was rejected anew since.`);
}
