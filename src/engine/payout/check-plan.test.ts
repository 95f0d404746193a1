import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, rate, sqlCount, wonAmount } from '#tests/support/paid.ts';
import { checkPlan } from './check-plan.ts';
import { checkEvidence, readEvidence } from './read-evidence.ts';
import { readPlan } from './read-plan.ts';
import { warningsOf } from './warnings.ts';

function read(given: object) {
  const whole = readPlan({ name: 'Plan', currency: 'EUR', period: 'quarter', payees: [ada], ...given });
  assert.ok('value' in whole, JSON.stringify(whole));
  return whole.value;
}
const problems = (given: object): string[] => checkPlan(read(given)).map(({ at }) => at);
const tier = (from: string, percent = '10') => ({ from, percent });

test('a plan that makes sense has no problem', () => {
  assert.deepEqual(problems({ components: [rate()] }), []);
});

test('ids stand once: payees’, and those of components, terms and the pool', () => {
  const floor = { kind: 'floor', id: 'rate', name: 'Floor', amount: '1' };
  assert.deepEqual(problems({ payees: [ada, ada], components: [rate()], terms: [floor] }), ['payees', 'components']);
});

test('who is picked is in the plan', () => {
  assert.deepEqual(problems({ components: [rate({ for: { payees: ['bob'] } }), rate({ id: 'r2', for: { sides: ['marketing'] } })] }), [
    'components.0.for.payees',
    'components.1.for',
  ]);
});

test('tiers begin at 0 and rise, with the rate their measure asks for', () => {
  assert.deepEqual(problems({ components: [rate({ tiers: [tier('1')] })] }), ['components.0.tiers.0.from']);
  assert.deepEqual(problems({ components: [rate({ tiers: [tier('0'), tier('9'), tier('9')] })] }), ['components.0.tiers.2.from']);
  assert.deepEqual(problems({ components: [rate({ tiers: [] })] }), ['components.0.tiers']);
  assert.deepEqual(problems({ components: [rate({ tiers: [tier('0'), tier('9.5')] })] }), ['components.0.tiers.1.from']);
  assert.deepEqual(problems({ components: [rate({ measure: sqlCount })] }), ['components.0.tiers.0']);
  assert.deepEqual(problems({ components: [rate({ tiers: [{ from: '0', percent: '1', each: '1' }] })] }), ['components.0.tiers.0']);
  assert.deepEqual(problems({ components: [rate({ tiersBy: 'attainment' })] }), ['components.0.quota']);
  assert.deepEqual(problems({ components: [rate({ over: 'month' })] }), ['components.0.over']);
});

test('splits, weights and sides are exactly 100 % together', () => {
  const split = [
    { role: 'owner', sharePercent: '80' },
    { role: 'qualifier', sharePercent: '19.9999' },
  ];
  assert.deepEqual(problems({ components: [rate({ measure: { ...wonAmount, split } })] }), ['components.0.measure.split']);
  const mbo = { kind: 'mbo', id: 'm', name: 'M', target: { amount: '1' }, objectives: [{ id: 'a', name: 'A', weightPercent: '99' }] };
  assert.deepEqual(problems({ components: [mbo] }), ['components.0.objectives']);
});

test('a payee has a quota above 0, a ramp above 0, and leaves after coming', () => {
  const payee = { ...ada, quotas: { quota: '0' }, ramp: ['0'], startedOn: '2026-02-01', endedOn: '2026-01-01' };
  assert.deepEqual(problems({ payees: [payee] }), ['payees.0.quotas.quota', 'payees.0.ramp.0', 'payees.0.endedOn']);
});

test('one draw and one holdback a payee', () => {
  const draw = (id: string, given: object = {}) => ({ kind: 'draw', id, name: id, amount: '1', recoverable: true, ...given });
  const both = [ada, { id: 'ben', side: 'marketing' }];
  assert.deepEqual(problems({ terms: [draw('a'), draw('b')] }), ['terms']);
  assert.deepEqual(
    problems({ payees: both, terms: [draw('a', { for: { sides: ['sales'] } }), draw('b', { for: { sides: ['marketing'] } })] }),
    [],
  );
});

test('a SPIF pays an amount for each thing, or a percent of money, within days in order', () => {
  const spif = (given: object) => ({
    kind: 'spif',
    id: 's',
    name: 'S',
    measure: sqlCount,
    from: '2026-01-02',
    until: '2026-01-01',
    pays: { percent: '1' },
    ...given,
  });
  assert.deepEqual(problems({ components: [spif({})] }), ['components.0.until', 'components.0.pays']);
});

test('curves rise, bonuses are paid by a percent, windows of results are no shorter than the period', () => {
  const bonus = (given: object) => ({
    kind: 'bonus',
    id: 'b',
    name: 'B',
    target: { amount: '1' },
    metric: { from: 'result', name: 'x' },
    curve: [{ at: '0', pays: '0' }],
    ...given,
  });
  assert.deepEqual(problems({ components: [bonus({ curve: [] })] }), ['components.0.curve']);
  assert.deepEqual(
    problems({
      components: [
        bonus({
          curve: [
            { at: '9', pays: '0' },
            { at: '9', pays: '1' },
          ],
        }),
      ],
    }),
    ['components.0.curve.1.at'],
  );
  assert.deepEqual(problems({ components: [bonus({ metric: { from: 'credit', measure: wonAmount } })] }), ['components.0.metric']);
  assert.deepEqual(problems({ components: [bonus({ metric: { from: 'result', name: 'x', over: 'month' } })] }), [
    'components.0.metric.over',
  ]);
});

test('evidence: ids once, reversals of what is there, whole credits and whole results', () => {
  const whole = readEvidence({
    facts: [
      { id: 'a', kind: 'won', on: '2026-01-01', credits: [{ payee: 'ada', sharePercent: '50' }] },
      { id: 'a', kind: 'won', on: '2026-01-01' },
      { id: 'x', kind: 'won', on: '2026-01-01', amount: '0', reverses: { fact: 'b', cause: 'mistake' } },
      { id: 'o', kind: 'objective', on: '2026-01-01', credits: [{ payee: 'ada' }] },
    ],
    results: [{ id: 'r', name: 'r', kind: 'clause', period: '2026-01', value: '1' }],
  });
  assert.ok('value' in whole);
  assert.deepEqual(
    checkEvidence(whole.value).map(({ at }) => at),
    ['facts', 'facts.0.credits', 'facts.2.reverses.fact', 'facts.2.amount', 'facts.3', 'results.0.side'],
  );
});

// ── warnings ────────────────────────────────────────────────────────────────

const warned = (given: object): string[] => warningsOf(read(given)).map(({ code }) => code);
const sqls = { kind: 'rate', id: 'sqls', name: 'SQLs', measure: sqlCount, tiers: [{ from: '0', each: '5000' }] };
const safe = { clawback: { withinDays: 90 } };

test('a plan after good practice has no warning', () => {
  assert.deepEqual(warned({ ...safe, components: [rate()] }), []);
});

test('a volume needs quality beside it: a gate, or pay for what comes of it', () => {
  assert.deepEqual(warned({ components: [sqls] }), ['volumeWithoutQuality']);
  const gate = { metric: { from: 'ratio', of: sqlCount, to: { kinds: ['mql'], by: 'count' } }, is: 'atLeast', value: '60' };
  assert.deepEqual(warned({ components: [{ ...sqls, gates: [gate] }] }), []);
  assert.deepEqual(warned({ ...safe, components: [sqls, rate()] }), []);
  const mqls = { ...sqls, id: 'mqls', measure: { kinds: ['mql'], by: 'count' } };
  assert.deepEqual(warned({ components: [mqls, sqls] }), ['volumeWithoutQuality'], 'SQLs are quality beside MQLs, nothing is beside SQLs');
  const others = { payees: [ada, { id: 'ben', side: 'sales' }], components: [sqls, rate({ for: { payees: ['ben'] } })], ...safe };
  assert.deepEqual(
    warningsOf(read(others)).map(({ code, payees }) => [code, payees]),
    [['volumeWithoutQuality', ['ada']]],
  );
});

test('cliffs, SPIFs without an end, deals that are never taken back, holdbacks over half', () => {
  const tiers = [tier('0'), tier('100')];
  assert.deepEqual(warned({ ...safe, components: [rate({ tiers, marginal: false })] }), ['cliff']);
  assert.deepEqual(warned({ ...safe, components: [rate({ threshold: { at: '5', counts: 'fromFirst' } })] }), ['cliff']);
  assert.deepEqual(warned({ ...safe, components: [rate({ threshold: { at: '5', counts: 'beyond' } })] }), []);
  assert.deepEqual(warned({ components: [rate()] }), ['noClawback']);
  const spif = { kind: 'spif', id: 's', name: 'S', measure: wonAmount, from: '2026-01-01', until: '2026-01-31', pays: { percent: '1' } };
  assert.deepEqual(warned({ ...safe, components: [spif] }), ['spifWithoutBudget']);
  const holdback = { kind: 'holdback', id: 'h', name: 'H', sharePercent: '51', afterDays: 30 };
  assert.deepEqual(warned({ ...safe, components: [rate()], terms: [holdback] }), ['holdbackOverHalf']);
});

test('quotas and targets that are referred to but missing', () => {
  const payees = [ada, { id: 'ben', side: 'sales' }];
  const byQuota = rate({ tiersBy: 'attainment', quota: 'quota' });
  const bonus = {
    kind: 'bonus',
    id: 'b',
    name: 'B',
    target: { percentOfTarget: '10' },
    metric: { from: 'result', name: 'x' },
    curve: [{ at: '0', pays: '0' }],
  };
  const warnings = warningsOf(read({ ...safe, payees, components: [byQuota, bonus] }));
  assert.deepEqual(
    warnings.map(({ code, payees: whom }) => [code, whom]),
    [
      ['noQuota', ['ben']],
      ['noTarget', ['ben']],
    ],
  );
});

test('both sides in the pool, both opening it', () => {
  const payees = [ada, { id: 'mara', side: 'marketing' }];
  const kept = (side: string) => [{ metric: { from: 'clauses', side }, is: 'atLeast', value: '90' }];
  const pool = (given: object) => ({
    payees,
    pool: {
      id: 'p',
      name: 'P',
      fund: { base: '1' },
      opens: { marketing: kept('marketing'), sales: kept('sales') },
      key: { by: 'equal' },
      ...given,
    },
  });
  assert.deepEqual(warned(pool({})), []);
  assert.deepEqual(warned(pool({ opens: { marketing: [], sales: kept('sales') } })), ['oneSidedGate']);
  assert.deepEqual(warned(pool({ opens: { marketing: kept('marketing'), sales: kept('sales'), onlySalesPercent: '100' } })), [
    'oneSidedGate',
  ]);
  assert.deepEqual(warned(pool({ members: { sides: ['sales'] } })), ['oneSidedPool', 'nothingToEarn']);
  assert.deepEqual(warned({ payees, ...safe, components: [rate()] }), ['noPool']);
});

test('more components than a person can keep in mind', () => {
  const components = [0, 1, 2, 3, 4].map((at) => rate({ id: `r${at}` }));
  assert.deepEqual(warned({ ...safe, components }), ['manyMeasures']);
});
