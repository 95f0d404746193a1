/** Announcements: making one, taking note of it, reminding those who have not, withdrawing it. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewAnnouncement } from '../contract/announcements.ts';
import { whyNotAcknowledge, whyNotRemind, whyNotWithdraw } from '../policy/announcements.ts';
import { getAnnouncementRow } from '../queries/announcements.ts';

/** Goes to those who are at work now. @throws Problem not-found for a team or member that isn’t here; bad-input. @returns its id */
export async function announce(tx: Tx, who: Who, given: NewAnnouncement): Promise<string> {
  await refuseUnknown(tx, who, given.audience);
  const id = newId();
  const { title, text, audience, needsAcknowledgement, acknowledgeBy } = given;
  if (acknowledgeBy !== null) await refusePast(tx, who, acknowledgeBy);
  await sql`INSERT INTO announcements (workspace_id, id, title, text, audience, needs_acknowledgement, acknowledge_by, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${title}, ${text}, ${JSON.stringify(audience)}::jsonb, ${needsAcknowledgement},
      ${acknowledgeBy}::date, ${who.memberId}::uuid)`.execute(tx);
  const readers = await addReaders(tx, who, id, audience);
  if (readers === 0) throw new Problem('bad-input', 'audience: Nobody else is in it.', { fields: [{ at: 'audience', reason: 'empty' }] });
  await recordAnnouncementFact(tx, who, id, 'made', { needsAcknowledgement, acknowledgeBy, readers });
  return id;
}

/** @throws Problem not-found, conflict */
export async function acknowledge(tx: Tx, who: Who, id: string): Promise<void> {
  const row = await getAnnouncementRow(tx, who, id, true);
  refuse(whyNotAcknowledge(row));
  await sql`UPDATE announcement_readers SET acknowledged_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND announcement_id = ${id}::uuid AND member_id = ${who.memberId}::uuid`.execute(tx);
  await recordAnnouncementFact(tx, who, id, 'acknowledged');
}

/** Tells those again who have not acknowledged it. @throws Problem not-found, conflict. @returns how many */
export async function remind(tx: Tx, who: Who, id: string): Promise<number> {
  const row = await getAnnouncementRow(tx, who, id, true);
  refuse(whyNotRemind(who, row));
  await sql`UPDATE announcements SET reminded_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordAnnouncementFact(tx, who, id, 'reminded', { missing: row.missing });
  return row.missing;
}

/** @throws Problem not-found, conflict */
export async function withdraw(tx: Tx, who: Who, id: string): Promise<void> {
  const row = await getAnnouncementRow(tx, who, id, true);
  refuse(whyNotWithdraw(who, row));
  await sql`UPDATE announcements SET withdrawn_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await recordAnnouncementFact(tx, who, id, 'withdrawn');
}

function refuse(reason: string | null): void {
  if (reason !== null) throw new Problem('conflict', reason);
}

async function recordAnnouncementFact(tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown> = {}): Promise<void> {
  const kind = `announcement.${verb}`;
  await recordFact(tx, who.workspaceId, { kind, subjectKind: 'announcement', subjectId: id, memberId: who.memberId, body });
}

async function refuseUnknown(tx: Tx, { workspaceId }: Who, { teams, members }: NewAnnouncement['audience']): Promise<void> {
  const { rows } = await sql<{ teams: number; members: number }>`SELECT
    (SELECT count(*)::int FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${teams}::uuid[])) AS teams,
    (SELECT count(*)::int FROM members WHERE workspace_id = ${workspaceId}::uuid AND active AND id = ANY(${members}::uuid[])) AS members`.execute(
    tx,
  );
  if (rows[0]!.teams !== new Set(teams).size) throw notFound('team');
  if (rows[0]!.members !== new Set(members).size) throw notFound('member at work');
}

async function refusePast(tx: Tx, { workspaceId }: Who, day: string): Promise<void> {
  const { rows } = await sql<{ past: boolean }>`SELECT ${day}::date < (now() AT TIME ZONE w.time_zone)::date AS past
    FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
  if (rows[0]!.past)
    throw new Problem('bad-input', 'acknowledgeBy: That day is over.', { fields: [{ at: 'acknowledgeBy', reason: 'past' }] });
}

/** Everybody who is in one of them; nothing named: everybody. Never who announces it. */
async function addReaders(tx: Tx, who: Who, id: string, { sides, teams, members }: NewAnnouncement['audience']): Promise<number> {
  const isAll = sides.length + teams.length + members.length === 0;
  const { numAffectedRows } = await sql`INSERT INTO announcement_readers (workspace_id, announcement_id, member_id)
    SELECT m.workspace_id, ${id}::uuid, m.id FROM members m
    WHERE m.workspace_id = ${who.workspaceId}::uuid AND m.active AND m.id <> ${who.memberId}::uuid
      AND (${isAll} OR m.side = ANY(${sides}::text[]) OR m.id = ANY(${members}::uuid[]) OR EXISTS (SELECT FROM team_members tm
        WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id AND tm.team_id = ANY(${teams}::uuid[])))`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}
