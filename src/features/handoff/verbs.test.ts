/** Every verb tried from every state, who may do it, what it leaves behind, and two who act at once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { handoffStates, leadCan, type HandoffState, type Verb, verbs } from '#engine/handoff/states.ts';
import { newId } from '#platform/db/ids.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { inside, join, type Person } from '#tests/security/world.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver({ reviewSamplePercent: 100 });
  ({ people } = company);
});
after(() => company.close());

interface Attempt {
  readonly who: Person;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

const nextYear = `${new Date().getUTCFullYear() + 1}-01-01`;

/** A request that nothing but the lead's state stands against. */
async function attemptOf(verb: Verb, leadId: string): Promise<Attempt> {
  const { sam, hal, mara, sue } = people;
  const onLead = (who: Person, noun: string, body = {}): Attempt => ({ who, path: `/leads/${leadId}/${noun}`, body });
  const onRejection = async (who: Person, noun: string, body: object): Promise<Attempt> => ({
    who,
    path: `/rejections/${(await company.latestRejection(leadId)).id}/${noun}`,
    body: { ...body },
  });
  switch (verb) {
    case 'claim':
      return onLead(sam, 'claim');
    case 'accept':
      return onLead(sam, 'acceptance');
    case 'reject':
      return onLead(sam, 'rejection', { clauses: ['all.1'], comment: 'The address bounces.' });
    case 'recycle':
      return onLead(sam, 'recycling', { until: nextYear, reason: 'Budget comes then.' });
    case 'disqualify':
      return onLead(sam, 'disqualification', { reason: 'A competitor.' });
    case 'qualify':
      return onLead(sam, 'qualification', { comment: 'They want ten seats.' });
    case 'reassign':
      return onLead(hal, 'reassignment', { memberId: sue.memberId, reason: 'Sue knows them.' });
    case 'restart':
      return onLead(mara, 'restart', { reason: 'They asked for a demo.' });
    case 'agree':
    case 'mend':
    case 'contest':
      return onRejection(mara, 'answer', { answer: { agree: 'agreed', mend: 'mended', contest: 'contested' }[verb], comment: 'As said.' });
    case 'rule':
      return onRejection(sue, 'rulings', { verdict: 'upheld', reason: 'It says so on the page.' });
  }
}

const onRejections: readonly Verb[] = ['agree', 'mend', 'contest', 'rule'];

/** A lead that stands there; where the verb answers a rejection, one that was rejected before, so that there is something to try it on. */
async function leadIn(state: HandoffState, verb: Verb): Promise<string> {
  if (state === 'rejected' && verb === 'rule') {
    const leadId = await company.bring('rejected');
    await company.answer(people.mara, (await company.latestRejection(leadId)).id, 'agreed');
    return leadId;
  }
  const leadId = await company.bring(state, {}, onRejections.includes(verb) && state !== 'rejected' && state !== 'contested');
  if (verb === 'qualify') await company.talked(leadId);
  return leadId;
}

const storedState = async (leadId: string): Promise<string | undefined> =>
  (await inside<{ state: string }>(company, company.workspaceId, 'SELECT state FROM accord.handoffs WHERE lead_id = $1', [leadId]))[0]
    ?.state;

describe('Every verb from every state', () => {
  for (const state of handoffStates)
    test(`a lead that is ${state}`, async () => {
      for (const verb of verbs) {
        const leadId = await leadIn(state, verb);
        assert.equal(await storedState(leadId), state, `on the way to ${state}`);
        const { who, path, body } = await attemptOf(verb, leadId);
        const answer = await company.ask(who, 'POST', path, body);
        const { from, to, otherwise } = leadCan[verb];
        const where = `${verb} from ${state}: ${answer.body}`;
        if (from.includes(state)) {
          assert.ok(answer.statusCode === 200 || answer.statusCode === 201, where);
          const moved = await storedState(verb === 'restart' ? answer.json().leadId : leadId);
          const expected: readonly string[] = verb === 'rule' ? [state] : to; // one verdict decides nothing yet
          assert.ok(expected.includes(moved!), `${where}: it is ${moved}`);
        } else {
          assert.equal(answer.statusCode, 409, where);
          assert.ok(answer.json().detail.startsWith(otherwise), where);
          assert.equal(await storedState(leadId), state, where);
        }
      }
    });

  test('what can be done is told beforehand as the verbs answer', async () => {
    for (const state of handoffStates) {
      const leadId = await leadIn(state, 'rule');
      const told = new Map<Person, Awaited<ReturnType<Company['detail']>>['can']>();
      for (const person of [people.sam, people.hal, people.mara, people.sue]) told.set(person, (await company.detail(leadId, person)).can);
      for (const verb of verbs) {
        const { who, path, body } = await attemptOf(verb, leadId);
        const { may, whyNot } = told.get(who)!.find((each) => each.verb === verb)!;
        assert.equal(may, whyNot === null);
        if (may) continue;
        const answer = await company.ask(who, 'POST', path, body);
        assert.ok(answer.statusCode === 409 || answer.statusCode === 403, `${verb} from ${state}: ${answer.body}`);
        assert.ok(answer.json().detail.startsWith(whyNot), `${verb} from ${state}: “${whyNot}” against ${answer.body}`);
      }
    }
  });

  test('an inquiry stands nowhere: it is no MQL', async () => {
    const leadId = await company.record({ name: 'Not yet', country: 'FR' });
    const { state, can } = await company.detail(leadId);
    assert.equal(state, null);
    assert.ok(can.every(({ may, whyNot }) => !may && whyNot === 'It is not an MQL.'));
    assert.match((await company.move(people.hal, leadId, 'acceptance', {}, 409)).detail, /It is not an MQL/);
  });

  test('facts fold to the state, and rejections to their rows', () => company.assertVerified());
});

describe('What a verb leaves behind', () => {
  const factsOf = async (
    leadId: string,
  ): Promise<{ kind: string; sets: Record<string, unknown> | null; body: Record<string, unknown> | null }[]> =>
    (await company.ask(people.lea, 'GET', `/leads/${leadId}/facts`)).json().items;
  const lead = async (leadId: string) => (await company.ask(people.lea, 'GET', `/leads/${leadId}`)).json();

  test('to accept: the stage SAL, by whom and when', async () => {
    const leadId = await company.bring('accepted');
    const { salAt, stage } = await lead(leadId);
    assert.equal(stage, 'sal');
    const [fact] = await factsOf(leadId);
    assert.deepEqual([fact!.kind, fact!.sets], ['lead.accepted', { salAt }]);
    assert.ok(Date.now() - Date.parse(salAt) < 60_000);
  });

  test('to recycle: until when, and why', async () => {
    const leadId = await company.bring('recycled');
    const recycled = await lead(leadId);
    assert.deepEqual([recycled.stage, recycled.recycledUntil], ['recycled', '2199-01-01']);
    assert.deepEqual((await factsOf(leadId))[0]!.body, { note: 'Next year.' });
  });

  test('a day that is past is refused', async () => {
    const leadId = await company.bring('waiting');
    const { detail } = await company.move(people.sam, leadId, 'recycling', { until: '2026-01-05', reason: 'Oops' }, 400);
    assert.match(detail, /2026-01-05 is not to come; a day after \d{4}-\d\d-\d\d would do/);
  });

  test('to disqualify: the reason', async () => {
    const leadId = await company.bring('disqualified');
    const { stage, disqualifiedReason } = await lead(leadId);
    assert.deepEqual([stage, disqualifiedReason], ['disqualified', 'A student.']);
  });

  test('an opportunity needs a conversation on record: a status is no evidence', async () => {
    const leadId = await company.bring('accepted');
    const { detail } = await company.move(people.sam, leadId, 'qualification', {}, 409);
    assert.match(detail, /No conversation with this lead is on record/);
    const touch = (more: object) =>
      company.ask(people.sam, 'POST', '/touches', {
        occurredAt: new Date().toISOString(),
        leadId,
        side: 'sales',
        direction: 'out',
        ...more,
      });
    for (const more of [
      { kind: 'call', outcome: 'no answer' },
      { kind: 'email', subject: 'Hello', outcome: 'sent' },
      { kind: 'meeting', outcome: 'No show' },
      { kind: 'email', side: 'customer', direction: 'in', subject: 'Automatic reply: Hello' },
      { kind: 'email', side: 'customer', direction: 'in', subject: 'Re: Hello', automated: true },
      { kind: 'form', side: 'customer', direction: 'in' },
    ]) {
      assert.equal((await touch(more)).statusCode, 201, JSON.stringify(more));
      await company.move(people.sam, leadId, 'qualification', {}, 409);
    }
    const reply = await touch({ kind: 'email', side: 'customer', direction: 'in', subject: 'Re: Hello' });
    assert.equal(reply.statusCode, 201, reply.body);
    assert.equal((await company.move(people.sam, leadId, 'qualification')).state, 'progressed');
    const [fact] = await factsOf(leadId);
    assert.deepEqual([fact!.kind, fact!.body!.touchId], ['lead.confirmed', reply.json().id]);
    assert.equal((await lead(leadId)).stage, 'sql');
  });

  test('to reassign: the new rep goes on from there, with the reason', async () => {
    const leadId = await company.bring('accepted');
    const { owner, state, routing } = await company.move(people.hal, leadId, 'reassignment', {
      memberId: people.sue.memberId,
      reason: 'Sam is away.',
    });
    assert.deepEqual([owner!.name, state], ['Sue', 'accepted']);
    assert.deepEqual(
      [routing.at(-1)!.kind, routing.at(-1)!.why, routing.at(-1)!.by!.name],
      ['reassigned', ['Hal gave it to Sue: Sam is away.'], 'Hal'],
    );
  });

  test('a lead that was routed wrongly is decided on anew', async () => {
    const leadId = await company.bring('accepted');
    const moved = await company.move(people.hal, leadId, 'reassignment', {
      memberId: people.sue.memberId,
      wrongRouting: true,
      reason: 'Her region.',
    });
    assert.deepEqual([moved.state, moved.routing.at(-1)!.kind], ['waiting', 'corrected']);
    assert.equal((await lead(leadId)).salAt, null);
  });

  test('a lead goes only to a rep who doesn’t have it', async () => {
    const leadId = await company.bring('waiting');
    const to = (memberId: string) => company.move(people.hal, leadId, 'reassignment', { memberId, reason: 'Try' }, 400);
    assert.match((await to(people.mara.memberId)).detail, /no such rep in sales/);
    assert.match((await to(newId())).detail, /no such rep in sales/);
    assert.match((await to(people.sam.memberId)).detail, /Sam has this lead already/);
  });

  test('to restart: a new cycle of the same person, an MQL, with the rep it had', async () => {
    const earlier = await company.bring('recycled', { origin: 'Webinar', segment: 'SMB' });
    const next = await company.move(people.mara, earlier, 'restart', { reason: 'They came back.' });
    const made = await lead(next.leadId);
    assert.deepEqual(
      [made.previousLeadId, made.cycle, made.origin, made.segment, made.campaignId, made.stage],
      [earlier, 2, 'Webinar', 'SMB', company.campaignId, 'mql'],
    );
    assert.deepEqual([next.state, next.owner!.name, next.routing[0]!.why], ['waiting', 'Sam', ['Sam had the earlier cycle.']]);
    assert.equal((await company.detail(earlier)).nextCycleId, next.leadId);
    const again = await company.move(people.mara, earlier, 'restart', {}, 409);
    assert.match(again.detail, /later cycle already/);
  });

  test('where a rep is gone the new cycle is nobody’s', async () => {
    const tom = await join(company, people.lea, 'Tom', 'sales', 'member');
    const earlier = await company.passed({ ownerId: tom.memberId });
    await company.move(tom, earlier, 'recycling', { until: nextYear, reason: 'Later.' });
    await company.ask(people.lea, 'PATCH', `/members/${tom.memberId}`, { active: false });
    assert.equal((await company.move(people.mara, earlier, 'restart')).state, 'unrouted');
  });

  test('an archived lead is not moved', async () => {
    const leadId = await company.bring('waiting');
    await company.ask(people.lea, 'POST', `/leads/${leadId}/archival`);
    assert.match((await company.move(people.sam, leadId, 'acceptance', {}, 409)).detail, /archived: restore it first/);
  });

  test('a stage that a source dates into the future has to be put right first', async () => {
    const leadId = await company.bring('waiting', { mqlAt: '2199-01-01T00:00:00Z' });
    assert.match((await company.move(people.sam, leadId, 'acceptance', {}, 409)).detail, /still to come\. Correct that first/);
  });
});

describe('Who may', () => {
  const decisions: readonly Verb[] = ['accept', 'reject', 'recycle', 'disqualify'];

  test('reps move their own leads, heads of sales and leadership all, nobody else any', async () => {
    const vera = await join(company, people.lea, 'Vera', 'sales', 'viewer');
    for (const verb of decisions)
      for (const [person, status] of [
        [people.sam, 200],
        [people.hal, 200],
        [people.lea, 200],
        [people.sue, 403],
        [vera, 403],
        [people.mara, 403],
        [people.milo, 403],
      ] as const) {
        const { path, body } = await attemptOf(verb, await company.bring('waiting'));
        const answer = await company.ask(person, 'POST', path, body);
        assert.equal(answer.statusCode, status, `${verb} as ${person.side} ${person.role}: ${answer.body}`);
      }
  });

  test('only heads reassign; only marketing and leadership restart', async () => {
    for (const [person, status] of [
      [people.hal, 200],
      [people.lea, 200],
      [people.sam, 403],
      [people.mara, 403],
    ] as const) {
      const { path, body } = await attemptOf('reassign', await company.bring('waiting'));
      assert.equal((await company.ask(person, 'POST', path, body)).statusCode, status);
    }
    for (const [person, status] of [
      [people.mara, 201],
      [people.milo, 201],
      [people.lea, 201],
      [people.sam, 403],
    ] as const)
      await company.move(person, await company.bring('recycled'), 'restart', {}, status);
  });

  test('leadership claims nothing: it has no inbox', async () => {
    const { detail } = await company.move(people.lea, await company.bring('unrouted'), 'claim', {}, 403);
    assert.match(detail, /Reps claim leads/);
  });
});

describe('Two who act at once', () => {
  const won = (answers: { statusCode: number }[]) => answers.filter(({ statusCode }) => statusCode === 200).length;
  const lost = (answers: { statusCode: number; body: string; json(): { detail: string } }[]) => {
    const others = answers.filter(({ statusCode }) => statusCode !== 200);
    for (const other of others) assert.equal(other.statusCode, 409, other.body);
    return others.map((other) => other.json().detail);
  };

  test('accept: exactly one does, the others hear who did', async () => {
    for (let round = 0; round < 5; round++) {
      const leadId = await company.bring('waiting');
      const answers = await Promise.all(
        [people.sam, people.hal, people.lea, people.hal].map((person) => company.ask(person, 'POST', `/leads/${leadId}/acceptance`, {})),
      );
      assert.equal(won(answers), 1);
      for (const detail of lost(answers)) assert.match(detail, /^Only a lead that waits.* It was accepted by (Sam|Hal|Lea)\.$/);
      const facts = await inside(
        company,
        company.workspaceId,
        `SELECT 1 FROM accord.facts WHERE subject_id = $1 AND kind = 'lead.accepted'`,
        [leadId],
      );
      assert.equal(facts.length, 1);
    }
  });

  test('one accepts, the other rejects what both looked at: exactly one is heard', async () => {
    for (let round = 0; round < 5; round++) {
      const leadId = await company.bring('waiting');
      const { version } = await company.detail(leadId);
      const answers = await Promise.all([
        company.ask(people.sam, 'POST', `/leads/${leadId}/acceptance`, { version }),
        company.ask(people.hal, 'POST', `/leads/${leadId}/rejection`, { clauses: ['all.0'], comment: 'Not German.', version }),
      ]);
      assert.equal(won(answers), 1);
      const [detail] = lost(answers);
      assert.match(detail!, /^This lead moved since you looked at it\. It was (accepted by Sam|rejected by Hal)\.$/);
      const { state, rejections } = await company.detail(leadId);
      assert.equal(rejections.length, state === 'rejected' ? 1 : 0);
    }
  });

  test('the version changes with a move, and with nothing else', async () => {
    const leadId = await company.bring('waiting');
    const { version } = await company.detail(leadId);
    await company.record({ phone: '+49 30 901820', title: 'CTO' }, leadId);
    await company.talked(leadId);
    assert.equal((await company.detail(leadId)).version, version);
    const item = (await company.ask(people.sam, 'GET', '/inbox?limit=200'))
      .json()
      .items.find((each: { leadId: string }) => each.leadId === leadId);
    assert.equal(item.version, version);
    assert.notEqual((await company.move(people.sam, leadId, 'acceptance', { version })).version, version);
  });

  test('the same request twice has one effect', async () => {
    const leadId = await company.bring('waiting');
    const send = () => company.ask(people.sam, 'POST', `/leads/${leadId}/acceptance`, {}, { 'idempotency-key': `accept-${leadId}` });
    const answers = await Promise.all([send(), send(), send()]);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200],
    );
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1);
  });

  test('all of it is in the facts', () => company.assertVerified());
});
