/** By when a proposal is answered, in working days of the company's calendar, and how a given answer stands to that. */

import type { WorkingTime } from '../calendar/working-time.ts';

export const usualAnswerDays = 10;

/**
 * The last moment of an answer in time: the end of the n-th working day after the one it was proposed on.
 * @param atMs epoch milliseconds
 * @returns null where the calendar has no working day in sight
 */
export const answerDueAt = (working: WorkingTime, atMs: number, days: number): number | null => working.endOfWorkingDay(atMs, days);

export type AnswerStanding = 'inTime' | 'late' | 'open' | 'overdue' | 'none';

/** `none`: closed before anybody answered. Moments are epoch milliseconds. */
export function answerStanding(
  round: { readonly dueAt: number | null; readonly answeredAt: number | null; readonly isOpen: boolean },
  nowMs: number,
): AnswerStanding {
  const isPast = (at: number): boolean => round.dueAt !== null && at > round.dueAt;
  if (round.answeredAt !== null) return isPast(round.answeredAt) ? 'late' : 'inTime';
  if (!round.isOpen) return 'none';
  return isPast(nowMs) ? 'overdue' : 'open';
}

/** Working days from the due day to another, at least one when that lies after the due moment. @param days `YYYY-MM-DD` */
export const daysLate = (working: WorkingTime, dueOn: string, on: string): number => Math.max(1, working.workingDays(dueOn, on) - 1);
