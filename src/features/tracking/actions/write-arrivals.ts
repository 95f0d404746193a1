/** One transaction for what arrived in one workspace: events, counts, and notes of what is to be joined. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { enqueue } from '#platform/jobs/jobs.ts';

export interface ArrivedEvent {
  readonly id: string;
  readonly siteId: string;
  /** ISO 8601 in UTC. */
  readonly occurredAt: string;
  readonly entry: boolean;
  readonly path: string;
  readonly referrerHost: string | null;
  readonly referrerPath: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly term: string | null;
  readonly content: string | null;
  readonly clickKind: string | null;
  readonly clickId: string | null;
  /** Of an entry: the group it counts in. */
  readonly channel: string | null;
  readonly dayVisitor: Buffer;
  readonly visitor: Buffer | null;
}

/** What is only counted: private visitors, machines, refusals. */
export interface ArrivedCount {
  readonly sourceId: string;
  readonly outcome: 'private' | 'bot' | 'refused';
  /** The channel ('' within a visit), or the reason. */
  readonly label: string;
  readonly example: string | null;
}

/** Something that tells whose a visitor is, or that consent is given or taken back. */
export interface ArrivedNote {
  readonly kind: 'link' | 'identity' | 'consented' | 'revoked';
  /** Of consent: the page view it was given on. */
  readonly eventId: string | null;
  readonly siteId: string;
  readonly dayVisitor: Buffer | null;
  readonly visitor: Buffer | null;
  readonly linkHash: Buffer | null;
  readonly emailKey: string | null;
}

export interface Arrived {
  readonly events: readonly ArrivedEvent[];
  readonly counts: readonly ArrivedCount[];
  readonly notes: readonly ArrivedNote[];
}

/** The job that joins: one workspace at a time, one after another. */
export const followJob = (workspaceId: WorkspaceId) => ({
  name: 'tracking:follow',
  payload: {},
  key: `tracking:follow:${workspaceId}`,
  queue: `tracking:follow:${workspaceId}`,
});

/** @param announce whether open screens are told: each telling holds up other commits for a moment, so not every time */
export async function writeArrived(tx: Tx, workspaceId: WorkspaceId, arrived: Arrived, announce: boolean): Promise<void> {
  const noted = arrived.events.length > 0 ? await writeEvents(tx, workspaceId, arrived.events) : false;
  if (arrived.counts.length > 0) await writeCounts(tx, workspaceId, arrived.counts);
  if (arrived.notes.length > 0) await writeNotes(tx, workspaceId, arrived.notes);
  if (noted || arrived.notes.length > 0) await enqueue(tx, workspaceId, followJob(workspaceId));
  if (announce) await announceChange(tx, workspaceId, 'arrival');
}

/**
 * An event that is there already is left alone and not counted again. Those of visitors somebody knows are noted.
 * @returns whether any were noted
 */
async function writeEvents(tx: Tx, workspaceId: WorkspaceId, events: readonly ArrivedEvent[]): Promise<boolean> {
  const column = <K extends keyof ArrivedEvent>(name: K): ArrivedEvent[K][] => events.map((event) => event[name]);
  const sites = [...new Set(column('siteId'))];
  // Named one by one, so that they are looked up in the index however many are known.
  const visitors = events.flatMap(({ visitor, dayVisitor }) => (visitor ? [visitor, dayVisitor] : [dayVisitor]));
  const { rows } = await sql<{ noted: boolean }>`WITH put AS (
      INSERT INTO tracking_events (workspace_id, id, site_id, occurred_at, entry, path, referrer_host, referrer_path, source, medium, campaign, term, content,
        click_kind, click_id, channel, day_visitor, visitor)
      SELECT ${workspaceId}::uuid, e.* FROM unnest(${column('id')}::uuid[], ${column('siteId')}::uuid[], ${column('occurredAt')}::timestamptz[], ${column('entry')}::boolean[],
        ${column('path')}::text[], ${column('referrerHost')}::text[], ${column('referrerPath')}::text[], ${column('source')}::text[], ${column('medium')}::text[],
        ${column('campaign')}::text[], ${column('term')}::text[], ${column('content')}::text[], ${column('clickKind')}::text[], ${column('clickId')}::text[],
        ${column('channel')}::text[], ${column('dayVisitor')}::bytea[], ${column('visitor')}::bytea[]) e
      ON CONFLICT DO NOTHING RETURNING site_id, received_at, channel, day_visitor, visitor
    ), counted AS (
      INSERT INTO tracking_counts (workspace_id, source_id, day, outcome, label, count, last_at)
      SELECT ${workspaceId}::uuid, site_id, (received_at AT TIME ZONE 'UTC')::date, 'seen', coalesce(channel, ''), count(*), max(received_at) FROM put GROUP BY 2, 3, 5 ORDER BY 2, 3, 5
      ON CONFLICT (workspace_id, source_id, day, outcome, label) DO UPDATE SET count = tracking_counts.count + excluded.count, last_at = excluded.last_at
    ), noted AS (
      INSERT INTO tracking_backlog (workspace_id, id, kind, site_id, day_visitor, visitor)
      SELECT ${workspaceId}::uuid, accord.new_id(), 'visitor', n.* FROM (SELECT DISTINCT p.site_id, p.day_visitor, p.visitor FROM put p
        JOIN (SELECT site_id, visitor FROM tracking_known WHERE workspace_id = ${workspaceId}::uuid AND site_id = ANY(${sites}::uuid[]) AND visitor = ANY(${visitors}::bytea[])) k
          ON k.site_id = p.site_id AND k.visitor IN (p.visitor, p.day_visitor)) n
      RETURNING 1
    ) SELECT EXISTS (SELECT FROM noted) AS noted`.execute(tx);
  return rows[0]!.noted;
}

async function writeCounts(tx: Tx, workspaceId: WorkspaceId, counts: readonly ArrivedCount[]): Promise<void> {
  await sql`INSERT INTO tracking_counts (workspace_id, source_id, day, outcome, label, count, last_at, example)
    SELECT ${workspaceId}::uuid, c.source_id, (now() AT TIME ZONE 'UTC')::date, c.outcome, c.label, count(*), now(), max(c.example)
    FROM unnest(${counts.map(({ sourceId }) => sourceId)}::uuid[], ${counts.map(({ outcome }) => outcome)}::text[], ${counts.map(({ label }) => label)}::text[],
      ${counts.map(({ example }) => example)}::text[]) c(source_id, outcome, label, example)
    GROUP BY c.source_id, c.outcome, c.label ORDER BY c.source_id, c.outcome, c.label
    ON CONFLICT (workspace_id, source_id, day, outcome, label)
    DO UPDATE SET count = tracking_counts.count + excluded.count, last_at = excluded.last_at, example = coalesce(excluded.example, tracking_counts.example)`.execute(
    tx,
  );
}

async function writeNotes(tx: Tx, workspaceId: WorkspaceId, notes: readonly ArrivedNote[]): Promise<void> {
  for (const note of notes) {
    if (note.kind === 'consented')
      await sql`UPDATE tracking_events SET visitor = ${note.visitor} WHERE workspace_id = ${workspaceId}::uuid AND id = ${note.eventId}::uuid AND site_id = ${note.siteId}::uuid
        AND day_visitor = ${note.dayVisitor} AND visitor IS NULL`.execute(tx);
    const kind = note.kind === 'consented' ? 'visitor' : note.kind;
    await sql`INSERT INTO tracking_backlog (workspace_id, id, kind, site_id, day_visitor, visitor, link_hash, email_key)
      VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${kind}, ${note.siteId}::uuid, ${note.dayVisitor}, ${note.visitor}, ${note.linkHash}, ${note.emailKey})`.execute(
      tx,
    );
  }
}
