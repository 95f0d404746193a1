/** Meetings by mail: invitations that calendars understand, and minutes to everybody who was there or expected. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import ical from 'ical.js';
import { sql } from 'kysely';
import type { ParsedMail } from 'mailparser';
import { openSending, publicUrl, type Sending } from '#tests/support/sending.ts';

let s: Sending;
before(async () => {
  s = await openSending();
});
after(() => s.close());
beforeEach(() => {
  s.mailbox.mails.length = s.slack.bodies.length = 0;
});

async function ask(name: string, method: string, path: string, body: unknown, expected: number) {
  const answer = await s.world.ask(s.company.get(name), method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.body === '' ? null : answer.json();
}
const startsAt = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 86_400_000).toISOString();
const memberIds = () => ['Mara', 'Sam', 'Lea'].map((name) => s.company.get(name).memberId);
const call = async (more: object = {}): Promise<string> =>
  (
    await ask(
      'Lea',
      'POST',
      '/meetings',
      {
        title: 'Weekly; “both”, sides',
        startsAt,
        minutes: 45,
        location: 'Room 1, or by video',
        attendees: { memberIds: memberIds() },
        ...more,
      },
      201,
    )
  ).id;
const receivers = (): string[] => s.mailbox.mails.map(({ recipients }) => recipients[0]!.split('.')[0]!).toSorted();

/** The calendar part as another program reads it. */
function eventIn(mail: ParsedMail & { source: string }): { method: string; event: ical.Event; component: ical.Component } {
  const part =
    mail.attachments.find(({ contentType }) => contentType === 'text/calendar') ??
    mail.attachments.find(({ filename }) => filename === 'meeting.ics');
  assert.ok(part, 'a calendar part');
  const calendar = new ical.Component(ical.parse(part.content.toString('utf8')));
  const component = calendar.getFirstSubcomponent('vevent')!;
  return { method: String(calendar.getFirstPropertyValue('method')), event: new ical.Event(component), component };
}

test('an invitation puts the meeting into calendars; moving changes it there, cancelling takes it out', async () => {
  const id = await call();
  await s.work();
  assert.deepEqual(receivers(), ['lea', 'mara', 'sam']);
  const toSam = s.mailbox.mails.find(({ recipients }) => recipients[0]!.startsWith('sam'))!;
  assert.match(toSam.source, /Content-Type: text\/calendar;[^]*?method=REQUEST/i);
  const { method, event, component } = eventIn(toSam);
  assert.deepEqual(
    [method, event.uid, event.summary, event.location],
    ['REQUEST', `${id}@accord`, 'Weekly; “both”, sides', 'Room 1, or by video'],
  );
  assert.equal(event.startDate.toJSDate().toISOString(), startsAt);
  assert.equal(event.duration.toSeconds(), 45 * 60);
  assert.equal(event.organizer, 'mailto:accord@northwind.example');
  assert.deepEqual([event.attendees.length, event.attendees[0]!.getFirstParameter('cn')], [1, 'Sam']);
  assert.equal(component.getFirstPropertyValue('url'), `${publicUrl}/meetings/${id}`);
  assert.equal(new Set(s.mailbox.mails.map(({ messageId }) => messageId)).size, 3);

  s.mailbox.mails.length = 0;
  const later = new Date(Date.parse(startsAt) + 7_200_000).toISOString();
  await ask('Lea', 'PATCH', `/meetings/${id}`, { startsAt: later }, 200);
  await s.work();
  const moved = eventIn(s.mailbox.mails.find(({ recipients }) => recipients[0]!.startsWith('sam'))!);
  assert.deepEqual([moved.method, moved.event.uid, moved.event.startDate.toJSDate().toISOString()], ['REQUEST', `${id}@accord`, later]);
  assert.ok(moved.event.sequence > event.sequence);
  assert.equal(s.mailbox.mails[0]!.inReplyTo, toSam.inReplyTo, 'they stand together');

  s.mailbox.mails.length = 0;
  await ask('Lea', 'POST', `/meetings/${id}/cancellation`, { because: 'Nobody can.' }, 200);
  await s.work();
  assert.deepEqual(receivers(), ['lea', 'mara', 'sam']);
  const cancelled = eventIn(s.mailbox.mails[0]!);
  assert.deepEqual(
    [cancelled.method, cancelled.component.getFirstPropertyValue('status'), cancelled.event.uid],
    ['CANCEL', 'CANCELLED', `${id}@accord`],
  );
  assert.ok(s.mailbox.mails[0]!.text?.includes('Nobody can.'));

  s.mailbox.mails.length = 0;
  await ask('Lea', 'POST', `/meetings/${id}/restoration`, {}, 200);
  await ask('Lea', 'PATCH', `/meetings/${id}`, { remove: [s.company.get('Mara').memberId] }, 200);
  await s.work();
  const of = (name: string): string[] =>
    s.mailbox.mails.filter(({ recipients }) => recipients[0]!.startsWith(name)).map((mail) => eventIn(mail).method);
  assert.deepEqual([of('sam'), of('mara').at(-1)], [['REQUEST'], 'CANCEL']);
});

test('minutes go to everybody expected, once, and into the rooms that take them; who ended such mails gets none', async () => {
  const room = await s.room('slack', { minutes: true });
  const id = await call({ startsAt: new Date().toISOString() });
  await ask('Lea', 'POST', `/meetings/${id}/opening`, {}, 200);
  await ask(
    'Lea',
    'POST',
    `/meetings/${id}/actions`,
    { title: 'Call <b>Globex</b>', ownerId: s.company.get('Sam').memberId, dueOn: '2030-01-07' },
    201,
  );
  await ask('Lea', 'POST', `/meetings/${id}/decisions`, { kind: 'logged', text: 'We raise the threshold.' }, 201);
  await ask('Lea', 'POST', `/meetings/${id}/closing`, {}, 200);
  await s.inside((tx) =>
    sql`UPDATE notification_choices SET content = content || '{"kinds": {"meeting": {"app": true, "mail": "never", "chat": false}}}'
      WHERE member_id = ${s.company.get('Mara').memberId}::uuid`.execute(tx),
  );
  await s.work();
  await s.work();
  const minutes = s.mailbox.mails.filter(({ subject }) => subject?.startsWith('Minutes: '));
  assert.deepEqual(minutes.map(({ recipients }) => recipients[0]!.split('.')[0]).toSorted(), ['lea', 'sam']);
  for (const { text = '', html } of minutes) {
    assert.ok(text.includes('Call <b>Globex</b>') && text.includes('Sam, by 7 Jan 2030') && text.includes('We raise the threshold.'));
    assert.ok(String(html).includes('Call &lt;b&gt;Globex&lt;/b&gt;'));
    assert.ok(text.includes(`${publicUrl}/meetings/${id}`) && text.includes('Unsubscribe: '));
  }
  assert.deepEqual([s.slack.bodies.length, s.slack.complaints], [1, []]);
  assert.ok(s.slack.bodies[0]!.includes('We raise the threshold.') && !s.slack.bodies[0]!.includes('Unsubscribe'), room);
});
