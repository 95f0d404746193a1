/** What sales asks of marketing: who may move a proposal where, one vote each, what is behind it, and answers by a day. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { proposalCan, proposalStates, type ProposalState, type ProposalVerb, proposalVerbs } from '#engine/campaigns/proposal-states.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { inside, join, type Person } from '#tests/security/world.ts';
import { verifyProposals } from './queries/verify-proposals.ts';
import type { ProposalDetail, ProposalsPage } from './contract/proposals.ts';

let company: Company;
let people: Company['people'];
let vera: Person;
before(async () => {
  company = await openHandingOver();
  people = company.people;
  vera = await join(company, people.lea, 'Vera', 'sales', 'viewer');
});
after(() => company.close());

const soon = '2199-01-05';

async function proposed(person: Person = people.sam, more: object = {}): Promise<string> {
  const made = await company.ask(person, 'POST', '/proposals', {
    kind: 'content',
    title: 'A page about prices',
    text: 'They all ask.',
    ...more,
  });
  assert.equal(made.statusCode, 201, made.body);
  return made.json().id;
}

async function read(id: string, person: Person = people.sam): Promise<ProposalDetail> {
  const answer = await company.ask(person, 'GET', `/proposals/${id}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

const list = async (query: string, person: Person = people.sam): Promise<ProposalsPage> =>
  (await company.ask(person, 'GET', `/proposals?${query}`)).json();

/** The request of a verb. */
const requests: Readonly<Record<ProposalVerb, (id: string, leadId: string) => [string, string, object?]>> = {
  edit: (id) => ['PATCH', `/proposals/${id}`, { title: 'Another title' }],
  vote: (id) => ['PUT', `/proposals/${id}/vote`],
  addCase: (id, leadId) => ['POST', `/proposals/${id}/cases`, { kind: 'lead', id: leadId, note: 'Asked twice.' }],
  plan: (id) => ['POST', `/proposals/${id}/answer`, { answer: 'planned', plannedOn: soon }],
  finish: (id) => ['POST', `/proposals/${id}/answer`, { answer: 'done', comment: 'On the web site.' }],
  decline: (id) => ['POST', `/proposals/${id}/answer`, { answer: 'declined', comment: 'Prices change every week.' }],
  withdraw: (id) => ['POST', `/proposals/${id}/withdrawal`, {}],
  reopen: (id) => ['POST', `/proposals/${id}/reopening`, { reason: 'They still ask.' }],
};

/** Somebody who may, for every verb. */
const doer = (verb: ProposalVerb): Person =>
  ({ proposer: people.sam, others: people.sue, anybody: people.sue, marketing: people.mara })[proposalCan[verb].by];

const act = (verb: ProposalVerb, id: string, person: Person, leadId: string) => {
  const [method, path, body] = requests[verb](id, leadId);
  return company.ask(person, method, path, body);
};

const wayTo: Readonly<Record<ProposalState, ProposalVerb | null>> = {
  open: null,
  planned: 'plan',
  done: 'finish',
  declined: 'decline',
  withdrawn: 'withdraw',
};

async function bring(state: ProposalState, leadId: string): Promise<string> {
  const id = await proposed();
  const verb = wayTo[state];
  if (verb) assert.equal((await act(verb, id, doer(verb), leadId)).statusCode, 200);
  return id;
}

describe('Every verb from every state', () => {
  let leadId: string;
  before(async () => {
    leadId = await company.passed();
  });
  for (const state of proposalStates)
    for (const verb of proposalVerbs)
      test(`${verb} from ${state}`, async () => {
        const { from, to, otherwise } = proposalCan[verb];
        const id = await bring(state, leadId);
        const person = doer(verb);
        const can = (await read(id, person)).can[verb];
        const answer = await act(verb, id, person, leadId);
        if (from.includes(state)) {
          assert.equal(answer.statusCode, 200, answer.body);
          assert.equal(can, null);
          assert.equal(answer.json().state, to ?? state);
        } else {
          assert.equal(answer.statusCode, 409, answer.body);
          assert.equal(answer.json().detail, otherwise);
          assert.equal(can, otherwise, 'the button says what the verb answers');
          assert.equal((await read(id)).state, state);
        }
      });
});

describe('Who may', () => {
  test('a viewer changes nothing, sales does not answer, one does not vote for one’s own, others do not withdraw it', async () => {
    const [id, leadId] = [await proposed(), await company.passed()];
    const closed = await bring('declined', leadId);
    for (const verb of proposalVerbs) {
      const target = verb === 'reopen' ? closed : id;
      const answer = await act(verb, target, vera, leadId);
      assert.equal(answer.statusCode, 403, `${verb}: ${answer.body}`);
      assert.notEqual((await read(target, vera)).can[verb], null, verb);
    }
    assert.equal((await act('plan', id, people.hal, leadId)).statusCode, 403);
    assert.equal((await read(id, people.hal)).can.plan, 'Marketing answers.');
    const own = await act('vote', id, people.sam, leadId);
    assert.deepEqual([own.statusCode, own.json().detail], [403, 'It is your own proposal: others vote for it.']);
    assert.equal((await act('withdraw', id, people.sue, leadId)).statusCode, 403);
    assert.equal((await act('withdraw', id, people.milo, leadId)).statusCode, 403, 'a head of the other side may not');
    assert.equal((await act('withdraw', id, people.hal, leadId)).statusCode, 200, 'a head of their side may, when the proposer is gone');
    assert.equal((await company.ask(vera, 'POST', '/proposals', { kind: 'content', title: 'Mine' })).statusCode, 403);
  });

  test('an answer needs its reason, its day or its place, and names only what is here', async () => {
    const id = await proposed();
    const refused = async (body: object, field: string) => {
      const answer = await company.ask(people.mara, 'POST', `/proposals/${id}/answer`, body);
      assert.equal(answer.statusCode, 400, answer.body);
      assert.ok(JSON.stringify(answer.json()).includes(field), answer.body);
    };
    await refused({ answer: 'declined' }, 'comment');
    await refused({ answer: 'planned' }, 'plannedOn');
    await refused({ answer: 'planned', plannedOn: '2020-01-01' }, 'plannedOn');
    await refused({ answer: 'done' }, 'comment');
    await refused({ answer: 'done', campaignId: '01990000-0000-7000-8000-000000000000' }, 'campaignId');
    await refused({ answer: 'done', comment: 'There.', mark: 1 }, 'mark');
    const done = await company.ask(people.mara, 'POST', `/proposals/${id}/answer`, { answer: 'done', campaignId: company.campaignId });
    assert.equal(done.json().campaign.name, 'Spring');
  });

  test('who looked at an older state is told', async () => {
    const id = await proposed();
    const { version } = await read(id, people.mara);
    await company.ask(people.sam, 'PATCH', `/proposals/${id}`, { text: 'Something else.' });
    const answer = await company.ask(people.mara, 'POST', `/proposals/${id}/answer`, { answer: 'declined', comment: 'No.', version });
    assert.equal(answer.statusCode, 409);
    assert.match(answer.json().detail, /changed while you looked/);
  });
});

describe('Votes', () => {
  test('fifty given at once by one count once, and one each by several; a vote can be taken back', async () => {
    const id = await proposed();
    const voters = [people.sue, people.hal, people.mara, people.mia, people.milo];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => company.ask(voters[at % voters.length], 'PUT', `/proposals/${id}/vote`)),
    );
    assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([200]));
    const { votes, voters: shown, voted } = await read(id, people.sue);
    assert.deepEqual([votes, shown.length, voted], [5, 5, true]);
    const facts = await inside<{ count: number }>(
      company,
      company.workspaceId,
      `SELECT count(*)::int AS count FROM accord.facts WHERE subject_id = $1 AND kind = 'proposal.voted'`,
      [id],
    );
    assert.equal(facts[0]!.count, 5, 'a fact for each vote that counts');
    for (let times = 0; times < 2; times++) await company.ask(people.sue, 'DELETE', `/proposals/${id}/vote`);
    const after = await read(id, people.sue);
    assert.deepEqual([after.votes, after.voted], [4, false]);
  });
});

describe('Cases and the value behind them', () => {
  test('open, won and lost are told apart, a deal counts once, other currencies by their rate, and each amount opens', async () => {
    const leadId = await company.passed();
    const deal = async (name: string, fields: object) =>
      (
        await company.ask(people.sam, 'POST', '/deals', { name, openedAt: '2026-03-01T10:00:00Z', ownerId: people.sam.memberId, ...fields })
      ).json().id as string;
    const ofLead = await deal('Of the lead', { leadId, status: 'open', amount: '100000', currency: 'EUR' });
    const open = await deal('Open', { status: 'open', amount: '50000', currency: 'EUR' });
    const won = await deal('Won', { status: 'won', amount: '70000', currency: 'EUR', closedAt: '2026-04-01T10:00:00Z' });
    const lost = await deal('Lost', { status: 'lost', amount: '30001', currency: 'EUR', closedAt: '2026-04-01T10:00:00Z' });
    const francs = await deal('Francs', { status: 'open', amount: '1000', currency: 'CHF' });
    const yen = await deal('Yen', { status: 'open', amount: '1000', currency: 'JPY' });
    const withoutDeal = await company.passed({ name: 'Bea', email: 'bea@x.example' });
    await company.ask(people.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2026-01-01', rate: '1.05' });
    const id = await proposed(people.sam, {
      cases: [
        { kind: 'lead', id: leadId, note: 'Asked for prices.' },
        ...[ofLead, open, won, lost].map((each) => ({ kind: 'deal', id: each })),
      ],
    });
    for (const each of [francs, yen]) await company.ask(people.sue, 'POST', `/proposals/${id}/cases`, { kind: 'deal', id: each });
    await company.ask(people.sue, 'POST', `/proposals/${id}/cases`, { kind: 'lead', id: withoutDeal });
    const { value, cases, caseList } = await read(id);
    // 100,000 (once, though named twice) + 50,000 + 1,000 × 1.05
    assert.deepEqual([value.open.amount, value.open.deals], ['151050', 4]);
    assert.deepEqual([value.won.amount, value.lost.amount, value.currency], ['70000', '30001', 'EUR']);
    assert.deepEqual([value.withoutAmount, value.leadsWithoutDeal, cases, caseList.length], [1, 1, 8, 8]);
    assert.equal(caseList.at(-1)!.note, 'Asked for prices.');
    for (const which of ['open', 'won', 'lost'] as const) {
      const deals = (await company.ask(people.sue, 'GET', value[which].recordsUrl.replace('/api/v1', ''))).json();
      const sum = deals.items.reduce((total: bigint, { booked }: { booked: string | null }) => total + BigInt(booked ?? 0), 0n);
      assert.equal(String(sum), value[which].amount, which);
      assert.equal(deals.total, value[which].deals);
    }
    const again = await company.ask(people.sue, 'POST', `/proposals/${id}/cases`, { kind: 'deal', id: open });
    assert.deepEqual([again.statusCode, again.json().detail], [409, 'This deal is among the cases already.']);
    const none = await company.ask(people.sue, 'POST', `/proposals/${id}/cases`, { kind: 'deal', id: leadId });
    assert.equal(none.statusCode, 400, 'a lead is no deal');
  });

  test('a case is taken out by who added it or who proposed, and can come back', async () => {
    const leadId = await company.passed();
    const id = await proposed();
    await company.ask(people.sue, 'POST', `/proposals/${id}/cases`, { kind: 'lead', id: leadId });
    const caseId = (await read(id)).caseList[0]!.id;
    assert.equal((await company.ask(people.mara, 'DELETE', `/proposals/${id}/cases/${caseId}`)).statusCode, 403);
    assert.equal((await company.ask(people.sue, 'DELETE', `/proposals/${id}/cases/${caseId}`)).json().cases, 0);
    assert.equal((await company.ask(people.mara, 'POST', `/proposals/${id}/cases`, { kind: 'lead', id: leadId })).json().cases, 1);
  });

  test('the list is sorted by votes, value, due day and age, and pages without loss', async () => {
    const page = await list('state=all&sort=value&limit=200');
    const values = page.items.map(({ value }) => BigInt(value.open.amount));
    assert.deepEqual(
      values,
      values.toSorted((one, other) => (one < other ? 1 : one > other ? -1 : 0)),
    );
    assert.ok(values[0]! > 0n);
    for (const sort of ['votes', 'value', 'due', 'newest']) {
      const whole = (await list(`state=all&sort=${sort}&limit=200`)).items.map(({ id }) => id);
      const pieces: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const piece: ProposalsPage = await list(`state=all&sort=${sort}&limit=7${next && `&cursor=${encodeURIComponent(next)}`}`);
        pieces.push(...piece.items.map(({ id }) => id));
        next = piece.next;
      }
      assert.deepEqual(pieces, whole, sort);
    }
    const made = (await list('state=all&sort=votes')).items.map(({ votes }) => votes);
    assert.deepEqual(
      made,
      made.toSorted((one, other) => other - one),
    );
    assert.equal((await company.ask(people.sam, 'GET', '/proposals?cursor=x')).statusCode, 400);
  });

  test('a title being written finds what is alike', async () => {
    await proposed(people.sue, { title: 'Battlecard against Globex competitors' });
    const { items } = await list(`like=${encodeURIComponent('How do we answer the competitor Globex?')}`);
    assert.equal(items[0]!.title, 'Battlecard against Globex competitors');
    assert.deepEqual((await list('like=zzzz')).items, []);
  });
});

describe('Answers by a day', () => {
  const setBack = (id: string, due: string) =>
    inside(company, company.workspaceId, `UPDATE accord.proposals SET due_at = $2, due_on = $2::timestamptz::date WHERE id = $1`, [
      id,
      due,
    ]);

  test('the due day is the tenth working day by the company’s calendar, or as agreed, and agreeing anew moves nothing', async () => {
    const calendar = { name: 'Berlin', timeZone: 'Europe/Berlin', weekly: { mon: [['09:00', '17:00']], wed: [['09:00', '12:00']] } };
    assert.equal((await company.ask(people.lea, 'POST', '/calendars', { ...calendar, isDefault: true })).statusCode, 201);
    const first = await read(await proposed());
    const days = daysFrom(first.proposedAt, ['Mon', 'Wed'], 10);
    assert.equal(first.dueOn, days);
    assert.match(zoned(first.dueAt!), /(Mon.*17:00|Wed.*12:00)/);
    assert.equal((await company.ask(people.sam, 'PUT', '/proposals/settings', { answerDays: 2 })).statusCode, 403);
    const set = await company.ask(people.milo, 'PUT', '/proposals/settings', { answerDays: 2 });
    assert.deepEqual([set.json().answerDays, set.json().setBy.name], [2, 'Milo']);
    const second = await read(await proposed());
    assert.equal(second.dueOn, daysFrom(second.proposedAt, ['Mon', 'Wed'], 2));
    assert.equal((await read(first.id)).dueAt, first.dueAt);
  });

  test('an answer after the due moment is late and stays late; without one it is overdue; both are told', async () => {
    const [late, overdue, inTime] = [await proposed(), await proposed(), await proposed()];
    const before = (await list('state=all')).counts;
    for (const id of [late, overdue]) await setBack(id, '2026-01-05T16:00:00Z');
    assert.equal((await read(late)).answered, 'overdue');
    assert.ok((await read(late)).lateDays > 1);
    for (const id of [late, inTime]) await act('plan', id, people.mara, '');
    await act('finish', late, people.mara, '');
    const detail = await read(late);
    assert.deepEqual([detail.answered, (await read(inTime)).answered], ['late', 'inTime']);
    assert.deepEqual(
      detail.history.map(({ what, inTime: kept }) => [what, kept]),
      [
        ['proposed', null],
        ['planned', false],
        ['done', null],
      ],
    );
    const { counts } = await list('state=all');
    assert.equal(counts.answersDue - before.answersDue, 3, 'the late one, the one in time, the overdue one');
    assert.equal(counts.answersInTime - before.answersInTime, 1);
    assert.ok((await list('state=late')).items.some(({ id }) => id === overdue));
    const today = (await company.ask(people.mara, 'GET', '/proposals/waiting')).json();
    assert.equal(today.toAnswer[0].id, overdue, 'due first');
    assert.ok(today.overdue >= 1);
    const lead = (await company.ask(people.lea, 'GET', '/proposals/waiting')).json();
    assert.deepEqual(new Set(lead.toAnswer.map(({ answered }: { answered: string }) => answered)), new Set(['overdue']));
    const sam = (await company.ask(people.sam, 'GET', '/proposals/waiting')).json();
    assert.deepEqual([sam.toAnswer, sam.open], [[], 0]);
    assert.ok(sam.answered.some(({ id }: { id: string }) => id === late));
  });

  test('what was planned for a day that passed is a broken promise until it is done or planned anew', async () => {
    const id = await bring('planned', '');
    await inside(company, company.workspaceId, `UPDATE accord.proposals SET planned_on = '2026-01-05' WHERE id = $1`, [id]);
    assert.equal((await read(id)).promiseBroken, true);
    assert.ok((await list('state=late')).items.some((each) => each.id === id));
    await act('plan', id, people.mara, '');
    assert.equal((await read(id)).promiseBroken, false);
  });

  test('reopened it has a new due day and keeps its history, votes and cases', async () => {
    const leadId = await company.passed();
    const id = await proposed(people.sam, { cases: [{ kind: 'lead', id: leadId }] });
    await act('vote', id, people.sue, '');
    await setBack(id, '2026-01-05T16:00:00Z');
    await act('decline', id, people.mara, '');
    const declined = await read(id);
    assert.equal(declined.answered, 'late');
    await act('reopen', id, people.sam, '');
    const detail = await read(id);
    assert.deepEqual([detail.state, detail.answered, detail.votes, detail.cases], ['open', 'open', 1, 1]);
    assert.ok(detail.dueAt! > declined.dueAt!);
    assert.deepEqual(
      detail.history.map(({ what }) => what),
      ['proposed', 'declined', 'reopened'],
    );
    assert.equal(detail.comment, null, 'the answer of the round before is history');
  });
});

test('all of it is what its facts say, and a row that is not is found', async () => {
  const verify = () => verifyProposals(company.database, company.workspaceId, () => {});
  const { checked, differences } = await verify();
  assert.deepEqual(differences, []);
  assert.ok(checked['proposal']! > 40);
  const id = await bring('planned', '');
  await act('vote', id, people.sue, '');
  await inside(company, company.workspaceId, `UPDATE accord.proposals SET state = 'done' WHERE id = $1`, [id]);
  await inside(company, company.workspaceId, `DELETE FROM accord.proposal_votes WHERE proposal_id = $1`, [id]);
  assert.deepEqual(
    (await verify()).differences.map(({ field, state, facts }) => [field, state, facts]),
    [
      ['state', 'done 1', 'planned 1'],
      ['votes', null, people.sue.memberId],
    ],
  );
});

/** The n-th of these weekdays after the day of an instant, in Berlin. */
function daysFrom(instant: string, weekdays: readonly string[], n: number): string {
  let day = Temporal.Instant.from(instant).toZonedDateTimeISO('Europe/Berlin').toPlainDate();
  for (let left = n; left > 0; ) {
    day = day.add({ days: 1 });
    if (weekdays.includes(day.toLocaleString('en', { weekday: 'short' }))) left--;
  }
  return day.toString();
}
const zoned = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
