import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { drawnValue, marksOf, seriesOf } from './trendWords.ts';

const point = (winRate: number | null, range: [number, number | null] | null, cost: [string, string]): TrendAnswer['points'][number] =>
  ({
    figures: { winRate: { value: winRate, uncertainty: range && { low: range[0], high: range[1] } }, cost: { value: '0' } },
    parts: { costMarketing: { amount: cost[0] }, costSales: { amount: cost[1] } },
  }) as unknown as TrendAnswer['points'][number];

test('Shares are drawn as percentages and amounts in major units; what is no number leaves a gap', () => {
  assert.equal(drawnValue({ value: 0.12345 }, 'winRate', 'EUR'), 12.35);
  assert.equal(drawnValue({ value: '1200050' }, 'wonValue', 'EUR'), 12_000.5);
  assert.equal(drawnValue({ value: '1200' }, 'wonValue', 'JPY'), 1200);
  assert.equal(drawnValue({ value: null }, 'romi', 'EUR'), null);
});

test('A range is drawn beside its line where there is one, an open end as a gap', () => {
  const points = [point(0.5, [0.4, 0.6], ['0', '0']), point(null, null, ['0', '0']), point(0.2, [0.1, null], ['0', '0'])];
  const [line, low, high] = seriesOf({ points, currency: 'EUR' }, 'winRate');
  assert.deepEqual(line?.values, [50, null, 20]);
  assert.deepEqual(low?.values, [40, null, 10]);
  assert.deepEqual(high?.values, [60, null, null]);
  assert.equal(seriesOf({ points: [point(0.5, null, ['0', '0'])], currency: 'EUR' }, 'winRate').length, 1);
});

test('Cost is drawn as one side on the other', () => {
  const series = seriesOf({ points: [point(null, null, ['12300', '4500'])], currency: 'EUR' }, 'cost');
  assert.deepEqual(
    series.map(({ colour, stack, values }) => [colour, stack, values[0]]),
    [
      ['marketing', 'cost', 123],
      ['sales', 'cost', 45],
    ],
  );
});

test('A version of the agreement is marked at the month or quarter in which it took effect', () => {
  const marks = [{ on: '2026-05-15', versionId: 'a', number: 3, label: 'Agreement, version 3' }];
  assert.deepEqual(marksOf({ marks, every: 'month' }), [{ at: 'May 2026', label: 'v3' }]);
  assert.deepEqual(marksOf({ marks, every: 'quarter' }), [{ at: '2026-Q2', label: 'v3' }]);
});

test('A range many times as high as its figure is left to the table', () => {
  const points = [point(0.01, [0.001, 0.5], ['0', '0'])];
  assert.deepEqual(
    seriesOf({ points, currency: 'EUR' }, 'winRate').map(({ values }) => values),
    [[1]],
  );
});
