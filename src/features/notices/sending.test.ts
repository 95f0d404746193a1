/** What leaves the house: once, again after a failure, given up after a day, and told honestly where nobody knows. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import { everything, hostile } from '#tests/support/messages.ts';
import { openSending, publicUrl, type Sending } from '#tests/support/sending.ts';
import type { NewMessage } from './contract/deliver.ts';
import { sendMessages } from './actions/send-messages.ts';

let s: Sending;
let mara: string;
before(async () => {
  s = await openSending();
  mara = s.company.get('Mara').memberId;
});
after(() => s.close());
beforeEach(async () => {
  s.mailbox.mails.length = s.slack.bodies.length = s.teams.bodies.length = 0;
  s.mailbox.refuseWith(null);
  s.slack.answerWith(null);
  s.teams.answerWith(null);
  await s.inside((tx) => sql`DELETE FROM messages_out`.execute(tx));
});

const mail = (more: Partial<NewMessage> = {}): NewMessage =>
  ({
    channel: 'mail',
    kind: 'notification',
    memberId: mara,
    onceKey: newId(),
    content: { message: everything(), ends: 'digest' },
    ...more,
  }) as NewMessage;
interface Row {
  tries: number;
  sentAt: string | null;
  givenUpAt: string | null;
  failedBecause: string | null;
  maybeTwice: boolean;
  minutesToNext: number;
}
const rowOf = async (id: string | null): Promise<Row> => {
  const { rows } = await s.inside((tx) =>
    sql<Row>`SELECT tries, sent_at AS "sentAt", given_up_at AS "givenUpAt", failed_because AS "failedBecause", maybe_twice AS "maybeTwice",
      extract(epoch FROM next_at - now())::float8 / 60 AS "minutesToNext" FROM messages_out WHERE id = ${id}::uuid`.execute(tx),
  );
  return rows[0]!;
};
const isDueAgain = (id: string | null): Promise<unknown> =>
  s.inside((tx) => sql`UPDATE messages_out SET next_at = now() WHERE id = ${id}::uuid`.execute(tx));
const send = (ground = s.ground): Promise<void> => sendMessages(ground, s.company.workspaceId);

test('a mail arrives in two parts, with all that mail programs ask of one that a machine wrote', async () => {
  const id = await s.later(mail({ content: { message: everything(hostile), ends: 'digest' } }));
  await send();
  const [received] = s.mailbox.mails;
  assert.ok(received);
  assert.match(received.recipients.join(), /^mara\..*@northwind\.example$/);
  assert.equal(received.messageId, `<message.${id}@northwind.example>`);
  assert.equal(received.headers.get('auto-submitted'), 'auto-generated');
  assert.equal(received.from?.text, '"Accord" <accord@northwind.example>');
  const list = received.headers.get('list') as unknown as { unsubscribe: { url: string } };
  assert.ok(list.unsubscribe.url.startsWith(`${publicUrl}/n/unsubscribe/`));
  assert.equal(
    received.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  for (const words of ['Two leads of yours wait since Monday.', 'Late: Call', '12 of 30', `${publicUrl}/inbox`])
    assert.ok(received.text?.includes(words), words);
  assert.ok(received.text?.includes('########............ New customers'));
  const html = String(received.html);
  assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;') && !html.includes('<img'));
  assert.ok(
    !/<script|<svg|javascript:(?![^"]*<)|src=|url\(/i.test(html.replaceAll(/&lt;.*?&gt;/g, '').replaceAll('[x](javascript:alert(1))', '')),
  );
  assert.equal((await rowOf(id)).failedBecause, null);
  // Below what Gmail shows of a message before it cuts it.
  assert.ok(Buffer.byteLength(html) < 102_000);
});

test('the same message to the same person goes out once', async () => {
  assert.notEqual(await s.later(mail({ onceKey: 'digest 2026-03-02' })), null);
  assert.equal(await s.later(mail({ onceKey: 'digest 2026-03-02' })), null);
  assert.notEqual(await s.later(mail({ onceKey: 'digest 2026-03-02', memberId: s.company.get('Sam').memberId })), null);
  await send();
  await send();
  assert.equal(s.mailbox.mails.length, 2);
});

test('four senders at once send each of forty messages once', async () => {
  for (let each = 0; each < 40; each++) await s.later(mail());
  await Promise.all([send(), send(), send(), send()]);
  assert.equal(s.mailbox.mails.length, 40);
  assert.equal(new Set(s.mailbox.mails.map(({ messageId }) => messageId)).size, 40);
});

test('what has to wait for its time doesn’t leave before', async () => {
  const id = await s.later(mail({ notBefore: new Date(Date.now() + 3_600_000).toISOString() }));
  await send();
  assert.equal(s.mailbox.mails.length, 0);
  await isDueAgain(id);
  await send();
  assert.equal(s.mailbox.mails.length, 1);
});

test('a server that says “later” is asked again with growing pauses, and given up after a day', async () => {
  const id = await s.later(mail());
  s.mailbox.refuseWith(451);
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) {
    await isDueAgain(id);
    await send();
    pauses.push(Math.round((await rowOf(id)).minutesToNext));
  }
  assert.deepEqual(pauses, [1, 2, 4, 8]);
  assert.equal((await rowOf(id)).failedBecause, 'The mail server put it off (451).');
  await s.inside((tx) => sql`UPDATE messages_out SET first_tried_at = now() - interval '25 hours' WHERE id = ${id}::uuid`.execute(tx));
  await isDueAgain(id);
  await send();
  assert.notEqual((await rowOf(id)).givenUpAt, null);
  assert.deepEqual(await givenUpFacts(id), ['The mail server put it off (451).']);
  s.mailbox.refuseWith(null);
  await isDueAgain(id);
  await send();
  assert.equal(s.mailbox.mails.length, 0);
});

const givenUpFacts = async (id: string | null): Promise<string[]> => {
  const { rows } = await s.inside((tx) =>
    sql<{
      because: string;
    }>`SELECT body->>'because' AS because FROM facts WHERE kind = 'message.givenUp' AND subject_id = ${id}::uuid`.execute(tx),
  );
  return rows.map(({ because }) => because);
};

test('what the server refuses for good is not tried again, and those who keep the workspace see it', async () => {
  const id = await s.later(mail());
  s.mailbox.refuseWith(550);
  await send();
  assert.equal((await rowOf(id)).failedBecause, 'The mail server refused it (550).');
  assert.deepEqual(await givenUpFacts(id), ['The mail server refused it (550).']);
  const seen = (await s.world.ask(s.company.get('Lea'), 'GET', '/notices/deliveries')).json();
  assert.deepEqual(
    seen.items.map((item: { id: string; to: string; state: string }) => [item.id, item.to, item.state]),
    [[id, 'Mara', 'givenUp']],
  );
  assert.equal((await s.world.ask(s.company.get('Hal'), 'GET', '/notices/deliveries')).statusCode, 403);
  s.mailbox.refuseWith(null);
  await s.work();
  const told = async (name: string): Promise<string[]> =>
    (await s.world.ask(s.company.get(name), 'GET', '/notifications?kind=delivery'))
      .json()
      .items.flatMap((item: { title: string; each: { title: string }[] }) => [item.title, ...item.each.map(({ title }) => title)]);
  assert.ok((await told('Lea')).includes('A message to Mara did not arrive: The mail server refused it (550).'), String(await told('Lea')));
  assert.deepEqual(await told('Hal'), []);
});

test('a sender that stops between sending and writing it down sends it again, by the same name, and says so', async () => {
  const id = await s.later(mail());
  const { mailer } = s.ground;
  let handedOver = (): void => {};
  const handed = new Promise<void>((resolve) => (handedOver = resolve));
  // It hands the mail over and is never heard of again.
  const dying = {
    ...s.ground,
    mailer: {
      ...mailer,
      send: (letter: Parameters<typeof mailer.send>[0]) =>
        mailer
          .send(letter)
          .then(handedOver)
          .then(() => new Promise<void>(() => {})),
    },
  };
  void send(dying);
  await handed;
  await send();
  assert.equal(s.mailbox.mails.length, 1, 'nobody else takes it as long as it may still be sent');
  await isDueAgain(id);
  await send();
  assert.equal(s.mailbox.mails.length, 2);
  assert.equal(new Set(s.mailbox.mails.map(({ messageId }) => messageId)).size, 1);
  const { maybeTwice, sentAt } = await rowOf(id);
  assert.ok(maybeTwice && sentAt);
  const seen = (await s.world.ask(s.company.get('Lea'), 'GET', '/notices/deliveries')).json();
  assert.deepEqual([seen.items[0].id, seen.items[0].maybeTwice, seen.items[0].state], [id, true, 'sent']);
});

test('without a mail server mails are given up at once, and rooms get theirs all the same', async () => {
  const id = await s.later(mail());
  const roomId = await s.room('slack');
  await s.later({ channel: 'slack', kind: 'digest', roomId, onceKey: newId(), content: { message: everything() } });
  await send({ ...s.ground, mailer: { ...s.ground.mailer, configured: false } });
  assert.equal((await rowOf(id)).failedBecause, 'No mail server is set (SMTP_URL).');
  assert.equal(s.slack.bodies.length, 1);
});

test('rooms of Slack and Teams take our messages; those of one room go a second apart', async () => {
  const [slackRoom, teamsRoom] = [await s.room('slack'), await s.room('teams')];
  const to = (channel: 'slack' | 'teams', roomId: string): NewMessage => ({
    channel,
    kind: 'digest',
    roomId,
    onceKey: newId(),
    content: { message: everything(hostile) },
  });
  await s.later(to('slack', slackRoom));
  await s.later(to('slack', slackRoom));
  await s.later(to('teams', teamsRoom));
  const began = Date.now();
  await send();
  assert.deepEqual([s.slack.bodies.length, s.teams.bodies.length], [2, 1]);
  assert.deepEqual([s.slack.complaints, s.teams.complaints], [[], []]);
  assert.ok(Date.now() - began >= 1_000);
});

test('a room that asks for time has it; one that is gone, leads elsewhere or refuses is given up', async () => {
  const roomId = await s.room('teams');
  const tell = async (status: number, text = '', headers: Record<string, string> = {}): Promise<Row> => {
    s.teams.answerWith({ status, text, headers });
    const id = await s.later({ channel: 'teams', kind: 'digest', roomId, onceKey: newId(), content: { message: everything() } });
    await isDueAgain(id);
    await send();
    return rowOf(id);
  };
  const busy = await tell(429, '', { 'retry-after': '600' });
  assert.deepEqual([busy.givenUpAt, Math.round(busy.minutesToNext)], [null, 10]);
  const old = await tell(
    200,
    'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId',
  );
  assert.match(old.failedBecause ?? '', /429/);
  assert.equal((await tell(503)).givenUpAt, null);
  assert.equal((await tell(404, 'no_service')).failedBecause, 'The room’s server refused it (no_service).');
  const led = await tell(302, '', { location: 'http://169.254.169.254/latest/meta-data' });
  assert.ok(led.givenUpAt);
  assert.equal(led.failedBecause, 'The address leads elsewhere (302), which is not followed.');
});

test('somebody who left gets nothing any more', async () => {
  const id = await s.later(mail({ memberId: s.company.get('Vic').memberId }));
  await s.inside((tx) => sql`UPDATE members SET active = false WHERE id = ${s.company.get('Vic').memberId}::uuid`.execute(tx));
  await send();
  assert.equal(s.mailbox.mails.length, 0);
  assert.equal((await rowOf(id)).failedBecause, 'This person is no longer here, or has no address.');
});
