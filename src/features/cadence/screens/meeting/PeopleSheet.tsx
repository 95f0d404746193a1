import { Checkbox } from '@mantine/core';
import type { Attendee, Hindrance, MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { put } from '#ui/api/client.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { doing } from '../asking.ts';

/** Who is expected; once it runs, who was there: noted by itself for those in the live screen, by hand for others. */
export function PeopleSheet({ detail }: { detail: MeetingDetail }) {
  const { attendees, status, expected, came, can, id } = detail;
  const isOver = status === 'held' || status === 'live';
  const hindered = attendees.filter(({ hindrance }) => hindrance !== null).length;
  return (
    <Sheet title={isOver ? `Who was there: ${came} of ${expected}` : `Who comes: ${expected}`}>
      {hindered > 0 && (
        <p className="sheet-body small-print" style={{ margin: 0 }}>
          {hindered === 1 ? 'One of them is' : `${hindered} of them are`} away or in another meeting then.
        </p>
      )}
      <ul className="people-list">
        {attendees.map((attendee) => (
          <li key={attendee.member.id}>
            {isOver && can.attend === null ? (
              <Checkbox
                label={attendee.member.name}
                description={presence(attendee)}
                checked={attendee.cameAt !== null}
                onChange={(event) => void note(id, attendee.member.id, event.currentTarget.checked)}
              />
            ) : (
              <span className="wrap-any">
                {attendee.member.name}
                {isOver && <span className="dim small-print people-was">{presence(attendee)}</span>}
                {attendee.hindrance && <Hindered {...attendee.hindrance} />}
              </span>
            )}
            <SideMark side={attendee.member.side} />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

const Hindered = ({ awayUntil, alsoIn }: Hindrance) => (
  <span className="warn small-print people-was">
    {awayUntil && `away until ${instant(awayUntil)}`}
    {awayUntil && alsoIn && '; '}
    {alsoIn && (
      <>
        also in <Go href={paths.meeting(alsoIn.id)}>{alsoIn.title}</Go>
      </>
    )}
  </span>
);

function presence({ here, cameAt, notedBy, expected }: Attendee): string {
  if (here) return 'here now';
  if (cameAt === null) return 'not there';
  return [notedBy && `noted by ${notedBy.name}`, !expected && 'not expected'].filter(Boolean).join(', ');
}

async function note(meetingId: string, memberId: string, came: boolean): Promise<void> {
  await doing(put(`/meetings/${meetingId}/attendees/${memberId}`, { came })).catch(tellProblem);
}
