import { answerDueAt } from '#engine/campaigns/answer-due.ts';
import { workingDaysOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { settingsOf } from './settings.ts';

/**
 * The last moment of an answer in time: the end of the n-th working day after the one it was given on.
 * @param at epoch milliseconds. @returns null where the calendar has no working day in sight
 */
export async function dueFrom(tx: Tx, workspaceId: WorkspaceId, at: number): Promise<string | null> {
  const due = answerDueAt(await workingDaysOf(tx, workspaceId), at, (await settingsOf(tx, workspaceId)).answerDays);
  return due === null ? null : new Date(due).toISOString();
}
