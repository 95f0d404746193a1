/** What a company is suggested from its own past, and that all of it can be drafted as it is. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AgreementTemplates } from './contract.ts';
import { inside, join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';

let world: World;
let lea: Person;
let mara: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
});
after(() => world.close());

const suggested = async (): Promise<AgreementTemplates> => {
  const answer = await world.ask(mara, 'GET', '/agreement/templates');
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const clauseOf = (templates: AgreementTemplates, key: string) => templates.clauses.find(({ clause }) => clause.key === key)!;

/** Everything that is suggested is taken over as it is. */
async function draftAll({ content, definitions }: AgreementTemplates): Promise<void> {
  const drafted = await world.ask(mara, 'POST', '/agreement/versions', { content });
  assert.equal(drafted.statusCode, 201, drafted.body);
  for (const { term, text, rule, examples } of definitions) {
    const answer = await world.ask(mara, 'POST', '/definitions', { term, text, rule, examples });
    assert.equal(answer.statusCode, 201, `${term}: ${answer.body}`);
  }
}

test('without a past: good practice, blanks that say so, and all of it can be drafted', async () => {
  const templates = await suggested();
  assert.deepEqual(
    templates.clauses.map(({ clause, from }) => `${clause.side} ${clause.key} ${from}`),
    [
      ...['marketing lead-volume blank', 'marketing lead-value blank', 'marketing completeness practice', 'marketing context practice'],
      ...[
        'marketing quality practice',
        'sales decision practice',
        'sales first-attempt practice',
        'sales persistence practice',
        'sales disposition practice',
      ],
    ],
  );
  assert.equal(templates.definitions.length, 8);
  assert.match(templates.definitions[0]!.sentence, /origin is stated$/);
  await draftAll(templates);
});

test('with a past: the median month, what leads of a segment were worth, and who buys', async () => {
  await fillPast();
  const templates = await suggested();
  const volume = clauseOf(templates, 'lead-volume');
  assert.equal(volume.from, 'own');
  assert.equal(volume.clause.metric.kind === 'volume' && volume.clause.metric.leads, 60);
  const value = clauseOf(templates, 'lead-value');
  const metric = value.clause.metric;
  assert.ok(metric.kind === 'value');
  assert.deepEqual(metric.valueOfLead, [
    { segment: 'Enterprise', amount: '800000' },
    { segment: 'SMB', amount: '100000' },
    { segment: null, amount: '450000' },
  ]);
  assert.equal(metric.amount, String(60 * 450_000));
  assert.match(value.sentence, /€4,500/);
  const icp = templates.definitions.find(({ term }) => term === 'icp')!;
  assert.deepEqual([icp.from, icp.rule], ['own', { all: [{ of: 'lead', field: 'segment', is: 'in', value: ['Enterprise'] }] }]);
  assert.ok(templates.content.reachedOutcomes.includes('Connected – talked'));
  assert.ok(templates.notes.length >= 4, templates.notes.join('\n'));
  await draftAll(templates);
});

/**
 * Forty full months back to back, each with 60 leads passed: half SMB of which a fifth is won at 5,000.00 ten days
 * later, half Enterprise of which two fifths are won at 20,000.00; one rep, who could work more.
 */
async function fillPast(): Promise<void> {
  const sales = (await world.ask(lea, 'POST', '/members', { name: 'Rob', side: 'sales', role: 'member' })).json().id;
  await inside(
    world,
    lea.workspaceId,
    `INSERT INTO accord.leads (workspace_id, id, owner_id, opened_at, mql_at, won_at, value, currency, segment, company, origin)
      SELECT $1::uuid, accord.new_id(), $2::uuid, at, at, CASE WHEN is_won THEN at + interval '10 days' END,
        CASE WHEN is_won THEN CASE WHEN n % 2 = 0 THEN 500000 ELSE 2000000 END END, 'EUR', CASE WHEN n % 2 = 0 THEN 'SMB' ELSE 'Enterprise' END, 'Werk ' || n, 'Demo request'
      FROM (SELECT n, date_trunc('month', now()) - make_interval(months => m) + make_interval(days => 12, mins => n) AS at,
          CASE WHEN n % 2 = 0 THEN n % 10 = 0 ELSE n % 10 IN (1, 3) END AS is_won
        FROM generate_series(1, 40) m, generate_series(0, 59) n) made`,
    [lea.workspaceId, sales],
  );
  await inside(world, lea.workspaceId, `SELECT accord.ensure_month('touches', date_trunc('month', now())::date)`);
  await inside(
    world,
    lea.workspaceId,
    `INSERT INTO accord.touches (workspace_id, occurred_at, id, side, kind, outcome, member_id) VALUES ($1, now(), accord.new_id(), 'sales', 'call', 'Connected – talked', $2)`,
    [lea.workspaceId, sales],
  );
}
