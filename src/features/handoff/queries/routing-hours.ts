import type { Absence } from '#engine/calendar/calendar.ts';
import { loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** In epoch milliseconds. */
export interface Hours {
  /** When the member works next, leave taken off; the moment asked about while they do; null: never. */
  readonly opensAt: number | null;
  /** When the leave ends that the member is on; null: on none. */
  readonly leaveUntil: number | null;
}

/** When members work and whether they are on leave, as of a moment. */
export async function loadHours(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberIds: readonly string[],
  at: number,
): Promise<(memberId: string) => Hours> {
  const loaded = await loadCalendars(tx, workspaceId, memberIds);
  const times = workingTimes(loaded);
  return (memberId) => ({
    opensAt: times.of(memberId).nextOpening(at),
    leaveUntil: leaveUntil(loaded.absences.get(memberId) ?? [], at),
  });
}

/** Leaves that follow each other without a gap are one. `absences` by their beginning. */
function leaveUntil(absences: readonly Absence[], at: number): number | null {
  let until = at;
  for (const { from, to } of absences) if (Date.parse(from) <= until) until = Math.max(until, Date.parse(to));
  return until === at ? null : until;
}
