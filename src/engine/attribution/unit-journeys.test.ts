import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeysOfUnit, type UnitConversion } from './unit-journeys.ts';

const won = (at: number, more: Partial<UnitConversion> = {}): UnitConversion => ({ at, leadAt: null, dealAt: null, ...more });
const read = (times: number[], conversions: UnitConversion[], lookBack = 100, leads: number[] = []) =>
  journeysOfUnit(times, conversions, leads, lookBack).map(({ conversion, from, to }) => [conversion, ...times.slice(from, to)]);

test('a conversion takes the touches up to and at its moment; what comes after is open', () => {
  assert.deepEqual(read([1, 5, 9, 10], [won(9)]), [
    [0, 1, 5, 9],
    [-1, 10],
  ]);
  assert.deepEqual(read([1, 5], [won(5)]), [[0, 1, 5]]);
  assert.deepEqual(read([3, 4], []), [[-1, 3, 4]]);
  assert.deepEqual(read([], []), []);
});

test('a touch may lead to several conversions, and a conversion may have none', () => {
  assert.deepEqual(read([5, 7], [won(2), won(6), won(8)]), [[0], [1, 5], [2, 5, 7]]);
});

test('touches older than the look-back don’t count, exactly that old ones do', () => {
  assert.deepEqual(read([1, 2, 12], [won(12)], 10), [[0, 2, 12]]);
  assert.deepEqual(read([1, 2, 12], [], 10), [[-1, 2, 12]], 'nor in an open journey, counted from its last touch');
  assert.deepEqual(read([1, 8, 12], [won(7)], 10), [
    [0, 1],
    [-1, 8, 12],
  ]);
});

test('milestones are the last counted touches by the moment the lead, the deal was opened', () => {
  const milestones = (times: number[], conversion: UnitConversion, leads: number[] = [], lookBack = 100) => {
    const [journey] = journeysOfUnit(times, [conversion], leads, lookBack);
    return [journey!.lead, journey!.deal];
  };
  assert.deepEqual(milestones([1, 3, 5, 7], won(8, { leadAt: 4, dealAt: 5 })), [1, 2]);
  assert.deepEqual(milestones([3, 5], won(8, { leadAt: 2, dealAt: 8 })), [-1, 1], 'a lead that was there before every touch has none');
  assert.deepEqual(milestones([3, 5], won(8, { leadAt: 4, dealAt: 9 })), [0, -1], 'a deal opened after the lead converted led to nothing');
  assert.deepEqual(milestones([1, 20], won(22, { leadAt: 2 }), [], 10), [-1, -1], 'the touch that made it is too old to count');
  assert.deepEqual(milestones([1, 3, 5], won(8), [2, 4]), [0, -1], 'without a lead of its own, the unit’s earliest');
  assert.deepEqual(milestones([19, 21, 23], won(25), [2, 22], 10), [1, -1], 'within the look-back');
});
