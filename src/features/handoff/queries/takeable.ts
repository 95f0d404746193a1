/** Whether leads in a list can be taken into work, for features that list leads of their own: the very answers the verbs would give. */

import { sql } from 'kysely';
import { handoffStates, type HandoffState, leadCan } from '#engine/handoff/states.ts';
import type { Row } from '#features/records/queries/columns.ts';
import { statedValues } from '#features/records/queries/columns.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type LeadVerb, whyMayNot } from '../policy/verbs.ts';
import { latestRejections } from './inbox.ts';
import { versionOf } from './lead-at-hand.ts';

export interface Takeable {
  readonly state: HandoffState;
  /** Who has it. */
  readonly ownerId: string | null;
  /** To send with a verb. */
  readonly version: string;
  /** Null: may; else why not. */
  readonly can: { readonly claim: string | null; readonly accept: string | null };
}

/** By lead; one that is not between the sides is not there. */
export async function takeableLeads(tx: Tx, who: Who, leadIds: readonly string[]): Promise<Map<string, Takeable>> {
  if (leadIds.length === 0) return new Map();
  const { rows } = await sql<Row & { handoffState: HandoffState; handoffOwner: string | null }>`
    SELECT l.*, h.state AS "handoffState", h.owner_id AS "handoffOwner" FROM leads l
    JOIN handoffs h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id
    WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.id = ANY(${leadIds}::uuid[])`.execute(tx);
  const rejections = await latestRejections(tx, who.workspaceId, leadIds);
  return new Map(
    rows
      .filter(({ handoffState }) => handoffStates.includes(handoffState))
      .map(({ handoffState: state, handoffOwner: ownerId, ...row }) => {
        const can = (verb: LeadVerb): string | null =>
          leadCan[verb].from.includes(state) ? whyMayNot(verb, who, { ownerId }) : leadCan[verb].otherwise;
        const version = versionOf(statedValues('lead', row), rejections.get(row.id) ?? null);
        return [row.id, { state, ownerId, version, can: { claim: can('claim'), accept: can('accept') } }];
      }),
  );
}
