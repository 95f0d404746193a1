/** The life of a definition, through the API, by the people who live it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WorkspaceId } from '#platform/db/database.ts';
import { inside, join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import { inForceAt, signedDefinitions } from './queries/in-force.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
let mia: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  mia = await join(world, lea, 'Mia', 'marketing', 'member');
});
after(() => world.close());

const hasCompany = { of: 'lead', field: 'company', is: 'notBlank' };
const hasEmail = { of: 'lead', field: 'email', is: 'notBlank' };
const inSegment = (...segments: string[]) => ({ of: 'lead', field: 'segment', is: 'in', value: segments });
const allOf = (...rules: object[]) => ({ all: rules });

const day = (days: number): string => Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString();
const versionOf = async (person: Person, id: string) => (await world.ask(person, 'GET', `/definitions/${id}`)).json();

async function draft(person: Person, term: string, rule: object, text = 'What we mean.'): Promise<string> {
  const answer = await world.ask(person, 'POST', '/definitions', { term, text, rule, examples: [{ text: 'A factory', meets: true }] });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
}
const propose = (person: Person, id: string, effectiveFrom = day(0)) =>
  world.ask(person, 'POST', `/definitions/${id}/proposal`, { effectiveFrom });
const sign = async (person: Person, id: string, side?: string) =>
  world.ask(person, 'POST', `/definitions/${id}/signatures`, {
    contentHash: (await versionOf(person, id)).contentHash,
    ...(side && { side }),
  });

async function signed(term: string, rule: object, effectiveFrom = day(0)): Promise<string> {
  const id = await draft(mara, term, rule);
  for (const answer of [await propose(mara, id, effectiveFrom), await sign(mara, id), await sign(sam, id)])
    assert.equal(answer.statusCode, 201, answer.body);
  return id;
}
const factsOf = (id: string) =>
  inside<{ kind: string; member_id: string; body: Record<string, unknown> }>(
    world,
    lea.workspaceId,
    'SELECT kind, member_id, body FROM accord.facts WHERE subject_id = $1 ORDER BY recorded_at, id',
    [id],
  );
const backlog = async (): Promise<number> =>
  (await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.lead_backlog WHERE everything')).length;

/** Asserts a refusal and what it says. */
function refused(answer: { statusCode: number; body: string }, status: number, says: RegExp): void {
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(JSON.parse(answer.body).detail, says);
}

test('from draft to signed: proposed, talked about, signed by both sides, and every lead is looked at again', async () => {
  const id = await draft(mia, 'mql', allOf(hasCompany, hasEmail));
  const edited = await world.ask(mia, 'PATCH', `/definitions/${id}`, {
    text: 'A company we can write to.',
    rule: allOf(hasCompany, hasEmail),
    examples: [],
  });
  assert.equal(edited.statusCode, 200, edited.body);
  assert.equal((await propose(mia, id, day(-90))).statusCode, 201);

  const proposal = await versionOf(sam, id);
  assert.equal(proposal.status, 'proposed');
  assert.deepEqual(proposal.signing, { side: 'sales', onBehalf: false, whyNot: null });
  assert.deepEqual(
    proposal.clauses.map((clause: { path: string }) => clause.path),
    ['all.0', 'all.1'],
  );
  assert.match(proposal.contentHash, /^[0-9a-f]{64}$/);

  const looked = await backlog();
  assert.equal((await sign(sam, id)).json().status, 'proposed');
  assert.equal(await backlog(), looked, 'one signature changes nothing yet');
  const done = (await sign(mara, id)).json();
  assert.deepEqual([done.status, done.inForce, done.effectiveFrom], ['signed', true, day(-90)]);
  assert.deepEqual(
    done.signatures.map(({ side, member }: { side: string; member: { name: string } }) => `${member.name} for ${side}`),
    ['Sam for sales', 'Mara for marketing'],
  );
  assert.equal(await backlog(), looked + 1);
  assert.deepEqual(
    (await factsOf(id)).map(({ kind }) => kind.replace('definition.', '')),
    ['drafted', 'edited', 'proposed', 'signedBySide', 'signedBySide', 'signed'],
  );
});

test('the term tells what is in force and what waits for whom', async () => {
  const open = await draft(mara, 'mql', allOf(hasCompany));
  await propose(mara, open);
  await sign(mara, open);
  const terms = (await world.ask(mia, 'GET', '/terms')).json().items;
  const mql = terms.find(({ key }: { key: string }) => key === 'mql');
  assert.equal(mql.inForce.number, 1);
  assert.deepEqual(mql.open, [{ id: open, number: 2, status: 'proposed', missing: ['sales'] }]);
  const detail = (await world.ask(mia, 'GET', '/terms/mql')).json();
  assert.deepEqual(
    detail.versions.map(({ number, inForce, missing }: { number: number; inForce: boolean; missing: string[] }) => [
      number,
      inForce,
      missing,
    ]),
    [
      [2, false, ['sales']],
      [1, true, []],
    ],
  );
  assert.equal((await world.ask(mara, 'DELETE', `/definitions/${open}`)).statusCode, 204);
});

test('a proposal is read as it was: it can’t be edited, nor proposed or withdrawn twice', async () => {
  const id = await draft(mara, 'sal', allOf(hasEmail));
  const change = { text: 'Else', rule: allOf(hasCompany), examples: [] };
  await propose(mara, id);
  refused(await world.ask(mara, 'PATCH', `/definitions/${id}`, change), 409, /Only a draft is edited/);
  refused(await propose(mara, id), 409, /proposed already/);
  assert.equal((await world.ask(mara, 'DELETE', `/definitions/${id}`)).statusCode, 204);
  refused(await world.ask(mara, 'DELETE', `/definitions/${id}`), 409, /withdrawn/);
  refused(await sign(mara, id), 409, /Only a proposal can be signed/);
  assert.equal((await versionOf(mara, id)).status, 'withdrawn');
});

test('what both signed is neither edited nor withdrawn nor signed again', async () => {
  const id = await signed('sourced', allOf(hasEmail));
  refused(await world.ask(mara, 'DELETE', `/definitions/${id}`), 409, /replaced by a new version/);
  refused(await world.ask(mara, 'PATCH', `/definitions/${id}`, { text: 'x', rule: allOf(), examples: [] }), 409, /Only a draft/);
  refused(await sign(sam, id), 409, /Both sides have signed/);
});

test('a draft is changed by who made it and by heads, proposed and withdrawn likewise', async () => {
  const id = await draft(mia, 'icp', allOf(inSegment('SMB')));
  const tom = await join(world, lea, 'Tom', 'sales', 'member');
  const change = { text: 'Else', rule: allOf(inSegment('Enterprise')), examples: [] };
  refused(await world.ask(tom, 'PATCH', `/definitions/${id}`, change), 403, /Mia made this/);
  refused(await propose(tom, id), 403, /Mia made this/);
  refused(await world.ask(tom, 'DELETE', `/definitions/${id}`), 403, /Mia made this/);
  assert.equal((await world.ask(sam, 'PATCH', `/definitions/${id}`, change)).statusCode, 200);
  assert.equal((await propose(mia, id)).statusCode, 201);
});

test('signing is for the head of a side that owes, once a side, on what was read', async () => {
  const id = await draft(mara, 'sql', allOf({ stage: 'sql', is: 'reached' }));
  const other = '0'.repeat(64);
  refused(await world.ask(mara, 'POST', `/definitions/${id}/signatures`, { contentHash: other }), 409, /Only a proposal/);
  await propose(mara, id);
  refused(await world.ask(mara, 'POST', `/definitions/${id}/signatures`, { contentHash: other }), 409, /not what you read/);
  assert.equal((await sign(mia, id)).statusCode, 403, 'a member signs nothing');
  refused(await sign(lea, id), 403, /sign for themselves/);
  refused(await sign(sam, id, 'marketing'), 403, /You sign for sales/);
  assert.equal((await sign(mara, id)).statusCode, 201);
  const ida = await join(world, lea, 'Ida', 'marketing', 'admin');
  refused(await sign(ida, id), 409, /^Mara has signed for marketing/);
  assert.equal((await versionOf(ida, id)).signing.whyNot, 'Mara has signed for marketing.');
  await world.ask(lea, 'PATCH', `/members/${mara.memberId}`, { side: 'sales' });
  refused(await sign(mara, id), 403, /somebody else signs for sales/);
  await world.ask(lea, 'PATCH', `/members/${mara.memberId}`, { side: 'marketing' });
  await world.ask(lea, 'PATCH', `/members/${ida.memberId}`, { active: false });
});

test('the hash covers term, number, text, rule, examples and day: whatever is changed past the product is found at signing', async () => {
  const id = await draft(mara, 'customer', allOf({ stage: 'won', is: 'reached' }));
  await propose(mara, id);
  const changes = [
    `term = 'churned'`,
    `number = number + 100`,
    `text = text || '.'`,
    `rule = '{"all": []}'`,
    `examples = '[]'`,
    `effective_from = effective_from + 1`,
  ];
  const before = await inside<{ row: string }>(
    world,
    lea.workspaceId,
    'SELECT to_jsonb(v)::text AS row FROM accord.definition_versions v WHERE id = $1',
    [id],
  );
  const back = `UPDATE accord.definition_versions SET (term, number, text, rule, examples, effective_from) = (SELECT term, number, text, rule, examples, effective_from
    FROM jsonb_populate_record(NULL::accord.definition_versions, $2::jsonb)) WHERE id = $1`;
  for (const change of changes) {
    await inside(world, lea.workspaceId, `UPDATE accord.definition_versions SET ${change} WHERE id = $1`, [id]);
    refused(await sign(mara, id), 409, /no longer what was proposed/);
    await inside(world, lea.workspaceId, back, [id, before[0]!.row]);
  }
  assert.equal((await sign(mara, id)).statusCode, 201);
});

test('two heads who sign at once both sign, and it becomes signed once', async () => {
  for (let round = 0; round < 8; round++) {
    const id = await draft(mara, 'attempt', allOf({ of: 'touch', field: 'kind', is: 'in', value: ['call', 'email'] }), `Round ${round}`);
    await propose(mara, id);
    const answers = await Promise.all([sign(mara, id), sign(sam, id)]);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [201, 201],
    );
    const facts = (await factsOf(id)).map(({ kind }) => kind);
    assert.equal(facts.filter((kind) => kind === 'definition.signedBySide').length, 2);
    assert.equal(facts.filter((kind) => kind === 'definition.signed').length, 1);
    assert.equal((await versionOf(mara, id)).status, 'signed');
  }
});

test('two heads of one side who sign at once: one signs, the other is told who', async () => {
  const nina = await join(world, lea, 'Nina', 'sales', 'admin');
  const id = await draft(mara, 'churned', allOf({ revenue: { withinDays: 365 }, is: 'lte', value: '0' }));
  await propose(mara, id);
  const answers = await Promise.all([sign(nina, id), sign(sam, id)]);
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, 409]);
  refused(answers.find(({ statusCode }) => statusCode === 409)!, 409, /(Sam|Nina) has signed for sales/);
  await world.ask(lea, 'PATCH', `/members/${nina.memberId}`, { active: false });
});

test('a later version counts from today on, never before both have signed it, and the earlier keeps its past', async () => {
  const next = await draft(mara, 'mql', allOf(hasCompany, hasEmail, inSegment('Enterprise')));
  refused(await propose(mara, next, day(-1)), 400, /from today/);
  assert.equal((await propose(mara, next, day(0))).statusCode, 201);
  const beforeSigning = Date.now();
  await sign(mara, next);
  assert.equal((await sign(sam, next)).json().inForce, true);
  const versions = await world.database.inWorkspace(lea.workspaceId as WorkspaceId, (tx) =>
    signedDefinitions(tx, lea.workspaceId as WorkspaceId, 'mql'),
  );
  assert.deepEqual(
    versions.map(({ number }) => number),
    [1, 3],
  );
  assert.equal(inForceAt(versions, beforeSigning)?.number, 1, 'this morning’s leads keep the version of this morning');
  assert.equal(inForceAt(versions, Date.now())?.number, 3);
  assert.equal(inForceAt(versions, Date.parse('2020-01-01T00:00:00Z')), undefined);
});

test('a version for a later day waits for that day', async () => {
  const id = await signed('mql', allOf(hasCompany), day(30));
  const version = await versionOf(mia, id);
  assert.deepEqual([version.status, version.inForce], ['signed', false]);
  assert.equal(version.effectiveAt.slice(0, 10) >= day(29), true);
  assert.equal((await world.ask(mia, 'GET', '/terms/mql')).json().inForce.number, 3);
});

test('an open proposal is read against what was signed last, a signed one against what it replaced', async () => {
  const first = await signed('sourced', allOf(hasEmail, hasCompany));
  const open = await draft(mara, 'sourced', allOf(hasCompany, inSegment('SMB')));
  const diffOf = async (id: string) => (await versionOf(mara, id)).diff;
  const before = await diffOf(open);
  assert.deepEqual([before.added.length, before.removed.length, before.kept.length], [1, 1, 1]);
  await signed('sourced', allOf(inSegment('SMB')));
  const against = await diffOf(open);
  assert.deepEqual([against.added.length, against.removed.length, against.kept.length], [1, 0, 1]);
  assert.equal(against.against, before.against + 2);
  assert.deepEqual((await diffOf(first)).added.length, 1);
});

test('a rule asks only for what is there', async () => {
  const refusedRule = async (term: string, rule: object, says: RegExp) =>
    refused(await world.ask(mara, 'POST', '/definitions', { term, text: 'x', rule }), 400, says);
  await refusedRule('mql', allOf({ of: 'lead', field: 'shoeSize', is: 'notBlank' }), /no field “shoeSize”/);
  await refusedRule('mql', allOf({ stage: 'won', is: 'reached' }), /known only afterwards/);
  await refusedRule('attempt', allOf(hasCompany), /only what the touch itself says/);
  await refusedRule('mql', { of: 'lead', field: 'campaignId', is: 'eq', value: '01990000-0000-7000-8000-000000000000' }, /no record/);
  refused(await world.ask(mara, 'POST', '/definitions', { term: 'nothing', text: 'x', rule: allOf() }), 404, /no such term/);
});

test('the company’s own terms live like the field’s', async () => {
  const made = await world.ask(mia, 'POST', '/terms', { key: 'key-account', name: 'Key account', about: 'Our largest.', subject: 'lead' });
  assert.equal(made.statusCode, 201, made.body);
  refused(await world.ask(mia, 'POST', '/terms', { key: 'key-account', name: 'Twice', subject: 'lead' }), 409, /there already/);
  refused(await world.ask(mia, 'POST', '/terms', { key: 'mql', name: 'MQL', subject: 'lead' }), 409, /there already/);
  await signed('key-account', allOf({ of: 'account', field: 'employees', is: 'gte', value: 1000 }), day(-10));
  const term = (await world.ask(mia, 'GET', '/terms/key-account')).json();
  assert.deepEqual([term.name, term.builtIn, term.inForce.number], ['Key account', false, 1]);
  assert.equal((await world.ask(mia, 'GET', '/terms/none')).statusCode, 404);
});

test('a viewer reads everything and changes nothing', async () => {
  const vera = await join(world, lea, 'Vera', 'sales', 'viewer');
  const id = await draft(mara, 'icp', allOf(inSegment('SMB')));
  assert.equal((await world.ask(vera, 'GET', `/definitions/${id}`)).statusCode, 200);
  for (const [method, path, body] of [
    ['POST', '/definitions', { term: 'mql', text: 'x', rule: allOf() }],
    ['POST', `/definitions/${id}/proposal`, { effectiveFrom: day(0) }],
    ['DELETE', `/definitions/${id}`, undefined],
  ] as const)
    assert.equal((await world.ask(vera, method, path, body)).statusCode, 403, `${method} ${path}`);
});

test('drafts made at once have numbers of their own', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => draft(mia, 'icp', allOf(inSegment('SMB')))));
  const numbers = await Promise.all(ids.map(async (id) => (await versionOf(mia, id)).number));
  assert.equal(new Set(numbers).size, 12);
});
