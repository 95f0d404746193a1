import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameSitting, type LinkRequest, openerOf } from './link-opening.ts';

const browser: LinkRequest = {
  method: 'GET',
  optedOut: false,
  isProgram: false,
  agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  fetchDest: 'document',
  purposes: [undefined, undefined, undefined],
};

test('a person’s browser opens; an old one that sends no Sec-Fetch-Dest does too', () => {
  assert.equal(openerOf(browser, 60), 'person');
  assert.equal(openerOf({ ...browser, fetchDest: undefined }, 60), 'person');
});

test('HEAD, programs, prefetches, what asks for no page, and the first seconds open nothing', () => {
  assert.equal(openerOf({ ...browser, method: 'HEAD' }, 60), 'nobody');
  assert.equal(openerOf({ ...browser, optedOut: true }, 60), 'nobody');
  assert.equal(openerOf({ ...browser, isProgram: true }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, agent: undefined }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, agent: '' }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, purposes: ['prefetch', undefined, undefined] }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, purposes: [undefined, 'prefetch;prerender', undefined] }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, accept: '*/*' }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, accept: undefined }, 60), 'scanner');
  assert.equal(openerOf({ ...browser, fetchDest: 'image' }, 60), 'scanner');
  assert.deepEqual([openerOf(browser, 4.9), openerOf(browser, 5)], ['scanner', 'person']);
});

test('openings less than half an hour apart are one sitting', () => {
  const at = 1_000_000;
  assert.deepEqual([isSameSitting(at, at + 29 * 60_000 + 59_999), isSameSitting(at, at + 30 * 60_000)], [true, false]);
});
