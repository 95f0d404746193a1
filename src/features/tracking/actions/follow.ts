/** Works off what waits to be joined: submissions, visitors who became known, consent taken back. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { databaseProblem } from '#platform/http/problems.ts';
import { joinVisits, type Known, unjoinedViews, type Visitor } from './join-visits.ts';
import { certainVisitor, knowVisitor, openLeadOf, whoIs } from './know-visitor.ts';
import { takeSubmission } from './take-submission.ts';
import { writeArrived } from './write-arrivals.ts';

/** Notes a transaction. */
const batchSize = 50;

/**
 * Batch by batch, each in a transaction together with the notes it answers: who is killed leaves the rest for the next.
 * @throws AggregateError in the end, where something unexpected happened with single notes
 */
export async function follow(database: Database, workspaceId: WorkspaceId): Promise<void> {
  const failures: unknown[] = [];
  while ((await database.inWorkspace(workspaceId, (tx) => followBatch(tx, workspaceId, failures), { statementTimeout: 60_000 })) > 0);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} visitors could not be followed.`);
}

export async function hasBacklog(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{
    waits: boolean;
  }>`SELECT EXISTS (SELECT FROM tracking_backlog WHERE workspace_id = ${workspaceId}::uuid) AS waits`.execute(tx);
  return rows[0]!.waits;
}

interface Note {
  readonly id: string;
  readonly kind: 'submission' | 'visitor' | 'link' | 'identity' | 'revoked';
  readonly submissionId: string | null;
  readonly siteId: string | null;
  readonly dayVisitor: Buffer | null;
  readonly visitor: Buffer | null;
  readonly linkHash: Buffer | null;
  readonly emailKey: string | null;
}

/** One after another in a workspace, so that two notes of one person don't both make the lead. @returns how many notes */
async function followBatch(tx: Tx, workspaceId: WorkspaceId, failures: unknown[]): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`accord.tracking ${workspaceId}`}, 0))`.execute(tx);
  const { rows } = await sql<Note>`DELETE FROM tracking_backlog b USING (
      SELECT id FROM tracking_backlog WHERE workspace_id = ${workspaceId}::uuid ORDER BY id LIMIT ${batchSize}) next
    WHERE b.workspace_id = ${workspaceId}::uuid AND b.id = next.id
    RETURNING b.id, b.kind, b.submission_id AS "submissionId", b.site_id AS "siteId", b.day_visitor AS "dayVisitor", b.visitor, b.link_hash AS "linkHash", b.email_key AS "emailKey"`.execute(
    tx,
  );
  for (const note of rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))) await followOne(tx, workspaceId, note, failures);
  return rows.length;
}

/** What fails fails alone: a submission says why and can be mended, and the others go on. */
async function followOne(tx: Tx, workspaceId: WorkspaceId, note: Note, failures: unknown[]): Promise<void> {
  await sql`SAVEPOINT one`.execute(tx);
  try {
    if (note.submissionId) await takeSubmission(tx, workspaceId, note.submissionId);
    else if (note.siteId)
      await followVisitor(tx, workspaceId, note, { siteId: note.siteId, dayVisitor: note.dayVisitor, visitor: note.visitor });
    await sql`RELEASE SAVEPOINT one`.execute(tx);
  } catch (error) {
    if (databaseProblem(error)?.code === 'unavailable') throw error; // the whole batch comes again
    await sql`ROLLBACK TO SAVEPOINT one`.execute(tx);
    if (note.submissionId) await failSubmission(tx, workspaceId, note.submissionId, error);
    if (!(error instanceof Problem)) failures.push(error);
  }
}

async function failSubmission(tx: Tx, workspaceId: WorkspaceId, id: string, error: unknown): Promise<void> {
  const problem = error instanceof Problem ? error : databaseProblem(error);
  const reason = problem?.message ?? 'Something unexpected went wrong here. Mend it or try it again.';
  await sql`UPDATE tracking_submissions SET state = 'failed', reason = ${reason.slice(0, 500)}, followed_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND state <> 'taken'`.execute(tx);
  await announceChange(tx, workspaceId, 'submission');
}

async function followVisitor(tx: Tx, workspaceId: WorkspaceId, note: Note, given: Visitor): Promise<void> {
  if (note.kind === 'revoked') return forget(tx, workspaceId, given);
  const visitor = await certainVisitor(tx, workspaceId, given);
  if (!visitor) return;
  if (note.kind === 'link') return followLink(tx, workspaceId, note, visitor);
  if (note.kind === 'identity') return followIdentity(tx, workspaceId, note, visitor);
  const known = await whoIs(tx, workspaceId, visitor);
  if (!known) return;
  // Known by the day, and now with a cookie that is certainly the same browser's: known for good.
  if (visitor.visitor && known.by !== 'cookie') await knowVisitor(tx, workspaceId, visitor, known, 'form');
  await joinAs(tx, workspaceId, visitor, known);
}

async function joinAs(tx: Tx, workspaceId: WorkspaceId, visitor: Visitor, known: Known, campaignId: string | null = null): Promise<void> {
  await joinVisits(tx, workspaceId, visitor.siteId, await unjoinedViews(tx, workspaceId, visitor), known, campaignId);
}

async function followLink(tx: Tx, workspaceId: WorkspaceId, note: Note, visitor: Visitor): Promise<void> {
  const { rows } = await sql<{
    contactId: string;
    campaignId: string | null;
  }>`SELECT coalesce(c.merged_into, c.id) AS "contactId", k.campaign_id AS "campaignId"
    FROM tracking_links k JOIN contacts c ON c.workspace_id = k.workspace_id AND c.id = k.contact_id
    WHERE k.workspace_id = ${workspaceId}::uuid AND k.token_hash = ${note.linkHash} AND k.expires_at > now()`.execute(tx);
  const link = rows[0];
  if (!link) return;
  const known = { contactId: link.contactId, leadId: await openLeadOf(tx, workspaceId, link.contactId) };
  await knowVisitor(tx, workspaceId, visitor, known, 'link');
  await joinAs(tx, workspaceId, visitor, known, link.campaignId);
}

/** A signed identity joins to a contact that is there; it makes none. */
async function followIdentity(tx: Tx, workspaceId: WorkspaceId, note: Note, visitor: Visitor): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM contacts WHERE workspace_id = ${workspaceId}::uuid AND email_key = ${note.emailKey}
    AND merged_into IS NULL AND archived_at IS NULL ORDER BY recorded_at, id LIMIT 1`.execute(tx);
  const contact = rows[0];
  if (!contact) {
    const refused = { sourceId: visitor.siteId, outcome: 'refused', label: 'unknown person', example: null } as const;
    return writeArrived(tx, workspaceId, { events: [], counts: [refused], notes: [] }, false);
  }
  const known = { contactId: contact.id, leadId: await openLeadOf(tx, workspaceId, contact.id) };
  await knowVisitor(tx, workspaceId, visitor, known, 'identity');
  await joinAs(tx, workspaceId, visitor, known);
}

/** Consent taken back: what was kept of the cookie is no visitor's any more. Touches that were recorded stay with the lead. */
async function forget(tx: Tx, workspaceId: WorkspaceId, { siteId, visitor }: Visitor): Promise<void> {
  if (!visitor) return;
  await sql`DELETE FROM tracking_known WHERE workspace_id = ${workspaceId}::uuid AND site_id = ${siteId}::uuid AND visitor = ${visitor}`.execute(
    tx,
  );
  await sql`UPDATE tracking_events SET visitor = NULL, click_id = NULL WHERE workspace_id = ${workspaceId}::uuid AND site_id = ${siteId}::uuid AND visitor = ${visitor}`.execute(
    tx,
  );
}
