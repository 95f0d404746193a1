import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, timerReading } from './timing.ts';

test('seconds read as on a clock', () => {
  assert.equal(clockText(0), '0:00');
  assert.equal(clockText(247.9), '4:07');
  assert.equal(clockText(3750), '1:02:30');
  assert.equal(clockText(-3), '0:00', 'a clock of the server that is ahead');
});

test('an item’s last fifth is told, and what goes beyond its minutes', () => {
  assert.deepEqual(timerReading(0, 5), { words: '5:00 left', look: 'calm', share: 0 });
  assert.deepEqual(timerReading(240, 5), { words: '1:00 left', look: 'soon', share: 0.8 });
  assert.equal(timerReading(300, 5).words, '0:00 left');
  assert.deepEqual(timerReading(365, 5), { words: '1:05 over', look: 'over', share: 1 });
});
