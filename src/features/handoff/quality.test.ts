/** Lead quality and reject accuracy, each with its denominator; every number opens into its leads. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import type { Person } from '#tests/security/world.ts';
import { qualityCountsNamed, type qualityAnswer } from './contract.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver({ reviewSamplePercent: 100 });
  ({ people } = company);
  await liveThroughTheYear();
});
after(() => company.close());

/** Eight leads of 2025: three wait or are worked, five were rejected, each with another end. */
async function liveThroughTheYear(): Promise<void> {
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
}

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
