import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { dayAt, isoOf, timeZoneOf } from './attainment-scope.ts';

/** Which day it is where the workspace is. */
export const todayOf = async (tx: Tx, workspaceId: WorkspaceId): Promise<string> =>
  dayAt(Date.now(), await timeZoneOf(tx, workspaceId)).toString();

/** From the beginning of the first day until the end of the last, both included, as instants; null where a day is not said. */
export async function instantsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { start, end }: { start?: string | undefined; end?: string | undefined },
): Promise<{ from: string | null; until: string | null }> {
  if (start === undefined && end === undefined) return { from: null, until: null };
  const timeZone = await timeZoneOf(tx, workspaceId);
  return {
    from: start === undefined ? null : isoOf(startOfDay(start, timeZone)),
    until: end === undefined ? null : isoOf(startOfDay(dayAfter(end), timeZone)),
  };
}

const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
