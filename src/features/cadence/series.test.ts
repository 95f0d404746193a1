/** Series and their meetings: made ahead, moved off holidays, changed, ended; and the calendar that other programs read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import type { MeetingDetail, MeetingItem } from '#features/cadence/contract/meetings.ts';
import type { Series } from '#features/cadence/contract/series.ts';
import { inside, openWorld, type World } from '#tests/security/world.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { tickWorkspace } from './actions/tick.ts';

let world: World;
let company: ManyColleagues;
let [mara, sam, hal, vic]: Colleague[] = [] as never;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(
    world,
    [
      { name: 'Mara', side: 'marketing' },
      { name: 'Sam', side: 'sales' },
      { name: 'Hal', side: 'sales', role: 'manager' },
      { name: 'Vic', side: 'sales', role: 'viewer' },
    ],
    { timeZone: 'Europe/Berlin' },
  );
  [mara, sam, hal, vic] = ['Mara', 'Sam', 'Hal', 'Vic'].map((name) => company.get(name));
});
after(() => world.close());

async function ask<T = Record<string, unknown>>(
  who: Colleague | undefined,
  method: string,
  path: string,
  body?: unknown,
  expected?: number,
): Promise<T> {
  const answer = await world.ask(who, method, path, body);
  if (expected === undefined) assert.ok(answer.statusCode < 300, `${method} ${path}: ${answer.body}`);
  else assert.equal(answer.statusCode, expected, `${method} ${path}: ${answer.body}`);
  return answer.body === '' ? (null as T) : answer.json();
}
const draft = (more: object = {}) => ({
  name: 'Weekly',
  purpose: 'weekly',
  times: { recurrence: { every: 'week', weekday: 'tue' }, startsOn: '2026-01-01', at: '10:00', onDayOff: 'nextWorkingDay' },
  minutes: 45,
  attendees: { sides: ['marketing', 'sales'] },
  ...more,
});
const meetingsOf = async (id: string, view = 'upcoming'): Promise<MeetingItem[]> =>
  (await ask<{ items: MeetingItem[] }>(mara, 'GET', `/meetings?view=${view}&seriesId=${id}`)).items;
const wall = (instant: string): Temporal.ZonedDateTime => Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Berlin');
const everyWeek = { every: 'week', weekday: 'tue' };

test('a series makes its meetings six weeks ahead, at its wall time, for whoever is of its sides', async () => {
  const made = await ask<Series>(hal, 'POST', '/meeting-series', draft(), 201);
  assert.deepEqual([made.says, made.people, made.timeZone], ['Every Tuesday at 10:00 (Europe/Berlin), 45 minutes.', 3, 'Europe/Berlin']);
  const meetings = await meetingsOf(made.id);
  assert.ok(meetings.length === 6 || meetings.length === 7, String(meetings.length));
  for (const { startsAt, expected } of meetings) {
    assert.deepEqual([wall(startsAt).dayOfWeek, wall(startsAt).hour, wall(startsAt).minute, expected], [2, 10, 0, 3]);
    assert.ok(Date.parse(startsAt) < Date.now() + 44 * 86_400_000);
  }
  // The days go on, and nothing is made twice.
  await tickWorkspace(world.database, company.workspaceId);
  assert.equal((await meetingsOf(made.id)).length, meetings.length);
  // One invitation, however many meetings.
  const facts = await inside<{ kind: string; n: number }>(
    world,
    company.workspaceId,
    `SELECT kind, count(*)::int AS n FROM accord.facts WHERE subject_kind = 'meeting' GROUP BY kind ORDER BY kind`,
  );
  assert.deepEqual(facts, [
    { kind: 'meeting.invited', n: 1 },
    { kind: 'meeting.planned', n: meetings.length - 1 },
  ]);
});

test('a holiday moves a meeting to the next working day, and a preview says so before anything is kept', async () => {
  const next = wall(new Date().toISOString()).toPlainDate().add({ days: 8 });
  const holiday = next.add({ days: (9 - next.dayOfWeek) % 7 });
  assert.equal(holiday.dayOfWeek, 2);
  const working = [['09:00', '17:00']];
  await ask(hal, 'POST', '/calendars', {
    ...{ name: 'Berlin', timeZone: 'Europe/Berlin', isDefault: true },
    weekly: { mon: working, tue: working, wed: working, thu: working, fri: working },
    holidays: [{ on: holiday.toString(), name: 'A holiday' }],
  });
  const preview = await ask<{ items: { ruleDay: string; startsAt: string; moved: boolean }[] }>(
    hal,
    'POST',
    '/meeting-series/preview',
    draft(),
  );
  const moved = preview.items.find(({ ruleDay }) => ruleDay === holiday.toString())!;
  assert.deepEqual([moved.moved, wall(moved.startsAt).toPlainDate().toString()], [true, holiday.add({ days: 1 }).toString()]);
  const skipping = await ask<Series>(hal, 'POST', '/meeting-series', draft({ times: { ...draft().times, onDayOff: 'skip' } }), 201);
  const days = (await meetingsOf(skipping.id)).map(({ startsAt }) => wall(startsAt).toPlainDate().toString());
  assert.ok(days.length >= 5 && !days.includes(holiday.toString()) && !days.includes(holiday.add({ days: 1 }).toString()), days.join());
});

test('a changed series brings what is planned along; what it no longer names is cancelled; ended, all is', async () => {
  const made = await ask<Series>(hal, 'POST', '/meeting-series', draft({ name: 'Changing' }), 201);
  const before = await meetingsOf(made.id);
  assert.match(
    (await ask<{ detail: string }>(sam, 'PUT', `/meeting-series/${made.id}`, draft(), 403)).detail,
    /does not include meetings.series/,
  );
  await ask(hal, 'PUT', `/meeting-series/${made.id}`, draft({ after: 7 }), 409);
  const changed = draft({
    name: 'Changed',
    minutes: 30,
    times: { ...draft().times, at: '09:00' },
    attendees: { sides: ['sales'] },
    after: 1,
  });
  assert.equal((await ask<Series>(hal, 'PUT', `/meeting-series/${made.id}`, changed)).number, 2);
  const after = await meetingsOf(made.id);
  assert.deepEqual(
    after.map(({ id, title, minutes, expected, startsAt }) => [id, title, minutes, expected, wall(startsAt).hour]),
    before.map(({ id }) => [id, 'Changed', 30, 2, 9]),
  );
  await ask(hal, 'PUT', `/meeting-series/${made.id}`, draft({ times: { ...draft().times, recurrence: { ...everyWeek, weekday: 'wed' } } }));
  const wednesdays = await meetingsOf(made.id);
  assert.ok(wednesdays.every(({ startsAt }) => wall(startsAt).dayOfWeek === 3));
  const cancelled = (await meetingsOf(made.id, 'all')).filter(({ status }) => status === 'cancelled');
  assert.deepEqual(cancelled.map(({ id }) => id).sort(), before.map(({ id }) => id).sort());
  await ask(hal, 'POST', `/meeting-series/${made.id}/ending`, {});
  assert.deepEqual(await meetingsOf(made.id), []);
  assert.ok((await ask<Series>(hal, 'GET', `/meeting-series/${made.id}`)).endedAt);
  await ask(hal, 'POST', `/meeting-series/${made.id}/resumption`, {});
  assert.equal((await meetingsOf(made.id)).length, wednesdays.length);
});

test('a meeting is moved and cancelled by a head or by who called it, and whoever looks on is told why not', async () => {
  const startsAt = new Date(Date.now() + 86_400_000).toISOString();
  const called = await ask<MeetingDetail>(
    mara,
    'POST',
    '/meetings',
    { title: 'Fair', startsAt, attendees: { memberIds: [sam!.memberId] } },
    201,
  );
  const path = `/meetings/${called.id}`;
  assert.deepEqual([called.expected, called.mine, called.can.move], [1, false, null]);
  assert.equal((await ask<MeetingDetail>(sam, 'GET', path)).can.cancel, 'A head does this, or whoever called the meeting.');
  assert.equal((await ask<MeetingDetail>(vic, 'GET', path)).can.open, 'Those who look on don’t take part.');
  await ask(sam, 'PATCH', path, { minutes: 60 }, 403);
  const later = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const moved = await ask<MeetingDetail>(mara, 'PATCH', path, { startsAt: later, add: [hal!.memberId], sequence: 0 });
  assert.deepEqual([moved.sequence, Date.parse(moved.startsAt), moved.expected], [1, Date.parse(later), 2]);
  await ask(mara, 'PATCH', path, { minutes: 50, sequence: 0 }, 409);
  await ask(mara, 'PATCH', path, { startsAt: '2026-01-01T10:00:00Z' }, 400);
  assert.equal((await ask<MeetingDetail>(hal, 'POST', `${path}/cancellation`, { because: 'No news.' })).cancelledBecause, 'No news.');
  await ask(hal, 'POST', `${path}/opening`, {}, 409);
  assert.equal((await ask<MeetingDetail>(mara, 'POST', `${path}/restoration`, {})).status, 'planned');
  assert.ok((await ask<{ meetings: MeetingItem[] }>(sam, 'GET', '/meetings/today')).meetings.some(({ id }) => id === called.id));
});

test('who is on leave or in another meeting at the time is told beside their name', async () => {
  const at = Date.now() + 20 * 86_400_000;
  const call = (title: string, minutesLater: number, who: (Colleague | undefined)[]) =>
    ask<MeetingDetail>(
      mara,
      'POST',
      '/meetings',
      {
        title,
        startsAt: new Date(at + minutesLater * 60_000).toISOString(),
        minutes: 30,
        attendees: { memberIds: who.map((each) => each!.memberId) },
      },
      201,
    );
  const fair = await call('Stand', 0, [sam, hal]);
  const beside = await call('Prices', 20, [sam]);
  await call('Right after', 30, [hal]);
  const endsAt = new Date(at + 3 * 86_400_000).toISOString();
  const leave = { memberId: hal!.memberId, startsAt: new Date(at - 86_400_000).toISOString(), endsAt, reason: 'Leave' };
  const { id: leaveId } = await ask<{ id: string }>(hal, 'POST', '/absences', leave, 201);
  const hindrances = async (id: string) =>
    Object.fromEntries(
      (await ask<MeetingDetail>(sam, 'GET', `/meetings/${id}`)).attendees.map(({ member, hindrance }) => [
        member.name,
        hindrance && { ...hindrance, awayUntil: hindrance.awayUntil && Date.parse(hindrance.awayUntil) },
      ]),
    );
  assert.deepEqual(await hindrances(fair.id), {
    Hal: { awayUntil: Date.parse(endsAt), alsoIn: null },
    Sam: { awayUntil: null, alsoIn: { id: beside.id, title: 'Prices' } },
  });
  assert.deepEqual(await hindrances(beside.id), { Sam: { awayUntil: null, alsoIn: { id: fair.id, title: 'Stand' } } });
  await ask(hal, 'DELETE', `/absences/${leaveId}`);
  await ask(mara, 'POST', `/meetings/${beside.id}/cancellation`, { because: 'Later.' });
  assert.deepEqual(await hindrances(fair.id), { Hal: null, Sam: null });
});

test('the calendar is read by another program as it was meant; of its secret only a hash is kept, and revoked it opens nothing', async () => {
  const startsAt = new Date(Math.floor(Date.now() / 1000) * 1000 + 3 * 86_400_000).toISOString();
  const title = 'Prices; discounts, and a very long title that no line of seventy-five octets holds: Größe \\ Menge';
  const { id } = await ask<MeetingDetail>(
    hal,
    'POST',
    '/meetings',
    { title, startsAt, minutes: 50, location: 'Room 1, 2nd floor', attendees: { memberIds: [vic!.memberId] } },
    201,
  );
  await ask(hal, 'POST', `/meetings/${id}/items`, { sentence: 'What a line costs, and why' });
  const { url } = await ask<{ url: string }>(vic, 'POST', '/meetings/calendar', {}, 201);
  const read = async (address: string) => world.server.inject({ method: 'GET', url: new URL(address).pathname });
  const answer = await read(url);
  assert.match(String(answer.headers['content-type']), /^text\/calendar/);
  const event = () => new ICAL.Component(ICAL.parse(answer.body)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
  const [found, ...others] = event();
  assert.deepEqual(others, []);
  assert.deepEqual(
    [
      found!.summary,
      found!.location,
      found!.startDate.toJSDate().toISOString(),
      found!.endDate.toJSDate().getTime() - Date.parse(startsAt),
    ],
    [title, 'Room 1, 2nd floor', startsAt, 50 * 60_000],
  );
  assert.match(found!.description, /^1\. What a line costs, and why \(5 min\)\n\nhttp/);
  assert.ok(answer.body.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  // A moved meeting keeps its name and gets a higher sequence; a cancelled one says so.
  await ask(hal, 'POST', `/meetings/${id}/cancellation`, {});
  const after = new ICAL.Component(ICAL.parse((await read(url)).body)).getFirstSubcomponent('vevent')!;
  assert.deepEqual(
    [after.getFirstPropertyValue('uid'), after.getFirstPropertyValue('sequence'), after.getFirstPropertyValue('status')],
    [found!.uid, 1, 'CANCELLED'],
  );
  assert.ok((await ask<{ readAt: string }>(vic, 'GET', '/meetings/calendar')).readAt);
  // Nowhere in the database does the secret stand.
  const secret = new URL(url).pathname.slice('/calendar/'.length, -'.ics'.length);
  for (const table of ['gate_tokens', 'calendar_feeds', 'facts', 'idempotency_keys'])
    assert.ok(!JSON.stringify(await inside(world, company.workspaceId, `SELECT * FROM accord.${table}`)).includes(secret), table);
  // Renewed, the one before opens nothing; revoked, none does; of somebody who has left neither.
  const renewed = await ask<{ url: string }>(vic, 'POST', '/meetings/calendar', {}, 201);
  assert.deepEqual([(await read(url)).statusCode, (await read(renewed.url)).statusCode], [404, 200]);
  await inside(world, company.workspaceId, 'UPDATE accord.members SET active = false WHERE id = $1', [vic!.memberId]);
  assert.equal((await read(renewed.url)).statusCode, 404);
  await inside(world, company.workspaceId, 'UPDATE accord.members SET active = true WHERE id = $1', [vic!.memberId]);
  await ask(vic, 'DELETE', '/meetings/calendar');
  assert.equal((await read(renewed.url)).statusCode, 404);
  assert.deepEqual(await ask(vic, 'GET', '/meetings/calendar'), { madeAt: null, readAt: null });
});
