import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributionAnswer, AttributionRow, ModelCredit, ModelName } from '#features/returns/contract/attribution.ts';
import { creditText, headline, intervalText, rangeOf, rangeText, shareRange } from './modelRanges.ts';

const credit = (value: string | null, share: number | null, conversions = 1): ModelCredit => ({
  ...{ conversions, value, share },
  ...{ conversionsInterval: null, valueInterval: null, removalEffect: null },
});

const row = (label: string, models: Partial<Record<ModelName, ModelCredit>>): AttributionRow => ({
  ...{ group: label, label, touches: 3, influenced: 2, models, creditsUrl: '', touchesUrl: '', spread: '1' },
  ...{ least: { model: 'first', conversions: 0, value: '0' }, most: { model: 'last', conversions: 1, value: '1' } },
});

const answer = (rows: AttributionRow[]): AttributionAnswer =>
  ({ by: 'channel', rows, models: ['first', 'last'].map((model) => ({ model, conversions: 10 })) }) as unknown as AttributionAnswer;

test('a group ranges from the model that gives it least to the one that gives it most', () => {
  const search = row('Paid Search', { first: credit('120000', 0.12), w: credit('200000', 0.2), last: credit('310000', 0.31) });
  assert.deepEqual(rangeOf(search, 'value'), { least: { model: 'first', size: 120_000 }, most: { model: 'last', size: 310_000 } });
  assert.equal(rangeText(rangeOf(search, 'share')!, 'share', 'EUR'), '12–31 %');
  assert.equal(rangeText(rangeOf(search, 'value')!, 'value', 'EUR'), '€1.2K – €3.1K');
});

test('a model that can’t share value out is left out of the range of values, not of that of conversions', () => {
  const email = row('Email', { first: credit('100', 0.5, 2), markov1: credit(null, null, 7) });
  assert.equal(rangeOf(email, 'value')!.most.model, 'first');
  assert.equal(rangeOf(email, 'conversions')!.most.model, 'markov1');
  assert.equal(rangeOf(row('None', { markov1: credit(null, null) }), 'value'), null);
});

test('small shares keep a decimal, equal ones are said once', () => {
  assert.equal(shareRange(0.034, 0.19), '3.4–19 %');
  assert.equal(shareRange(0.2, 0.2), '20 %');
  assert.equal(shareRange(0, 0.5), '0–50 %');
});

test('the headline says whether the models agree on who comes first', () => {
  const agreed = answer([
    row('Paid Search', { first: credit('7', 0.7), last: credit('6', 0.6) }),
    row('Email', { first: credit('3', 0.3), last: credit('4', 0.4) }),
  ]);
  assert.equal(
    headline(agreed, 'first', 'value'),
    'First whichever model one believes: Paid Search, 60–70 % of the credited value. Of the others they differ most about Email: 30–40 %.',
  );
  const split = answer([
    row('Paid Search', { first: credit('7', 0.7), last: credit('2', 0.2) }),
    row('Email', { first: credit('3', 0.3), last: credit('8', 0.8) }),
  ]);
  assert.match(
    headline(split, 'first', 'value')!,
    /^Paid Search: 20–70 % of the credited value, depending on the model; not first by every model\./,
  );
  assert.equal(headline(answer([]), 'first', 'value'), null);
  const nobody = { ...row('Nobody in person', { first: credit('9', 0.9), last: credit('9', 0.9) }), group: null };
  assert.match(headline(answer([nobody, ...agreed.rows]), 'first', 'value')!, /^First whichever model one believes: Paid Search,/);
});

test('asked for conversions, the headline speaks of conversions', () => {
  const both = answer([
    row('Paid Search', { first: credit('9', 0.9, 4), last: credit('9', 0.9, 2) }),
    row('Email', { first: credit('1', 0.1, 6), last: credit('1', 0.1, 8) }),
  ]);
  assert.match(headline(both, 'first', 'conversions')!, /^First whichever model one believes: Email, 60–80 % of the credited conversions/);
});

test('a cell is written in the measure asked for, with its range where the model knows one', () => {
  const sure = {
    ...credit('123450', 0.5, 2.5),
    valueInterval: { low: '100000', high: '150000' },
    conversionsInterval: { low: 2, high: 3 },
  };
  assert.equal(creditText(sure, 'value', 'EUR'), '€1,234.50');
  assert.equal(creditText(sure, 'conversions', 'EUR'), '2.5');
  assert.equal(intervalText(sure, 'value', 'EUR'), '€1K – €1.5K');
  assert.equal(intervalText(sure, 'conversions', 'EUR'), '2 – 3');
  assert.equal(intervalText(sure, 'share', 'EUR'), null);
});
