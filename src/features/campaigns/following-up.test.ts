/** Responders whom nobody has tried to reach; what campaigns want of one today; the calendar. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CampaigningCompany, openCampaigning } from '#tests/support/campaigning.ts';
import type { CalendarAnswer } from './contract/calendar.ts';
import type { FollowUpPage } from './contract/follow-up.ts';
import type { Role } from './contract/roles.ts';
import type { CampaignToday } from './contract/today.ts';

let company: CampaigningCompany;
let people: CampaigningCompany['people'];
before(async () => {
  company = await openCampaigning();
  ({ people } = company);
});
after(() => company.close());

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const queue = (path: string, person = people.sam): Promise<FollowUpPage> => company.call(person, 'GET', path);
const leadsOf = ({ items }: FollowUpPage): (string | null)[] => items.map(({ person }) => person.leadId);

test('responders without an attempt since, the longest waiting first; a machine’s message is no attempt', async () => {
  const id = await company.campaign();
  const [ada, ben, cy, dan] = [
    await company.responder(id, ago(5)),
    await company.responder(id, ago(50)),
    await company.responder(id, ago(30)),
    await company.responder(id, ago(20)),
  ];
  await company.responder(id, null);
  await company.touch(people.sam, cy, ago(29));
  await company.touch(people.sam, dan, ago(21));
  await company.touch(people.sam, dan, ago(19), { kind: 'email', automated: true });
  await company.touch(people.sam, dan, ago(19), { kind: 'email', direction: 'in' });
  const page = await queue(`/campaigns/${id}/follow-up`);
  assert.deepEqual(leadsOf(page), [ben, dan, ada]);
  assert.deepEqual(page.counts, { waiting: 3, waitingIsAtLeast: false });
  const [first] = page.items;
  assert.deepEqual([first!.owner!.name, first!.response, first!.handoff], ['Sam', 'Attended', null]);
  assert.ok(first!.waiting.wallMinutes >= 50 * 60 && first!.waiting.wallMinutes < 51 * 60);
});

test('it pages, and tells whose', async () => {
  const id = await company.campaign();
  const ids = [];
  for (let n = 9; n > 0; n--)
    ids.push(await company.responder(id, ago(n), n % 3 === 0 ? { ownerId: null } : n % 3 === 1 ? { ownerId: people.sue.memberId } : {}));
  const all: (string | null)[] = [];
  let cursor = '';
  do {
    const page = await queue(`/campaigns/${id}/follow-up?limit=4${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    all.push(...leadsOf(page));
    cursor = page.next ?? '';
  } while (cursor);
  assert.deepEqual(all, ids);
  assert.deepEqual(leadsOf(await queue(`/campaigns/${id}/follow-up?of=nobody`)), [ids[0], ids[3], ids[6]]);
  assert.deepEqual(leadsOf(await queue(`/campaigns/${id}/follow-up?of=me`, people.sue)), [ids[2], ids[5], ids[8]]);
  assert.equal((await company.ask(people.sam, 'GET', `/campaigns/${id}/follow-up?cursor=made-up`)).statusCode, 400);
});

test('what they responded to is the last thing they did by then', async () => {
  const id = await company.campaign();
  const ada = await company.responder(id, ago(10));
  for (const [hours, subject] of [
    [12, 'Guide'],
    [10, 'Webinar'],
    [2, 'Pricing'],
  ] as const)
    await company.touch(people.sam, ada, ago(hours), { side: 'customer', kind: 'form', direction: 'in', subject, memberId: null });
  const { items } = await queue(`/campaigns/${id}/follow-up`);
  assert.deepEqual([items[0]!.respondedTo!.kind, items[0]!.respondedTo!.subject], ['form', 'Webinar']);
});

test('an MQL is taken into work by the hand-off’s own verb', async () => {
  const id = await company.campaign();
  const at = ago(1);
  const leadId = await company.responder(id, at, { mqlAt: at, country: 'DE', email: 'ada@lind.example', campaignId: id });
  const { items } = await queue(`/campaigns/${id}/follow-up`);
  assert.deepEqual([items[0]!.handoff!.state, items[0]!.can!.accept], ['waiting', null]);
  const ofSue = await queue(`/campaigns/${id}/follow-up`, people.sue);
  assert.match(ofSue.items[0]!.can!.accept!, /another rep/);
  await company.move(people.sam, leadId, 'acceptance', { version: items[0]!.handoff!.version });
  const after = await queue(`/campaigns/${id}/follow-up`);
  assert.equal(after.items[0]!.handoff!.state, 'accepted');
});

test('Today: parts asked, briefs to acknowledge, responders waiting; for who asked, other parts and declines', async () => {
  const today = (person: (typeof people)['sam']): Promise<CampaignToday> => company.call(person, 'GET', '/campaigns/today');
  const { tim } = company;
  assert.deepEqual((await today(tim)).asked, []);
  const id = await company.campaign();
  const ask = async (kind: string): Promise<Role> =>
    (
      await company.call<{ items: Role[] }>(
        people.mara,
        'POST',
        `/campaigns/${id}/roles`,
        { kind, memberIds: [tim.memberId], wanted: 1 },
        201,
      )
    ).items[0]!;
  const [calls, event, content] = [await ask('calls'), await ask('event'), await ask('content')];
  assert.equal((await today(tim)).asked.length, 3);
  await company.call(tim, 'POST', `/campaign-roles/${calls.id}/acceptance`, {});
  await company.call(tim, 'POST', `/campaign-roles/${event.id}/counterproposal`, { kind: 'followUp', wanted: 5, note: 'Rather this.' });
  await company.call(tim, 'POST', `/campaign-roles/${content.id}/refusal`, { reason: 'I write badly.' });
  const { draft } = await company.call<{ draft: { contentHash: string } }>(people.mara, 'GET', `/campaigns/${id}/plan`);
  await company.call(people.mara, 'POST', `/campaigns/${id}/plan/brief`, { contentHash: draft.contentHash });
  const leadId = await company.responder(id, ago(3), { ownerId: tim.memberId });

  const ofTim = await today(tim);
  assert.deepEqual(
    [ofTim.asked.length, ofTim.owed.map(({ kind }) => kind), ofTim.briefs.map(({ campaign, had }) => [campaign.id, had])],
    [0, ['calls'], [[id, null]]],
  );
  assert.deepEqual([ofTim.responders.waiting, ofTim.responders.items[0]!.person.leadId], [1, leadId]);
  const ofMara = await today(people.mara);
  assert.deepEqual(
    ofMara.counterproposals.filter(({ campaign }) => campaign.id === id).map(({ counter }) => counter!.kind),
    ['followUp'],
  );
  assert.deepEqual(
    ofMara.declined.filter(({ campaign }) => campaign.id === id).map(({ reason }) => reason),
    ['I write badly.'],
  );

  await company.touch(tim, leadId, ago(1));
  await company.call(tim, 'POST', `/campaigns/${id}/plan/acknowledgement`, { contentHash: draft.contentHash });
  const done = await today(tim);
  assert.deepEqual([done.owed, done.briefs, done.responders.waiting], [[], [], 0]);
});

test('the calendar: quarters, territories, load and clashes', async () => {
  await company.team('North', [people.sam, people.sue, people.hal], { region: 'North' });
  const rule = { of: 'lead', field: 'country', is: 'eq', value: 'FR' };
  const planned = (onDay: string, regions: string[]) =>
    company.campaign({
      startsOn: '2031-04-01',
      endsOn: '2031-05-31',
      content: { audience: { kind: 'rule', rule }, timeline: [{ label: 'Mailing', onDay }], regions },
    });
  const ids = [await planned('2031-04-07', ['North']), await planned('2031-04-11', ['South']), await planned('2031-05-20', [])];
  const kinds = ['calls', 'event', 'inviteList', 'followUp'];
  for (const kind of kinds) await company.part(people.sam, ids[0]!, { kind, wanted: 1, dueOn: '2031-04-10' });
  const calendar = (person: (typeof people)['sam'], more = ''): Promise<CalendarAnswer> =>
    company.call(person, 'GET', `/campaigns/calendar?start=2031-04-01&end=2031-06-30${more}`);
  const ofMara = await calendar(people.mara);
  assert.deepEqual(
    ofMara.quarters.map(({ label }) => label),
    ['Q2 2031'],
  );
  const own = ofMara.campaigns.filter(({ startsOn }) => startsOn === '2031-04-01');
  assert.deepEqual(
    own.map(({ id }) => id),
    ids,
  );
  assert.equal(own[0]!.audience, 'leads where the country is FR');
  assert.deepEqual(
    ofMara.regions.map(({ name, reps }) => [name, reps]),
    [
      ['North', 3],
      ['South', 0],
    ],
  );
  const audience = ofMara.clashes.filter(({ kind }) => kind === 'audience');
  assert.deepEqual(
    audience.map(({ campaignIds, week }) => [campaignIds, week]),
    [[[ids[0], ids[1]], '2031-04-07']],
  );
  const load = ofMara.clashes.filter(({ kind }) => kind === 'load');
  assert.deepEqual(
    load.map(({ member, week }) => [member!.name, week]),
    [
      ['Sam', '2031-03-31'],
      ['Sam', '2031-04-07'],
    ],
  );
  assert.deepEqual(
    (await calendar(people.mara, '&region=South')).campaigns.filter(({ startsOn }) => startsOn === '2031-04-01').map(({ id }) => id),
    [ids[1], ids[2]],
  );
  const ofTim = await calendar(company.tim);
  assert.equal(
    ofTim.load.some(({ member }) => member?.name === 'Sam'),
    false,
  );
  assert.deepEqual(
    ofTim.clashes.filter(({ kind }) => kind === 'load'),
    [],
  );
  assert.equal((await company.ask(people.mara, 'GET', '/campaigns/calendar?start=2031-04-01&end=2039-06-30')).statusCode, 400);
});
