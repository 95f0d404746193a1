/** Calendars as kept, and the working time they make of each member's day. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { type Absence, type Calendar, weekdays } from '#engine/calendar/calendar.ts';
import { compileCalendar, withAbsences, type WorkingTime } from '#engine/calendar/working-time.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { assumedCalendar, type calendarList, type Holiday, type Week } from '../contract/calendars.ts';

export interface LoadedCalendars {
  /** The workspace's; where nobody has set one, Monday to Friday from nine to five in the workspace's zone. */
  readonly defaultCalendar: Calendar;
  /** By id, archived ones too: a signed version may still name them. */
  readonly byId: ReadonlyMap<string, Calendar>;
  /** Of those who don't work by the default. */
  readonly idOfMember: ReadonlyMap<string, string>;
  readonly absences: ReadonlyMap<string, readonly Absence[]>;
}

interface CalendarRow {
  id: string;
  name: string;
  timeZone: string;
  weekly: Week;
  country: string | null;
  region: string | null;
  holidays: Holiday[];
  isDefault: boolean;
  archived: boolean;
}

/** @param only absences and calendars of these members; unsaid: of all */
export async function loadCalendars(tx: Tx, workspaceId: WorkspaceId, only?: readonly string[]): Promise<LoadedCalendars> {
  const rows = await readCalendars(tx, workspaceId);
  const byId = new Map(rows.map((row) => [row.id, calendarOf(row)]));
  const kept = rows.find(({ isDefault }) => isDefault);
  return {
    defaultCalendar: (kept && byId.get(kept.id)) ?? calendarOf(assumedCalendar(await zoneOf(tx, workspaceId))),
    byId,
    idOfMember: await readMembers(tx, workspaceId, only),
    absences: await readAbsences(tx, workspaceId, only),
  };
}

export interface WorkingTimes {
  readonly default: WorkingTime;
  /** The member's own calendar, else the default, without their leave; nobody's is the default. */
  of(memberId: string | null): WorkingTime;
  /** Undefined for an id that names no calendar. */
  named(id: string): WorkingTime | undefined;
}

/** Each is compiled when it is first asked for. */
export function workingTimes(loaded: LoadedCalendars): WorkingTimes {
  const compiled = new Map<Calendar, WorkingTime>();
  const ofMembers = new Map<string, WorkingTime>();
  const compile = (calendar: Calendar): WorkingTime => remembered(compiled, calendar, () => compileCalendar(calendar));
  const ofMember = (memberId: string): WorkingTime => {
    const absences = loaded.absences.get(memberId) ?? [];
    const calendar = calendarOfMember(loaded, memberId);
    return absences.length === 0 ? compile(calendar) : compileCalendar(withAbsences(calendar, absences));
  };
  return {
    get default() {
      return compile(loaded.defaultCalendar);
    },
    of: (memberId) => (memberId === null ? compile(loaded.defaultCalendar) : remembered(ofMembers, memberId, () => ofMember(memberId))),
    named(id) {
      const calendar = id === 'default' ? loaded.defaultCalendar : loaded.byId.get(id);
      return calendar && compile(calendar);
    },
  };
}

/** The calendar a member works by, leave not taken off. */
export function calendarOfMember(loaded: LoadedCalendars, memberId: string): Calendar {
  const id = loaded.idOfMember.get(memberId);
  return (id === undefined ? undefined : loaded.byId.get(id)) ?? loaded.defaultCalendar;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}

/** As the settings show them: the default first, then by name; with what is assumed while there is none. */
export async function listCalendars(tx: Tx, workspaceId: WorkspaceId): Promise<z.output<typeof calendarList>> {
  const rows = (await readCalendars(tx, workspaceId)).filter(({ archived }) => !archived);
  const members = await membersByCalendar(tx, workspaceId);
  const items = rows.map(({ archived: _, ...calendar }) => ({ ...calendar, members: members.get(calendar.id) ?? [] }));
  const assumed = rows.some(({ isDefault }) => isDefault) ? null : assumedCalendar(await zoneOf(tx, workspaceId));
  return { items, assumed, next: null, total: items.length };
}

const calendarOf = ({ timeZone, weekly, holidays }: Pick<CalendarRow, 'timeZone' | 'weekly' | 'holidays'>): Calendar => ({
  timeZone,
  weekly,
  holidays: holidays.map(({ on }) => on),
});

async function readCalendars(tx: Tx, workspaceId: WorkspaceId): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`SELECT id, name, time_zone AS "timeZone", weekly, country, region, holidays,
      is_default AS "isDefault", archived_at IS NOT NULL AS archived
    FROM calendars WHERE workspace_id = ${workspaceId}::uuid ORDER BY is_default DESC, lower(name COLLATE "default"), id`.execute(tx);
  return rows.map((row) => ({ ...row, weekly: { ...noWork, ...row.weekly } }));
}
const noWork = Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as Week;

async function readMembers(tx: Tx, workspaceId: WorkspaceId, only: readonly string[] | undefined): Promise<Map<string, string>> {
  const { rows } = await sql<{ memberId: string; calendarId: string }>`SELECT mc.member_id AS "memberId", mc.calendar_id AS "calendarId"
    FROM member_calendars mc JOIN calendars c ON c.workspace_id = ${workspaceId}::uuid AND c.id = mc.calendar_id AND c.archived_at IS NULL
    WHERE mc.workspace_id = ${workspaceId}::uuid AND ${amongst(sql`mc.member_id`, only)}`.execute(tx);
  return new Map(rows.map(({ memberId, calendarId }) => [memberId, calendarId]));
}

async function readAbsences(tx: Tx, workspaceId: WorkspaceId, only: readonly string[] | undefined): Promise<Map<string, Absence[]>> {
  const { rows } = await sql<Absence & { memberId: string }>`SELECT member_id AS "memberId", starts_at AS "from", ends_at AS "to"
    FROM absences WHERE workspace_id = ${workspaceId}::uuid AND removed_at IS NULL AND ${amongst(sql`member_id`, only)}
    ORDER BY member_id, starts_at, id`.execute(tx);
  return Map.groupBy(rows, ({ memberId }) => memberId);
}

const amongst = (column: ReturnType<typeof sql>, ids: readonly string[] | undefined) =>
  ids === undefined ? sql`true` : sql`${column} = ANY(${ids}::uuid[])`;

async function membersByCalendar(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, { id: string; name: string }[]>> {
  const { rows } = await sql<{ calendarId: string; id: string; name: string }>`SELECT mc.calendar_id AS "calendarId", m.id, m.name
    FROM member_calendars mc JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = mc.member_id
    WHERE mc.workspace_id = ${workspaceId}::uuid ORDER BY lower(m.name COLLATE "default"), m.id`.execute(tx);
  const byCalendar = new Map<string, { id: string; name: string }[]>();
  for (const { calendarId, ...member } of rows) byCalendar.set(calendarId, [...(byCalendar.get(calendarId) ?? []), member]);
  return byCalendar;
}

async function zoneOf(tx: Tx, workspaceId: WorkspaceId): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`SELECT time_zone AS "timeZone" FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(
    tx,
  );
  return rows[0]!.timeZone;
}
