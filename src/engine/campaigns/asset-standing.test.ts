import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentVersion, servedVersion, standingOf, type VersionDays } from './asset-standing.ts';

const version = (number: number, validFrom: string, expiresOn: string | null = null): VersionDays => ({ number, validFrom, expiresOn });
const today = '2026-06-15';
const asset = (versions: VersionDays[], more: object = {}) => ({
  archived: false,
  versions,
  addedOn: '2026-01-01',
  lastUsedOn: '2026-06-01',
  ...more,
});

test('the latest version that has become valid counts, whether expired or not', () => {
  assert.equal(currentVersion([version(1, '2026-01-01'), version(2, '2026-06-15'), version(3, '2026-06-16')], today)?.number, 2);
  assert.equal(currentVersion([version(1, '2026-06-16')], today), undefined);
});

test('a link leads to the version it was made for until that expires, then to the newest valid, then nowhere', () => {
  const first = version(1, '2026-01-01');
  const past = version(1, '2026-01-01', '2026-06-14');
  const lastDay = version(1, '2026-01-01', '2026-06-15');
  const second = version(2, '2026-05-01');
  assert.equal(servedVersion(first, [first, second], today)?.number, 1);
  assert.equal(servedVersion(lastDay, [lastDay, second], today)?.number, 1, 'its last day is a day on which it may be shown');
  assert.equal(servedVersion(past, [past, second], today)?.number, 2);
  assert.equal(servedVersion(past, [past], today), null);
  assert.equal(servedVersion(past, [past, version(2, '2026-05-01', '2026-06-01')], today), null);
  assert.equal(servedVersion(past, [past, version(2, '2026-07-01')], today), null);
});

test('what stands in the way comes first: archived, nothing to send, expired, soon, never used, unused', () => {
  const standing = (versions: VersionDays[], more: object = {}) => standingOf(asset(versions, more), today);
  const valid = [version(1, '2026-01-01')];
  assert.equal(standing(valid), 'fine');
  assert.equal(standing(valid, { archived: true }), 'archived');
  assert.equal(standing([]), 'noVersion');
  assert.equal(standing([version(1, '2026-06-16')]), 'notYet');
  assert.equal(standing([version(1, '2026-01-01', '2026-06-14')]), 'expired');
  assert.equal(standing([version(1, '2026-01-01', '2026-07-15')]), 'expiring', 'within 30 days');
  assert.equal(standing([version(1, '2026-01-01', '2026-07-16')]), 'fine');
  assert.equal(standing(valid, { lastUsedOn: null }), 'neverUsed');
  assert.equal(standing(valid, { lastUsedOn: null, addedOn: '2026-06-02' }), 'fine', 'new for 14 days');
  assert.equal(standing(valid, { lastUsedOn: null, addedOn: '2026-06-01' }), 'neverUsed');
  assert.equal(standing(valid, { lastUsedOn: '2026-03-17' }), 'fine', '90 days ago');
  assert.equal(standing(valid, { lastUsedOn: '2026-03-16' }), 'unused');
});
