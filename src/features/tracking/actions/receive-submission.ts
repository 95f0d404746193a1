/** What somebody sent is kept as sent before anything is made of it, together with the note that brings the job to it. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { followJob } from './write-arrivals.ts';

export interface Received {
  readonly sourceKind: 'form' | 'hook';
  readonly sourceId: string;
  /** Of the form. */
  readonly version: number | null;
  readonly sent: unknown;
  readonly consented: boolean | null;
  readonly private: boolean;
  readonly siteId: string | null;
  readonly dayVisitor: Buffer | null;
  readonly linkHash: Buffer | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly channel: string | null;
  /** By what a repeated sending is known. */
  readonly delivery: Buffer;
  /** For how long: the same words may be sent again another day; a sender's own id is one for ever. */
  readonly sameForHours: number | null;
}

export const deliveryOf = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** @returns the submission's id; that of the first where it was sent before */
export async function receiveSubmission(tx: Tx, workspaceId: WorkspaceId, received: Received): Promise<{ id: string; repeated: boolean }> {
  const { delivery, sourceId, sameForHours } = received;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${sourceId} ${delivery.toString('hex')}`}, 0))`.execute(tx);
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM tracking_submissions WHERE workspace_id = ${workspaceId}::uuid AND source_id = ${sourceId}::uuid
    AND delivery = ${delivery} AND (${sameForHours}::int IS NULL OR received_at > now() - make_interval(hours => ${sameForHours}::int)) LIMIT 1`.execute(
    tx,
  );
  if (rows[0]) return { id: rows[0].id, repeated: true };
  const id = newId();
  await sql`INSERT INTO tracking_submissions (workspace_id, id, source_kind, source_id, version, sent, consented, private, site_id, day_visitor, link_hash,
      source, medium, campaign, channel, delivery, state)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${received.sourceKind}, ${sourceId}::uuid, ${received.version}, ${JSON.stringify(received.sent)}::jsonb, ${received.consented},
      ${received.private}, ${received.siteId}::uuid, ${received.dayVisitor}, ${received.linkHash}, ${received.source}, ${received.medium}, ${received.campaign},
      ${received.channel}, ${delivery}, 'waiting')`.execute(tx);
  await sql`INSERT INTO tracking_backlog (workspace_id, id, kind, submission_id) VALUES (${workspaceId}::uuid, ${newId()}::uuid, 'submission', ${id}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, workspaceId, {
    kind: 'submission.received',
    subjectKind: 'submission',
    subjectId: id,
    body: { [received.sourceKind]: sourceId },
  });
  await enqueue(tx, workspaceId, followJob(workspaceId));
  return { id, repeated: false };
}
