/** What leaves the house with a fact, beside what people are told of it. One line a kind; asked by `follow-facts.ts` once a fact. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { opensOf } from '../queries/tellings/announcements.ts';
import type { ToldFact } from '../queries/tellings/telling.ts';
import { roomsFor } from '../queries/rooms.ts';
import { sendInvitations } from './send-invitations.ts';
import { sendLater } from './send-later.ts';
import { sendMinutes } from './send-minutes.ts';

type SendAlong = (tx: Tx, workspaceId: WorkspaceId, fact: ToldFact) => Promise<void>;

export const sendAlong: Readonly<Record<string, SendAlong>> = {
  'announcement.made': sendAnnouncementToRooms,
  'meeting.invited': (tx, workspaceId, fact) => sendInvitations(tx, workspaceId, fact, 'invited'),
  'meeting.moved': (tx, workspaceId, fact) => sendInvitations(tx, workspaceId, fact, 'moved'),
  'meeting.cancelled': (tx, workspaceId, fact) => sendInvitations(tx, workspaceId, fact, 'cancelled'),
  'meeting.restored': (tx, workspaceId, fact) => sendInvitations(tx, workspaceId, fact, 'restored'),
  'meeting.changed': (tx, workspaceId, fact) => sendInvitations(tx, workspaceId, fact, 'removed'),
  'meeting.minutesSent': (tx, workspaceId, { subjectId }) => sendMinutes(tx, workspaceId, subjectId),
};

/** Only what goes to everybody: whoever is in the room reads it. */
async function sendAnnouncementToRooms(tx: Tx, workspaceId: WorkspaceId, { subjectId, by }: ToldFact): Promise<void> {
  const { rows } = await sql<{ title: string; text: string }>`SELECT title, text FROM announcements
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${subjectId}::uuid AND withdrawn_at IS NULL
      AND audience = '{"sides": [], "teams": [], "members": []}'::jsonb`.execute(tx);
  const found = rows[0];
  if (!found) return;
  const message = {
    ...{ title: found.title, lead: `${by} announces`, opens: opensOf(subjectId), opensLabel: 'Read it' },
    sections: [{ heading: found.title, parts: [{ kind: 'text' as const, text: found.text }] }],
  };
  for (const { id, kind } of await roomsFor(tx, workspaceId, 'announcements'))
    await sendLater(tx, workspaceId, {
      channel: kind,
      kind: 'announcement',
      roomId: id,
      onceKey: `announcement ${subjectId}`,
      content: { message },
    });
}
