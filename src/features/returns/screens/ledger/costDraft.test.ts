import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankDraft, changedDraft, contentOf, wrongAmount } from './costDraft.ts';

const draft = blankDraft('marketing', 'EUR', '2026-03-02');

test('another side keeps the category it has too, and takes a usual one otherwise', () => {
  assert.equal(changedDraft({ ...draft, category: 'tools' }, { side: 'sales' }).category, 'tools');
  assert.equal(changedDraft({ ...draft, category: 'media' }, { side: 'sales' }).category, 'travel');
});

test('pay is chosen, never what a side begins with: the other side’s may be hidden from who enters it', () => {
  assert.equal(blankDraft('sales', 'EUR', '2026-03-02').category, 'travel');
  assert.equal(changedDraft({ ...draft, category: 'salaries' }, { side: 'sales' }).category, 'travel');
  assert.equal(changedDraft(draft, { category: 'salaries' }).category, 'salaries');
});

test('how many people are in it is said of pay and of nothing else', () => {
  const pay = changedDraft({ ...draft, category: 'salaries' }, { people: 6 });
  assert.equal(pay.people, 6);
  assert.equal(changedDraft(pay, { category: 'tools' }).people, null);
});

test('an amount is read in the currency it is of', () => {
  assert.equal(wrongAmount({ typed: '12,000.50', currency: 'EUR' }), null);
  assert.equal(contentOf({ ...draft, typed: '12,000.50' })['amount'], '1200050');
  assert.equal(contentOf({ ...draft, typed: '12,000', currency: 'JPY' })['amount'], '12000');
  assert.match(wrongAmount({ typed: '12.50', currency: 'JPY' }) ?? '', /JPY/);
  assert.match(wrongAmount({ typed: '0.00', currency: 'EUR' }) ?? '', /nothing/);
  assert.match(wrongAmount({ typed: 'twelve', currency: 'EUR' }) ?? '', /12000\.50/);
});

test('what was left blank is not stated', () => {
  const content = contentOf({ ...draft, typed: '-80', supplier: '  ', segment: ' Mid-market ' });
  assert.deepEqual(
    [content['amount'], content['supplier'], content['segment'], content['campaignId']],
    ['-8000', null, 'Mid-market', null],
  );
});
