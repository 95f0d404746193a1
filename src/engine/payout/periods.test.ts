import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, planOf, rate, won } from '#tests/support/paid.ts';
import { dayText } from '../values/calendarDay.ts';
import { periodsThrough } from './entitle.ts';
import { instantKey, knownBy } from './evidence.ts';
import { following, isAtLeast, periodOf, readPeriod } from './periods.ts';
import { periodKinds } from './plan.ts';

test('golden: the first and last day of each kind of period', () => {
  const days = (key: string) => [dayText(readPeriod(key).first), dayText(readPeriod(key).last)];
  assert.deepEqual(days('2024-02'), ['2024-02-01', '2024-02-29']);
  assert.deepEqual(days('2026-12'), ['2026-12-01', '2026-12-31']);
  assert.deepEqual(days('2026-Q1'), ['2026-01-01', '2026-03-31']);
  assert.deepEqual(days('2026-Q4'), ['2026-10-01', '2026-12-31']);
  assert.deepEqual(days('2026-H2'), ['2026-07-01', '2026-12-31']);
  assert.deepEqual(days('2026'), ['2026-01-01', '2026-12-31']);
});

test('every day is in the period whose key names it, and the next begins the day after', () => {
  for (const kind of periodKinds)
    for (let day = 20_000; day < 20_800; day++) {
      const period = periodOf(day, kind);
      assert.ok(period.first <= day && day <= period.last);
      assert.deepEqual(readPeriod(period.key), period);
      assert.equal(following(period).first, period.last + 1);
    }
});

test('what is no period is refused', () => {
  for (const key of ['2026-13', '2026-Q5', '2026-H3', '26-01', '2026-1', '2026-Q', ''])
    assert.throws(() => readPeriod(key), /is no period; one such as/, key);
});

test('a year is at least a quarter, a month is not', () => {
  assert.ok(isAtLeast('year', 'quarter') && isAtLeast('quarter', 'quarter') && !isAtLeast('month', 'quarter'));
});

test('each period goes by the version in force on its first day, which begins with one', () => {
  const [monthly, quarterly] = [planOf({ components: [rate()] }), planOf({ period: 'quarter', components: [rate()] })];
  const versions = [
    { version: 'v1', plan: monthly, from: '2026-05-01' },
    { version: 'v2', plan: quarterly, from: '2026-07-01' },
  ];
  assert.deepEqual(
    periodsThrough(versions, '2026-Q4').map(({ period, inForce }) => [period.key, inForce.version]),
    [
      ['2026-05', 'v1'],
      ['2026-06', 'v1'],
      ['2026-Q3', 'v2'],
      ['2026-Q4', 'v2'],
    ],
  );
  assert.throws(
    () => periodsThrough([versions[0]!, { ...versions[1]!, from: '2026-06-01' }], '2026-Q3'),
    /begins within the period 2026-Q2/,
  );
  assert.throws(() => periodsThrough(versions, '2026-08'), /“2026-08” is no period of the plan/);
  assert.throws(() => periodsThrough(versions, '2026-04'), /“2026-04” is no period of the plan from 2026-05-01 on/);
  assert.throws(() => periodsThrough([], '2026-04'), /no version/);
});

test('what was recorded at the cut-off is known, a moment later it isn’t', () => {
  const at = (recordedAt: string) => won(recordedAt, '2026-01-01', '1', { recordedAt });
  const result = (recordedAt: string) => ({ id: recordedAt, name: 'x', period: '2026-01', value: '1', recordedAt });
  const moments = ['2026-01-05T00:00:00Z', '2026-01-05T00:00:00.001Z'];
  const known = knownBy(evidenceOf({ facts: moments.map(at), results: moments.map(result) }), '2026-01-05T00:00:00.000Z');
  assert.deepEqual(
    [known.facts, known.results].map((all) => all.map(({ id }) => id)),
    [[moments[0]], [moments[0]]],
  );
});

test('instants compare in order of time, whatever their decimals', () => {
  const order = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.0001Z', '2026-01-01T00:00:00.5Z', '2026-01-01T00:00:01Z'];
  assert.deepEqual(order.toReversed().map(instantKey).sort(), order.map(instantKey));
  assert.equal(instantKey('2026-01-01T00:00:00.000Z'), instantKey('2026-01-01T00:00:00Z'));
  assert.equal(instantKey('2026-01-01T00:00:00.500Z'), instantKey('2026-01-01T00:00:00.5Z'));
});
