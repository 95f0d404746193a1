import { sql } from 'kysely';
import type { CalendarEvent } from '#engine/cadence/calendar-file.ts';
import type { Message } from '#engine/notices/message.ts';
import { endsAt, getMeetingRow, type MeetingRow } from '#features/cadence/queries/meeting-rows.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { momentIn } from '../contract/wording.ts';
import { readChoices } from '../queries/choices.ts';
import { invitedByMail, meetingThread } from '../queries/invited-by-mail.ts';
import { idsIn, type ToldFact } from '../queries/tellings/telling.ts';
import { sendLater } from './send-later.ts';

/** What the fact says of the meeting. */
export type Invited = 'invited' | 'moved' | 'cancelled' | 'restored' | 'removed';

/** A meeting as a mail that calendars understand, to those it concerns who want mail of meetings. */
export async function sendInvitations(tx: Tx, workspaceId: WorkspaceId, fact: ToldFact, way: Invited): Promise<void> {
  const row = await getMeetingRow(tx, workspaceId, fact.subjectId);
  // Told after the fact: what was cancelled since is told by the fact of that.
  if (row.status !== (way === 'cancelled' ? 'cancelled' : 'planned')) return;
  const people = await peopleToTell(tx, workspaceId, row, way, idsIn(fact.body, way === 'removed' ? 'removed' : 'memberIds'));
  for (const [memberId, { kinds, hasMail, timeZone, quietUntil }] of await readChoices(tx, workspaceId, people, Date.now())) {
    if (!hasMail || kinds.meeting.mail === 'never') continue;
    await sendLater(tx, workspaceId, {
      ...{ channel: 'mail', kind: 'invitation', memberId, onceKey: `meeting ${row.id} ${row.sequence} ${way}` },
      content: {
        message: invitationMessage(row, way, timeZone, fact.by),
        calendar: { method: way === 'cancelled' || way === 'removed' ? 'CANCEL' : 'REQUEST', event: eventOf(row) },
        thread: meetingThread(row.id),
        ends: 'meeting',
      },
      ...(quietUntil === null ? {} : { notBefore: quietUntil }),
    });
  }
}

/** Invited are those the fact names, else all who are expected. */
async function peopleToTell(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id }: MeetingRow,
  way: Invited,
  named: readonly string[],
): Promise<string[]> {
  if (way === 'removed') return [...named];
  if (way !== 'invited') return [...(await invitedByMail(tx, workspaceId, id))];
  const { rows } = await sql<{ id: string }>`SELECT member_id AS id FROM meeting_attendees
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${id}::uuid AND expected`.execute(tx);
  return rows.map((each) => each.id).filter((memberId) => named.length === 0 || named.includes(memberId));
}

/** As the calendar feed has it: the same event, whichever way it came. */
const eventOf = (row: MeetingRow): CalendarEvent => ({
  ...{ uid: `${row.id}@accord`, sequence: row.sequence, title: row.title, description: '', url: `/meetings/${row.id}` },
  startsAt: Date.parse(row.startsAt),
  endsAt: Date.parse(endsAt(row)),
  changedAt: Date.parse(row.changedAt),
  location: row.location || null,
  cancelled: row.status === 'cancelled',
});

function invitationMessage(row: MeetingRow, way: Invited, timeZone: string, by: string): Message {
  const when = momentIn(row.startsAt, timeZone);
  const says = {
    invited: {
      title: `Invitation: ${row.title}, ${when}`,
      lead: `${by} invites you to “${row.title}” on ${when}, for ${row.minutes} minutes.`,
    },
    moved: { title: `Moved: ${row.title}, ${when}`, lead: `“${row.title}” is now on ${when}, for ${row.minutes} minutes.` },
    restored: { title: `Takes place: ${row.title}, ${when}`, lead: `“${row.title}” on ${when} takes place after all.` },
    removed: { title: `No longer expected: ${row.title}, ${when}`, lead: `You are no longer expected at “${row.title}” on ${when}.` },
    cancelled: { title: `Cancelled: ${row.title}, ${when}`, lead: `“${row.title}” on ${when} does not take place.` },
  }[way];
  const details = [
    ...(row.location ? [{ text: row.location, detail: 'Where' }] : []),
    ...(way === 'cancelled' && row.cancelledBecause ? [{ text: row.cancelledBecause, detail: 'Why' }] : []),
  ];
  return {
    ...says,
    sections: details.length === 0 ? [] : [{ heading: 'Details', parts: [{ kind: 'points', items: details }] }],
    opens: `/meetings/${row.id}`,
    opensLabel: way === 'cancelled' ? 'Open the meeting' : 'See what is on the agenda',
    why: way === 'removed' ? 'You were expected at this meeting.' : 'You are expected at this meeting.',
  };
}
