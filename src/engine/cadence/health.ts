/** Whether meetings are worth their time: held, attended, deciding, acted upon. Shares are of whole numbers, null of none. */

export interface MeetingTally {
  /** Meetings whose time has come and that were not cancelled in time. */
  readonly due: number;
  readonly held: number;
  /** Seats: people expected over all meetings held, and those who came. */
  readonly expected: number;
  readonly came: number;
  /** Of the meetings held, those with a decision or an action. */
  readonly deciding: number;
  /** Actions due by now, and of them those closed by their day, late, and not yet. */
  readonly actionsDue: number;
  readonly closedInTime: number;
  readonly closedLate: number;
}

export interface MeetingHealth {
  readonly heldPercent: number | null;
  readonly attendedPercent: number | null;
  readonly decidingPercent: number | null;
  readonly actedOnPercent: number | null;
  readonly actedInTimePercent: number | null;
}

/** Each share in percent, to one decimal. */
export const healthOf = (tally: MeetingTally): MeetingHealth => ({
  heldPercent: percent(tally.held, tally.due),
  attendedPercent: percent(tally.came, tally.expected),
  decidingPercent: percent(tally.deciding, tally.held),
  actedOnPercent: percent(tally.closedInTime + tally.closedLate, tally.actionsDue),
  actedInTimePercent: percent(tally.closedInTime, tally.actionsDue),
});

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part * 1000) / whole) / 10);
