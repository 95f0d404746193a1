/** A weekly meeting from its agenda to what comes of it: everybody sees the same, decides on the spot, and what is open comes back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { MeetingDetail, Minutes } from '#features/cadence/contract/meetings.ts';
import type { ActionItem, Decision } from '#features/cadence/contract/actions.ts';
import { inside, join, type Person } from '#tests/security/world.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { clause } from '#tests/support/agreed.ts';
import { tickWorkspace } from './actions/tick.ts';

let company: Company;
let rejectionId: string;
before(async () => {
  company = await openHandingOver();
  const leadId = await company.bring('contested');
  rejectionId = (await company.latestRejection(leadId)).id;
});
after(() => company.close());

async function ask<T = MeetingDetail>(person: Person, method: string, path: string, body?: unknown, expected?: number): Promise<T> {
  const answer = await company.ask(person, method, path, body);
  const fine = expected ?? (method === 'GET' || method === 'PATCH' ? 200 : undefined);
  if (fine === undefined) assert.ok(answer.statusCode < 300, `${path}: ${answer.body}`);
  else assert.equal(answer.statusCode, fine, `${path}: ${answer.body}`);
  return answer.body === '' ? (null as T) : answer.json();
}
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const weekly = {
  name: 'Weekly smarketing',
  purpose: 'weekly',
  times: { recurrence: { every: 'week', weekday: 'tue' }, startsOn: '2026-01-01', at: '10:00' },
  minutes: 45,
  attendees: { sides: ['marketing', 'sales'] },
};

/** The next two meetings of a new series, the agenda of the first written. */
async function begin(more: object = {}): Promise<{ seriesId: string; first: MeetingDetail; second: string }> {
  const { hal } = company.people;
  const series = await ask<{ id: string }>(hal, 'POST', '/meeting-series', { ...weekly, ...more });
  const { items } = await ask<{ items: { id: string }[] }>(hal, 'GET', `/meetings?seriesId=${series.id}`);
  const first = await ask(hal, 'POST', `/meetings/${items[0]!.id}/gathering`, {});
  return { seriesId: series.id, first, second: items[1]!.id };
}

test('the meeting is run by many at once, decides on the spot, and the next agenda carries what is open', async () => {
  const { mara, milo, sam, hal, lea } = company.people;
  const { first, second } = await begin();
  const meeting = `/meetings/${first.id}`;

  // The agenda comes from the data.
  const contested = first.agenda.find(({ kind }) => kind === 'contested')!;
  assert.match(contested.sentence, /^The rejection of Ada Lind, Lind is contested and waits for a verdict\.$/);
  assert.deepEqual([contested.records[0]!.id, contested.records[0]!.missing], [rejectionId, ['marketing', 'sales']]);
  assert.equal(
    (await ask(sam, 'GET', meeting)).agenda.find(({ kind }) => kind === 'contested')!.records[0]!.whyNotRule?.includes('involved'),
    true,
  );

  // Started by one, the same for all.
  const opened = await ask(hal, 'POST', `${meeting}/opening`, {});
  assert.deepEqual([opened.status, opened.live!.currentItemId], ['live', opened.agenda[0]!.id]);
  await ask(mara, 'POST', `${meeting}/presence`, {});
  await ask(milo, 'POST', `${meeting}/step`, { itemId: contested.id, seen: opened.live!.currentItemId });
  const seen = await ask(sam, 'GET', meeting);
  assert.equal(seen.live!.currentItemId, contested.id);
  assert.deepEqual(seen.live!.here.map(({ id }) => id).sort(), [hal.memberId, mara.memberId].sort());
  const late = await ask<{ currentItemId: string }>(hal, 'POST', `${meeting}/step`, { itemId: null, seen: null }, 409);
  assert.equal(late.currentItemId, contested.id);

  // The contested lead is decided by both sides, each by its own verdict.
  const verdict = { kind: 'ruling', itemId: contested.id, rejectionId, verdict: 'overturned', reason: 'Lind is German.' };
  await ask(milo, 'POST', `${meeting}/decisions`, verdict, 201);
  assert.deepEqual((await ask(hal, 'GET', meeting)).agenda.find(({ kind }) => kind === 'contested')!.records[0]!.missing, ['sales']);
  const ruled = await ask<Decision>(hal, 'POST', `${meeting}/decisions`, verdict, 201);
  assert.deepEqual([ruled.ledTo!.kind, ruled.ledTo!.status], ['rejection', 'overturned']);
  assert.equal((await ask<{ ruling: string }>(lea, 'GET', `/rejections/${rejectionId}`)).ruling, 'overturned');

  // A clause is put before both sides, a definition drafted, a decision logged.
  const decided = await ask<Decision>(
    milo,
    'POST',
    `${meeting}/decisions`,
    {
      ...{ kind: 'contract', itemId: contested.id, text: 'First attempt within half an hour.', effectiveFrom: inDays(2) },
      clause: clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 30 }, { title: 'First attempt' }),
    },
    201,
  );
  assert.deepEqual([decided.ledTo!.kind, decided.ledTo!.status], ['agreement', 'proposed']);
  const contract = await ask<{ content: { clauses: { key: string; metric: { withinMinutes?: number } }[] } }>(
    hal,
    'GET',
    `/agreement/versions/${decided.ledTo!.id}`,
  );
  assert.deepEqual(
    contract.content.clauses.map(({ key, metric }) => [key, metric.withinMinutes ?? null]),
    [
      ['decision', 240],
      ['first-attempt', 30],
      ['quality', null],
    ],
  );
  const draft = await ask<Decision>(
    sam,
    'POST',
    `${meeting}/decisions`,
    { kind: 'definition', text: 'Look at the MQL again.', term: 'mql' },
    201,
  );
  assert.deepEqual([draft.ledTo!.name.split(',')[1], draft.ledTo!.status, draft.meeting.id], [' version 2', 'draft', first.id]);
  const logged = await ask<Decision>(sam, 'POST', `${meeting}/decisions`, { kind: 'logged', text: 'No cold calls on Fridays.' }, 201);

  // An action, notes; then it ends and the minutes say it all.
  const action = await ask<ActionItem>(
    hal,
    'POST',
    `${meeting}/actions`,
    { title: 'Call Lind back', ownerId: sam.memberId, dueOn: inDays(1), itemId: contested.id },
    201,
  );
  await ask(mara, 'PUT', `${meeting}/items/${contested.id}/notes`, { seen: 0, text: 'They stay in Berlin.' });
  const closed = await ask(milo, 'POST', `${meeting}/closing`, {});
  assert.deepEqual([closed.status, closed.live, closed.can.note === null], ['held', null, false]);
  assert.ok(closed.minutesSentAt);
  const minutes = await ask<Minutes>(mara, 'GET', `${meeting}/minutes`);
  assert.deepEqual(
    minutes.came.map(({ name }) => name),
    ['Hal', 'Mara'],
  );
  const item = minutes.items.find(({ id }) => id === contested.id)!;
  assert.deepEqual(
    [item.notes, item.decisions.length, item.actions.map(({ title, owner }) => `${owner}: ${title}`)],
    ['They stay in Berlin.', 3, ['Sam: Call Lind back']],
  );
  assert.deepEqual(minutes.decisions, ['Look at the MQL again.', 'No cold calls on Fridays.']);
  assert.match(minutes.text, /Decided: First attempt within half an hour\.\n {3}Sam by \d+ \w+ \d+: Call Lind back/);
  assert.equal(minutes.next!.id, second);
  const facts = await inside<{ kind: string; body: { memberIds: string[] } }>(
    company,
    company.workspaceId,
    `SELECT kind, body FROM accord.facts WHERE kind IN ('meeting.minutesSent', 'action.given', 'decision.logged') ORDER BY kind`,
  );
  assert.deepEqual(
    facts.map(({ kind }) => kind),
    ['action.given', ...Array(5).fill('decision.logged'), 'meeting.minutesSent'],
  );
  assert.equal(facts.at(-1)!.body.memberIds.length, 6);

  // The next agenda begins with what is open; who lets it go, closes it.
  const next = await ask(sam, 'POST', `/meetings/${second}/gathering`, {});
  assert.deepEqual([next.agenda[0]!.kind, next.agenda[0]!.records[0]!.id], ['action', action.id]);
  assert.ok(next.agenda.some(({ kind, records }) => kind === 'proposal' && records[0]!.id === decided.ledTo!.id));
  assert.ok(!next.agenda.some(({ kind }) => kind === 'contested'));
  assert.match((await ask<{ detail: string }>(mara, 'POST', `/actions/${action.id}/completion`, {}, 403)).detail, /Whoever has it/);
  const done = await ask<ActionItem>(sam, 'POST', `/actions/${action.id}/completion`, { text: 'Reached her.' }, 200);
  assert.deepEqual(
    [done.status, done.closedInTime, done.closing, done.can.finish],
    ['done', true, 'Reached her.', 'It is closed already.'],
  );
  assert.ok((await ask(sam, 'GET', `/meetings/${second}`)).agenda[0]!.gone);
  assert.ok(!(await ask(sam, 'POST', `/meetings/${second}/gathering`, {})).agenda.some(({ kind }) => kind === 'action'));

  // Who logged a decision takes it back; a verdict stands.
  assert.ok((await ask<Decision>(sam, 'POST', `/decisions/${logged.id}/withdrawal`, {})).withdrawnAt);
  assert.equal((await ask<{ detail: string }>(hal, 'POST', `/decisions/${ruled.id}/withdrawal`, {}, 409)).detail, 'A verdict stands.');
});

test('what people added, placed, dropped and gave away outlives a refresh of the agenda', async () => {
  const { mara, hal, sam } = company.people;
  await ask(sam, 'POST', '/actions', { title: 'Write to all', ownerId: sam.memberId, dueOn: inDays(3) }, 201);
  const { first } = await begin({ name: 'Refreshed' });
  const meeting = `/meetings/${first.id}`;
  const withOwn = await ask(mara, 'POST', `${meeting}/items`, { sentence: 'The fair in May', minutes: 10, opens: '/campaigns' }, 201);
  const own = withOwn.agenda.find(({ kind }) => kind === 'own')!;
  const [action, proposal] = ['action', 'proposal'].map((kind) => withOwn.agenda.find((item) => item.kind === kind)!);
  await ask(mara, 'PATCH', `${meeting}/items/${own.id}`, { place: 0 });
  await ask(mara, 'PATCH', `${meeting}/items/${action!.id}`, { ownerId: hal.memberId, minutes: 9 });
  const dropped = await ask(hal, 'PATCH', `${meeting}/items/${proposal!.id}`, { dropped: true });
  const again = await ask(hal, 'POST', `${meeting}/gathering`, {});
  assert.deepEqual(
    again.agenda.map(({ id, dropped: out, minutes }) => [id, out, minutes]),
    dropped.agenda.map(({ id, dropped: out, minutes }) => [id, out, minutes]),
  );
  assert.equal(again.agenda[0]!.id, own.id);
  assert.deepEqual([again.agenda.find(({ id }) => id === action!.id)!.owner!.name, again.agenda.at(-1)!.id], ['Hal', proposal!.id]);
  const refused = await ask<{ detail: string }>(hal, 'PATCH', `${meeting}/items/${action!.id}`, { sentence: 'Something else' }, 400);
  assert.match(refused.detail, /not reworded/);
  // A second one placed before it: everybody's places are those one sees.
  await ask(hal, 'PATCH', `${meeting}/items/${action!.id}`, { place: 0 });
  assert.deepEqual(
    (await ask(hal, 'GET', meeting)).agenda.slice(0, 2).map(({ id }) => id),
    [action!.id, own.id],
  );
});

test('two who write in the same notes lose nothing, and every version is kept', async () => {
  const { mara, sam, hal } = company.people;
  const { first } = await begin({ name: 'Notes' });
  const { agenda } = await ask(hal, 'POST', `/meetings/${first.id}/items`, { sentence: 'Prices' }, 201);
  const notes = `/meetings/${first.id}/items/${agenda.find(({ kind }) => kind === 'own')!.id}/notes`;
  const write = (person: Person, seen: number, text: string, status = 200) =>
    ask<{ version: number; text: string; merged: boolean }>(person, 'PUT', notes, { seen, text }, status);
  await write(mara, 0, 'One\nTwo\nThree');
  await write(sam, 1, 'One\nTwo, and a half\nThree');
  const merged = await write(mara, 1, 'One\nTwo\nThree\nFour');
  assert.deepEqual([merged.version, merged.merged, merged.text], [3, true, 'One\nTwo, and a half\nThree\nFour']);
  // The same sent again changes nothing.
  assert.equal((await write(mara, 1, 'One\nTwo\nThree\nFour')).version, 3);
  const refused = await write(sam, 9, 'Mine', 409);
  assert.deepEqual([refused.version, refused.text], [3, merged.text]);
  assert.equal((await ask<{ items: unknown[] }>(sam, 'GET', notes)).items.length, 3);
});

test('who can’t be in the live screen is noted by hand, and whoever looks on changes nothing', async () => {
  const { sam, hal, sue } = company.people;
  const { first } = await begin({ name: 'In a room' });
  const meeting = `/meetings/${first.id}`;
  assert.equal(
    (await ask<{ detail: string }>(hal, 'PUT', `${meeting}/attendees/${sue.memberId}`, { came: true }, 409)).detail.includes(
      'when the meeting runs',
    ),
    true,
  );
  await ask(hal, 'POST', `${meeting}/opening`, {});
  await ask(hal, 'PUT', `${meeting}/attendees/${sue.memberId}`, { came: true });
  const noted = (await ask(sam, 'GET', meeting)).attendees.find(({ member }) => member.id === sue.memberId)!;
  assert.deepEqual([noted.notedBy!.name, noted.cameAt !== null, noted.here], ['Hal', true, false]);
  await ask(hal, 'PUT', `${meeting}/attendees/${sue.memberId}`, { came: false });
  assert.equal((await ask(sam, 'GET', meeting)).came, 1);
});

test('an action that is put off is counted, and goes to somebody else with its history', async () => {
  const { hal, sam, sue } = company.people;
  const { id } = await ask<ActionItem>(hal, 'POST', '/actions', { title: 'Ask the agency', ownerId: sam.memberId, dueOn: inDays(2) }, 201);
  assert.match((await ask<{ detail: string }>(hal, 'PATCH', `/actions/${id}`, { dueOn: '2026-01-01' }, 400)).detail, /is past/);
  await ask(sam, 'PATCH', `/actions/${id}`, { dueOn: inDays(9) });
  const moved = await ask<ActionItem>(hal, 'PATCH', `/actions/${id}`, { ownerId: sue.memberId });
  assert.deepEqual([moved.moves, moved.firstDueOn, moved.dueOn, moved.owner.name], [1, inDays(2), inDays(9), 'Sue']);
  const dropped = await ask<ActionItem>(sue, 'POST', `/actions/${id}/dropping`, { because: 'They went out of business.' });
  assert.deepEqual([dropped.status, dropped.closedInTime], ['dropped', null]);
  assert.equal((await ask<ActionItem>(sue, 'POST', `/actions/${id}/reopening`, {})).status, 'open');
  const page = await ask<{ items: ActionItem[]; counts: { mine: number } }>(sue, 'GET', '/actions?mine=true');
  assert.deepEqual([page.items.map(({ title }) => title), page.counts.mine], [['Ask the agency'], 1]);
  assert.equal((await ask<{ actions: ActionItem[] }>(sue, 'GET', '/meetings/today')).actions[0]!.id, id);
});

test('a meeting nobody opened was not held, and one nobody ended is over', async () => {
  const { hal } = company.people;
  const call = async (title: string) =>
    (await ask(hal, 'POST', '/meetings', { title, startsAt: new Date().toISOString(), attendees: { sides: ['sales'] } }, 201)).id;
  const [missed, open] = [await call('Missed'), await call('Never ended')];
  await ask(hal, 'POST', `/meetings/${open}/opening`, {});
  const back = (column: string, id: string) =>
    inside(company, company.workspaceId, `UPDATE accord.meetings SET ${column} = now() - interval '2 days' WHERE id = $1`, [id]);
  for (const id of [missed, open]) await back('starts_at', id);
  await back('opened_at', open);
  await tickWorkspace(company.database, company.workspaceId);
  assert.equal((await ask(hal, 'GET', `/meetings/${missed}`)).status, 'notHeld');
  const over = await ask(hal, 'GET', `/meetings/${open}`);
  assert.deepEqual([over.status, over.minutesSentAt !== null], ['held', true]);
});

test('a token decides by the scopes of what it decides: a draft and a verdict need more than the meeting’s', async () => {
  const { hal, lea } = company.people;
  const contested = await company.latestRejection(await company.bring('contested'));
  const ada = await join(company, lea, 'Ada', 'sales', 'admin');
  const { first } = await begin({ name: 'By token' });
  await ask(hal, 'POST', `/meetings/${first.id}/opening`, {});
  const decideBy = async (scopes: string[]) => {
    const { token } = await ask<{ token: string }>(ada, 'POST', '/api-tokens', { name: 'Minutes', scopes }, 201);
    return (body: object) => company.ask(undefined, 'POST', `/meetings/${first.id}/decisions`, body, { authorization: `Bearer ${token}` });
  };
  const wanted = [
    [{ kind: 'definition', text: 'Look at the MQL again.', term: 'mql' }, 'agreement.propose'],
    [{ kind: 'contract', text: 'Look at the contract again.', effectiveFrom: inDays(2) }, 'agreement.propose'],
    [{ kind: 'ruling', rejectionId: contested.id, verdict: 'upheld', reason: 'It was none.' }, 'rejections.judge'],
  ] as const;

  const only = await decideBy(['meetings.decide']);
  assert.equal((await only({ kind: 'logged', text: 'We go on.' })).statusCode, 201);
  for (const [body, scope] of wanted) {
    const refused = await only(body);
    assert.deepEqual([refused.statusCode, refused.json().detail], [403, `This API token lacks the scope ${scope}.`]);
  }
  const all = await decideBy(['meetings.decide', 'agreement.propose', 'rejections.judge']);
  for (const [body] of wanted) assert.equal((await all(body)).statusCode, 201);
});
