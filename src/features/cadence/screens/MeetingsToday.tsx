import { IconCalendarEvent, IconChecklist } from '@tabler/icons-react';
import type { MeetingsToday as Waiting } from '#features/cadence/contract/meetings.ts';
import { day, plural } from '#ui/formats.ts';
import { useNow } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { useMeetingsToday } from './asking.ts';
import { untilWords } from './words.ts';

/** The meetings one is expected at, and one’s own open actions. Nothing stands here when nothing waits. */
export function MeetingsToday() {
  const now = useNow();
  const waiting = useMeetingsToday().data;
  if (!waiting || waiting.meetings.length + waiting.actions.length === 0) return null;
  return (
    <Sheet title={titleOf(waiting)} actions={<Go href={paths.meetings()}>Meetings</Go>}>
      {waiting.meetings.slice(0, 3).map((meeting) => (
        <Go key={meeting.id} href={paths.meeting(meeting.id)} className="row-link">
          <IconCalendarEvent size={18} className={meeting.status === 'live' ? 'good' : 'dim'} aria-hidden />
          <span className="grow wrap-any">
            <strong>{meeting.title}</strong>
            {meeting.items > 0 && <span className="dim"> {plural(meeting.items, 'item')} on the agenda</span>}
          </span>
          <span className={`small-print ${meeting.status === 'live' ? 'good' : 'dim'}`}>
            {meeting.status === 'live' ? 'running now: join' : untilWords(meeting.startsAt, now)}
          </span>
        </Go>
      ))}
      {waiting.actions.slice(0, 5).map((action) => (
        <Go
          key={action.id}
          href={action.meeting ? paths.meeting(action.meeting.id) : paths.meetingActions({ mine: 'true' })}
          className="row-link"
        >
          <IconChecklist size={18} className={action.late ? 'bad' : 'warn'} aria-hidden />
          <span className="grow wrap-any">
            <strong>{action.title}</strong>
          </span>
          <span className={`small-print ${action.late ? 'bad' : 'dim'}`}>
            {action.late ? `${plural(action.daysLate, 'day')} late` : `due ${day(action.dueOn)}`}
          </span>
        </Go>
      ))}
      {waiting.actions.length > 5 && (
        <Go href={paths.meetingActions({ mine: 'true' })} className="row-link">
          All {plural(waiting.actions.length, 'action')} of yours
        </Go>
      )}
    </Sheet>
  );
}

function titleOf({ meetings, actions }: Waiting): string {
  if (meetings.some(({ status }) => status === 'live')) return 'A meeting is running';
  const late = actions.filter((action) => action.late).length;
  if (actions.length === 0) return 'Meetings';
  return `${plural(actions.length, 'action')} of yours ${actions.length === 1 ? 'is' : 'are'} open${late > 0 ? `, ${late} late` : ''}`;
}
