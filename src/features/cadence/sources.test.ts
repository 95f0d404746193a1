/** Each source of the agenda: what it says, by whom it is spoken about, where it opens; and what it never tells. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { ItemKind } from '#engine/cadence/agenda.ts';
import { newId } from '#platform/db/ids.ts';
import { goalOf, signPlan } from '#tests/support/goals.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { gatherCandidates } from './queries/agenda/gather.ts';
import type { Offered } from './queries/agenda/offered.ts';

let company: Company;
let offered: Offered[];
const campaign = newId();
const secretWords = 'Nobody rang before the ninth day';
before(async () => {
  company = await openHandingOver();
  await workBadly();
  await criticise();
  await planTogether();
  offered = await gatherCandidates(company.database, company.workspaceId);
});
after(() => company.close());

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const post = async (person: Parameters<Company['ask']>[0], path: string, body: unknown): Promise<{ id: string }> => {
  const answer = await company.ask(person, 'POST', path, body);
  assert.ok(answer.statusCode < 300, `${path}: ${answer.body}`);
  return answer.json();
};

/** Three leads that nobody touched for five days, and two that were rejected. */
async function workBadly(): Promise<void> {
  const at = { openedAt: daysAgo(5), mqlAt: daysAgo(5) };
  for (let lead = 0; lead < 3; lead++) await company.passed(at);
  for (let lead = 0; lead < 2; lead++) await company.bring('rejected');
}

/** Three times the same in a month, one of them answered by disagreeing. */
async function criticise(): Promise<void> {
  const { mara, sam } = company.people;
  const leadId = await company.passed();
  const given = { tone: 'criticism', subjectKind: 'lead', subjectId: leadId, behaviour: secretWords, tags: ['first call'] };
  for (let piece = 0; piece < 3; piece++) {
    const { id } = await post(mara, '/feedback', given);
    if (piece === 0) await post(sam, `/feedback/${id}/disagreement`, { text: 'She was called on the second.' });
  }
}

async function planTogether(): Promise<void> {
  const { mara, sam, sue, hal, milo } = company.people;
  const { workspaceId } = company;
  const { id } = await post(milo, '/definitions', {
    term: 'sql',
    text: 'Talked to.',
    rule: { all: [{ of: 'lead', field: 'country', is: 'eq', value: 'DE' }] },
  });
  await post(milo, `/definitions/${id}/proposal`, { effectiveFrom: daysAgo(-3).slice(0, 10) });
  await company.within(async (tx) => {
    const role = (memberId: string, state: string) =>
      sql`INSERT INTO campaign_roles (workspace_id, id, campaign_id, kind, member_id, wanted, state, asked_by)
      VALUES (${workspaceId}, ${newId()}, ${campaign}, 'calls', ${memberId}, 5, ${state}, ${mara.memberId})`.execute(tx);
    await sql`INSERT INTO campaigns (workspace_id, id, name, owner_id, starts_on) VALUES (${workspaceId}, ${campaign}, 'Autumn fair', ${mara.memberId}, ${daysAgo(-9).slice(0, 10)}::date)`.execute(
      tx,
    );
    await sql`INSERT INTO campaign_plans (workspace_id, campaign_id, state) VALUES (${workspaceId}, ${campaign}, 'briefed')`.execute(tx);
    await role(sam.memberId, 'accepted');
    await role(sue.memberId, 'asked');
    await sql`INSERT INTO proposals (workspace_id, id, kind, title, proposed_by, due_at, due_on)
      VALUES (${workspaceId}, ${newId()}, 'content', 'A price list in French', ${sam.memberId}, now() - interval '1 day', now()::date - 1)`.execute(
      tx,
    );
    for (const [name, amount] of [
      ['Small', 100_00],
      ['Great', 90_000_00],
    ] as const)
      await sql`INSERT INTO deals (workspace_id, id, name, owner_id, status, amount, currency, opened_at, closed_at)
        VALUES (${workspaceId}, ${newId()}, ${name}, ${sam.memberId}, 'won', ${amount}, 'EUR', now() - interval '40 days', now() - interval '2 days')`.execute(
        tx,
      );
  });
  // Half gone on whatever day the test runs.
  const month = Temporal.Now.plainDateISO('UTC').with({ day: 1 });
  const period = { start: month.subtract({ months: 3 }).toString(), end: month.add({ months: 4 }).subtract({ days: 1 }).toString() };
  const owners = { marketing: milo.memberId, sales: hal.memberId };
  const goals = [
    goalOf({ name: 'mqls' }, { owners, ...period, target: '100000', title: 'MQLs of the half year' }),
    goalOf({ name: 'wonValue' }, { owners, ...period, target: '1', title: 'Revenue of the half year' }),
  ];
  await signPlan({ workspaceId, inside: (work: never) => company.within(work) } as never, { ...period, goals });
}

const only = (kind: ItemKind): Offered[] => offered.filter((each) => each.kind === kind);
const speaker = (each: Offered | undefined): string | undefined =>
  Object.entries(company.people).find(([, { memberId }]) => memberId === each?.ownerId)?.[0];

test('clauses that were not kept: speed by itself, others beside it, each by the head of the side that owes', () => {
  const [speed] = only('speed');
  assert.match(speed!.sentence, /^Sales kept “First attempt” for \d+ % of \d+ leads since .*; 90 % was agreed\.$/);
  assert.deepEqual([speaker(speed), speed!.records[0]!.kind, speed!.opens!.includes('clause=first-attempt')], ['hal', 'clause', true]);
  assert.match(only('breach')[0]!.sentence, /“Decision”/);
});

test('the clause sales names most often, with its count', () => {
  const [rejections] = only('rejections');
  assert.match(
    rejections!.sentence,
    /^Sales rejected 2 leads of 2 it decided on in four weeks, most often because of “.*country.*” \(2\)\.$/i,
  );
  assert.deepEqual([speaker(rejections), rejections!.opens], ['milo', '/rejections?tab=quality']);
});

test('criticism is counted, a disagreement named by its thing, what recurs by its tag; nobody’s words are told', () => {
  const [open, disagreed] = only('feedback');
  assert.equal(open!.sentence, '2 pieces of criticism wait for sales’ answer.');
  assert.match(disagreed!.sentence, /^The two sides disagree about “Lead: Ada Lind”/);
  assert.match(only('theme')[0]!.sentence, /^It recurs in criticism of sales: “first call”, 3 times in thirty days\.$/);
  assert.ok(!JSON.stringify(offered, (_, value) => (typeof value === 'bigint' ? String(value) : value)).includes(secretWords));
});

test('a campaign that launches says who has accepted a part and who has not answered', () => {
  const [launching] = only('campaign');
  assert.match(launching!.sentence, /^“Autumn fair” launches on .*: 1 of 2 people asked have accepted a part\.$/);
  assert.deepEqual(
    launching!.figures.map(({ label, value }) => [label, value]),
    [
      ['Accepted', 'Sam'],
      ['Not answered', 'Sue'],
    ],
  );
  assert.deepEqual([speaker(launching), launching!.opens], ['mara', `/campaigns/${campaign}`]);
});

test('what waits for a signature, and what waits for an answer', () => {
  const [unsigned, asked] = only('proposal');
  assert.match(unsigned!.sentence, /lies before both sides: marketing and sales have not signed\.$/);
  assert.equal(unsigned!.records[0]!.kind, 'definition');
  assert.match(
    asked!.sentence,
    /^1 proposal of sales waits for an answer, 1 past the agreed time; the first is “A price list in French”\.$/,
  );
});

test('goals off their pace and no others, and the greatest win', () => {
  assert.deepEqual(
    only('goal').map(({ sentence }) => sentence.split(' is ')[0]),
    ['MQLs of the half year'],
  );
  assert.match(only('win')[0]!.sentence, /^Great was won on .*: €90,000\. What did both sides do well\?$/);
  assert.equal(speaker(only('win')[0]), 'sam');
});

test('only what is wanted is asked for', async () => {
  const kinds = (await gatherCandidates(company.database, company.workspaceId, { kinds: ['speed', 'win'] })).map(({ kind }) => kind);
  assert.deepEqual(kinds.sort(), ['speed', 'win']);
});
