import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, january, linesOf, planOf, rate, sqlCount, through, total, won } from '#tests/support/paid.ts';

const byAttainment = {
  tiersBy: 'attainment',
  quota: 'quota',
  tiers: [
    { from: '0', percent: '8' },
    { from: '80', percent: '10' },
    { from: '100', percent: '15' },
  ],
};

test('golden: a flat rate is its percent of the credited money', () => {
  // 10 % of 12,400.00
  assert.deepEqual(january({ components: [rate()] }, { facts: [won('d', '2026-01-10', '1240000')] }), [['rate', 124_000n]]);
});

test('golden: each tier’s rate counts for what is within it', () => {
  // 5 % of 10,000 + 8 % of 10,000 + 12 % of 5,000 = 500 + 800 + 600
  const tiers = [
    { from: '0', percent: '5' },
    { from: '1000000', percent: '8' },
    { from: '2000000', percent: '12' },
  ];
  const facts = [won('d1', '2026-01-10', '1500000'), won('d2', '2026-01-20', '1000000')];
  assert.deepEqual(january({ components: [rate({ tiers })] }, { facts }), [
    ['rate', 50_000n],
    ['rate', 80_000n],
    ['rate', 60_000n],
  ]);
});

test('golden: below quota a decelerator, beyond it an accelerator', () => {
  // quota 10,000, credit 12,400: 8 % of 8,000 + 10 % of 2,000 + 15 % of 2,400 = 640 + 200 + 360
  const facts = [won('d1', '2026-01-10', '700000'), won('d2', '2026-01-20', '540000')];
  assert.deepEqual(january({ components: [rate(byAttainment)] }, { facts }), [
    ['rate', 64_000n],
    ['rate', 20_000n],
    ['rate', 36_000n],
  ]);
});

test('each line names what of each fact lies in its tier', () => {
  const plan = planOf({ components: [rate(byAttainment)] });
  const facts = [won('d2', '2026-01-20', '540000'), won('d1', '2026-01-10', '700000')];
  const lines = linesOf(through(plan, '2026-01', evidenceOf({ facts })), '2026-01', 'ada');
  assert.deepEqual(
    lines.map((line) => line.facts),
    [
      [
        { id: 'd1', credit: 700_000n },
        { id: 'd2', credit: 100_000n },
      ],
      [{ id: 'd2', credit: 200_000n }],
      [{ id: 'd2', credit: 240_000n }],
    ],
  );
});

test('golden: from the first, where the plan says so, the tier reached counts for all', () => {
  // 15 % of 12,400 = 1,860
  const facts = [won('d', '2026-01-10', '1240000')];
  assert.deepEqual(january({ components: [rate({ ...byAttainment, marginal: false })] }, { facts }), [['rate', 186_000n]]);
  // exactly at 80 % of quota the second tier is reached: 10 % of 8,000
  const less = [won('d', '2026-01-10', '800000')];
  assert.deepEqual(january({ components: [rate({ ...byAttainment, marginal: false })] }, { facts: less }), [['rate', 80_000n]]);
});

test('golden: an amount for each counted thing, halves of a thing too', () => {
  // 50.00 for each of the first 10, 80.00 for each beyond: 11.5 → 500 + 120
  const tiers = [
    { from: '0', each: '5000' },
    { from: '10', each: '8000' },
  ];
  const facts = [
    { id: 's1', kind: 'sql', on: '2026-01-05', count: 11, credits: [{ payee: 'ada' }] },
    {
      id: 's2',
      kind: 'sql',
      on: '2026-01-06',
      credits: [
        { payee: 'ada', sharePercent: '50' },
        { payee: 'ben', sharePercent: '50' },
      ],
    },
  ];
  assert.deepEqual(january({ components: [rate({ measure: sqlCount, tiers })] }, { facts }), [
    ['rate', 50_000n],
    ['rate', 12_000n],
  ]);
});

test('golden: an amount is rounded once, halves to the even unit', () => {
  // 10 % of 0.05, 0.15, 0.25 and 0.26
  for (const [amount, pays] of [
    ['5', 0n],
    ['15', 2n],
    ['25', 2n],
    ['26', 3n],
  ] as const)
    assert.deepEqual(january({ components: [rate()] }, { facts: [won('d', '2026-01-10', amount)] }), [['rate', pays]]);
});

test('golden: currencies of no, two and three decimals are all minor units', () => {
  // 7.5 % of ¥12,345 is ¥925.875; of €123.45 €9.25875; of KWD 12.345 KWD 0.925875: 926 units each
  for (const currency of ['JPY', 'EUR', 'KWD']) {
    const plan = { currency, components: [rate({ tiers: [{ from: '0', percent: '7.5' }] })] };
    assert.deepEqual(january(plan, { facts: [won('d', '2026-01-10', '12345')] }), [['rate', 926n]], currency);
  }
});

test('golden: a threshold counts from the first once it is reached, or only what is beyond it', () => {
  const threshold = (counts: string) => rate({ tiersBy: 'attainment', quota: 'quota', threshold: { at: '50', counts } });
  const [below, beyond] = [[won('d', '2026-01-10', '499999')], [won('d', '2026-01-10', '600000')]];
  assert.deepEqual(january({ components: [threshold('fromFirst')] }, { facts: below }), [['below', 0n]]);
  assert.deepEqual(january({ components: [threshold('fromFirst')] }, { facts: beyond }), [['rate', 60_000n]]);
  const exactly = [won('d', '2026-01-10', '500000')];
  assert.deepEqual(january({ components: [threshold('fromFirst')] }, { facts: exactly }), [['rate', 50_000n]]);
  assert.deepEqual(january({ components: [threshold('beyond')] }, { facts: below }), [['below', 0n]]);
  // 10 % of 1,000 beyond 5,000
  assert.deepEqual(january({ components: [threshold('beyond')] }, { facts: beyond }), [
    ['rate', 10_000n],
    ['below', 0n],
  ]);
});

test('golden: over a year each month pays what it adds to the year', () => {
  // a year’s quota of 120,000: 5 % up to it, 10 % beyond. January 70,000 → 3,500; February 70,000 → 5 % of 50,000 + 10 % of 20,000
  const payees = [{ id: 'ada', side: 'sales', quotas: { year: '12000000' } }];
  const tiers = [
    { from: '0', percent: '5' },
    { from: '100', percent: '10' },
  ];
  const plan = planOf({ payees, components: [rate({ over: 'year', tiersBy: 'attainment', quota: 'year', tiers })] });
  const facts = [won('d1', '2026-01-10', '7000000'), won('d2', '2026-02-10', '7000000')];
  const paid = through(plan, '2026-02', evidenceOf({ facts }));
  assert.deepEqual(
    linesOf(paid, '2026-01', 'ada').map(({ amount }) => amount),
    [350_000n],
  );
  assert.deepEqual(
    linesOf(paid, '2026-02', 'ada').map(({ amount }) => amount),
    [250_000n, 200_000n],
  );
});

test('golden: a year’s window begins anew with the year', () => {
  const tiers = [
    { from: '0', percent: '5' },
    { from: '100000', percent: '10' },
  ];
  const plan = planOf({ components: [rate({ over: 'year', tiers })] });
  const facts = [won('d1', '2026-12-10', '100000'), won('d2', '2027-01-10', '100000')];
  assert.equal(total(linesOf(through(plan, '2027-01', evidenceOf({ facts })), '2027-01', 'ada')), 5_000n);
});

test('golden: what lay below a year’s threshold is paid in the month that reaches it', () => {
  const plan = planOf({ components: [rate({ over: 'year', threshold: { at: '1000000', counts: 'fromFirst' } })] });
  const facts = [won('d1', '2026-01-10', '700000'), won('d2', '2026-02-10', '400000')];
  const paid = through(plan, '2026-02', evidenceOf({ facts }));
  assert.deepEqual(
    linesOf(paid, '2026-01', 'ada').map(({ rule, amount }) => [rule.kind, amount]),
    [['below', 0n]],
  );
  // 10 % of 11,000, of which 7,000 came in January
  const [line] = linesOf(paid, '2026-02', 'ada');
  assert.ok(line?.rule.kind === 'rate');
  assert.deepEqual(
    [line.amount, line.rule.credit, line.rule.earlier, line.facts],
    [110_000n, 1_100_000n, 700_000n, [{ id: 'd2', credit: 400_000n }]],
  );
});

test('golden: a year’s tier that counts from the first pays the rest of it when it is reached', () => {
  const tiers = [
    { from: '0', percent: '5' },
    { from: '1000000', percent: '10' },
  ];
  const plan = planOf({ components: [rate({ over: 'year', tiers, marginal: false })] });
  const facts = [won('d1', '2026-01-10', '700000'), won('d2', '2026-02-10', '400000')];
  const paid = through(plan, '2026-02', evidenceOf({ facts }));
  assert.equal(total(linesOf(paid, '2026-01', 'ada')), 35_000n);
  // 10 % of 11,000 less the 350 of January
  assert.equal(total(linesOf(paid, '2026-02', 'ada')), 75_000n);
});

test('a credit note takes back what its credit earned, below nought too', () => {
  const facts = [won('d1', '2026-01-10', '100000'), won('d2', '2026-01-20', '-150000')];
  assert.deepEqual(january({ components: [rate()] }, { facts }), [['rate', -5_000n]]);
});

test('only facts of the measure’s kinds and tags count, and none with what it leaves out', () => {
  const measure = { kinds: ['won', 'renewed'], by: 'amount', tags: { product: ['a', 'b'] }, except: { dealType: ['internal'] } };
  const facts = [
    won('d1', '2026-01-10', '1000', { tags: { product: 'a' } }),
    won('d2', '2026-01-10', '2000', { tags: { product: 'c' } }),
    won('d3', '2026-01-10', '4000', { tags: { product: 'b', dealType: 'internal' } }),
    won('d4', '2026-01-10', '8000', { tags: { product: 'b' }, kind: 'renewed' }),
    won('d5', '2026-01-10', '16000', {}),
    won('d6', '2026-01-10', '32000', { tags: { product: 'a' }, kind: 'invoiced' }),
  ];
  assert.deepEqual(january({ components: [rate({ measure })] }, { facts }), [['rate', 900n]]);
});

test('who has no quota earns nothing by attainment, and a note says why', () => {
  const plan = planOf({ payees: [{ id: 'ada', side: 'sales' }], components: [rate(byAttainment)] });
  const { periods } = through(plan, '2026-01', evidenceOf({ facts: [won('d', '2026-01-10', '1240000')] }));
  assert.deepEqual(periods[0]!.lines, []);
  assert.match(periods[0]!.notes[0]!.what, /^has no quota “quota”/);
});
