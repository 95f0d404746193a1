import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';

/** Something that happened: recorded once, never changed. */
export interface NewFact {
  /** `noun.verb` in the past tense, e.g. `lead.recorded`, `contact.merged`. */
  kind: string;
  subjectKind: string;
  subjectId: string;
  /** In the world, ISO 8601 UTC. Defaults to the time of the transaction. */
  occurredAt?: string;
  memberId?: string | null;
  runId?: string | null;
  /** Fields of the subject that this fact sets, by camelCase name (`custom.<key>` for the company's own); null clears. */
  sets?: Record<string, unknown>;
  body?: Record<string, unknown>;
}

/**
 * Writes a fact in the caller's transaction and tells those who listen, on commit, that the subject's
 * kind changed in this workspace.
 * @returns the fact's id
 */
export async function recordFact(tx: Tx, workspaceId: WorkspaceId, fact: NewFact): Promise<string> {
  const id = newId();
  await sql`INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, member_id, run_id, sets, body)
    VALUES (${workspaceId}, ${id}, clock_timestamp(), ${fact.kind}, ${fact.subjectKind}, ${fact.subjectId}, coalesce(${fact.occurredAt ?? null}::timestamptz, now()),
      ${fact.memberId ?? null}, ${fact.runId ?? null}, ${fact.sets ? JSON.stringify(fact.sets) : null}::jsonb, ${fact.body ? JSON.stringify(fact.body) : null}::jsonb)`.execute(
    tx,
  );
  await announceChange(tx, workspaceId, fact.subjectKind);
  return id;
}

/** Tells open screens, on commit, that records of this kind changed. Equal announcements of one transaction are one. */
export async function announceChange(tx: Tx, workspaceId: WorkspaceId, kind: string): Promise<void> {
  await sql`SELECT pg_notify('accord_changes', ${JSON.stringify({ workspaceId, kind })})`.execute(tx);
}

/** Makes the partitions of this and the coming months. Run at start and daily. */
export async function ensureFactMonths(tx: Tx, months = 13): Promise<void> {
  // A statement of its own: several servers starting at once must each look only after the one before is done.
  await sql`SELECT pg_advisory_xact_lock(hashtext('accord.ensure_month'))`.execute(tx);
  await sql`SELECT accord.ensure_month('facts', (date_trunc('month', now()) + make_interval(months => m))::date) FROM generate_series(-1, ${months}) m`.execute(
    tx,
  );
}
