/** The inbox, and one lead's hand-off as its page shows it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import { type Company, nobodys, openHandingOver } from '#tests/support/handing-over.ts';
import { join, type Person } from '#tests/security/world.ts';
import type { InboxPage } from './contract.ts';

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
