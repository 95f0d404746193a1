import type { Message, Section } from '#engine/notices/message.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import type { Minutes } from '#features/cadence/contract/meetings.ts';
import { readMinutes } from '#features/cadence/queries/minutes.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { momentIn } from '../contract/wording.ts';
import { readChoices } from '../queries/choices.ts';
import { meetingThread } from '../queries/invited-by-mail.ts';
import { roomsFor } from '../queries/rooms.ts';
import { sendLater } from './send-later.ts';

/** Minutes of a meeting to everybody who was there or expected, and into the rooms that take minutes. */
export async function sendMinutes(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<void> {
  const minutes = await readMinutes(tx, workspaceId, meetingId);
  const message = minutesMessage(minutes);
  const readers = await readChoices(
    tx,
    workspaceId,
    [...minutes.came, ...minutes.missing].map(({ id }) => id),
    Date.now(),
  );
  const onceKey = `minutes ${meetingId} ${minutes.sentAt ?? ''}`;
  // With the digest go notices, not minutes: who wants mail of meetings has them at once, outside their quiet hours.
  for (const [memberId, { kinds, hasMail, quietUntil }] of readers)
    if (hasMail && kinds.meeting.mail !== 'never')
      await sendLater(tx, workspaceId, {
        ...{ channel: 'mail', kind: 'minutes', memberId, onceKey },
        content: { message: { ...message, why: 'You were expected at this meeting.' }, thread: meetingThread(meetingId), ends: 'meeting' },
        ...(quietUntil === null ? {} : { notBefore: quietUntil }),
      });
  for (const { id, kind } of await roomsFor(tx, workspaceId, 'minutes'))
    await sendLater(tx, workspaceId, { channel: kind, kind: 'minutes', roomId: id, onceKey, content: { message } });
}

function minutesMessage({ meeting, timeZone, came, missing, items, decisions, actions, next }: Minutes): Message {
  const given = [...items.flatMap((item) => item.actions), ...actions];
  const made = [...items.flatMap((item) => item.decisions), ...decisions];
  const reached = items.filter(({ status }) => status !== 'carried' && status !== 'dropped');
  const left = items.filter(({ status }) => status === 'carried');
  return {
    title: `Minutes: ${meeting.title}, ${momentIn(meeting.startsAt, timeZone)}`,
    lead: `${countOf(made.length, 'decision')}, ${countOf(given.length, 'action')}. There: ${namesOf(came) || 'nobody noted'}.${missing.length > 0 ? ` Missing: ${namesOf(missing)}.` : ''}`,
    sections: [
      ...listed(
        'Actions',
        given.map(({ title, owner, dueOn }) => ({ text: title, detail: `${owner}, by ${dayWords(dueOn)}` })),
      ),
      ...listed(
        'Decisions',
        made.map((text) => ({ text })),
      ),
      ...listed(
        'What was talked about',
        reached.map(({ sentence, notes, opens }) => ({
          text: sentence,
          ...(notes === '' ? {} : { detail: notes }),
          ...(opens === null ? {} : { opens }),
        })),
      ),
      ...listed(
        'Not reached, on the next agenda if it still stands',
        left.map(({ sentence }) => ({ text: sentence })),
      ),
      ...(next === null
        ? []
        : [
            {
              heading: 'Next',
              parts: [
                { kind: 'text' as const, text: `${next.title}, ${momentIn(next.startsAt, timeZone)}`, opens: `/meetings/${next.id}` },
              ],
            },
          ]),
    ],
    opens: `/meetings/${meeting.id}`,
    opensLabel: 'Open the minutes',
  };
}

const listed = (heading: string, items: { text: string; detail?: string; opens?: string }[]): Section[] =>
  items.length === 0 ? [] : [{ heading, parts: [{ kind: 'points', items }] }];
const namesOf = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(', ');
const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
