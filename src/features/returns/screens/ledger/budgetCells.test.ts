import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountOf, cellOf, cellText, changesOf, filled, keyOfLine, pasted, rowsOf, savedOf, sumOf } from './budgetCells.ts';

const months = ['2026-01', '2026-02', '2026-03'];
const whole = { marketing: 'whole', sales: 'whole' } as const;
const rows = rowsOf([], [], whole);
const row = (side: string, label: string) => rows.find((each) => each.side === side && each.label === label)!;
const media = row('marketing', 'Media');
const cell = (month: string, of = media) => cellOf(of.key, month);

test('a grid has every category of both sides and the rest of each', () => {
  assert.equal(rows.length, 8 + 1 + 7 + 1);
  assert.deepEqual(
    rows.filter(({ label }) => label === 'Everything else').map(({ side }) => side),
    ['marketing', 'sales'],
  );
});

test('whoever may not see pay of a side gets neither its pay lines nor its rest, which holds pay', () => {
  const seen = rowsOf([], [], { marketing: 'whole', sales: 'programme' });
  assert.deepEqual(
    seen.filter(({ side }) => side === 'sales').map(({ label }) => label),
    ['Travel', 'Entertainment', 'Samples', 'Tools', 'Other'],
  );
});

test('a campaign has a line of its own, once, however often it is there', () => {
  const line = { side: 'marketing', category: 'media', campaign: { id: 'c1', name: 'Autumn' }, team: null } as const;
  const own = rowsOf([line, line], [line], whole).filter(({ campaign }) => campaign);
  assert.deepEqual(
    own.map(({ label }) => label),
    ['Autumn: media'],
  );
});

test('amounts are read in the currency, blank takes a line out, and what is none is said', () => {
  assert.equal(amountOf('12,000.5', 'EUR'), '1200050');
  assert.equal(amountOf(' ', 'EUR'), null);
  assert.equal(amountOf('-5', 'EUR'), undefined);
  assert.equal(amountOf('12k', 'EUR'), undefined);
  assert.equal(cellText('1200050', 'EUR'), '12,000.50');
  assert.equal(cellText('1200000', 'EUR'), '12,000');
});

test('only what differs from what is saved is sent, and the way back is kept', () => {
  const saved = new Map([
    [cell('2026-01'), '100000'],
    [cell('2026-02'), '200000'],
  ]);
  const typed = new Map([
    [cell('2026-01'), '1,000'],
    [cell('2026-02'), ''],
    [cell('2026-03'), '3000'],
  ]);
  const { lines, before, wrong } = changesOf(rows, months, typed, saved, 'EUR');
  assert.deepEqual(
    lines.map(({ month, amount }) => [month, amount]),
    [
      ['2026-02', null],
      ['2026-03', '300000'],
    ],
  );
  assert.deepEqual(
    before.map(({ month, amount }) => [month, amount]),
    [
      ['2026-02', '200000'],
      ['2026-03', null],
    ],
  );
  assert.deepEqual(wrong, []);
  assert.equal(sumOf([media], months, typed, saved, 'EUR'), 400000n);
  assert.deepEqual(changesOf(rows, months, new Map([[cell('2026-01'), 'much']]), saved, 'EUR').wrong, [cell('2026-01')]);
});

test('a block of a spreadsheet lands right and down, and what hangs over is left out', () => {
  const at = rows.indexOf(media);
  const set = pasted('1\t2\t3\n4\t5\t6\n', rows, months, { row: at, month: 1 });
  const agency = row('marketing', 'Agencies');
  assert.deepEqual(
    [...set],
    [
      [cell('2026-02'), '1'],
      [cell('2026-03'), '2'],
      [cell('2026-02', agency), '4'],
      [cell('2026-03', agency), '5'],
    ],
  );
});

test('the first amount of a row fills the empty months after it and no others', () => {
  const saved = new Map([[cell('2026-01'), '100000']]);
  assert.deepEqual([...filled(media, months, new Map([[cell('2026-03'), '7']]), saved, 'EUR')], [[cell('2026-02'), '1,000']]);
  assert.equal(filled(media, months, new Map(), new Map(), 'EUR').size, 0);
});

test('lines in a currency the workspace had before are in no cell', () => {
  const line = { id: 'x', month: '2026-01', side: 'marketing', category: 'media', campaign: null, team: null, amount: '5' } as const;
  const meta = { recordedAt: '2026-01-01T00:00:00Z', recordedBy: null };
  const saved = savedOf(
    [
      { ...line, ...meta, currency: 'EUR' },
      { ...line, ...meta, month: '2026-02', currency: 'DEM' },
    ],
    'EUR',
  );
  assert.deepEqual([...saved], [[cellOf(keyOfLine(line), '2026-01'), '5']]);
});
