/** What every number of goals is counted over, as of one request: deals, revenue and leads as columns, and the workspace's working days. */

import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { leadStages, type LeadStage } from '#features/records/contract.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import { type Ground, readGround } from '#features/returns/queries/figure-scope.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';

export interface GoalGround {
  /** Of returns: `asOf` is the last day on record, today at most. */
  readonly figures: Ground;
  readonly leads: FunnelColumns;
  /** Of the workspace's calendar, nobody's leave taken off. */
  isWorkingDay(day: number): boolean;
}

/** Nothing may be awaited between reading this and counting over its columns. @param pay what the asker may see */
export async function readGoalGround(database: Database, workspaceId: WorkspaceId, pay: PayVisible): Promise<GoalGround> {
  const time = await database.inWorkspace(workspaceId, async (tx) => workingTimes(await loadCalendars(tx, workspaceId, [])).default);
  const figures = await readGround(database, workspaceId, pay);
  const { columns: leads } = await columnsCacheOf(database).fresh(workspaceId);
  const kept = new Map<number, boolean>();
  return {
    figures,
    leads,
    isWorkingDay(day) {
      let is = kept.get(day);
      if (is === undefined) kept.set(day, (is = time.isWorkingDay(dayText(day))));
      return is;
    },
  };
}

export const workingDaysBetween = ({ isWorkingDay }: GoalGround, from: number, until: number): number => {
  let count = 0;
  for (let day = from; day <= until; day++) if (isWorkingDay(day)) count++;
  return count;
};

/** By lead: the day it entered a stage, or the funnel's `noDay`. */
export const daysOfStage = (leads: FunnelColumns, stage: LeadStage): Int32Array =>
  leads.days[leadStages.findIndex((one) => one.stage === stage)]!;
