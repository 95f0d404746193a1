import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ada, factOf, january, planOf, rate, won } from '#tests/support/paid.ts';
import { creditsOf, overlayCredits, wrongCredits } from './credits.ts';
import { entitle } from './entitle.ts';
import { readEvidence } from './read-evidence.ts';

const owner = [{ role: 'owner', sharePercent: '100' }];
const shared = (credits: readonly object[], total: bigint, split = owner) =>
  creditsOf(factOf(won('d', '2026-01-10', '1', { credits })), total, split).map(({ payee, credit }) => [payee, credit]);

test('golden: a split shares to the unit, the odd one to the largest remainder, then to the first by id', () => {
  const halves = [
    { payee: 'ben', sharePercent: '50' },
    { payee: 'ada', sharePercent: '50' },
  ];
  assert.deepEqual(shared(halves, 10_001n), [
    ['ada', 5_001n],
    ['ben', 5_000n],
  ]);
  const thirds = ['33.33', '33.33', '33.34'].map((sharePercent, at) => ({ payee: `p${at}`, sharePercent }));
  assert.deepEqual(shared(thirds, 100n), [
    ['p0', 33n],
    ['p1', 33n],
    ['p2', 34n],
  ]);
});

test('golden: a measure’s split gives each role its share, and that of a role nobody has to the first that somebody has', () => {
  const split = [
    { role: 'owner', sharePercent: '80' },
    { role: 'qualifier', sharePercent: '20' },
  ];
  const both = [{ payee: 'ada' }, { payee: 'sam', role: 'qualifier' }];
  assert.deepEqual(shared(both, 1_000n, split), [
    ['ada', 800n],
    ['sam', 200n],
  ]);
  assert.deepEqual(shared([{ payee: 'ada' }], 1_000n, split), [['ada', 1_000n]]);
  assert.deepEqual(shared([{ payee: 'sam', role: 'qualifier' }], 1_000n, split), [['sam', 1_000n]]);
  assert.deepEqual(shared([{ payee: 'ada' }, { payee: 'ada', role: 'qualifier' }], 1_000n, split), [['ada', 1_000n]]);
  assert.deepEqual(shared([{ payee: 'lea', role: 'sponsor' }], 1_000n, split), []);
});

test('golden: of three roles the share of the one that is missing goes to the first, not to all', () => {
  const split = ['owner', 'qualifier', 'sourcer'].map((role, at) => ({ role, sharePercent: ['50', '30', '20'][at]! }));
  assert.deepEqual(shared([{ payee: 'ada' }, { payee: 'sam', role: 'qualifier' }], 1_000n, split), [
    ['ada', 700n],
    ['sam', 300n],
  ]);
  assert.deepEqual(
    shared(
      [
        { payee: 'sam', role: 'qualifier' },
        { payee: 'tom', role: 'sourcer' },
      ],
      1_000n,
      split,
    ),
    [
      ['sam', 800n],
      ['tom', 200n],
    ],
  );
});

test('golden: overlay credit is beyond the 100 %, each rounded by itself', () => {
  const fact = factOf(won('d', '2026-01-10', '1', { credits: [{ payee: 'ada' }, { payee: 'eve', role: 'overlay', sharePercent: '150' }] }));
  assert.deepEqual(overlayCredits(fact, 1_001n), [{ payee: 'eve', credit: 1_502n }]); // 1,501.5
});

test('a fact whose credits are not 100 % together pays nobody, and is told', () => {
  const credits = [
    { payee: 'ada', sharePercent: '60' },
    { payee: 'ben', sharePercent: '39.9999' },
  ];
  const read = readEvidence({ facts: [won('d', '2026-01-10', '1000', { credits })] });
  assert.ok('value' in read);
  const paid = entitle({
    versions: [{ version: 'v', plan: planOf({ components: [rate()] }), from: '2026-01-01' }],
    through: '2026-01',
    evidence: read.value,
  });
  assert.deepEqual(paid.refused, [{ fact: 'd', reason: 'the credits of “owner” are not 100 % together' }]);
  assert.deepEqual(paid.periods[0]!.lines, []);
  assert.equal(wrongCredits({ ...read.value.facts[0]!, credits: [] }), null);
});

test('two facts of one id pay nobody, in whatever order they stand', () => {
  const deal = factOf(won('d', '2026-01-10', '1000'));
  const evidence = { facts: [deal, { ...deal, amount: 5n }], results: [], employment: [] };
  const versions = [{ version: 'v', plan: planOf({ components: [rate()] }), from: '2026-01-01' }];
  const paid = entitle({ versions, through: '2026-01', evidence });
  assert.deepEqual([paid.refused, paid.periods[0]!.lines], [[{ fact: 'd', reason: 'two facts have this id' }], []]);
});

test('who is no payee takes a share all the same', () => {
  const facts = [
    won('d', '2026-01-10', '1000', {
      credits: [
        { payee: 'ada', sharePercent: '60' },
        { payee: 'somebody', sharePercent: '40' },
      ],
    }),
  ];
  assert.deepEqual(january({ payees: [ada], components: [rate()] }, { facts }), [['rate', 60n]]);
});

test('property: the credits of a fact add up to it exactly', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), cuts, (total, given) => {
      const marks = [0, ...given.toSorted((a, b) => a - b), 1_000_000];
      const credits = marks.slice(1).map((mark, at) => ({ payee: `p${at}`, sharePercent: percent(mark - marks[at]!) }));
      const parts = shared(credits, total);
      assert.equal(
        parts.reduce((sum, [, credit]) => sum + (credit as bigint), 0n),
        total,
      );
    }),
  );
});

const percent = (units: number): string => `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}`;
