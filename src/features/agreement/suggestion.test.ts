/** What a company is suggested from its own past, and that all of it can be drafted as it is. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { writeSimulation } from '#features/simulate/commands.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { establishAgreement } from './actions/establish.ts';
import type { AgreementTemplates } from './contract.ts';
import { signedAgreements, signedDefinitions } from './queries/in-force.ts';
import { suggestedAgreement } from './queries/suggestion.ts';
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

test('what is suggested to a simulated company is established as it is by the heads of its sides', async () => {
  const companies = await openCompanies();
  const folder = await mkdtemp(joinPath(tmpdir(), 'accord-suggested-'));
  try {
    const company = await companies.make({ timeZone: 'Europe/Berlin' });
    await writeSimulation({ seed: 5, months: 12, leads: 900, folder });
    await company.import([folder]);
    const templates = await company.inside((tx) => suggestedAgreement(tx, company.workspaceId));
    assert.deepEqual(
      templates.clauses.filter(({ from }) => from !== 'practice').map(({ clause, from }) => `${clause.key} ${from}`),
      ['lead-volume own', 'lead-value own'],
    );
    const head = (side: string) =>
      company.inside(async (tx) => {
        const { rows } = await sql<{ id: string }>`UPDATE members SET role = 'manager' WHERE (workspace_id, id) =
          (SELECT workspace_id, id FROM members WHERE workspace_id = ${company.workspaceId} AND side = ${side} AND login_id IS NULL ORDER BY name LIMIT 1) RETURNING id`.execute(
          tx,
        );
        return rows[0]!.id;
      });
    const signers = { marketing: await head('marketing'), sales: await head('sales') };
    const definitions = templates.definitions.map(({ term, text, rule, examples }) => ({ term, text, rule, examples }));
    const { agreementId } = await establishAgreement(company.database, company.workspaceId, {
      content: templates.content,
      definitions,
      effectiveFrom: '2020-01-01',
      signers,
    });
    const signed = await company.inside((tx) => signedAgreements(tx, company.workspaceId));
    assert.deepEqual(
      signed.map(({ id, effectiveFrom }) => [id, effectiveFrom]),
      [[agreementId, '2020-01-01']],
    );
    assert.equal((await company.inside((tx) => signedDefinitions(tx, company.workspaceId, 'mql'))).length, 1);
  } finally {
    await companies.close();
    await rm(folder, { recursive: true, force: true });
  }
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
