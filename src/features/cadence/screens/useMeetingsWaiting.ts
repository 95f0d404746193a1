import type { MeetingsToday } from '#features/cadence/contract/meetings.ts';
import { dayOfInstant, instantOfLocal, plural } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useMeetingsToday } from './asking.ts';

/** A meeting is told the day before it; those further off stand on the page of meetings. */
const aheadMilliseconds = 36 * 3_600_000;

/** The meetings one is expected at, running or near, and one's own open actions. */
export function useMeetingsWaiting(): PartToday {
  const asked = useMeetingsToday();
  return { items: asked.data ? [...meetingsOf(asked.data, asked.dataUpdatedAt), ...actionsOf(asked.data)] : [], asked: [asked] };
}

const meetingsOf = ({ meetings }: MeetingsToday, now: number): TodayItem[] =>
  meetings
    .filter(({ status, startsAt }) => status === 'live' || Date.parse(startsAt) < now + aheadMilliseconds)
    .map(({ id, title, status, startsAt, endsAt, items }) => ({
      ...{ part: 'Meetings', key: `meeting ${id}`, stake: 'colleague', href: paths.meeting(id), says: title },
      dueAt: status === 'live' ? endsAt : startsAt,
      act: status === 'live' ? 'Running: join' : 'Look at the agenda',
      ...(items > 0 && { about: `${plural(items, 'item')} on the agenda` }),
    }));

const actionsOf = ({ actions }: MeetingsToday): TodayItem[] =>
  actions.map(({ id, title, dueOn, meeting }) => ({
    ...{ part: 'Action', key: `action ${id}`, stake: 'colleague', says: title, act: 'Do it' },
    dueAt: instantOfLocal(`${dueOn}T23:59`),
    href: paths.meetingActions({ mine: 'true' }),
    ...(meeting && { about: `from ${meeting.title}, ${dayOfInstant(meeting.startsAt)}` }),
  }));
