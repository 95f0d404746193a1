/** On which days a series meets, by its zone and by the holidays of its calendar. */

import { occurrencesBetween, type Occurrence, type SeriesTimes } from '#engine/cadence/recurrence.ts';
import { compileCalendar } from '#engine/calendar/working-time.ts';
import { zoneNamed } from '#engine/values/zone.ts';
import { loadCalendars } from '#features/agreement/queries/calendars.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface SeriesRule {
  readonly times: SeriesTimes;
  readonly timeZone: string;
  /** Null: the workspace’s calendar. */
  readonly calendarId: string | null;
}

/** Those whose rule day lies in a range of days, both included. */
export async function occurrencesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { times, timeZone, calendarId }: SeriesRule,
  range: { readonly from: string; readonly to: string },
): Promise<Occurrence[]> {
  const { byId, defaultCalendar } = await loadCalendars(tx, workspaceId, []);
  const working = compileCalendar((calendarId === null ? undefined : byId.get(calendarId)) ?? defaultCalendar);
  return occurrencesBetween(times, zoneNamed(timeZone), range, (day) => !working.isWorkingDay(day));
}
