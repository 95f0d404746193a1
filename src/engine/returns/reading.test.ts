import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moneyRangeText, numberRangeText, shareRangeText } from './reading.ts';

test('shares read as whole per cents, closer ones with a decimal', () => {
  assert.equal(shareRangeText({ low: 0.1176, high: 0.2087 }), 'between 12 and 21 %');
  assert.equal(shareRangeText({ low: 0.1176, high: 0.1287 }), 'between 11.8 and 12.9 %');
  assert.equal(shareRangeText({ low: 0, high: 1 }), 'between 0 and 100 %');
  assert.equal(shareRangeText({ low: 0.5, high: 0.5 }), '50 %');
});

test('money reads in its currency, large amounts without cents', () => {
  assert.equal(moneyRangeText({ low: 220_310n, high: 419_974n }, 'EUR'), 'between €2,203 and €4,200');
  assert.equal(moneyRangeText({ low: 1_234n, high: 9_999n }, 'EUR'), 'between €12.34 and €99.99');
  assert.equal(moneyRangeText({ low: 1_355_500n, high: null }, 'EUR'), 'at least €13,555');
  assert.equal(moneyRangeText({ low: 5_000n, high: 90_000n }, 'JPY'), 'between ¥5,000 and ¥90,000');
});

test('other numbers carry their unit and three figures', () => {
  assert.equal(numberRangeText({ low: 9.8654, high: 14.7493 }, 'months'), 'between 9.9 and 14.7 months');
  assert.equal(numberRangeText({ low: 1.0871, high: 9.24 }, ''), 'between 1.09 and 9.24');
  assert.equal(numberRangeText({ low: 2.579, high: null }, 'times'), 'at least 2.58 times');
  assert.equal(numberRangeText({ low: -412.2, high: 1234.4 }, 'days'), 'between -412 and 1234 days');
});
