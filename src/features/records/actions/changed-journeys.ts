/**
 * Which records changed that journeys rest on: noted in the transaction of the change, read by whoever follows journeys
 * (returns), some moments later. As with changed leads, a note is a row of its own, so that noting never waits.
 */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { RecordKind } from '../contract.ts';

/** Kinds whose records a journey can begin from, end with or belong to. */
export const journeyKinds = ['lead', 'contact', 'account', 'deal'] as const;
export type JourneyKind = (typeof journeyKinds)[number];

export interface JourneyNote {
  readonly kind: JourneyKind;
  readonly id: string;
}

/** Fields that a journey is made from; a change of any other leaves journeys as they are. */
const journeyFields: Readonly<Record<RecordKind, readonly string[]>> = {
  lead: ['contactId', 'accountId', 'openedAt', 'mqlAt', 'sqlAt', 'dealAt', 'wonAt', 'value', 'currency', 'segment', 'archivedAt'],
  contact: ['accountId', 'mergedInto'],
  account: ['segment', 'mergedInto'],
  deal: ['accountId', 'contactId', 'leadId', 'status', 'amount', 'currency', 'openedAt', 'closedAt', 'segment', 'archivedAt'],
  campaign: ['name', 'channel', 'mergedInto'],
  campaignMember: [],
};

/** The job that reads the notes: one workspace at a time, one after another. */
export const followJourneys = (workspaceId: WorkspaceId) => ({
  name: 'returns:follow',
  payload: {},
  key: `returns:follow:${workspaceId}`,
  queue: `returns:follow:${workspaceId}`,
});

/** These records, or touches of theirs, changed in this transaction. */
export async function noteChangedJourneys(tx: Tx, workspaceId: WorkspaceId, notes: readonly JourneyNote[]): Promise<void> {
  if (notes.length === 0) return;
  await sql`INSERT INTO journey_backlog (workspace_id, id, kind, record_id)
    SELECT ${workspaceId}::uuid, accord.new_id(), n.kind, n.record_id
    FROM unnest(${notes.map(({ kind }) => kind)}::text[], ${notes.map(({ id }) => id)}::uuid[]) n(kind, record_id)`.execute(tx);
  await enqueue(tx, workspaceId, followJourneys(workspaceId));
}

/** Something changed on which every journey may rest: a campaign's channel, the workspace's currency, a large import. */
export async function noteAllJourneys(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`INSERT INTO journey_backlog (workspace_id, id, everything) VALUES (${workspaceId}::uuid, accord.new_id(), true)`.execute(tx);
  await enqueue(tx, workspaceId, followJourneys(workspaceId));
}

/**
 * Records whose fields changed. A new account, contact or campaign is part of no journey yet.
 * @param fields by their camelCase names
 */
export async function noteJourneysOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  changed: { kind: RecordKind; ids: readonly string[]; fields: readonly string[]; isNew?: boolean },
): Promise<void> {
  const { kind, ids } = changed;
  if (!changed.fields.some((field) => journeyFields[kind].includes(field))) return;
  if (changed.isNew && kind !== 'lead' && kind !== 'deal') return;
  if (kind === 'campaign') return noteAllJourneys(tx, workspaceId);
  if (kind !== 'campaignMember')
    await noteChangedJourneys(
      tx,
      workspaceId,
      ids.map((id) => ({ kind, id })),
    );
}

/** Whom a touch, new or taken out of account, names. What it has from its lead or contact needs no note of its own. */
export function journeysOfTouch(touch: { leadId?: unknown; contactId?: unknown; accountId?: unknown; dealId?: unknown }): JourneyNote[] {
  return journeyKinds.flatMap((kind) => {
    const id = touch[`${kind}Id`];
    return typeof id === 'string' ? [{ kind, id }] : [];
  });
}
