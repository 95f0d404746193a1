import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addMonths, dayOf } from '#engine/simulate/days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { RevenueEntry, RevenueKind } from './revenue.ts';
import { recurringOn, type Term, termsOf } from './terms.ts';

const firstDay = dayOf(2025, 1, 15);
const asOf = dayOf(2026, 12, 31);

const entry = (kind: RevenueKind, on: number, amount: bigint, more: Partial<RevenueEntry> = {}): RevenueEntry => ({
  account: 'Nordhaus',
  line: '',
  kind,
  on,
  amount,
  dealAmount: null,
  ...more,
});
const after = (months: number, days = 0) => addMonths(firstDay, months) + days;
const shown = (terms: readonly Term[]) => terms.map(({ from, until, months, state }) => [dayText(from), dayText(until), months, state]);
const paidOn = (entries: readonly RevenueEntry[], day: number, until = asOf) =>
  recurringOn(termsOf(entries, { asOf: until }), day).get('Nordhaus');

test('invoices a month apart are for a month, a year apart for a year; the last one runs as long as the one before', () => {
  const monthly = [0, 1, 2].map((month) => entry(month === 0 ? 'new' : 'renewal', after(month), 10_000n));
  assert.deepEqual(shown(termsOf(monthly, { asOf: after(2, 10) })), [
    ['2025-01-15', '2025-02-15', 1, 'ended'],
    ['2025-02-15', '2025-03-15', 1, 'ended'],
    ['2025-03-15', '2025-04-15', 1, 'running'],
  ]);
  const yearly = [entry('new', after(0), 120_000n), entry('renewal', after(12), 120_000n)];
  assert.deepEqual(shown(termsOf(yearly, { asOf })), [
    ['2025-01-15', '2026-01-15', 12, 'ended'],
    ['2026-01-15', '2027-01-15', 12, 'running'],
  ]);
  assert.equal(paidOn(yearly, after(3)), 10_000n);
});

test('a single invoice is for a year, unless its deal’s amount is about twelve times as much', () => {
  assert.equal(termsOf([entry('new', after(0), 10_000n)], { asOf })[0]!.months, 12);
  assert.equal(termsOf([entry('new', after(0), 10_000n, { dealAmount: 120_000n })], { asOf })[0]!.months, 1);
  assert.equal(termsOf([entry('new', after(0), 30_000n, { dealAmount: 120_000n })], { asOf })[0]!.months, 3);
  assert.equal(termsOf([entry('new', after(0), 10_000n, { dealAmount: 70_000n })], { asOf })[0]!.months, 12);
});

test('who isn’t invoiced again within the grace left when the term ended', () => {
  const yearly = [entry('new', after(0), 120_000n)];
  const state = (day: number) => termsOf(yearly, { asOf: day })[0]!.state;
  assert.deepEqual(
    [state(after(12, -1)), state(after(12)), state(after(12, 30)), state(after(12, 31))],
    ['running', 'due', 'due', 'ended'],
  );
  assert.equal(paidOn(yearly, after(12, 30), after(12, 30)), 10_000n);
  assert.equal(paidOn(yearly, after(12), after(12, 31)), undefined);
  assert.equal(paidOn(yearly, after(12, -1), after(12, 31)), 10_000n);
});

test('a late renewal leaves no gap, an early one nothing twice', () => {
  const late = [entry('new', after(0), 120_000n), entry('renewal', after(12, 20), 120_000n)];
  const early = [entry('new', after(0), 120_000n), entry('renewal', after(12, -20), 120_000n)];
  for (const entries of [late, early])
    for (const days of [-25, -20, -1, 0, 10, 20, 25]) assert.equal(paidOn(entries, after(12, days)), 10_000n, `${days}`);
});

test('an account that was away left and came back; a month’s price was not for the time between', () => {
  const entries = [0, 1, 2, 14, 15].map((month) => entry('renewal', after(month), 10_000n));
  const terms = termsOf(entries, { asOf: after(15, 5) });
  assert.deepEqual(
    terms.map(({ months }) => months),
    [1, 1, 1, 1, 1],
  );
  assert.deepEqual(
    [after(2, 5), after(4), after(14, 5)].map((day) => recurringOn(terms, day).size),
    [1, 0, 1],
  );
});

test('from monthly to yearly: the longer term is believed because it is paid for', () => {
  const entries = [
    ...[0, 1].map((month) => entry('renewal', after(month), 10_000n)),
    ...[2, 14].map((month) => entry('renewal', after(month), 110_000n)),
  ];
  assert.deepEqual(
    termsOf(entries, { asOf }).map(({ months }) => months),
    [1, 1, 12, 12],
  );
});

test('expansion and contraction count for what is left of the term, and end with it', () => {
  const entries = [
    entry('new', after(0), 120_000n),
    entry('expansion', after(4), 8_000n),
    entry('contraction', after(9), 1_500n),
    entry('refund', after(10), 99_999n),
    entry('renewal', after(12), 126_000n),
  ];
  const at = (month: number) => paidOn(entries, after(month));
  assert.deepEqual([at(3), at(4), at(9), at(11), at(12)], [10_000n, 11_000n, 10_500n, 10_500n, 10_500n]);
});

test('a change when nothing runs changes nothing', () => {
  assert.deepEqual(
    termsOf([entry('expansion', after(0), 100n), entry('contraction', after(1), 100n), entry('refund', after(1), 1n)], { asOf }),
    [],
  );
});

test('products are renewed each by itself and add up', () => {
  const entries = [
    entry('new', after(0), 120_000n, { line: 'Planner' }),
    entry('new', after(1), 5_000n, { line: 'Support' }),
    entry('renewal', after(2), 5_000n, { line: 'Support' }),
  ];
  assert.equal(paidOn(entries, after(2, 3)), 15_000n);
  assert.equal(paidOn(entries, after(6)), 10_000n);
});

test('two invoices on one day both count', () => {
  const entries = [0, 12].flatMap((month) => [entry('renewal', after(month), 120_000n), entry('renewal', after(month), 60_000n)]);
  assert.equal(paidOn(entries, after(5)), 15_000n);
  assert.equal(paidOn(entries, after(12, 5)), 15_000n);
});

test('what is after the last day on record is not known', () => {
  const entries = [entry('new', after(0), 120_000n), entry('renewal', after(12), 120_000n)];
  assert.deepEqual(shown(termsOf(entries, { asOf: after(6) })), [['2025-01-15', '2026-01-15', 12, 'running']]);
});

test('a contraction that leaves nothing makes no customer', () => {
  const entries = [entry('new', after(0), 120_000n), entry('contraction', after(6), 60_000n)];
  assert.deepEqual([paidOn(entries, after(5)), paidOn(entries, after(6))], [10_000n, undefined]);
});

test('property: the order of entries changes nothing', () => {
  const some = fc.record({
    kind: fc.constantFrom<RevenueKind>('new', 'renewal', 'expansion'),
    month: fc.nat(30),
    amount: fc.bigInt(1n, 10n ** 9n),
  });
  fc.assert(
    fc.property(fc.uniqueArray(some, { maxLength: 10, selector: ({ month }) => month }), (given) => {
      const entries = given.map(({ kind, month, amount }) => entry(kind, after(month), amount));
      assert.deepEqual(termsOf(entries.toReversed(), { asOf }), termsOf(entries, { asOf }));
    }),
  );
});
