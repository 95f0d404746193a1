import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, evidenceOf, planOf, rate, through, won } from '#tests/support/paid.ts';
import { explainLine } from './explain.ts';
import { settle } from './settle.ts';
import type { Line, Statement } from './statement.ts';

const tiers = [
  { from: '0', percent: '5' },
  { from: '1000000', percent: '10' },
];
const plan = planOf({ clawback: { withinDays: 90 }, components: [rate({ tiers })] });
const deals = [won('a', '2026-01-10', '800000'), won('b', '2026-01-20', '600000'), won('c', '2026-02-10', '200000')];
const cancelled = {
  id: 'x',
  kind: 'won',
  on: '2026-02-15',
  recordedAt: '2026-02-15T12:00:00Z',
  reverses: { fact: 'a', cause: 'cancelled' },
};
const late = won('l', '2026-01-30', '100000', { recordedAt: '2026-02-20T12:00:00Z' });

/** The statements of a month when these facts are known and these lines were posted. */
function run(month: string, facts: readonly object[], posted: readonly Line[] = [], of = plan): readonly Statement[] {
  const evidence = evidenceOf({ facts });
  return settle(through(of, month, evidence).periods, posted, evidence);
}
const lines = (statements: readonly Statement[]): Line[] => statements.flatMap((statement) => statement.lines);
const told = (all: readonly Line[]) => all.map((line) => [line.rule.kind, line.amount]);

test('golden: a deal cancelled after it was paid comes back as a line in the month that knows it', () => {
  const january = lines(run('2026-01', deals));
  const [february] = run('2026-02', [...deals, cancelled], january);
  // February’s own: 5 % of 2,000; January: 300 in place of 900
  assert.deepEqual(told(february!.lines), [
    ['correction', -60_000n],
    ['rate', 10_000n],
  ]);
  assert.equal(february!.total, -50_000n);
  const [correction] = february!.lines;
  assert.deepEqual(correction!.rule, {
    kind: 'correction',
    period: '2026-01',
    was: 90_000n,
    is: 30_000n,
    because: [{ fact: 'x', result: null, reason: 'clawback', recordedAt: '2026-02-15T12:00:00Z' }],
  });
  assert.deepEqual([correction!.period, correction!.facts], ['2026-02', [{ id: 'a', credit: -800_000n }]]);
  assert.equal(
    explainLine(correction!, 'EUR'),
    'Correction of 2026-01: €300 in place of €900, for one record was cancelled within the days agreed',
  );
});

test('golden: a late deal is a correction too, and both at once name both', () => {
  const january = lines(run('2026-01', deals));
  const [late1] = lines(run('2026-02', [...deals, late], january));
  // 10 % of another 1,000
  assert.ok(late1?.rule.kind === 'correction');
  assert.deepEqual(
    [late1.amount, late1.rule.because],
    [10_000n, [{ fact: 'l', result: null, reason: 'late', recordedAt: '2026-02-20T12:00:00Z' }]],
  );
  const [both] = lines(run('2026-02', [...deals, late, cancelled], january));
  assert.ok(both?.rule.kind === 'correction');
  assert.deepEqual([both.amount, both.rule.because.map(({ reason }) => reason)], [-55_000n, ['clawback', 'late']]);
});

test('settling the same twice adds nothing', () => {
  const january = lines(run('2026-01', deals));
  const february = lines(run('2026-02', [...deals, late, cancelled], january));
  assert.deepEqual(run('2026-02', [...deals, late, cancelled], [...january, ...february]), []);
  const march = run('2026-03', [...deals, late, cancelled], [...january, ...february]);
  assert.deepEqual(march, []);
});

test('a cause is told once: the next correction names only what is new', () => {
  const january = lines(run('2026-01', deals));
  const february = lines(run('2026-02', [...deals, cancelled], january));
  const [march] = lines(run('2026-03', [...deals, cancelled, late], [...january, ...february]));
  assert.ok(march?.rule.kind === 'correction');
  assert.deepEqual([march.amount, march.rule.was, march.rule.because.map(({ fact }) => fact)], [5_000n, 30_000n, ['l']]);
});

test('golden: a split that changes takes from one and gives to the other', () => {
  const both = planOf({ payees: [ada, { id: 'ben', side: 'sales' }], components: [rate()] });
  const half = [
    { payee: 'ada', sharePercent: '50' },
    { payee: 'ben', sharePercent: '50' },
  ];
  // the first fact was never true as it was written; another stands for it
  const mistake = { id: 'x', kind: 'won', on: '2026-02-01', reverses: { fact: 'd', cause: 'mistake' } };
  const anew = won('d2', '2026-01-10', '100000', { credits: half, recordedAt: '2026-02-01T00:00:00Z' });
  const january = lines(run('2026-01', [won('d', '2026-01-10', '100000')], [], both));
  const february = run('2026-02', [won('d', '2026-01-10', '100000'), mistake, anew], january, both);
  assert.deepEqual(
    february.map(({ payee, total }) => [payee, total]),
    [
      ['ada', -5_000n],
      ['ben', 5_000n],
    ],
  );
  const [line] = february[0]!.lines;
  assert.ok(line?.rule.kind === 'correction');
  assert.deepEqual(
    line.rule.because.map(({ reason }) => reason),
    ['mistake', 'late'],
  );
});

test('golden: a draw’s balance that would have been another is corrected in every month it touched', () => {
  // January earns 400 and is advanced 600; with the late deal it earns 900 and is advanced 100. February pays back 500 less.
  const drawing = planOf({
    components: [rate()],
    terms: [{ kind: 'draw', id: 'draw', name: 'Draw', amount: '100000', recoverable: true }],
  });
  const facts = [won('j', '2026-01-10', '400000'), won('f', '2026-02-10', '2000000')];
  const january = lines(run('2026-01', facts, [], drawing));
  const february = lines(run('2026-02', facts, january, drawing));
  assert.deepEqual(told(february), [
    ['rate', 200_000n],
    ['recovery', -60_000n],
  ]);
  const march = lines(run('2026-03', [...facts, won('late', '2026-01-20', '500000')], [...january, ...february], drawing));
  assert.deepEqual(
    march.map(({ component, amount, rule }) => [component, amount, rule.kind === 'correction' && rule.because[0]!.reason]),
    [
      ['draw', -50_000n, 'carried'],
      ['rate', 50_000n, 'late'],
      ['draw', 50_000n, 'carried'],
      ['draw', 100_000n, false],
    ],
  );
});

test('a pool reopened by a revised result: the corrections add up to what it now pays', () => {
  const payees = ['ada', 'ben', 'cy'].map((id) => ({ id, side: 'sales' }));
  const pooled = planOf({
    payees,
    pool: {
      id: 'pool',
      name: 'Pool',
      fund: { base: '100000' },
      opens: { marketing: [{ metric: { from: 'clauses', side: 'marketing' }, is: 'atLeast', value: '90' }], sales: [] },
      key: { by: 'equal' },
    },
  });
  const clause = (id: string, value: string, recordedAt: string) => ({
    id,
    name: 'm',
    kind: 'clause',
    side: 'marketing',
    period: '2026-01',
    value,
    recordedAt,
  });
  const [first, second] = [clause('r1', '80', '2026-02-01T00:00:00Z'), clause('r2', '92', '2026-02-20T00:00:00Z')];
  const known = (results: readonly object[], month: string, posted: readonly Line[]) => {
    const evidence = evidenceOf({ results });
    return settle(through(pooled, month, evidence).periods, posted, evidence);
  };
  const january = lines(known([first], '2026-01', []));
  assert.deepEqual(
    january.map(({ amount }) => amount),
    [0n, 0n, 0n],
  );
  const february = lines(known([first, second], '2026-02', january));
  const corrections = february.filter(({ rule }) => rule.kind === 'correction');
  assert.deepEqual(
    corrections.map(({ amount }) => amount),
    [33_334n, 33_333n, 33_333n],
  );
  assert.ok(corrections[0]!.rule.kind === 'correction');
  assert.deepEqual(corrections[0]!.rule.because, [{ fact: null, result: 'r2', reason: 'result', recordedAt: '2026-02-20T00:00:00Z' }]);
});

test('what was posted for a payee who is in the plan no more is not forgotten', () => {
  const january = lines(run('2026-01', deals));
  const without = planOf({ payees: [{ id: 'ben', side: 'sales' }], components: [rate()] });
  assert.deepEqual(told(lines(run('2026-02', deals, january, without))), [['correction', -90_000n]]);
});

test('lines of a period that isn’t computed are refused, for they would be lost', () => {
  const evidence = evidenceOf({ facts: deals });
  const january = lines(run('2026-01', deals));
  const february = through(plan, '2026-02', evidence).periods.slice(1);
  assert.throws(() => settle(february, january, evidence), /lines were posted for 2026-01, which is not among the periods computed/);
});
