/** What plans count, held against hand counts: deals as they changed, leads, revenue, meetings, objectives, clauses, figures. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Fact } from '#engine/payout/evidence.ts';
import { establishAgreement } from '#features/agreement/actions/establish.ts';
import { agreementContentSchema } from '#features/agreement/contract/clauses.ts';
import { followLeads } from '#features/handoff/actions/follow-leads.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import { newId } from '#platform/db/ids.ts';
import { clause } from '#tests/support/agreed.ts';
import { commission, measure, openPaid, type PaidWorld } from '#tests/support/paid-people.ts';
import { planContentSchema } from './contract/plan-content.ts';
import { gatherFacts, type GatheredFacts } from './queries/gather-facts.ts';

let world: PaidWorld;
let accountId: string;
let campaignId: string;
before(async () => {
  world = await openPaid();
  accountId = await world.record('account', { name: 'Acme', segment: 'Enterprise', ownerId: world.sue.memberId });
  campaignId = await world.record('campaign', { name: 'Spring', ownerId: world.max.memberId });
});
after(() => world.close());

const days = { from: '2026-02-01', until: '2026-02-28' };
interface Asked {
  readonly kinds?: readonly string[];
  readonly more?: Record<string, unknown>;
  readonly cutOff?: string | null;
  readonly currency?: string;
  readonly planId?: string;
}

/** Facts of these kinds for Sue, Tom and Max. */
async function gather({ kinds = ['won'], more = {}, cutOff = null, currency = 'EUR', planId }: Asked = {}): Promise<GatheredFacts> {
  const components = [{ ...commission([]).components[0], measure: { kinds, by: 'count' }, tiers: [{ from: '0', each: '1' }] }];
  const content = planContentSchema.parse({ ...commission([world.sue, world.tom, world.max]), currency, components, ...more });
  return gatherFacts(world.database, world.workspaceId, { planId: planId ?? null, content, ...days, cutOff });
}
const ofDeal = ({ evidence }: GatheredFacts, id: string): Fact[] => evidence.facts.filter((fact) => fact.id.includes(id));
const brief = (facts: readonly Fact[]) => facts.map(({ id, amount, reverses }) => [id, amount, reverses]);

const won = (more: Record<string, unknown> = {}) => ({
  ...{ name: 'Acme licences', status: 'won', amount: '100000', currency: 'EUR', accountId, product: 'Licence', type: 'new' },
  ...{ ownerId: world.sue.memberId, closedAt: '2026-02-10T09:00:00Z', ...more },
});

test('a won deal is one fact of its day where the company is, credited by role, with what it can be told apart by', async () => {
  const leadId = await world.record('lead', {
    name: 'Ada',
    campaignId,
    qualifierId: world.tom.memberId,
    channel: 'Events',
    origin: 'fair',
    openedAt: '2026-01-05T09:00:00Z',
  });
  const id = await world.record('deal', won({ leadId, closedAt: '2026-01-31T23:30:00Z' }));
  const gathered = await gather();
  const [fact, ...others] = ofDeal(gathered, id);
  assert.ok(fact);
  assert.deepEqual(others, []);
  assert.deepEqual([fact.id, fact.kind, fact.on, fact.amount, fact.count], [`won:${id}`, 'won', '2026-02-01', 100_000n, 1]);
  assert.deepEqual(Object.fromEntries(fact.credits.map(({ role, payee, sharePercent }) => [role, [payee, sharePercent]])), {
    owner: [world.sue.memberId, '100'],
    qualifier: [world.tom.memberId, '100'],
    sourcer: [world.max.memberId, '100'],
  });
  assert.deepEqual(fact.tags, {
    segment: 'Enterprise',
    product: 'Licence',
    dealType: 'new',
    channel: 'Events',
    campaign: campaignId,
    origin: 'fair',
  });
  const opening = gathered.openings.get(fact.id);
  assert.deepEqual([opening?.kind, opening?.label, opening?.path], ['deal', 'Acme licences', `/api/v1/deals/${id}`]);
});

test('days outside, deals of others and open deals are none', async () => {
  const ids = [
    await world.record('deal', won({ closedAt: '2026-01-31T22:30:00Z' })),
    await world.record('deal', won({ closedAt: '2026-03-01T09:00:00Z' })),
    await world.record('deal', won({ ownerId: world.sam.memberId, accountId: null })),
    await world.record('deal', won({ status: 'open', closedAt: null })),
    await world.record('deal', won({ status: 'lost' })),
  ];
  const gathered = await gather();
  for (const id of ids) assert.deepEqual(ofDeal(gathered, id), []);
});

test('a deal that was changed after it was won: what stood is undone, what stands is beside it, and a cut-off sees what was known then', async () => {
  const id = await world.record('deal', won());
  const before = new Date().toISOString();
  await world.record('deal', { amount: '120000' }, id);
  const between = new Date().toISOString();
  await world.record('deal', { ownerId: world.tom.memberId, amount: '120000' }, id);
  assert.deepEqual(brief(ofDeal(await gather({ cutOff: before }), id)), [[`won:${id}`, 100_000n, null]]);
  assert.deepEqual(brief(ofDeal(await gather({ cutOff: between }), id)), [
    [`won:${id}`, 100_000n, null],
    [`won:${id}:undone`, null, { fact: `won:${id}`, cause: 'mistake' }],
    [`won:${id}:2`, 120_000n, null],
  ]);
  const now = ofDeal(await gather(), id);
  assert.equal(now.length, 5);
  assert.equal(now.at(-1)?.credits.find(({ role }) => role === 'owner')?.payee, world.tom.memberId);
  assert.ok(now[1]!.recordedAt > before && now[1]!.recordedAt <= between);
});

test('a deal lost after it was won is cancelled on the day it was lost; one archived had been a mistake', async () => {
  const lost = await world.record('deal', won());
  await world.record('deal', { status: 'lost', closedAt: '2026-04-02T09:00:00Z' }, lost);
  const archived = await world.record('deal', won());
  await world.send(world.lea, 'POST', `/deals/${archived}/archival`);
  const reopened = await world.record('deal', won());
  await world.record('deal', { status: 'open', closedAt: null }, reopened);
  const gathered = await gather();
  const last = (id: string) => ofDeal(gathered, id).at(-1);
  assert.deepEqual([last(lost)?.reverses, last(lost)?.on], [{ fact: `won:${lost}`, cause: 'cancelled' }, '2026-04-02']);
  assert.deepEqual(last(archived)?.reverses, { fact: `won:${archived}`, cause: 'mistake' });
  assert.deepEqual(last(reopened)?.reverses, { fact: `won:${reopened}`, cause: 'mistake' });
  for (const id of [lost, archived, reopened]) assert.equal(ofDeal(gathered, id).length, 2);
});

test('amounts come in the plan’s currency by the rate of their day; without a rate they are left out and told', async () => {
  const swiss = await world.record('deal', won({ amount: '20000', currency: 'CHF' }));
  const yen = await world.record('deal', won({ amount: '5000', currency: 'JPY' }));
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2026-02-01', rate: '1.05' });
  const inEuro = await gather();
  assert.equal(ofDeal(inEuro, swiss)[0]?.amount, 21_000n);
  assert.deepEqual(ofDeal(inEuro, yen), []);
  assert.match(inEuro.notes.join(' '), /1 amount in JPY could not be counted/);
  const inFrancs = await gather({ currency: 'CHF' });
  assert.equal(ofDeal(inFrancs, swiss)[0]?.amount, 20_000n);
  const euros = await world.record('deal', won({ amount: '21000' }));
  assert.equal(ofDeal(await gather({ currency: 'CHF' }), euros)[0]?.amount, 20_000n);
});

test('leads at each stage, credited to who has them; what was sent back afterwards is cancelled', async () => {
  const { sue, tom, max } = world;
  const at = (day: string) => `2026-02-${day}T09:00:00Z`;
  const stages = { openedAt: at('01'), mqlAt: at('02'), salAt: at('03'), sqlAt: at('04') };
  const lead = {
    name: 'Bo',
    company: 'Bau',
    ownerId: sue.memberId,
    qualifierId: tom.memberId,
    campaignId,
    segment: 'SMB',
    value: '70000',
    currency: 'EUR',
  };
  const good = await world.record('lead', { ...lead, ...stages, dealAt: at('05') });
  const open = await world.record('lead', { ...lead, openedAt: at('01'), mqlAt: at('02') });
  const back = await world.record('lead', { ...lead, openedAt: at('01'), mqlAt: at('02'), rejectedAt: at('20') });
  const gathered = await gather({ kinds: ['mql', 'sal', 'sql'] });
  const told = (id: string) =>
    gathered.evidence.facts
      .filter((fact) => fact.id.includes(id))
      .map(({ id: own, on, amount, tags, reverses }) => [own.replace(id, ''), on, amount, tags.quality, reverses?.cause ?? null]);
  assert.deepEqual(told(good), [
    ['mql:', '2026-02-02', 70_000n, 'accepted', null],
    ['sal:', '2026-02-03', 70_000n, 'accepted', null],
    ['sql:', '2026-02-04', 70_000n, 'accepted', null],
  ]);
  assert.deepEqual(told(open), [['mql:', '2026-02-02', 70_000n, 'open', null]]);
  assert.deepEqual(told(back).slice(0, 1), [['mql:', '2026-02-02', 70_000n, 'rejected', null]]);
  assert.deepEqual([told(back)[1]?.[0], told(back)[1]?.[1], told(back)[1]?.[4]], ['mql::undone', '2026-02-20', 'cancelled']);
  const mql = gathered.evidence.facts.find((fact) => fact.id === `mql:${good}`);
  assert.deepEqual(Object.fromEntries((mql?.credits ?? []).map(({ role, payee }) => [role, payee])), {
    owner: sue.memberId,
    qualifier: tom.memberId,
    sourcer: max.memberId,
  });
  assert.deepEqual(
    (await gather({ kinds: ['mql', 'sal', 'sql'], cutOff: '2026-03-01T00:00:00Z' })).evidence.facts,
    [],
    'written down long after',
  );
});

test('revenue: a refund takes back the entry it refunds, a contraction counts against its month', async () => {
  const dealId = await world.record('deal', won({ status: 'open', closedAt: null }));
  const entry = async (kind: string, on: string, amount: string): Promise<string> => {
    const id = newId();
    await world.within((tx) =>
      sql`INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, deal_id, kind, amount, currency) VALUES
        (${world.workspaceId}, ${id}, ${on}::date, ${accountId}, ${dealId}, ${kind}, ${amount}::bigint, 'EUR')`.execute(tx),
    );
    return id;
  };
  const [first, second, renewal] = [
    await entry('new', '2026-02-03', '50000'),
    await entry('expansion', '2026-02-10', '10000'),
    await entry('renewal', '2026-02-20', '30000'),
  ];
  const [part, whole, less] = [
    await entry('refund', '2026-02-12', '4000'),
    await entry('refund', '2026-03-15', '30000'),
    await entry('contraction', '2026-02-25', '2500'),
  ];
  const { evidence, openings } = await gather({ kinds: ['collected', 'renewed'] });
  const told = new Map(evidence.facts.map((fact) => [fact.id, fact]));
  assert.equal(evidence.facts.length, 6);
  assert.equal(told.get(`collected:${first}`)?.amount, 50_000n);
  assert.deepEqual(
    [told.get(`refund:${part}`)?.reverses, told.get(`refund:${part}`)?.amount],
    [{ fact: `collected:${second}`, cause: 'cancelled' }, 4_000n],
  );
  assert.deepEqual(
    [told.get(`refund:${whole}`)?.reverses, told.get(`refund:${whole}`)?.amount],
    [{ fact: `renewed:${renewal}`, cause: 'cancelled' }, null],
  );
  assert.deepEqual([told.get(`collected:${less}`)?.amount, told.get(`collected:${less}`)?.count], [-2_500n, 0]);
  assert.equal(openings.get(`collected:${first}`)?.path, `/api/v1/deals/${dealId}`);
});

test('a refund of more than one entry takes back the ones before it, and what is more than all counts against its month', async () => {
  const dealId = await world.record('deal', won({ status: 'open', closedAt: null, accountId: null }));
  const other = await world.record('account', { name: 'Other' });
  const entry = async (kind: string, on: string, amount: string): Promise<string> => {
    const id = newId();
    await world.within((tx) =>
      sql`INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, deal_id, kind, amount, currency) VALUES
        (${world.workspaceId}, ${id}, ${on}::date, ${other}, ${dealId}, ${kind}, ${amount}::bigint, 'EUR')`.execute(tx),
    );
    return id;
  };
  const [first, second] = [await entry('new', '2026-02-03', '1000'), await entry('expansion', '2026-02-04', '500')];
  const [one, two, three] = [
    await entry('refund', '2026-02-05', '200'),
    await entry('refund', '2026-02-06', '400'),
    await entry('refund', '2026-02-07', '1500'),
  ];
  const { evidence } = await gather({ kinds: ['collected'] });
  const ids = [one, two, three];
  const told = evidence.facts
    .filter(({ id }) => ids.some((each) => id.includes(each)))
    .map(({ id, amount, reverses }) => [id, amount, reverses?.fact ?? null]);
  assert.deepEqual(told, [
    [`refund:${one}`, 200n, `collected:${second}`],
    [`refund:${two}`, 300n, `collected:${second}`],
    [`refund:${two}:2`, 100n, `collected:${first}`],
    [`refund:${three}`, 900n, `collected:${first}`],
    [`collected:${three}`, -600n, null],
  ]);
});

test('meetings that a payee held, and the last result of an objective', async () => {
  const { sue, sam, tina } = world;
  const leadId = await world.record('lead', { name: 'Cid', openedAt: '2026-02-01T09:00:00Z' });
  const meet = (day: string, memberId: string, more = {}) =>
    world.within((tx) =>
      recordTouch(
        tx,
        world.workspaceId,
        { occurredAt: `2026-02-${day}T09:00:00Z`, side: 'sales', kind: 'meeting', leadId, memberId, ...more },
        memberId,
      ),
    );
  await meet('05', sue.memberId);
  await meet('06', sam.memberId);
  await meet('07', sue.memberId, { automated: true });
  const { evidence } = await gather({ kinds: ['meeting'] });
  assert.deepEqual(
    evidence.facts.map(({ kind, on, credits }) => [kind, on, credits]),
    [['meeting', '2026-02-05', [{ payee: sue.memberId, role: 'owner', sharePercent: '100' }]]],
  );

  const mbo = {
    kind: 'mbo',
    id: 'goals',
    name: 'Goals',
    target: { amount: '1000' },
    objectives: [{ id: 'playbook', name: 'The playbook', weightPercent: '100' }],
  };
  const made = await world.send<{ id: string; planId: string }>(world.lea, 'POST', '/incentive-plans', {
    content: commission([sue], { components: [mbo] }),
  });
  await world.within((tx) =>
    sql`UPDATE incentive_plan_versions SET status = 'signed', effective_from = '2026-02-01', in_force_from = '2026-02-01' WHERE id = ${made.id}`.execute(
      tx,
    ),
  );
  const result = (resultPercent: string, by = tina) =>
    world.ask(by, 'POST', '/mbo-results', {
      planId: made.planId,
      component: 'goals',
      objective: 'playbook',
      memberId: sue.memberId,
      periodStart: '2026-02-01',
      resultPercent,
      evidence: 'Read it.',
    });
  assert.equal((await result('50')).statusCode, 201);
  assert.equal((await result('87.5', sam)).statusCode, 201);
  assert.equal((await result('100', sue)).statusCode, 403, 'never by themselves');
  assert.equal((await result('101')).statusCode, 400);
  assert.equal((await result('10', world.mara)).statusCode, 403);
  const { evidence: objectives } = await gather({ more: { components: [mbo] }, planId: made.planId });
  assert.deepEqual(
    objectives.facts.map(({ on, percent, tags, by }) => [on, percent, tags, by]),
    [
      ['2026-02-28', '50', { objective: 'playbook' }, tina.memberId],
      ['2026-02-28', '87.5', { objective: 'playbook' }, sam.memberId],
    ],
  );
  const shown = (await world.get(sue, '/mbo-results')).items;
  assert.deepEqual(
    shown.map((each: { says: string; resultPercent: string; counts: boolean }) => [each.says, each.resultPercent, each.counts]),
    [
      ['The playbook', '87.5', true],
      ['The playbook', '50', false],
    ],
  );
});

test('attempts are what the signed definition calls one, of who made them, machines left out', async () => {
  const { sue, sam } = world;
  const leadId = await world.record('lead', { name: 'Dee', openedAt: '2026-02-01T09:00:00Z' });
  const touch = (day: string, kind: string, memberId: string, more = {}) =>
    world.within((tx) =>
      recordTouch(
        tx,
        world.workspaceId,
        { occurredAt: `2026-02-${day}T09:00:00Z`, side: 'sales', kind, direction: 'out', leadId, memberId, ...more },
        memberId,
      ),
    );
  await touch('12', 'call', sue.memberId, { campaignId });
  await touch('13', 'email', sue.memberId);
  await touch('14', 'email', sue.memberId, { subject: 'Automatic reply: out of office' });
  await touch('15', 'call', sue.memberId, { direction: 'in' });
  await touch('16', 'call', sam.memberId);
  await touch('17', 'note', sue.memberId);
  const { evidence, openings } = await gather({ kinds: ['attempt'] });
  const made = evidence.facts.filter(({ on }) => on >= '2026-02-12' && on <= '2026-02-17');
  assert.deepEqual(
    made.map(({ on, credits, tags }) => [on, credits[0]?.payee, tags]),
    [
      ['2026-02-12', sue.memberId, { touch: 'call', campaign: campaignId }],
      ['2026-02-13', sue.memberId, { touch: 'email' }],
    ],
  );
  assert.equal(openings.get(made[0]!.id)?.path, `/api/v1/leads/${leadId}`);
});

test('a campaign counts once it was launched and ended, for its owner, as was known by then', async () => {
  const { max, mara } = world;
  const states = { ended: '2026-02-20', running: null, cancelled: '2026-02-20' } as const;
  const made = await Promise.all(
    Object.entries(states).map(async ([name, endedOn]) => {
      const id = await world.record('campaign', { name, channel: 'Events', ownerId: max.memberId });
      const state = name === 'running' ? 'launched' : name;
      const [at, column] = [endedOn && `${endedOn}T10:00:00Z`, sql.ref(name === 'cancelled' ? 'cancelled_at' : 'ended_at')];
      await world.within((tx) =>
        sql`INSERT INTO campaign_plans (workspace_id, campaign_id, state, launched_at, launched_by, ${column})
          VALUES (${world.workspaceId}::uuid, ${id}::uuid, ${state}, '2026-02-02T10:00:00Z', ${mara.memberId}::uuid, ${at}::timestamptz)`.execute(
          tx,
        ),
      );
      return [name, id] as const;
    }),
  );
  const ids = Object.fromEntries(made);
  const { evidence, openings } = await gather({ kinds: ['campaign'] });
  assert.deepEqual(
    evidence.facts.map(({ id, on, credits, tags }) => [id, on, credits, tags]),
    [
      [
        `campaign:${ids['ended']}`,
        '2026-02-20',
        [{ payee: max.memberId, role: 'owner', sharePercent: '100' }],
        { campaign: ids['ended'], channel: 'Events' },
      ],
    ],
  );
  assert.equal(openings.get(`campaign:${ids['ended']}`)?.path, `/api/v1/campaigns/${ids['ended']}`);
  assert.deepEqual((await gather({ kinds: ['campaign'], cutOff: '2026-02-20T09:59:00Z' })).evidence.facts, []);
});

test('clauses and figures that conditions ask for, period by period', async () => {
  const { mara, sam, sue } = world;
  await establishAgreement(world.database, world.workspaceId, {
    definitions: [],
    content: agreementContentSchema.parse({
      clauses: [clause('decision', { kind: 'decision', withinMinutes: 240 })],
      reviewSamplePercent: 0,
      reachedOutcomes: [],
    }),
    effectiveFrom: '2026-01-01',
    signers: { marketing: mara.memberId, sales: sam.memberId },
  });
  const at = (hour: string) => `2026-02-11T${hour}:00:00Z`;
  const ids: string[] = [];
  for (const salAt of [at('10'), at('11'), '2026-02-13T10:00:00Z', null])
    ids.push(
      await world.record('lead', { name: 'D', ownerId: sue.memberId, openedAt: at('09'), mqlAt: at('09'), ...(salAt ? { salAt } : {}) }),
    );
  await world.within((tx) => followLeads(tx, world.workspaceId, ids));
  const condition = (metric: object) => ({ metric, is: 'atLeast', value: '50' });
  const pool = {
    ...{ name: 'Pool', members: {}, key: { by: 'equal' } },
    fund: { base: '100', share: { metric: { from: 'result', name: 'wonValue' }, beyond: '0', percent: '1' } },
    opens: {
      sales: [condition({ from: 'clauses', side: 'sales' })],
      marketing: [
        condition({ from: 'result', name: 'winRate', over: 'quarter' }),
        condition({ from: 'result', name: 'mqls' }),
        condition({ from: 'result', name: 'won', whose: 'own' }),
      ],
    },
  };
  const { evidence, openings } = await gather({ more: { pool } });
  const told = new Map(evidence.results.map((result) => [result.id, result]));
  const decision = told.get('clause:decision:2026-02');
  const asked = await world.get(world.lea, '/attainment?start=2026-02-01&end=2026-02-28');
  const shown = asked.clauses.find((each: { key: string }) => each.key === 'decision');
  assert.ok(shown.due >= 4);
  assert.deepEqual([decision?.side, decision?.period, decision?.unit], ['sales', '2026-02', 'percent']);
  assert.ok(
    Math.abs(Number(decision?.value) - (shown.compliant / shown.due) * 100) < 1e-6,
    `${decision?.value} of ${shown.compliant}/${shown.due}`,
  );
  assert.match(openings.get('clause:decision:2026-02')?.path ?? '', /attainment\/records/);

  const rows = await world.within((tx) =>
    sql<{ won: bigint; lost: bigint; value: bigint; mine: bigint; mqls: bigint }>`SELECT
      count(*) FILTER (WHERE status = 'won' AND q) AS won, count(*) FILTER (WHERE status = 'lost' AND q) AS lost,
      sum(amount) FILTER (WHERE status = 'won' AND feb AND currency = 'EUR') + 21000 AS value, count(*) FILTER (WHERE status = 'won' AND feb AND owner_id = ${sue.memberId}) AS mine,
      (SELECT count(*) FROM leads WHERE mql_at >= '2026-01-31T23:00Z' AND mql_at < '2026-02-28T23:00Z') AS mqls
    FROM (SELECT *, closed_at >= '2025-12-31T23:00Z' AND closed_at < '2026-03-31T22:00Z' AS q, closed_at >= '2026-01-31T23:00Z' AND closed_at < '2026-02-28T23:00Z' AS feb
      FROM deals WHERE archived_at IS NULL) d`.execute(tx),
  );
  const hand = rows.rows[0]!;
  const winRate = (Number(hand.won) / Number(hand.won + hand.lost)) * 100;
  assert.ok(Math.abs(Number(told.get('figure:winRate:2026-Q1')?.value) - winRate) < 1e-6);
  assert.equal(told.get('figure:wonValue:2026-02')?.value, String(hand.value));
  assert.equal(told.get('figure:mqls:2026-02')?.value, String(hand.mqls));
  assert.equal(told.get(`figure:won:2026-02:${sue.memberId}`)?.value, String(hand.mine));
  for (const { id } of evidence.results) assert.ok(openings.has(id), id);
});

test('what a plan doesn’t name is not read', async () => {
  const { evidence } = await gather({ kinds: ['meeting'] });
  assert.ok(evidence.facts.every(({ kind }) => kind === 'meeting'));
  assert.deepEqual(evidence.results, []);
  assert.equal(measure('won', 'count').kinds[0], 'won');
});
