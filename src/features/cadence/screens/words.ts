import type { ItemKind } from '#engine/cadence/agenda.ts';
import type { DecisionKind, ItemState, MeetingState } from '#engine/cadence/states.ts';
import type { MeetingItem } from '#features/cadence/contract/meetings.ts';
import { count, dayOfInstant, localOfInstant, plural, timeOfInstant, today, weekdayOfInstant } from '#ui/formats.ts';

export const kindWords: Readonly<Record<ItemKind, string>> = {
  action: 'Open action',
  breach: 'Clause not kept',
  pace: 'Pace',
  speed: 'Speed to lead',
  rejections: 'Rejections',
  contested: 'Contested leads',
  cost: 'Cost of misalignment',
  goal: 'Goal',
  feedback: 'Feedback',
  theme: 'What recurs',
  campaign: 'Campaign',
  proposal: 'Proposal',
  change: 'What changed',
  win: 'Win',
  own: 'Own item',
};

export const decisionWords: Readonly<Record<DecisionKind, string>> = {
  logged: 'Decision',
  definition: 'Definition',
  contract: 'Clause',
  ruling: 'Ruling',
};

export const meetingStateWords: Readonly<Record<MeetingState, { label: string; look: string }>> = {
  planned: { label: 'Planned', look: 'dim' },
  live: { label: 'Running now', look: 'good' },
  held: { label: 'Held', look: '' },
  cancelled: { label: 'Cancelled', look: 'dim' },
  notHeld: { label: 'Not held', look: 'bad' },
};

/** “Tue 8 Dec 2026, 10:00–10:45”, in the workspace’s zone. */
export const whenWords = ({ startsAt, endsAt }: Pick<MeetingItem, 'startsAt' | 'endsAt'>): string =>
  `${weekdayOfInstant(startsAt)} ${dayOfInstant(startsAt)}, ${timeOfInstant(startsAt)}–${timeOfInstant(endsAt)}`;

/** “today at 10:00”, “in 3 days”, “2 days ago”: as one says it. */
export function untilWords(startsAt: string, now: number): string {
  const at = Date.parse(startsAt);
  const minutes = Math.round((at - now) / 60_000);
  if (Math.abs(minutes) < 60) return minutes >= 0 ? `in ${plural(minutes, 'minute')}` : `${plural(-minutes, 'minute')} ago`;
  const days = daysBetween(today(), dayInZone(startsAt));
  if (days === 0) return `today at ${timeOfInstant(startsAt)}`;
  if (days === 1) return `tomorrow at ${timeOfInstant(startsAt)}`;
  return days > 0 ? `in ${count(days)} days` : days === -1 ? 'yesterday' : `${count(-days)} days ago`;
}

/** The day in the workspace’s zone, `YYYY-MM-DD`. */
export const dayInZone = (iso: string): string => localOfInstant(iso).slice(0, 10);
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** How that stands to which a decision led. */
export const ledToWords: Readonly<Record<string, string>> = {
  draft: 'a draft, not proposed yet',
  proposed: 'proposed, waits for signatures',
  signed: 'signed by both sides',
  withdrawn: 'withdrawn',
  toJudge: 'the other side’s verdict is missing',
  upheld: 'the rejection is upheld',
  overturned: 'the rejection is overturned',
};

/** What became of an item in the minutes. */
export const itemStateWords: Readonly<Record<ItemState, string>> = {
  open: 'not talked about',
  discussed: 'talked about',
  carried: 'carried over',
  dropped: 'dropped',
};
