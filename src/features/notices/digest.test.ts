/** Digests: when they come, that each holds what is its reader’s and nothing of others, and that one click ends them. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import { openSending, type Sending } from '#tests/support/sending.ts';
import { sendMessages } from './actions/send-messages.ts';
import { unsubscribeToken } from './actions/unsubscribe-token.ts';
import { writeDigestsOf } from './actions/write-digests.ts';
import type { OwnDigest } from './contract/digest.ts';

let s: Sending;
const names = ['Mara', 'Sam', 'Hal', 'Lea', 'Vic'] as const;
/** A Monday to come, at eight in UTC, where the company is. */
const monday = (() => {
  const today = Temporal.Now.plainDateISO('UTC');
  return today.add({ days: 8 - today.dayOfWeek });
})();
const at = (day: Temporal.PlainDate, time: string): number =>
  day.toZonedDateTime({ timeZone: 'UTC', plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
const idOf = (name: string): string => s.company.get(name).memberId;
const canary = (name: string, what: string): string => `canary-${what}-of-${name}`;

before(async () => {
  s = await openSending();
  await s.inside(async (tx) => {
    for (const name of names) {
      await sql`INSERT INTO actions (workspace_id, id, title, owner_id, due_on, first_due_on, made_by)
        VALUES (${s.company.workspaceId}, ${newId()}, ${canary(name, 'action')}, ${idOf(name)}, ${monday.toString()}, ${monday.toString()}, ${idOf('Lea')})`.execute(
        tx,
      );
      await sql`INSERT INTO notifications (workspace_id, id, member_id, kind, matter, once_key, title, opens, by_mail, by_chat, in_app)
        VALUES (${s.company.workspaceId}, ${newId()}, ${idOf(name)}, 'comment', 'comment', 'one', ${canary(name, 'notice')}, '/leads/1', 'digest', false, true)`.execute(
        tx,
      );
      const meeting = newId();
      await sql`INSERT INTO meetings (workspace_id, id, title, starts_at, minutes, purpose)
        VALUES (${s.company.workspaceId}, ${meeting}, ${canary(name, 'meeting')}, ${new Date(at(monday, '15:00')).toISOString()}, 30, 'own')`.execute(
        tx,
      );
      await sql`INSERT INTO meeting_attendees (workspace_id, meeting_id, member_id) VALUES (${s.company.workspaceId}, ${meeting}, ${idOf(name)})`.execute(
        tx,
      );
    }
  });
});
after(() => s.close());
beforeEach(() => {
  s.mailbox.mails.length = s.slack.bodies.length = 0;
});

const write = async (now: number): Promise<void> => {
  await writeDigestsOf(s.ground, s.company.workspaceId, now);
  await sendMessages(s.ground, s.company.workspaceId);
};
const toName = (name: string) => s.mailbox.mails.find(({ recipients }) => recipients[0]!.startsWith(`${name.toLowerCase()}.`));

test('on Monday at half past seven each has a digest of their own, once, with nothing that is another’s', async () => {
  await write(at(monday, '07:29'));
  assert.equal(s.mailbox.mails.length, 0);
  await write(at(monday, '07:31'));
  await write(at(monday, '07:46'));
  assert.equal(s.mailbox.mails.length, names.length);
  for (const name of names) {
    const mail = toName(name);
    assert.ok(mail, name);
    for (const what of ['action', 'notice', 'meeting'])
      assert.ok(mail.text?.includes(canary(name, what)) && String(mail.html).includes(canary(name, what)), `${name} ${what}`);
    for (const other of names.filter((each) => each !== name))
      assert.ok(!mail.source.includes(`-of-${other}`) && !mail.text?.includes(`-of-${other}`), `${other} in ${name}’s`);
  }
});

test('what a digest told is not told by the next', async () => {
  await write(at(monday.add({ days: 7 }), '07:45'));
  const text = toName('Sam')?.text ?? '';
  assert.ok(text.includes(canary('Sam', 'action')), 'an action that is still open is');
  assert.ok(!text.includes(canary('Sam', 'notice')));
});

test('who has nothing to be told of gets none, and sees so', async () => {
  await s.inside((tx) => sql`UPDATE actions SET status = 'done', closed_at = now() WHERE owner_id = ${idOf('Vic')}::uuid`.execute(tx));
  await write(at(monday.add({ days: 14 }), '07:45'));
  assert.equal(toName('Vic'), undefined);
  assert.ok(toName('Sam'));
});

test('people choose daily, weekly or never, at their time', async () => {
  const choose = async (choice: object, expected = 200) => {
    const answer = await s.world.ask(s.company.get('Mara'), 'PUT', '/notices/digest', choice);
    assert.equal(answer.statusCode, expected, answer.body);
  };
  await choose({ rhythm: 'daily', weekday: 'mon', at: '11:00' });
  await choose({ rhythm: 'hourly', weekday: 'mon', at: '11:00' }, 400);
  const wednesday = monday.add({ days: 23 });
  await write(at(wednesday, '10:59'));
  assert.equal(s.mailbox.mails.length, 0);
  await write(at(wednesday, '11:05'));
  assert.deepEqual([s.mailbox.mails.length, toName('Mara')?.subject?.startsWith('Your day, ')], [1, true]);
  const saturday = monday.add({ days: 26 });
  await write(at(saturday, '11:05'));
  assert.equal(s.mailbox.mails.length, 1, 'none on a day without work');
  const own = (await s.world.ask(s.company.get('Mara'), 'GET', '/notices/digest')).json() as OwnDigest;
  assert.deepEqual([own.choice.rhythm, own.timeZone, own.nextAt?.slice(11, 16)], ['daily', 'UTC', '11:00']);
  assert.ok(own.message === null || own.message.title.startsWith('Your day, '));
});

test('in quiet hours a digest waits until they are over', async () => {
  await s.inside((tx) =>
    sql`UPDATE notification_choices SET content = content || '{"quietHours": {"from": "19:00", "until": "09:00", "freeDays": true}}' WHERE member_id = ${idOf('Hal')}::uuid`.execute(
      tx,
    ),
  );
  const day = monday.add({ days: 28 });
  await writeDigestsOf(s.ground, s.company.workspaceId, at(day, '07:45'));
  const { rows } = await s.inside((tx) =>
    sql<{
      nextAt: string;
    }>`SELECT next_at AS "nextAt" FROM messages_out WHERE member_id = ${idOf('Hal')}::uuid AND once_key LIKE ${`%digest ${day.toString()}`}`.execute(
      tx,
    ),
  );
  assert.deepEqual(
    rows.map(({ nextAt }) => Date.parse(nextAt)),
    [at(day, '09:00')],
  );
  await s.inside((tx) => sql`DELETE FROM messages_out WHERE sent_at IS NULL`.execute(tx));
});

test('one click ends the digest without signing in; looking at the link ends nothing, and one that was changed holds nothing', async () => {
  const token = unsubscribeToken(s.ground.sealing, { workspaceId: s.company.workspaceId, memberId: idOf('Sam'), ends: 'digest' });
  const visit = (method: 'GET' | 'POST', path: string) =>
    s.world.server.inject({
      method,
      url: path,
      ...(method === 'POST'
        ? {
            payload: 'List-Unsubscribe=One-Click',
            headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example' },
          }
        : {}),
    });
  const rhythm = async (): Promise<string> =>
    ((await s.world.ask(s.company.get('Sam'), 'GET', '/notices/digest')).json() as OwnDigest).choice.rhythm;
  const looked = await visit('GET', `/n/unsubscribe/${token}`);
  assert.deepEqual([looked.statusCode, looked.body.includes('<form method="post">'), await rhythm()], [200, true, 'weekly']);
  for (const changed of [`${token.slice(0, -2)}AA`, token.slice(4), 'x', `${token}x`])
    assert.equal((await visit('POST', `/n/unsubscribe/${changed}`)).statusCode, 404);
  assert.equal(await rhythm(), 'weekly');
  await s.later({
    channel: 'mail',
    kind: 'digest',
    memberId: idOf('Sam'),
    onceKey: 'waits',
    notBefore: new Date(Date.now() + 60_000).toISOString(),
    content: { message: { title: 'T', lead: 'L', sections: [], opens: '/', opensLabel: 'O' }, ends: 'digest' },
  });
  for (let again = 0; again < 2; again++) assert.equal((await visit('POST', `/n/unsubscribe/${token}`)).statusCode, 200);
  assert.equal(await rhythm(), 'never');
  const { rows } = await s.inside((tx) =>
    sql<{ because: string }>`SELECT failed_because AS because FROM messages_out WHERE once_key LIKE '%waits'`.execute(tx),
  );
  assert.deepEqual(rows, [{ because: 'Its reader has ended such mails.' }]);
  await write(at(monday.add({ days: 35 }), '07:45'));
  assert.equal(toName('Sam'), undefined);
  assert.ok(toName('Lea'));
});

test('a link ends the kind it names and leaves what else was chosen', async () => {
  const token = unsubscribeToken(s.ground.sealing, { workspaceId: s.company.workspaceId, memberId: idOf('Lea'), ends: 'mention' });
  await s.world.server.inject({ method: 'POST', url: `/n/unsubscribe/${token}` });
  const chosen = (await s.world.ask(s.company.get('Lea'), 'GET', '/notifications/choices')).json();
  assert.deepEqual(
    [chosen.kinds.mention.mail, chosen.kinds.mention.app, chosen.kinds.announcement.mail, chosen.quietHours],
    ['never', true, 'atOnce', null],
  );
});

test('a room’s digest holds nothing that is one person’s', async () => {
  const id = await s.room('slack', { digest: 'daily' });
  await write(at(monday.add({ days: 36 }), '08:01'));
  assert.ok(s.slack.bodies.every((body) => !body.includes('canary')));
  assert.deepEqual([s.slack.complaints, typeof id], [[], 'string']);
});
