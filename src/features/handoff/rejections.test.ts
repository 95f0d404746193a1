/** Due process: a rejection names clauses, goes back as work, is answered, and where the sides disagree it is judged. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Rejection } from './contract.ts';
import { newId } from '#platform/db/ids.ts';
import { inside, join, openWorld, setUpLea, type Person } from '#tests/security/world.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver({ reviewSamplePercent: 0 });
  ({ people } = company);
});
after(() => company.close());

const get = async (id: string, person: Person = people.lea): Promise<Rejection> =>
  (await company.ask(person, 'GET', `/rejections/${id}`)).json();
const list = async (person: Person, query: string): Promise<Rejection[]> => {
  const answer = await company.ask(person, 'GET', `/rejections?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json().items;
};
const lead = async (id: string) => (await company.ask(people.lea, 'GET', `/leads/${id}`)).json();
const rule = (person: Person, id: string, verdict: string) =>
  company.ask(person, 'POST', `/rejections/${id}/rulings`, { verdict, reason: 'Read the page.' });
const contested = async (): Promise<{ leadId: string; id: string }> => {
  const leadId = await company.bring('contested');
  return { leadId, id: (await company.latestRejection(leadId)).id };
};

describe('To reject', () => {
  test('names clauses of the version that judged the lead, as sentences, and says what was found', async () => {
    const leadId = await company.passed();
    const { rejectBy, judgement } = await company.detail(leadId);
    assert.equal(judgement!.passed, true);
    assert.deepEqual(
      rejectBy!.clauses.map(({ path }) => path),
      ['all.0', 'all.1'],
    );
    await company.move(people.sam, leadId, 'rejection', { clauses: ['all.1', 'all.0', 'all.1'], comment: 'Bounces, and Austrian.' });
    const rejection = await company.latestRejection(leadId);
    assert.deepEqual(rejection.clauses, rejectBy!.clauses);
    assert.deepEqual(
      [rejection.comment, rejection.rejectedBy.name, rejection.state, rejection.versionNumber],
      ['Bounces, and Austrian.', 'Sam', 'unanswered', 1],
    );
    const rejected = await lead(leadId);
    assert.deepEqual([rejected.stage, rejected.rejectedReason], ['rejected', rejectBy!.clauses.map(({ sentence }) => sentence).join('; ')]);
    assert.equal(rejected.rejectedAt, rejection.rejectedAt);
  });

  test('without a clause, a comment, or with a clause that isn’t there, it is refused', async () => {
    const leadId = await company.passed();
    await company.move(people.sam, leadId, 'rejection', { clauses: [], comment: 'No.' }, 400);
    await company.move(people.sam, leadId, 'rejection', { clauses: ['all.0'], comment: ' ' }, 400);
    const { detail } = await company.move(people.sam, leadId, 'rejection', { clauses: ['all.0', 'all.7'], comment: 'No.' }, 400);
    assert.match(detail, /has no all\.7\. It has all\.0, all\.1/);
    assert.equal((await company.detail(leadId)).state, 'waiting');
  });

  test('a lead keeps the version that judged it, whatever is signed later', async () => {
    const leadId = await company.passed();
    const stricter = { all: [{ of: 'lead', field: 'phone', is: 'notBlank' }] };
    const drafted = await company.ask(people.milo, 'POST', '/definitions', { term: 'mql', text: 'With a phone number.', rule: stricter });
    assert.equal(drafted.statusCode, 201, drafted.body);
    const { rejectBy } = await company.detail(leadId);
    assert.equal(rejectBy!.number, 1);
  });

  test('it goes to the campaign’s owner in marketing, else to a head of marketing', async () => {
    const marketer = async (sets: object): Promise<string | undefined> => {
      const leadId = await company.passed(sets as never);
      return (await get(await company.reject(leadId))).marketer?.name;
    };
    const campaignOf = async (owner: Person) =>
      (await company.ask(people.lea, 'POST', '/campaigns', { name: `Of ${owner.memberId}`, ownerId: owner.memberId })).json().id;
    assert.equal(await marketer({}), 'Mara');
    assert.equal(await marketer({ campaignId: null }), 'Milo');
    assert.equal(await marketer({ campaignId: await campaignOf(people.hal) }), 'Milo', 'a salesperson’s campaign');
    const max = await join(company, people.lea, 'Max', 'marketing', 'member');
    const campaignId = await campaignOf(max);
    assert.equal(await marketer({ campaignId }), 'Max');
    await company.ask(people.lea, 'PATCH', `/members/${max.memberId}`, { active: false });
    assert.equal(await marketer({ campaignId }), 'Milo', 'whose owner has left');
  });

  test('before any definition is signed there is no clause to name', async () => {
    const fresh = await openWorld();
    try {
      const lea = await setUpLea(fresh);
      const sam = await join(fresh, lea, 'Sam', 'sales', 'member');
      const now = new Date(Date.now() - 1000).toISOString();
      const made = await fresh.ask(sam, 'POST', '/leads', { name: 'Ada', mqlAt: now, ownerId: sam.memberId });
      const leadId = made.json().id;
      const refused = await fresh.ask(sam, 'POST', `/leads/${leadId}/rejection`, { clauses: ['rule'], comment: 'No.' });
      assert.equal(refused.statusCode, 409);
      assert.match(refused.json().detail, /no definition of MQL is signed by both sides/);
      const detail = (await fresh.ask(sam, 'GET', `/leads/${leadId}/handoff`)).json();
      assert.deepEqual([detail.state, detail.rejectBy, detail.judgement], ['waiting', null, null]);
      assert.equal((await fresh.ask(sam, 'POST', `/leads/${leadId}/acceptance`, {})).statusCode, 200, 'all else works');
    } finally {
      await fresh.close();
    }
  });
});

describe('Marketing’s answer', () => {
  test('agreed: the lead stays rejected, nothing is to judge', async () => {
    const leadId = await company.passed();
    const id = await company.reject(leadId);
    await company.answer(people.mara, id, 'agreed');
    const { state, answer, missing, inSample, mayNotJudge } = await get(id, people.sue);
    assert.deepEqual([state, answer!.by.name, answer!.comment, missing, inSample], ['agreed', 'Mara', 'We looked again.', [], false]);
    assert.equal(mayNotJudge, 'This rejection is not to be judged.');
    assert.equal((await company.detail(leadId)).state, 'rejected');
  });

  test('mended: fields are put right, the lead waits for the rep again with a fresh clock', async () => {
    const leadId = await company.bring('accepted');
    const id = await company.reject(leadId);
    await company.answer(people.mara, id, 'mended', { sets: { country: 'DE', email: 'ada.lind@lind.example' } });
    const { state, routing, clocks, rejections } = await company.detail(leadId);
    assert.deepEqual(
      [state, rejections[0]!.state, routing.at(-1)!.kind, routing.at(-1)!.member!.name],
      ['waiting', 'mended', 'returned', 'Sam'],
    );
    const { email, rejectedAt, rejectedReason, salAt, stage } = await lead(leadId);
    assert.deepEqual([email, rejectedAt, rejectedReason, salAt, stage], ['ada.lind@lind.example', null, null, null, 'mql']);
    const decision = clocks.find(({ clause }) => clause === 'decision')!;
    assert.deepEqual([decision.metAt, decision.state], [null, 'open']);
    assert.equal(Date.parse(decision.startedAt!), Date.parse(routing.at(-1)!.at));
  });

  test('mending sets what marketing knows, not what sales decides', async () => {
    const id = await company.reject(await company.passed());
    for (const sets of [{ salAt: '2026-03-01T00:00:00Z' }, { ownerId: people.sue.memberId }, { rejectedAt: null }, { shoeSize: '44' }]) {
      const answer = await company.ask(people.mara, 'POST', `/rejections/${id}/answer`, { answer: 'mended', comment: 'So.', sets });
      assert.equal(answer.statusCode, 400, JSON.stringify(sets));
    }
    const agreed = await company.ask(people.mara, 'POST', `/rejections/${id}/answer`, {
      answer: 'agreed',
      comment: 'So.',
      sets: { country: 'DE' },
    });
    assert.match(agreed.json().detail, /Only a rejection that is mended changes fields/);
    assert.equal((await get(id)).state, 'unanswered');
  });

  test('a lead whose rep has left comes back as nobody’s', async () => {
    const tom = await join(company, people.lea, 'Tom', 'sales', 'member');
    const leadId = await company.passed({ ownerId: tom.memberId });
    const id = await company.reject(leadId, tom);
    await company.ask(people.lea, 'PATCH', `/members/${tom.memberId}`, { active: false });
    await company.answer(people.mara, id, 'mended');
    const { state, owner } = await company.detail(leadId);
    assert.deepEqual([state, owner], ['unrouted', null]);
  });

  test('marketers answer what came to them, heads and leadership all; sales nothing', async () => {
    for (const [person, status] of [
      [people.mara, 200],
      [people.milo, 200],
      [people.lea, 200],
      [people.mia, 403],
      [people.sam, 403],
      [people.hal, 403],
    ] as const) {
      const id = await company.reject(await company.passed());
      assert.equal((await get(id, person)).mayAnswer, status === 200);
      assert.equal((await get(id, person)).mayAnswer, status === 200);
      const answer = await company.ask(person, 'POST', `/rejections/${id}/answer`, { answer: 'agreed', comment: 'Right.' });
      assert.equal(answer.statusCode, status, answer.body);
    }
  });

  test('twice it is not answered: the second hears what the first said', async () => {
    const id = await company.reject(await company.passed());
    const answers = await Promise.all(
      (
        [
          [people.mara, 'contested'],
          [people.milo, 'agreed'],
          [people.lea, 'mended'],
        ] as const
      ).map(([person, answer]) => company.ask(person, 'POST', `/rejections/${id}/answer`, { answer, comment: 'So.' })),
    );
    const refused = answers.filter(({ statusCode }) => statusCode === 409);
    assert.equal(refused.length, 2);
    for (const answer of refused)
      assert.match(answer.json().detail, /^There is no rejection to answer\. It was (agreed with|mended|contested) by (Mara|Milo|Lea)\.$/);
  });

  test('a rejection whose lead went on by another way asks for no answer', async () => {
    const leadId = await company.passed();
    const id = await company.reject(leadId);
    await company.record({ dealAt: new Date().toISOString() }, leadId);
    assert.equal((await company.detail(leadId)).state, 'progressed');
    const answer = await company.ask(people.mara, 'POST', `/rejections/${id}/answer`, { answer: 'agreed', comment: 'So.' });
    assert.match(answer.json().detail, /^There is no rejection to answer\./);
    assert.ok(!(await list(people.mara, 'state=unanswered&mine=true&limit=200')).some((each) => each.id === id));
    assert.equal((await get(id, people.mara)).mayAnswer, false);
  });
});

describe('Judging', () => {
  test('one from each side; both for the rep: it stays rejected', async () => {
    const { leadId, id } = await contested();
    assert.equal((await company.detail(leadId)).state, 'contested');
    assert.deepEqual((await get(id)).missing, ['marketing', 'sales']);
    assert.equal((await rule(people.mia, id, 'upheld')).statusCode, 200);
    const half = await get(id);
    assert.deepEqual([half.ruling, half.missing, half.rulings[0]!.member.name], [null, ['sales'], 'Mia']);
    assert.equal((await rule(people.sue, id, 'upheld')).json().state, 'upheld');
    assert.equal((await company.detail(leadId)).state, 'rejected');
    const { rejectedAt, rejectedReason } = await lead(leadId);
    assert.ok(rejectedAt && rejectedReason);
  });

  test('both for marketing: the lead is the rep’s again, as accepted', async () => {
    const { leadId, id } = await contested();
    await rule(people.mia, id, 'overturned');
    assert.equal((await rule(people.hal, id, 'overturned')).json().ruling, 'overturned');
    const detail = await company.detail(leadId);
    assert.deepEqual([detail.state, detail.owner!.name, detail.rejections[0]!.state], ['accepted', 'Sam', 'overturned']);
    const { salAt, rejectedAt, rejectedReason } = await lead(leadId);
    assert.deepEqual([rejectedAt, rejectedReason], [null, null]);
    assert.equal(salAt, detail.rejections[0]!.rulings.at(-1)!.at, 'it had not been accepted before');
  });

  test('a lead that had been accepted before keeps when', async () => {
    const leadId = await company.bring('accepted');
    const { salAt } = await lead(leadId);
    const id = await company.reject(leadId);
    await company.answer(people.mara, id, 'contested');
    await rule(people.mia, id, 'overturned');
    await rule(people.sue, id, 'overturned');
    assert.equal((await lead(leadId)).salAt, salAt);
  });

  test('where they differ a leader decides, and not before', async () => {
    const { leadId, id } = await contested();
    assert.match((await get(id, people.lea)).mayNotJudge!, /only where the two sides differ/);
    assert.equal((await rule(people.lea, id, 'upheld')).statusCode, 409);
    await rule(people.mia, id, 'overturned');
    await rule(people.sue, id, 'upheld');
    const open = await get(id, people.lea);
    assert.deepEqual([open.ruling, open.missing, open.mayNotJudge], [null, ['leadership'], null]);
    assert.ok((await list(people.lea, 'state=toJudge&mine=true&limit=200')).some((each) => each.id === id));
    assert.equal((await rule(people.lea, id, 'overturned')).json().ruling, 'overturned');
    assert.equal((await company.detail(leadId)).state, 'accepted');
  });

  test('nobody who is involved judges, and says why', async () => {
    const { id } = await contested();
    for (const [person, why] of [
      [people.sam, 'You rejected this lead.'],
      [people.mara, 'You answered this rejection.'],
    ] as const) {
      const answer = await rule(person, id, 'upheld');
      assert.equal(answer.statusCode, 403);
      assert.ok(answer.json().detail.startsWith(why), answer.body);
      assert.ok((await get(id, person)).mayNotJudge!.startsWith(why));
      assert.ok(!(await list(person, 'state=toJudge&mine=true&limit=200')).some((each) => each.id === id));
    }
    const leadId = await company.passed();
    const byHead = await company.reject(leadId, people.hal);
    await company.answer(people.milo, byHead, 'contested');
    assert.match((await rule(people.sam, byHead, 'upheld')).json().detail, /This lead is yours/);
    assert.match((await rule(people.mara, byHead, 'upheld')).json().detail, /came to you to be answered/);
    const viewer = await join(company, people.lea, 'Vera', 'sales', 'viewer');
    assert.equal((await rule(viewer, byHead, 'upheld')).statusCode, 403);
  });

  test('two of the same side at once: one is heard, the other hears what was said', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await contested();
      const answers = await Promise.all([rule(people.sue, id, 'upheld'), rule(people.hal, id, 'overturned')]);
      assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 409]);
      const refused = answers.find(({ statusCode }) => statusCode === 409)!;
      assert.match(refused.json().detail, /^Sales has judged already\. (Sue said: upheld|Hal said: overturned)\.$/);
      assert.equal((await get(id)).rulings.length, 1);
    }
  });

  test('both sides at once decide together', async () => {
    for (let round = 0; round < 4; round++) {
      const { leadId, id } = await contested();
      const answers = await Promise.all([rule(people.sue, id, 'overturned'), rule(people.mia, id, 'overturned')]);
      assert.deepEqual(
        answers.map(({ statusCode }) => statusCode),
        [200, 200],
      );
      assert.equal((await get(id)).ruling, 'overturned');
      assert.equal((await company.detail(leadId)).state, 'accepted');
    }
  });

  test('in a small company, where a side has nobody left, leadership decides', async () => {
    const small = await openHandingOver();
    try {
      for (const name of ['mia', 'milo', 'sue', 'hal'] as const)
        await small.ask(small.people.lea, 'PATCH', `/members/${small.people[name].memberId}`, { active: false });
      const leadId = await small.bring('contested');
      const { id, missing } = await small.latestRejection(leadId);
      assert.deepEqual(missing, ['leadership']);
      const listed = await small.ask(small.people.lea, 'GET', '/rejections?state=toJudge&mine=true');
      assert.deepEqual(
        listed.json().items.map((each: Rejection) => each.id),
        [id],
      );
      const ruled = await small.ask(small.people.lea, 'POST', `/rejections/${id}/rulings`, {
        verdict: 'overturned',
        reason: 'It is German.',
      });
      assert.equal(ruled.json().ruling, 'overturned');
      assert.equal((await small.detail(leadId)).state, 'accepted');
      await small.assertVerified();
    } finally {
      await small.close();
    }
  });
});

describe('The agreed sample', () => {
  test('of what marketing agrees with all are judged at 100 %; one that is overturned comes back', async () => {
    const all = await openHandingOver({ reviewSamplePercent: 100 });
    try {
      const leadId = await all.passed();
      const id = await all.reject(leadId);
      await all.answer(all.people.mara, id, 'agreed');
      const drawn = await all.latestRejection(leadId);
      assert.deepEqual([drawn.inSample, drawn.state, drawn.missing], [true, 'toJudge', ['marketing', 'sales']]);
      assert.equal((await all.detail(leadId)).state, 'rejected');
      for (const person of [all.people.mia, all.people.sue])
        await all.ask(person, 'POST', `/rejections/${id}/rulings`, { verdict: 'overturned', reason: 'It is German.' });
      assert.equal((await all.detail(leadId)).state, 'accepted');
      const quality = (await all.ask(all.people.lea, 'GET', '/rejections/quality')).json();
      assert.deepEqual([quality.total.sampled, quality.total.sampledUpheld, quality.total.sampleAccuracy], [1, 0, 0]);
      await all.assertVerified();
    } finally {
      await all.close();
    }
  });
});

describe('The queues', () => {
  test('work oldest first, what is mine, what is settled newest first, a page at a time', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push(await company.reject(await company.passed()));
    const queue = (await list(people.mara, 'state=unanswered&mine=true&limit=200')).map(({ id }) => id);
    assert.deepEqual(
      queue.filter((id) => ids.includes(id)),
      ids,
    );
    assert.deepEqual(await list(people.mia, 'state=unanswered&mine=true'), []);
    const paged: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { items: Rejection[]; next: string | null } = (
        await company.ask(people.mara, 'GET', `/rejections?state=unanswered&limit=2&cursor=${encodeURIComponent(next)}`)
      ).json();
      paged.push(...page.items.map((each) => each.id));
      next = page.next;
    }
    const whole = await company.ask(people.mara, 'GET', '/rejections?state=unanswered&limit=200');
    assert.deepEqual(
      paged,
      whole.json().items.map((each: Rejection) => each.id),
    );
    assert.equal(whole.json().total, paged.length);
    for (const id of ids) await company.answer(people.mara, id, 'agreed');
    const settled = (await list(people.lea, 'state=agreed&limit=200')).map(({ id }) => id).filter((id) => ids.includes(id));
    assert.deepEqual(settled, ids.toReversed());
  });

  test('of one lead, of some days, or one by its id', async () => {
    const leadId = await company.bring('rejected');
    const [only] = await list(people.sam, `state=all&leadId=${leadId}`);
    assert.equal(only!.lead.id, leadId);
    assert.deepEqual(await list(people.sam, `state=all&leadId=${leadId}&end=2026-01-05`), []);
    assert.equal((await company.ask(people.sam, 'GET', `/rejections/${newId()}`)).statusCode, 404);
    assert.equal((await company.ask(people.sam, 'GET', '/rejections?cursor=2026~x')).statusCode, 400);
  });

  test('what is mine in the list is what I may answer or judge', async () => {
    for (const person of Object.values(people)) {
      const queue = await list(person, 'state=toJudge&limit=200');
      const mine = await list(person, 'state=toJudge&mine=true&limit=200');
      assert.deepEqual(
        mine.map(({ id }) => id),
        queue.filter(({ mayNotJudge }) => mayNotJudge === null).map(({ id }) => id),
        `${person.side} ${person.role}`,
      );
      for (const { mayAnswer } of await list(person, 'state=unanswered&mine=true&limit=200')) assert.equal(mayAnswer, true);
    }
  });
});

test('every step is a fact, and the rows are their fold', async () => {
  await company.assertVerified();
  const kinds = await inside<{ kind: string }>(
    company,
    company.workspaceId,
    `SELECT DISTINCT kind FROM accord.facts WHERE subject_kind = 'rejection' ORDER BY kind`,
  );
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['rejection.agreed', 'rejection.contested', 'rejection.judged', 'rejection.made', 'rejection.mended', 'rejection.ruled'],
  );
});

test('a row that differs from its facts is found', async () => {
  const id = await company.reject(await company.passed());
  await inside(company, company.workspaceId, `UPDATE accord.rejections SET answer = 'mended' WHERE id = $1`, [id]);
  await assert.rejects(company.assertVerified(), /differs from what the facts say: answer/);
});
