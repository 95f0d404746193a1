import { sql } from 'kysely';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { z } from 'zod';
import type { CalendarDraft, calendarChange, Holiday } from '../contract/calendars.ts';

/** Whose hand it is; nobody's for the command line and the sample company. */
export interface Actor {
  readonly workspaceId: WorkspaceId;
  readonly memberId: string | null;
}

/** The first one becomes the default, for there is always one. @throws Problem conflict when another has its name */
export async function addCalendar(tx: Tx, who: Actor, draft: CalendarDraft): Promise<{ id: string }> {
  await oneAtATime(tx, who.workspaceId);
  await refuseSameName(tx, who, draft.name, null);
  const isDefault = draft.isDefault || !(await hasDefault(tx, who.workspaceId));
  if (isDefault) await dethrone(tx, who.workspaceId);
  const id = newId();
  await sql`INSERT INTO calendars (workspace_id, id, name, time_zone, weekly, country, region, holidays, is_default)
    VALUES (${who.workspaceId}::uuid, ${id}, ${draft.name}, ${draft.timeZone}, ${JSON.stringify(draft.weekly)}::jsonb,
      ${draft.country}, ${draft.region}, ${JSON.stringify(draft.holidays)}::jsonb, ${isDefault})`.execute(tx);
  await tellOfCalendar(tx, who, 'calendar.added', id, { sets: { ...draft, isDefault } });
  return { id };
}

/** @throws Problem not-found; conflict for another's name, or when the default would be nobody */
export async function changeCalendar(tx: Tx, who: Actor, id: string, change: z.output<typeof calendarChange>): Promise<void> {
  await oneAtATime(tx, who.workspaceId);
  const before = await getCalendar(tx, who, id);
  if (change.name !== undefined) await refuseSameName(tx, who, change.name, id);
  if (before.isDefault && change.isDefault === false)
    throw new Problem('conflict', 'There is always a default calendar: make another one the default instead.');
  const after = { ...before, ...change };
  if (after.isDefault && !before.isDefault) await dethrone(tx, who.workspaceId);
  await sql`UPDATE calendars SET name = ${after.name}, time_zone = ${after.timeZone}, weekly = ${JSON.stringify(after.weekly)}::jsonb,
      country = ${after.country}, region = ${after.region}, holidays = ${JSON.stringify(after.holidays)}::jsonb, is_default = ${after.isDefault}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}`.execute(tx);
  await tellOfCalendar(tx, who, 'calendar.changed', id, { sets: change });
}

/**
 * Whoever works by it works by the default from now on. Versions signed with it keep it.
 * @throws Problem not-found; conflict for the default while there are others
 */
export async function archiveCalendar(tx: Tx, who: Actor, id: string): Promise<void> {
  await oneAtATime(tx, who.workspaceId);
  const { isDefault, name } = await getCalendar(tx, who, id);
  const { rows: others } =
    await sql`SELECT 1 FROM calendars WHERE workspace_id = ${who.workspaceId}::uuid AND id <> ${id} AND archived_at IS NULL LIMIT 1`.execute(
      tx,
    );
  if (isDefault && others.length > 0) throw new Problem('conflict', `“${name}” is the default: make another calendar the default first.`);
  await sql`DELETE FROM member_calendars WHERE workspace_id = ${who.workspaceId}::uuid AND calendar_id = ${id}`.execute(tx);
  await sql`UPDATE calendars SET archived_at = now(), is_default = false WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}`.execute(
    tx,
  );
  await tellOfCalendar(tx, who, 'calendar.archived', id, { body: { name } });
}

/** Exactly these members work by it from now on. @throws Problem not-found */
export async function setCalendarMembers(tx: Tx, who: Actor, id: string, memberIds: readonly string[]): Promise<void> {
  await oneAtATime(tx, who.workspaceId);
  await getCalendar(tx, who, id);
  await refuseUnknown(tx, who, memberIds);
  await sql`DELETE FROM member_calendars WHERE workspace_id = ${who.workspaceId}::uuid AND calendar_id = ${id} AND member_id <> ALL (${memberIds}::uuid[])`.execute(
    tx,
  );
  await assign(tx, who, id, memberIds);
  await tellOfCalendar(tx, who, 'calendar.assigned', id, { body: { members: memberIds } });
}

/** These members work by it from now on, beside those who do. */
export async function assign(tx: Tx, who: Actor, id: string, memberIds: readonly string[]): Promise<void> {
  await sql`INSERT INTO member_calendars (workspace_id, member_id, calendar_id)
    SELECT ${who.workspaceId}::uuid, member_id, ${id}::uuid FROM unnest(${[...new Set(memberIds)]}::uuid[]) member_id
    ON CONFLICT (workspace_id, member_id) DO UPDATE SET calendar_id = excluded.calendar_id`.execute(tx);
}

/** Clocks of any lead may rest on it: all are followed anew. */
export async function tellOfCalendar(
  tx: Tx,
  who: Actor,
  kind: string,
  id: string,
  what: { sets?: Record<string, unknown>; body?: Record<string, unknown> },
): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind, subjectKind: 'calendar', subjectId: id, memberId: who.memberId, ...what });
  await noteAllLeads(tx, who.workspaceId);
}

// ── what they rest on ───────────────────────────────────────────────────────

/** Two changes at once could make two defaults, or none. */
export async function oneAtATime(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.calendars:' || ${workspaceId}::text, 0))`.execute(tx);
}

type Kept = Omit<CalendarDraft, 'holidays'> & { holidays: Holiday[] };

async function getCalendar(tx: Tx, who: Actor, id: string): Promise<Kept> {
  const { rows } = await sql<Kept>`SELECT name, time_zone AS "timeZone", weekly, country, region, holidays, is_default AS "isDefault"
    FROM calendars WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id} AND archived_at IS NULL`.execute(tx);
  if (!rows[0]) throw notFound('calendar');
  return rows[0];
}

async function hasDefault(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM calendars WHERE workspace_id = ${workspaceId}::uuid AND is_default`.execute(tx);
  return rows.length > 0;
}

async function dethrone(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`UPDATE calendars SET is_default = false WHERE workspace_id = ${workspaceId}::uuid AND is_default`.execute(tx);
}

async function refuseSameName(tx: Tx, who: Actor, name: string, id: string | null): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM calendars WHERE workspace_id = ${who.workspaceId}::uuid AND archived_at IS NULL
    AND lower(name COLLATE "default") = lower(${name}) AND id IS DISTINCT FROM ${id}::uuid`.execute(tx);
  if (rows.length > 0)
    throw new Problem('conflict', `There is a calendar “${name}” already.`, {
      fields: [{ at: 'name', reason: 'Another calendar has it.' }],
    });
}

async function refuseUnknown(tx: Tx, who: Actor, ids: readonly string[]): Promise<void> {
  const wanted = new Set(ids);
  const { rows } =
    await sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId}::uuid AND id = ANY (${[...wanted]}::uuid[])`.execute(tx);
  if (rows.length !== wanted.size) throw notFound('member');
}
