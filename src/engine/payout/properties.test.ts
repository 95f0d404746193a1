/** What holds for any facts, on a plan that has everything in it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evidenceOf, planOf, sqlCount, through, total, wonAmount } from '#tests/support/paid.ts';
import { type Evidence, knownBy } from './evidence.ts';
import { canonicalText } from './json.ts';
import { readEvidence } from './read-evidence.ts';
import { readPosted } from './read-posted.ts';
import { settle } from './settle.ts';
import type { Line } from './statement.ts';

const payees = [
  { id: 'ada', side: 'sales', role: 'ae', target: '300000', quotas: { quota: '1000000', year: '9000000' }, poolWeight: '2' },
  {
    id: 'ben',
    side: 'sales',
    role: 'ae',
    target: '200000',
    quotas: { quota: '500000', year: '5000000' },
    startedOn: '2026-02-10',
    ramp: ['25', '50'],
    poolWeight: '1',
  },
  { id: 'eve', side: 'sales', role: 'head', target: '100000', poolWeight: '1' },
  { id: 'mara', side: 'marketing', role: 'marketer', target: '100000', quotas: { quota: '20' }, endedOn: '2026-03-20', poolWeight: '1.5' },
];
const attained = (quota: string, extra: object = {}) => ({
  tiersBy: 'attainment',
  quota,
  tiers: [
    { from: '0', percent: '5.5' },
    { from: '60', percent: '8' },
    { from: '100', percent: '12.25' },
  ],
  ...extra,
});
const split = [
  { role: 'owner', sharePercent: '75' },
  { role: 'qualifier', sharePercent: '25' },
];
const plan = planOf({
  payees,
  clawback: { withinDays: 60 },
  creditDaysAfterLeaving: 10,
  components: [
    {
      kind: 'rate',
      id: 'commission',
      name: 'Commission',
      for: { roles: ['ae'] },
      measure: { ...wonAmount, split },
      ...attained('quota'),
      gates: [{ metric: { from: 'result', name: 'quality', whose: 'own' }, is: 'atLeast', value: '50', otherwisePercent: '80' }],
      kickers: [{ metric: { from: 'clauses', side: 'marketing' }, is: 'atLeast', value: '95', percent: '107.5' }],
      cap: { amount: '400000', per: 'year' },
    },
    {
      kind: 'rate',
      id: 'year',
      name: 'Year',
      for: { roles: ['ae'] },
      measure: wonAmount,
      over: 'year',
      ...attained('year', { threshold: { at: '20', counts: 'fromFirst' } }),
    },
    {
      kind: 'rate',
      id: 'sqls',
      name: 'SQLs',
      for: { sides: ['marketing'] },
      measure: sqlCount,
      tiers: [
        { from: '0', each: '3333' },
        { from: '5', each: '5000' },
      ],
      floor: '1000',
    },
    {
      kind: 'overlay',
      id: 'team',
      name: 'Team',
      for: { roles: ['head'] },
      measure: wonAmount,
      tiers: [{ from: '0', percent: '1.1' }],
      of: { roles: ['ae'] },
      clawback: 'never',
    },
    {
      kind: 'bonus',
      id: 'bonus',
      name: 'Bonus',
      for: { roles: ['ae'] },
      target: { percentOfTarget: '30' },
      metric: { from: 'attainment', measure: wonAmount, quota: 'quota' },
      curve: [
        { at: '50', pays: '40' },
        { at: '100', pays: '100' },
        { at: '150', pays: '180' },
      ],
    },
    {
      kind: 'spif',
      id: 'spif',
      name: 'SPIF',
      measure: wonAmount,
      from: '2026-01-15',
      until: '2026-03-10',
      pays: { percent: '0.75' },
      budget: '20000',
    },
  ],
  terms: [
    { kind: 'floor', id: 'floor', name: 'Floor', for: { roles: ['head'] }, amount: '5000' },
    { kind: 'cap', id: 'cap', name: 'Cap', for: { roles: ['ae'] }, limit: { amount: '250000', per: 'period' } },
    { kind: 'draw', id: 'draw', name: 'Draw', for: { payees: ['ben'] }, amount: '40000', recoverable: true, periods: 2 },
    { kind: 'holdback', id: 'hold', name: 'Holdback', for: { roles: ['ae'] }, sharePercent: '15', afterDays: 31 },
  ],
  pool: {
    id: 'pool',
    name: 'Pool',
    fund: {
      base: '77777',
      by: {
        metric: { from: 'result', name: 'revenue' },
        curve: [
          { at: '0', pays: '0' },
          { at: '100', pays: '100' },
        ],
      },
    },
    opens: {
      marketing: [{ metric: { from: 'clauses', side: 'marketing' }, is: 'atLeast', value: '80' }],
      sales: [{ metric: { from: 'clauses', side: 'sales' }, is: 'atLeast', value: '80' }],
      onlyMarketingPercent: '30',
    },
    sides: { marketing: '35', sales: '65' },
    key: { by: 'weight', byDays: true },
  },
});
const months = ['2026-01', '2026-02', '2026-03', '2026-04'];

// ── any evidence ────────────────────────────────────────────────────────────

const two = (n: number): string => String(n).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `2026-${two(month)}-${two(date)}`);
const moment = fc.tuple(day, fc.integer({ min: 0, max: 23 })).map(([on, hour]) => `${on}T${two(hour)}:00:00Z`);
const person = fc.constantFrom('ada', 'ben', 'eve', 'mara', 'nobody');
const credits = fc.oneof(
  person.map((payee) => [{ payee }]),
  fc.tuple(person, person, fc.integer({ min: 1, max: 99 })).map(([one, other, share]) => [
    { payee: one, sharePercent: `${share}` },
    { payee: other, sharePercent: `${100 - share}` },
  ]),
  fc.tuple(person, person).map(([owner, qualifier]) => [{ payee: owner }, { payee: qualifier, role: 'qualifier' }]),
);
const fact = fc.record({
  kind: fc.constantFrom('won', 'won', 'won', 'sql'),
  on: day,
  hour: fc.integer({ min: 0, max: 3 }),
  delay: fc.integer({ min: 0, max: 2 }),
  amount: fc.oneof(fc.integer({ min: -5_000, max: 900_000 }), fc.integer({ min: 1, max: 99 })),
  credits,
});
const deals = fc.array(fact, { maxLength: 25 }).map((all) =>
  all.map(({ kind, on, hour, delay, amount, credits: given }, at) => ({
    id: `f${at}`,
    kind,
    on,
    occurredAt: `${on}T0${hour}:00:00Z`,
    recordedAt: `2026-${two(Math.min(4, Number(on.slice(5, 7)) + delay))}-28T12:00:00Z`,
    amount: kind === 'won' ? `${amount}` : null,
    credits: given,
  })),
);
const reversal = fc.record({
  at: fc.nat(24),
  on: day,
  cause: fc.constantFrom('mistake', 'cancelled'),
  part: fc.option(fc.integer({ min: 1, max: 400_000 })),
});
const result = fc.record({
  name: fc.constantFrom('m1', 'm2', 's1', 'revenue', 'quality'),
  period: fc.constantFrom(...months),
  value: fc.integer({ min: 60, max: 130 }).map(String),
  recordedAt: moment,
});
const sides: Record<string, string> = { m1: 'marketing', m2: 'marketing', s1: 'sales' };
const results = fc.array(result, { maxLength: 20 }).map((all) =>
  all.map(({ name, ...rest }, at) => ({
    id: `r${at}`,
    name,
    ...rest,
    ...(sides[name] === undefined ? {} : { kind: 'clause', side: sides[name] }),
    ...(name === 'quality' ? { payee: at % 2 ? 'ada' : 'ben' } : {}),
  })),
);
const evidence = fc.tuple(deals, fc.array(reversal, { maxLength: 6 }), results).map(([facts, undone, joint]) =>
  evidenceOf({
    facts: [
      ...facts,
      ...undone.flatMap(({ at, on, cause, part }, index) =>
        facts[at] === undefined
          ? []
          : [
              {
                id: `x${index}`,
                kind: 'won',
                on,
                recordedAt: `${on}T13:00:00Z`,
                amount: part === null ? null : `${part}`,
                reverses: { fact: facts[at]!.id, cause },
              },
            ],
      ),
    ],
    results: joint,
  }),
);

const shuffled = <T>(all: readonly T[], by: readonly number[]): T[] =>
  all
    .map((each, at) => [by[at % by.length]! * 31 + at * by[0]!, each] as const)
    .sort(([a], [b]) => (a % 17) - (b % 17))
    .map(([, each]) => each);

// ── what holds ──────────────────────────────────────────────────────────────

test('property: the order of facts, results and payees changes nothing, to the byte', () => {
  fc.assert(
    fc.property(evidence, fc.array(fc.nat(100), { minLength: 3, maxLength: 9 }), (given, order) => {
      const otherwise: Evidence = { ...given, facts: shuffled(given.facts, order), results: shuffled(given.results, order) };
      const turned = { ...plan, payees: shuffled(plan.payees, order) };
      assert.equal(canonicalText(through(turned, '2026-04', otherwise)), canonicalText(through(plan, '2026-04', given)));
    }),
  );
});

test('property: the pool’s shares are the pool, whatever its members and its fund', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      for (const { lines, pool } of through(plan, '2026-04', given).periods)
        assert.equal(total(lines.filter(({ component }) => component === 'pool')) + pool!.unshared, pool!.paid);
    }),
  );
});

test('property: a fact that was a mistake leaves no more trace than one that never was', () => {
  fc.assert(
    fc.property(evidence, fc.nat(24), (given, at) => {
      const gone = given.facts.filter(({ reverses }) => reverses === null)[at];
      if (!gone) return;
      const without = { ...given, facts: given.facts.filter(({ id, reverses }) => id !== gone.id && reverses?.fact !== gone.id) };
      const mistake = { ...gone, id: 'gone', amount: null, reverses: { fact: gone.id, cause: 'mistake' } as const };
      const undone = { ...given, facts: [...given.facts, mistake] };
      assert.equal(canonicalText(through(plan, '2026-04', undone).periods), canonicalText(through(plan, '2026-04', without).periods));
    }),
  );
});

test('property: a fact cancelled within the days of the clawback likewise', () => {
  const everywhere = { ...plan, components: plan.components.map((component) => ({ ...component, clawback: null })) };
  fc.assert(
    fc.property(evidence, fc.nat(24), fc.nat(60), (given, at, days) => {
      const gone = given.facts.filter(({ reverses }) => reverses === null)[at];
      if (!gone) return;
      const without = { ...given, facts: given.facts.filter(({ id, reverses }) => id !== gone.id && reverses?.fact !== gone.id) };
      const on = Temporal.PlainDate.from(gone.on).add({ days }).toString();
      const undone = {
        ...given,
        facts: [...given.facts, { ...gone, id: 'gone', on, amount: null, reverses: { fact: gone.id, cause: 'cancelled' } as const }],
      };
      assert.equal(
        canonicalText(through(everywhere, '2026-04', undone).periods),
        canonicalText(through(everywhere, '2026-04', without).periods),
      );
    }),
  );
});

/** What each month’s run posts, knowing what was recorded by its end. */
function postMonthly(given: Evidence): Line[] {
  const posted: Line[] = [];
  for (const month of months) {
    const known = knownBy(given, `${month}-28T23:00:00Z`);
    const linked = {
      ...known,
      facts: known.facts.filter(({ reverses }) => reverses === null || known.facts.some(({ id }) => id === reverses.fact)),
    };
    const statements = settle(through(plan, month, linked).periods, posted, linked);
    for (const statement of statements) {
      assert.equal(total(statement.lines), statement.total);
      posted.push(...statement.lines);
    }
    assert.deepEqual(settle(through(plan, month, linked).periods, posted, linked), [], 'settling the same twice adds nothing');
  }
  return posted;
}

test('property: whenever facts come, all that was posted is what is owed as known at the end', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const posted = postMonthly(given);
      const known = knownBy(given, '2026-04-28T23:00:00Z');
      const owed = through(plan, '2026-04', known).periods.flatMap(({ lines }) => lines);
      for (const { id } of plan.payees)
        for (const component of ['commission', 'year', 'sqls', 'team', 'bonus', 'spif', 'cap', 'draw', 'hold', 'pool']) {
          const of = (lines: readonly Line[]) => total(lines.filter((line) => line.payee === id && line.component === component));
          assert.equal(of(posted), of(owed), `${id} ${component}`);
        }
    }),
    { numRuns: 60 },
  );
});

test('property: evidence and lines come back from their JSON as they went', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      assert.deepEqual(readEvidence(JSON.parse(canonicalText(given))), { value: given });
      const { periods } = through(plan, '2026-04', given);
      const posted = readPosted(JSON.parse(canonicalText(periods.flatMap(({ lines }) => lines))));
      assert.ok('value' in posted);
      assert.deepEqual(settle(periods, posted.value, given), []);
    }),
    { numRuns: 30 },
  );
});

test('property: a line’s facts and what came earlier are its credit', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      for (const { rule, facts } of through(plan, '2026-04', given).periods.flatMap(({ lines }) => lines))
        if (rule.kind === 'rate' || rule.kind === 'overlay' || rule.kind === 'spif')
          assert.equal(facts.reduce((sum, { credit }) => sum + credit, 0n) + ('earlier' in rule ? rule.earlier : 0n), rule.credit);
    }),
  );
});

test('property: floors and caps hold, and no budget is overspent', () => {
  fc.assert(
    fc.property(evidence, (given) => {
      const { periods } = through(plan, '2026-04', given);
      const all = periods.flatMap(({ lines }) => lines);
      assert.ok(total(all.filter(({ component }) => component === 'spif')) <= 20_000n);
      for (const { id } of plan.payees)
        assert.ok(total(all.filter((line) => line.payee === id && line.component === 'commission')) <= 400_000n);
      const earned = new Set(['commission', 'year', 'sqls', 'team', 'bonus', 'spif', 'floor', 'cap']);
      for (const { lines } of periods) {
        const of = (payee: string) => total(lines.filter((line) => line.payee === payee && earned.has(line.component)));
        assert.ok(of('ada') <= 250_000n && of('ben') <= 250_000n);
        assert.ok(of('eve') >= 5_000n);
      }
    }),
  );
});

// ── tiers ───────────────────────────────────────────────────────────────────

const ladder = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 4 }),
    fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([bounds, rates]) =>
    [0, ...bounds.toSorted((a, b) => a - b)].map((from, at) => ({ from: `${from}`, percent: `${rates[at]! / 10_000}` })),
  );
const payFor = (tiers: readonly object[], amount: number): bigint => {
  const tiered = planOf({ components: [{ kind: 'rate', id: 'rate', name: 'Rate', measure: wonAmount, tiers }] });
  const facts = [{ id: 'd', kind: 'won', on: '2026-01-10', amount: `${amount}`, credits: [{ payee: 'ada' }] }];
  return total(through(tiered, '2026-01', evidenceOf({ facts })).periods[0]!.lines);
};

test('property: marginal tiers never fall and never jump', () => {
  fc.assert(
    fc.property(ladder, fc.integer({ min: 0, max: 6_000 }), (tiers, amount) => {
      const step = payFor(tiers, amount + 1) - payFor(tiers, amount);
      // A unit of credit at up to 40 % pays at most one unit more, after rounding.
      assert.ok(step === 0n || step === 1n, `${step}`);
    }),
    { numRuns: 300 },
  );
});

test('property: ten times the money in ten times the units is ten times the pay, up to each line’s rounding', () => {
  fc.assert(
    fc.property(ladder, fc.integer({ min: 0, max: 6_000 }), (tiers, amount) => {
      const tenfold = tiers.map(({ from, percent }) => ({ from: `${from === '0' ? '' : from}0`, percent }));
      const off = payFor(tenfold, amount * 10) - 10n * payFor(tiers, amount);
      const most = 5n * BigInt(tiers.length) + BigInt(tiers.length);
      assert.ok(-most <= off && off <= most);
    }),
  );
});
