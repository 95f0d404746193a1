/** A company whose messages leave to receivers on this machine. */

import { sql } from 'kysely';
import type { SendGround } from '#features/notices/actions/hand-over.ts';
import { sendLater } from '#features/notices/actions/send-later.ts';
import { sendMessages } from '#features/notices/actions/send-messages.ts';
import { followFacts } from '#features/notices/actions/follow-facts.ts';
import type { NewMessage } from '#features/notices/contract/deliver.ts';
import type { RoomKind, RoomSends } from '#features/notices/contract/rooms.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { openGuardedFetch } from '#platform/http/guarded-fetch.ts';
import { openMailer } from '#platform/mail/mail.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { hireColleagues, type ManyColleagues } from './colleagues.ts';
import { type Mailbox, openMailbox, openSlackRoom, openTeamsRoom, type Room } from './receiving.ts';

export const publicUrl = 'https://accord.example';

export interface Sending {
  readonly world: World;
  readonly company: ManyColleagues;
  readonly mailbox: Mailbox;
  readonly slack: Room;
  readonly teams: Room;
  readonly ground: SendGround;
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  later(message: NewMessage): Promise<string | null>;
  /** What the jobs do: facts are told, what is due is sent. */
  work(ground?: SendGround): Promise<void>;
  /** A room of the company that stands on this machine, which no route takes. */
  room(kind: RoomKind, sends?: Partial<RoomSends>): Promise<string>;
  close(): Promise<void>;
}

export async function openSending(): Promise<Sending> {
  const [world, mailbox, slack, teams] = await Promise.all([openWorld(), openMailbox(), openSlackRoom(), openTeamsRoom()]);
  const company = await hireColleagues(world, [
    { name: 'Mara', side: 'marketing' },
    { name: 'Sam', side: 'sales' },
    { name: 'Hal', side: 'sales', role: 'manager' },
    { name: 'Lea', side: 'leadership', role: 'owner' },
    { name: 'Vic', side: 'sales', role: 'viewer' },
  ]);
  const { workspaceId } = company;
  const sealing = makeSealing(() => testSecret);
  const ground: SendGround = {
    database: world.database,
    mailer: openMailer({ smtpUrl: mailbox.url, mailFrom: 'Accord <accord@northwind.example>' }),
    fetch: openGuardedFetch([], { addresses: ['127.0.0.1'], plain: true }),
    sealing,
    publicUrl,
  };
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.database.inWorkspace(workspaceId, work);
  // Nobody has quiet hours, so that the tests are the same whatever the hour.
  await inside((tx) =>
    sql`INSERT INTO notification_choices (workspace_id, member_id, content) SELECT workspace_id, id, '{"quietHours": null}' FROM members WHERE workspace_id = ${workspaceId}::uuid`.execute(
      tx,
    ),
  );
  return {
    ...{ world, company, mailbox, slack, teams, ground, inside },
    later: (message) => inside((tx) => sendLater(tx, workspaceId, message)),
    async work(mine = ground) {
      await followFacts(world.database, workspaceId, { at: Date.now() });
      await sendMessages(mine, workspaceId);
    },
    async room(kind, sends = {}) {
      const id = newId();
      const content = { digest: 'never', minutes: false, announcements: false, breaches: false, ...sends };
      const { address } = kind === 'slack' ? slack : teams;
      await inside((tx) =>
        sql`INSERT INTO chat_rooms (workspace_id, id, kind, name, address_sealed, sends, made_by)
          VALUES (${workspaceId}::uuid, ${id}::uuid, ${kind}, ${kind}, ${sealing.seal(address, `room ${id}`)}, ${JSON.stringify(content)}::jsonb, ${company.get('Lea').memberId}::uuid)`.execute(
          tx,
        ),
      );
      return id;
    },
    async close() {
      await Promise.all([world.close(), mailbox.close(), slack.close(), teams.close()]);
    },
  };
}
