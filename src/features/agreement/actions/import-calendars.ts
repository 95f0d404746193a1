/** `calendar.json` brought in: calendars by name, who works by which by e-mail, and leave. The same file twice changes nothing. */

import { sql } from 'kysely';
import { isDeepStrictEqual } from 'node:util';
import { emailKey } from '#engine/identity/keys.ts';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { CalendarDraft, CalendarFile } from '../contract/calendars.ts';
import { listCalendars } from '../queries/calendars.ts';
import { type Actor, addCalendar, assign, changeCalendar, tellOfCalendar } from './calendars.ts';

export interface ImportedCalendars {
  readonly calendars: { readonly added: number; readonly changed: number; readonly same: number };
  /** How many work by another calendar than before. */
  readonly assigned: number;
  readonly absences: { readonly added: number; readonly same: number };
  /** Addresses that no member has, and names that no calendar in the file has: left out. */
  readonly unknown: readonly string[];
}

export async function importCalendars(tx: Tx, workspaceId: WorkspaceId, file: CalendarFile): Promise<ImportedCalendars> {
  const who: Actor = { workspaceId, memberId: null };
  const kept = await keepCalendars(tx, who, file);
  const memberOf = await membersByEmail(tx, workspaceId);
  const { assigned, unknown } = await assignMembers(tx, who, file, kept.ids, memberOf);
  const absences = await keepLeave(tx, workspaceId, file, memberOf);
  const strangers = file.leave.filter(({ member }) => !memberOf(member)).map(({ member }) => member);
  return { calendars: kept.counts, assigned, absences, unknown: [...new Set([...unknown, ...strangers])].sort() };
}

interface KeptCalendars {
  ids: Map<string, string>;
  counts: { added: number; changed: number; same: number };
}

async function keepCalendars(tx: Tx, who: Actor, file: CalendarFile): Promise<KeptCalendars> {
  const { items } = await listCalendars(tx, who.workspaceId);
  const before = new Map(items.map((item) => [item.name.toLowerCase(), item]));
  const [ids, counts] = [new Map<string, string>(), { added: 0, changed: 0, same: 0 }];
  for (const { name, timeZone, weekly, holidays } of file.calendars) {
    const stated = { timeZone, weekly, holidays };
    const known = before.get(name.toLowerCase());
    if (!known) {
      const draft: CalendarDraft = { name, ...stated, country: null, region: null, isDefault: false };
      ids.set(name, (await addCalendar(tx, who, draft)).id);
      counts.added++;
      continue;
    }
    ids.set(name, known.id);
    const same = isDeepStrictEqual(stated, { timeZone: known.timeZone, weekly: known.weekly, holidays: known.holidays });
    if (!same) await changeCalendar(tx, who, known.id, stated);
    counts[same ? 'same' : 'changed']++;
  }
  return { ids, counts };
}

type MemberOf = (email: string) => string | undefined;

async function membersByEmail(tx: Tx, workspaceId: WorkspaceId): Promise<MemberOf> {
  const { rows } = await sql<{ id: string; key: string }>`SELECT id, email_key AS key FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND email_key IS NOT NULL`.execute(tx);
  const byKey = new Map(rows.map(({ id, key }) => [key, id]));
  return (email) => byKey.get(emailKey(email) ?? '');
}

async function assignMembers(
  tx: Tx,
  who: Actor,
  file: CalendarFile,
  ids: ReadonlyMap<string, string>,
  memberOf: MemberOf,
): Promise<{ assigned: number; unknown: string[] }> {
  const { rows } = await sql<{ memberId: string; calendarId: string }>`SELECT member_id AS "memberId", calendar_id AS "calendarId"
    FROM member_calendars WHERE workspace_id = ${who.workspaceId}::uuid`.execute(tx);
  const before = new Map(rows.map(({ memberId, calendarId }) => [memberId, calendarId]));
  const changed = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const { member, calendar } of file.members) {
    const [memberId, calendarId] = [memberOf(member), ids.get(calendar)];
    if (memberId === undefined) unknown.push(member);
    else if (calendarId === undefined) unknown.push(calendar);
    else if (before.get(memberId) !== calendarId) changed.set(calendarId, [...(changed.get(calendarId) ?? []), memberId]);
  }
  for (const [calendarId, members] of changed) {
    await assign(tx, who, calendarId, members);
    await tellOfCalendar(tx, who, 'calendar.assigned', calendarId, { body: { joined: members } });
  }
  return { assigned: [...changed.values()].flat().length, unknown };
}

interface NewLeave {
  id: string;
  memberId: string;
  startsAt: string;
  endsAt: string;
  reason: string;
}

/** Thousands of days off come at once: written, with their facts, by one statement. */
async function keepLeave(tx: Tx, workspaceId: WorkspaceId, file: CalendarFile, memberOf: MemberOf): Promise<ImportedCalendars['absences']> {
  const leave = leaveOf(file, memberOf);
  const { rows } = await sql`WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(leave)}::jsonb) AS g(id uuid, "memberId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, reason text)
    ), added AS (
      INSERT INTO absences (workspace_id, id, member_id, starts_at, ends_at, reason)
      SELECT ${workspaceId}::uuid, g.id, g."memberId", g."startsAt", g."endsAt", g.reason FROM given g WHERE NOT EXISTS (
        SELECT 1 FROM absences a WHERE a.workspace_id = ${workspaceId}::uuid AND a.member_id = g."memberId" AND a.starts_at = g."startsAt"
          AND a.ends_at = g."endsAt" AND a.removed_at IS NULL)
      RETURNING id, member_id, starts_at, ends_at
    )
    INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, body)
    SELECT ${workspaceId}::uuid, accord.new_id(), clock_timestamp(), 'absence.recorded', 'absence', id, now(),
      jsonb_build_object('memberId', member_id, 'startsAt', starts_at, 'endsAt', ends_at) FROM added RETURNING id`.execute(tx);
  if (rows.length > 0) {
    await announceChange(tx, workspaceId, 'absence');
    await noteAllLeads(tx, workspaceId);
  }
  return { added: rows.length, same: leave.length - rows.length };
}

/** From the first moment of the first day to that of the day after the last, in the zone of the member's calendar; each once. */
function leaveOf(file: CalendarFile, memberOf: MemberOf): NewLeave[] {
  const zones = new Map(file.calendars.map(({ name, timeZone }) => [name, timeZone]));
  const zoneOf = new Map(file.members.map(({ member, calendar }) => [member, zones.get(calendar)]));
  const leave = new Map<string, NewLeave>();
  for (const { member, from, to, kind } of file.leave) {
    const memberId = memberOf(member);
    if (memberId === undefined) continue;
    const zone = zoneOf.get(member) ?? file.calendars[0]?.timeZone ?? 'UTC';
    const startsAt = startOfDay(Temporal.PlainDate.from(from), zone);
    const endsAt = startOfDay(Temporal.PlainDate.from(to).add({ days: 1 }), zone);
    leave.set(`${memberId} ${startsAt} ${endsAt}`, { id: newId(), memberId, startsAt, endsAt, reason: kind });
  }
  return [...leave.values()];
}

const startOfDay = (day: Temporal.PlainDate, zone: string): string => day.toZonedDateTime(zone).toInstant().toString();
