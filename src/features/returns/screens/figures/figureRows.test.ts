import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FigureName, figureNames, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresRow } from '#features/returns/contract/figures.ts';
import { csvOf, namesIn, nextOrder, orderIn, sorted, usualColumns } from './figureRows.ts';

type Values = Partial<Record<FigureName, string | number>>;

const row = (label: string, values: Values): FiguresRow => ({
  group: label,
  label,
  figures: Object.fromEntries(
    figureNames.map((name) => {
      const value = values[name] ?? null;
      return [name, { value, uncertainty: null, why: value === null ? 'nothing was won' : null, n: 3, small: true }];
    }),
  ) as FiguresRow['figures'],
  parts: {} as FiguresRow['parts'],
});
const labels = (rows: readonly FiguresRow[]): string => rows.map(({ label }) => label).join(' ');

test('Amounts are put in order as the whole numbers they are, and what has none stands last either way', () => {
  const rows = [
    row('none', {}),
    row('small', { wonValue: '-900719925474099300' }),
    row('large', { wonValue: '900719925474099301' }),
    row('a little less', { wonValue: '900719925474099300' }),
  ];
  assert.equal(labels(sorted(rows, { by: 'wonValue', down: true })), 'large a little less small none');
  assert.equal(labels(sorted(rows, { by: 'wonValue', down: false })), 'small a little less large none');
  assert.equal(sorted(rows, null), rows);
});

test('A head chosen again and again: greatest first, smallest first, as the server answers', () => {
  assert.equal(nextOrder(null, 'romi'), '-romi');
  assert.equal(nextOrder(orderIn('-romi'), 'romi'), 'romi');
  assert.equal(nextOrder(orderIn('romi'), 'romi'), null);
  assert.equal(nextOrder(orderIn('romi'), 'group'), 'group');
  assert.equal(nextOrder(orderIn('group'), 'group'), '-group');
  assert.equal(orderIn('-nonsense'), null);
});

test('Columns come in their usual order; names nobody knows are left out', () => {
  assert.deepEqual(namesIn('romi,nonsense,winRate', usualColumns), ['winRate', 'romi']);
  assert.equal(namesIn('nonsense', usualColumns), usualColumns);
  assert.equal(namesIn(undefined, usualColumns), usualColumns);
});

test('The file holds each figure with its range and why there is none, amounts in major units', () => {
  const [head, first] = csvOf('Segment', [row('Mid-market', { wonValue: '1200050' })], ['wonValue', 'romi'], 'EUR');
  assert.equal(head?.[1], `${figureTable.wonValue.label} (EUR)`);
  assert.deepEqual(first, ['Mid-market', '12000.50', '', '', '3', '', '', '', '', '3', 'nothing was won']);
});
