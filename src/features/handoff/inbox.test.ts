/** The inbox, one lead's hand-off as its page shows it, and lead quality with its denominators. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { z } from 'zod';
import { qualityCountsNamed, type InboxPage, type qualityAnswer } from './contract.ts';
import { newId } from '#platform/db/ids.ts';
import { type Company, nobodys, openHandingOver } from '#tests/support/handing-over.ts';
import { join, type Person } from '#tests/security/world.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver({ reviewSamplePercent: 100 });
  ({ people } = company);
});
after(() => company.close());

const inbox = async (person: Person, query = ''): Promise<InboxPage> => {
  const answer = await company.ask(person, 'GET', `/inbox?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const idsOf = (page: InboxPage): string[] => page.items.map(({ leadId }) => leadId);
/** Made due at a moment, whatever its clocks say. */
const makeDue = (leadId: string, at: string | null) =>
  company.within((tx, ws) =>
    sql`UPDATE handoffs SET next_due_at = ${at}::timestamptz, next_clause = CASE WHEN ${at}::text IS NULL THEN NULL ELSE 'decision' END
      WHERE workspace_id = ${ws} AND lead_id = ${leadId}::uuid`.execute(tx),
  );

describe('The inbox', () => {
  test('holds what the rep has to decide on and to work, with what marketing knows', async () => {
    const leadId = await company.passed({ segment: 'SMB', origin: 'Webinar', title: 'CTO', phone: '+49 30 901820' });
    const [item] = (await inbox(people.sam)).items;
    assert.deepEqual(
      [item!.leadId, item!.name, item!.company, item!.title, item!.segment, item!.origin, item!.state],
      [leadId, 'Ada Lind', 'Lind', 'CTO', 'SMB', 'Webinar', 'waiting'],
    );
    assert.deepEqual([item!.campaign!.name, item!.marketer!.name, item!.owner!.name, item!.attempts], ['Spring', 'Mara', 'Sam', 0]);
    assert.deepEqual([item!.next!.title, item!.next!.overdue], ['First attempt', false]);
    assert.deepEqual((await inbox(people.sue)).items, []);
    await company.move(people.sam, leadId, 'disqualification', { reason: 'A student.' });
    assert.deepEqual((await inbox(people.sam)).items, []);
  });

  test('what is due next stands first, what is never due last, and pages meet without a gap', async () => {
    const tom = await join(company, people.lea, 'Tom', 'sales', 'member');
    const leads: string[] = [];
    for (let at = 0; at < 9; at++) leads.push(await company.passed({ ownerId: tom.memberId }));
    const moments = ['2026-01-09', '2026-01-02', null, '2199-01-05', '2026-01-02', null, '2199-01-01', null, '2026-01-01'];
    for (const [at, leadId] of leads.entries()) await makeDue(leadId, moments[at]! && `${moments[at]}T10:00:00.123456Z`);
    const key = (leadId: string) => `${moments[leads.indexOf(leadId)] ?? '9999'} ${leadId}`;
    const expected = leads.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
    assert.deepEqual(idsOf(await inbox(tom)), expected);
    for (const limit of [1, 2, 4, 9]) {
      const paged: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: InboxPage = await inbox(tom, `limit=${limit}&cursor=${encodeURIComponent(next)}`);
        assert.ok(page.items.length > 0);
        paged.push(...idsOf(page));
        next = page.next;
      }
      assert.deepEqual(paged, expected, `${limit} at a time`);
    }
    const { counts } = await inbox(tom);
    assert.deepEqual([counts.waiting, counts.accepted, counts.overdue], [9, 0, 4]);
    await company.move(tom, expected[0]!, 'acceptance');
    assert.deepEqual([(await inbox(tom)).counts.waiting, (await inbox(tom)).counts.accepted], [8, 1]);
    assert.deepEqual(idsOf(await inbox(tom, 'state=accepted')), [expected[0]]);
    assert.ok(!idsOf(await inbox(tom, 'state=waiting')).includes(expected[0]!));
  });

  test('of a colleague, of everybody, and what is nobody’s', async () => {
    const [his, hers] = [await company.passed(), await company.passed({ ownerId: people.sue.memberId })];
    const open = await company.passed(nobodys);
    assert.deepEqual(idsOf(await inbox(people.hal, `of=${people.sue.memberId}`)), [hers]);
    const all = idsOf(await inbox(people.hal, 'of=all&limit=200'));
    assert.ok(all.includes(his) && all.includes(hers) && !all.includes(open));
    const unrouted = await inbox(people.sam, 'state=unrouted');
    assert.deepEqual([idsOf(unrouted), unrouted.counts.unrouted], [[open], 1]);
    await company.move(people.sue, open, 'claim');
    assert.equal((await inbox(people.sam, 'state=unrouted')).counts.unrouted, 0);
    assert.ok(idsOf(await inbox(people.sue)).includes(open));
    assert.deepEqual(await inbox(people.sam, `of=${newId()}`).then(idsOf), []);
  });

  test('a cursor that was made up is refused', async () => {
    for (const cursor of ['x', '~', '2026-01-01~x', `~${newId()}~`, `yesterday~${newId()}`])
      assert.equal((await company.ask(people.sam, 'GET', `/inbox?cursor=${encodeURIComponent(cursor)}`)).statusCode, 400, cursor);
  });
});

describe('One lead’s hand-off', () => {
  test('tells why it was passed, what the lead saw before, to whom it went and what is due', async () => {
    const leadId = await company.record({
      name: 'Ben',
      country: 'DE',
      email: 'ben@ost.example',
      openedAt: '2026-03-01T08:00:00Z',
      mqlAt: '2026-03-02T09:00:00Z',
      campaignId: company.campaignId,
      ownerId: people.sam.memberId,
    });
    const touch = (occurredAt: string, more: object) => company.ask(people.mara, 'POST', '/touches', { occurredAt, leadId, ...more });
    await touch('2026-03-01T08:00:00Z', { side: 'marketing', kind: 'ad_click', channel: 'search', campaignId: company.campaignId });
    await touch('2026-03-02T08:59:00Z', { side: 'customer', kind: 'form', subject: 'Price list' });
    await touch('2026-03-02T08:30:00Z', { side: 'sales', kind: 'call' });
    await touch('2026-03-03T08:00:00Z', { side: 'marketing', kind: 'email', subject: 'Later' });
    const detail = await company.detail(leadId);
    assert.deepEqual(
      detail.seen.map(({ kind, subject, campaign }) => [kind, subject, campaign]),
      [
        ['form', 'Price list', null],
        ['ad_click', null, 'Spring'],
      ],
    );
    assert.deepEqual(
      detail.judgement!.clauses.map(({ path, met }) => [path, met]),
      [
        ['all.0', true],
        ['all.1', true],
      ],
    );
    assert.deepEqual(
      detail.clocks.map(({ clause }) => clause),
      ['decision', 'first-attempt'],
    );
    assert.deepEqual([detail.owner!.name, detail.marketer!.name, detail.campaign!.name], ['Sam', 'Mara', 'Spring']);
  });

  test('a lead that its source calls an MQL is told which clauses it doesn’t meet', async () => {
    const leadId = await company.passed({ country: 'FR' });
    const { judgement, state } = await company.detail(leadId);
    assert.deepEqual([judgement!.passed, judgement!.clauses.map(({ met }) => met), state], [false, [false, true], 'waiting']);
  });

  test('one that isn’t there is not found', async () => {
    assert.equal((await company.ask(people.sam, 'GET', `/leads/${newId()}/handoff`)).statusCode, 404);
    assert.equal((await company.ask(people.sam, 'POST', `/leads/${newId()}/acceptance`, {})).statusCode, 404);
  });
});

describe('Lead quality and reject accuracy', () => {
  type Answer = z.output<typeof qualityAnswer>;
  const period = 'start=2025-01-01&end=2025-12-31';
  const quality = async (by: string): Promise<Answer> => {
    const answer = await company.ask(people.lea, 'GET', `/rejections/quality?${period}&by=${by}`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json();
  };
  const countsOf = ({ passed, decided, rejected, mended, overturned, lost, judged, upheld }: Answer['total']) => ({
    passed,
    decided,
    rejected,
    mended,
    overturned,
    lost,
    judged,
    upheld,
  });

  before(async () => {
    const past = (segment: string | null, month: string) => company.passed({ segment, mqlAt: `2025-${month}-10T09:00:00Z` });
    const rejectedBy = async (person: Person, segment: string | null, clauses: string[]): Promise<string> => {
      const leadId = await past(segment, '03');
      await company.move(person, leadId, 'rejection', { clauses, comment: 'Not so.' });
      return (await company.latestRejection(leadId)).id;
    };
    const judge = async (id: string, verdict: string) => {
      for (const person of [people.mia, people.sue])
        await company.ask(person, 'POST', `/rejections/${id}/rulings`, { verdict, reason: 'Read the page.' });
    };
    await past('SMB', '02'); // waits
    await company.move(people.sam, await past('SMB', '02'), 'acceptance');
    await company.move(people.sam, await past(null, '04'), 'acceptance');
    await rejectedBy(people.sam, 'SMB', ['all.0']); // unanswered
    const mended = await rejectedBy(people.sam, 'SMB', ['all.0', 'all.1']);
    await company.answer(people.mara, mended, 'mended');
    const upheld = await rejectedBy(people.sam, 'Enterprise', ['all.1']);
    await company.answer(people.mara, upheld, 'contested');
    await judge(upheld, 'upheld');
    const overturned = await rejectedBy(people.sam, 'Enterprise', ['all.1']);
    await company.answer(people.mara, overturned, 'agreed'); // and drawn
    await judge(overturned, 'overturned');
    const byHal = await rejectedBy(people.hal, 'Enterprise', ['all.0']);
    await company.answer(people.mara, byHal, 'agreed');
    await judge(byHal, 'upheld');
  });

  test('in all', async () => {
    const { total, rows, start, end } = await quality('none');
    assert.deepEqual([rows, start, end], [[], '2025-01-01', '2025-12-31']);
    assert.deepEqual(countsOf(total), { passed: 8, decided: 6, rejected: 5, mended: 1, overturned: 1, lost: 3, judged: 3, upheld: 2 });
    assert.deepEqual([total.leadQuality, total.rejectAccuracy], [3 / 6, 2 / 3]);
    assert.deepEqual([total.sampled, total.sampledUpheld, total.sampleAccuracy], [2, 1, 1 / 2]);
  });

  test('by segment, by rep, by month, by campaign: the groups add up', async () => {
    const all = countsOf((await quality('none')).total);
    const bySegment = await quality('segment');
    const enterprise = bySegment.rows.find(({ group }) => group === 'Enterprise')!;
    assert.deepEqual(countsOf(enterprise), { passed: 3, decided: 3, rejected: 3, mended: 0, overturned: 1, lost: 2, judged: 3, upheld: 2 });
    assert.ok(bySegment.rows.some(({ group, label }) => group === null && label === 'not stated'));
    const byRep = await quality('person');
    assert.deepEqual(
      byRep.rows.map(({ label, rejected }) => [label, rejected]),
      [
        ['Sam', 4],
        ['Hal', 1],
      ],
    );
    assert.deepEqual(
      (await quality('month')).rows.map(({ label, passed }) => [label, passed]),
      [
        ['2025-02', 2],
        ['2025-03', 5],
        ['2025-04', 1],
      ],
    );
    assert.deepEqual(
      (await quality('campaign')).rows.map(({ label }) => label),
      ['Spring'],
    );
    for (const by of ['segment', 'person', 'month', 'campaign', 'channel', 'origin'])
      assert.deepEqual(countsOf((await quality(by)).total), all, by);
  });

  test('by clause: what it says, under every rejection that names it', async () => {
    const { rows, total } = await quality('clause');
    const [country, email] = (await company.detail(await company.passed())).rejectBy!.clauses.map(({ sentence }) => sentence);
    const named = (sentence: string) => countsOf(rows.find(({ label }) => label === sentence)!);
    assert.deepEqual(named(country!), { passed: 8, decided: 6, rejected: 3, mended: 1, overturned: 0, lost: 2, judged: 1, upheld: 1 });
    assert.deepEqual(named(email!), { passed: 8, decided: 6, rejected: 3, mended: 1, overturned: 1, lost: 1, judged: 2, upheld: 1 });
    assert.equal(total.rejected, 5);
  });

  test('every number opens into as many records', async () => {
    for (const by of ['none', 'segment', 'person', 'month', 'campaign', 'clause']) {
      const { total, rows } = await quality(by);
      for (const line of by === 'clause' ? rows : [total, ...rows])
        for (const which of qualityCountsNamed) {
          const path = `${line.recordsUrl.replace('/api/v1', '')}&which=${which}&limit=200`;
          const answer = await company.ask(people.lea, 'GET', path);
          assert.equal(answer.statusCode, 200, answer.body);
          const page = answer.json();
          assert.deepEqual([page.items.length, page.total], [line[which], line[which]], `${which}: ${path}`);
        }
    }
  });

  test('a page of the records at a time', async () => {
    const { total } = await quality('none');
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const path: string = `${total.recordsUrl.replace('/api/v1', '')}&which=passed&limit=3&cursor=${encodeURIComponent(next)}`;
      const page: { items: { leadId: string }[]; next: string | null } = (await company.ask(people.lea, 'GET', path)).json();
      seen.push(...page.items.map(({ leadId }) => leadId));
      next = page.next;
    }
    assert.equal(new Set(seen).size, 8);
    assert.equal(seen.length, 8);
  });

  test('nothing passed is no quality, not a perfect one', async () => {
    const answer = await company.ask(people.lea, 'GET', '/rejections/quality?start=2020-01-01&end=2020-01-31');
    const { passed, leadQuality, rejectAccuracy, sampleAccuracy } = answer.json().total;
    assert.deepEqual([passed, leadQuality, rejectAccuracy, sampleAccuracy], [0, null, null, null]);
    assert.equal((await company.ask(people.lea, 'GET', '/rejections/quality?start=2026-02-01&end=2026-01-01')).statusCode, 400);
  });
});
