import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { AbsenceItem, absencesAsk } from '../contract/calendars.ts';
import { mayKeepLeaveOf, mayRecordAbsence } from '../policy.ts';

interface AbsenceRow {
  id: string;
  memberId: string;
  memberName: string;
  startsAt: string;
  endsAt: string;
  reason: string;
  recordedAt: string;
}

/** Who is away and will be, the soonest first; with `past` the latest first. Why is told to the member and to heads. */
export async function listAbsences(
  tx: Tx,
  who: Who,
  ask: z.output<typeof absencesAsk>,
): Promise<{ items: AbsenceItem[]; next: string | null; total: number | null }> {
  const after = readCursor(ask.cursor);
  const beyond =
    after === null
      ? sql`true`
      : ask.past
        ? sql`(a.starts_at, a.id) < (${after.at}, ${after.id}::uuid)`
        : sql`(a.starts_at, a.id) > (${after.at}, ${after.id}::uuid)`;
  const { rows } =
    await sql<AbsenceRow>`SELECT a.id, a.member_id AS "memberId", m.name AS "memberName", a.starts_at AS "startsAt", a.ends_at AS "endsAt",
      a.reason, a.recorded_at AS "recordedAt"
    FROM absences a JOIN members m ON m.workspace_id = ${who.workspaceId}::uuid AND m.id = a.member_id
    WHERE a.workspace_id = ${who.workspaceId}::uuid AND a.removed_at IS NULL AND ${ask.past ? sql`true` : sql`a.ends_at > now()`}
      AND ${ask.memberId === undefined ? sql`true` : sql`a.member_id = ${ask.memberId}::uuid`} AND ${beyond}
    ORDER BY ${ask.past ? sql`a.starts_at DESC, a.id DESC` : sql`a.starts_at, a.id`} LIMIT ${ask.limit + 1}`.execute(tx);
  const shown = rows.slice(0, ask.limit);
  const last = rows.length > ask.limit ? shown.at(-1) : undefined;
  return { items: shown.map((row) => itemOf(row, who)), next: last ? `${last.startsAt}_${last.id}` : null, total: null };
}

function itemOf({ memberId, memberName, reason, ...row }: AbsenceRow, who: Who): AbsenceItem {
  const mine = mayKeepLeaveOf(who, memberId);
  return { ...row, member: { id: memberId, name: memberName }, reason: mine ? reason : null, mayRemove: mine && mayRecordAbsence.may(who) };
}

function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = cursor.split('_');
  if (at && /^[12]\d{3}-\d\d-\d\dT[\d:.]{8,15}Z$/.test(at) && !Number.isNaN(Date.parse(at)) && id && isId(id)) return { at, id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'is not from this list' }],
  });
}

/**
 * Leads whose clocks ran, run or will run in the time of this member: those they hold, and, where the absence reaches
 * into the past, those they were given before it ended.
 */
export async function leadsInTimeOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: string,
  absence: { startsAt: string; endsAt: string },
): Promise<string[]> {
  const { rows } = await sql<{ leadId: string }>`SELECT lead_id AS "leadId" FROM handoffs
      WHERE workspace_id = ${workspaceId}::uuid AND owner_id = ${memberId}::uuid AND state IN ('waiting', 'accepted')
    UNION SELECT lead_id FROM handoffs
      WHERE workspace_id = ${workspaceId}::uuid AND owner_id = ${memberId}::uuid AND ${absence.startsAt}::timestamptz < now() AND started_at < ${absence.endsAt}::timestamptz
    UNION SELECT lead_id FROM routings
      WHERE workspace_id = ${workspaceId}::uuid AND member_id = ${memberId}::uuid AND ${absence.startsAt}::timestamptz < now() AND occurred_at < ${absence.endsAt}::timestamptz`.execute(
    tx,
  );
  return rows.map(({ leadId }) => leadId);
}
