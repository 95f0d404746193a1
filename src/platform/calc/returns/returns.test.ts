import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandIo } from '#platform/cli/command.ts';
import { calcCommandReading } from '../command.ts';

/** The fields of all formulas' answers; each test reads those of its own. */
interface Answer {
  value: number | string | null;
  reason: string | null;
  range: { low: number; high: number } | null;
  rangeText: string | null;
  small: boolean;
  horizon: { months: number; value: string };
  nrr: Answer;
  grr: Answer;
  logo: Answer;
  bridge: object;
  segments: { taken: string[] }[];
  parts: string[] | null;
  amount: string | null;
}

/** `accord calc NAME < in.json`, in this process. */
async function calc(name: string, ...cases: readonly object[]): Promise<{ code: number; results: Answer[]; err: string }> {
  const told = { out: '', err: '' };
  const io: CommandIo = {
    json: false,
    watched: false,
    progress: () => {},
    out: (line) => void (told.out += line),
    err: (line) => void (told.err += `${line}\n`),
  };
  const code = await calcCommandReading(async () => JSON.stringify({ cases })).run({ values: {}, positionals: [name] }, io);
  return { code, results: code === 0 ? JSON.parse(told.out).results : [], err: told.err };
}

const valuesOf = async (name: string, ...cases: readonly object[]) => (await calc(name, ...cases)).results.map(({ value }) => value);
const reasonsOf = async (name: string, ...cases: readonly object[]) => (await calc(name, ...cases)).results.map(({ reason }) => reason);

test('win rate: 25 of 100; none closed is not a number', async () => {
  const { results } = await calc('win-rate', { won: 25, lost: 75 }, { won: 0, lost: 0 });
  assert.deepEqual([results[0]!.value, results[0]!.range!.low.toFixed(4), results[0]!.small], [0.25, '0.1755', false]);
  assert.deepEqual([results[1]!.value, results[1]!.reason], [null, 'not a number: no deal was closed']);
});

test('velocity: 100 × 0.25 × 50,000 ÷ 60 = 20,833 a day, stated or counted', async () => {
  const deals = { openDeals: 100, averageDeal: '5000000', cycleDays: 60, currency: 'EUR' };
  const { results } = await calc(
    'velocity',
    { ...deals, winRate: 0.25 },
    { ...deals, winRate: '0.25' },
    { ...deals, won: 25, lost: 75 },
    { ...deals, won: 0, lost: 0 },
  );
  assert.deepEqual(
    results.map(({ value }) => value),
    ['2083333', '2083333', '2083333', null],
  );
  assert.deepEqual([results[0]!.range, results[0]!.rangeText], [null, null]);
  assert.equal(results[2]!.rangeText, 'between €14,621 and €28,587');
});

test('coverage and forecast', async () => {
  assert.deepEqual(await valuesOf('coverage', { pipeline: '900', remainingTarget: '300' }, { pipeline: '900', remainingTarget: '0' }), [
    3,
    null,
  ]);
  const deals = [
    { amount: '1000', probabilityPercent: 50 },
    { amount: '333', probabilityPercent: '12.5' },
  ];
  // 500 + 41.625
  assert.deepEqual(await valuesOf('forecast', { currency: 'EUR', deals }, { currency: 'EUR', deals: [] }), ['542', '0']);
});

test('CAC, LTV and payback', async () => {
  const { results } = await calc(
    'cac',
    { cost: '12000000', customers: 40, currency: 'EUR' },
    { cost: '10000', customers: 0, currency: 'EUR' },
  );
  assert.deepEqual([results[0]!.value, results[0]!.rangeText], ['300000', 'between €2,203 and €4,199']);
  assert.deepEqual(
    [results[1]!.value, results[1]!.reason, results[1]!.rangeText],
    [null, 'not a number: no customer was won', 'at least €27.11'],
  );
  const account = { arpa: '50000', grossMargin: 0.8, currency: 'EUR' };
  const worth = (await calc('ltv', { ...account, churn: 0.02 }, { ...account, left: 0, accounts: 120, horizonMonths: 24 })).results;
  assert.deepEqual([worth[0]!.value, worth[0]!.horizon], ['2000000', { months: 36, value: '1440000' }]);
  assert.deepEqual([worth[1]!.value, worth[1]!.rangeText, worth[1]!.horizon.value], [null, 'at least €12,895', '960000']);
  assert.deepEqual(
    await valuesOf('payback', { cac: '480000', arpa: '50000', grossMargin: '0.8' }, { cac: '1', arpa: '0', grossMargin: 1 }),
    [12, null],
  );
});

test('ROMI and ROAS; zero spend is not a number, and says so', async () => {
  assert.deepEqual(await valuesOf('romi', { contribution: '15000', spend: '10000' }), [0.5]);
  assert.deepEqual(await valuesOf('roas', { revenue: '40000', spend: '10000', wins: 4 }), [4]);
  for (const name of ['romi', 'roas'])
    assert.deepEqual(await reasonsOf(name, { contribution: '5', revenue: '5', spend: '0' }), ['not a number: nothing was spent']);
});

test('retention: NRR 85 %, GRR 75 %, three of four kept, and a bridge that closes', async () => {
  const accounts = [
    { account: 'a', start: '400', end: '500' },
    { account: 'b', start: '300', end: '250' },
    { account: 'c', start: '200', end: '0' },
    { account: 'd', start: '100', end: '100' },
    { account: 'e', start: '0', end: '70' },
  ];
  const [result] = (await calc('retention', { accounts })).results;
  assert.deepEqual([result!.nrr.value, result!.grr.value, result!.logo.value], [0.85, 0.75, 0.75]);
  assert.deepEqual(result!.bridge, { start: '1000', added: '70', expansion: '100', contraction: '50', churn: '200', end: '920' });
});

test('decompose: twice the leads at twice the rate are half volume and half rate', async () => {
  const segments = [{ segment: 'SMB', before: { leads: 100, won: 10, revenue: '500' }, after: { leads: 200, won: 40, revenue: '2000' } }];
  const [decomposed] = (await calc('decompose', { segments })).results;
  const { segments: by, ...all } = decomposed!;
  assert.deepEqual(all, { before: '500', after: '2000', volume: '750', mix: '0', rate: '750', price: '0', apart: '0', change: '1500' });
  assert.deepEqual(by[0]!.taken, []);
});

test('allocate: the parts add up; whole weights may be of any size', async () => {
  const { results } = await calc(
    'allocate',
    { amount: '100', weights: [1, 1, 1] },
    { amount: '-7', weights: ['9'.repeat(30), 0.5] },
    { amount: '1', weights: [0] },
  );
  assert.deepEqual(
    results.map(({ parts }) => parts),
    [['34', '33', '33'], ['-7', '0'], null],
  );
  assert.match(results[2]!.reason!, /nobody can say whose it is/);
});

test('convert: 12,000.50 EUR are 13,004.94 USD by the rate in force that day', async () => {
  const given = {
    amount: '1200050',
    from: 'EUR',
    to: 'USD',
    rates: [
      { day: '2026-03-01', rate: 1.09 },
      { day: '2026-01-01', rate: '1.0837' },
    ],
  };
  const { results } = await calc('convert', { ...given, day: '2026-02-28' }, { ...given, day: '2025-12-31' });
  assert.deepEqual(results[0], { amount: '1300494', currency: 'USD', rate: { day: '2026-01-01', rate: '1.0837' }, reason: null });
  assert.deepEqual([results[1]!.amount, results[1]!.reason], [null, 'there is no rate for 2025-12-31: the first is of 2026-01-01']);
});

test('what is wrong is named with its place and what would be fine', async () => {
  const errOf = async (name: string, given: object) => {
    const { code, err } = await calc(name, given);
    assert.equal(code, 2);
    return err.trim().split('\n');
  };
  assert.deepEqual(await errOf('cac', { cost: 12.5, customers: -1, currency: 'EURO' }), [
    'cases.0.cost: 12.5 is not what is asked for; give an amount in minor units as text, such as "1200050" for 12,000.50',
    'cases.0.customers: -1 is not what is asked for; give a whole number from 0',
    'cases.0.currency: “EURO” is not what is asked for; give a currency of ISO 4217 such as "EUR"',
  ]);
  const deals = { openDeals: 1, averageDeal: '1', cycleDays: 1, currency: 'EUR' };
  assert.deepEqual(await errOf('velocity', deals), [
    'cases.0.winRate: is missing or told twice; give the win rate as `winRate`, or `won` and `lost`',
  ]);
  assert.deepEqual(await errOf('velocity', { ...deals, winRate: 25 }), [
    'cases.0.winRate: “25” is not what is asked for; give a share from 0 to 1 such as 0.25',
  ]);
  assert.deepEqual(await errOf('ltv', { arpa: '1', grossMargin: 1, left: 3, accounts: 2, currency: 'EUR' }), [
    'cases.0.left: is more than `accounts`; give those of them that left',
  ]);
  assert.deepEqual(await errOf('allocate', { amount: '1', weights: [1, -1] }), [
    'cases.0.weights.1: -1 is not what is asked for; give a weight from 0: a number, or a whole number of any size as text',
  ]);
  assert.match(
    (
      await errOf('retention', {
        accounts: [
          { account: 'a', start: '1', end: '1' },
          { account: 'a', start: '1', end: '1' },
        ],
      })
    )[0]!,
    /names an account twice/,
  );
  assert.match(
    (await errOf('convert', { amount: '1', from: 'EUR', to: 'USD', day: '2026-02-30', rates: [{ day: '2026-01-01', rate: 0 }] })).join(
      '\n',
    ),
    /day: “2026-02-30”[^]*rate: “0” is not what is asked for; give a decimal number above 0/,
  );
});
