import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleOf, ruleWords } from './ruleWords.ts';

test('a rule is told as people say it', () => {
  assert.equal(ruleWords({ every: 'day', weekdays: ['fri', 'mon', 'tue', 'wed', 'thu'] }), 'Monday to Friday');
  assert.equal(ruleWords({ every: 'day', weekdays: ['wed', 'mon'] }), 'Every Monday, Wednesday');
  assert.equal(ruleWords({ every: 'week', interval: 1, weekday: 'tue' }), 'Every Tuesday');
  assert.equal(ruleWords({ every: 'week', interval: 2, weekday: 'tue' }), 'Every second Tuesday');
  assert.equal(ruleWords({ every: 'month', nth: 'last', weekday: 'fri' }), 'Every last Friday of a month');
  assert.equal(ruleWords({ every: 'quarter', month: 2, nth: 1, weekday: 'mon' }), 'Every first Monday of the second month of a quarter');
});

test('another rhythm keeps the weekday and which one of the month', () => {
  assert.deepEqual(ruleOf('month', { every: 'week', interval: 3, weekday: 'thu' }), { every: 'month', nth: 1, weekday: 'thu' });
  assert.deepEqual(ruleOf('quarter', { every: 'month', nth: 'last', weekday: 'thu' }), {
    every: 'quarter',
    month: 1,
    nth: 'last',
    weekday: 'thu',
  });
  assert.deepEqual(ruleOf('week', { every: 'day', weekdays: ['wed', 'fri'] }), { every: 'week', interval: 1, weekday: 'wed' });
});
