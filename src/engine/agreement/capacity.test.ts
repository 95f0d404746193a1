import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attemptsPromised, capacityOf, leadsPromised } from './capacity.ts';
import type { AgreementContent, Clause, Metric } from './clause.ts';

const everything = { segments: [], channels: [], origins: [], teams: [] };
const content = (...metrics: (Metric | [Metric, string])[]): AgreementContent => ({
  preamble: '',
  reviewSamplePercent: 10,
  reachedOutcomes: [],
  clauses: metrics.map((given, at): Clause => {
    const [metric, segment] = Array.isArray(given) ? given : [given, null];
    const scope = segment === null ? everything : { ...everything, segments: [segment] };
    return {
      key: `c${at}`,
      side: 'sales',
      title: '',
      metric,
      targetPercent: 90,
      scope,
      calendar: 'rep',
      excuses: [],
      ladder: [],
      consequence: '',
    };
  }),
});
const volume = (leads: number, period: 'week' | 'month' | 'quarter'): Metric => ({ kind: 'volume', leads, period, tolerancePercent: 15 });

test('golden: 140 leads × 6 attempts × 10 minutes against 3 reps × 120 hours at 40 %', () => {
  const found = capacityOf({ expectedLeads: 140, attemptsPerLead: 6, minutesPerAttempt: 10, reps: 3, sellingHours: 120, utilisation: 0.4 });
  assert.deepEqual(found, { neededHours: 140, availableHours: 144, load: 140 / 144, minutesPerLead: 60, leadsPossible: 144, holds: true });
});

test('golden: one lead more than the hours hold is too many', () => {
  const asked = { attemptsPerLead: 6, minutesPerAttempt: 10, reps: 3, sellingHours: 120, utilisation: 0.4 };
  assert.equal(capacityOf({ ...asked, expectedLeads: 144 }).holds, true);
  assert.equal(capacityOf({ ...asked, expectedLeads: 145 }).holds, false);
});

test('without reps nothing is possible and no load can be told; without attempts nothing is needed', () => {
  const asked = { expectedLeads: 10, attemptsPerLead: 6, minutesPerAttempt: 10, reps: 0, sellingHours: 120, utilisation: 0.4 };
  const { load, leadsPossible, holds } = capacityOf(asked);
  assert.deepEqual([load, leadsPossible, holds], [null, 0, false]);
  assert.equal(capacityOf({ ...asked, attemptsPerLead: 0 }).holds, true);
});

test('property: the leads possible hold, one more doesn’t', () => {
  const asked = fc.record({
    attemptsPerLead: fc.integer({ min: 1, max: 20 }),
    minutesPerAttempt: fc.integer({ min: 1, max: 60 }),
    reps: fc.integer({ min: 0, max: 500 }),
    sellingHours: fc.integer({ min: 1, max: 200 }),
    utilisation: fc.integer({ min: 1, max: 20 }).map((twentieths) => twentieths / 20),
  });
  fc.assert(
    fc.property(asked, (given) => {
      const { leadsPossible } = capacityOf({ ...given, expectedLeads: 0 });
      assert.equal(capacityOf({ ...given, expectedLeads: leadsPossible }).holds, true);
      assert.equal(capacityOf({ ...given, expectedLeads: leadsPossible + 1 }).holds, false);
    }),
  );
});

test('attempts are those of the most demanding clause', () => {
  const persistence = (attempts: number): Metric => ({ kind: 'persistence', attempts, withinDays: 10 });
  assert.equal(attemptsPromised(content({ kind: 'firstAttempt', withinMinutes: 60 })), 1);
  assert.equal(attemptsPromised(content({ kind: 'firstAttempt', withinMinutes: 60 }, persistence(6), [persistence(8), 'Enterprise'])), 8);
  assert.equal(attemptsPromised(content({ kind: 'quality' })), 0);
});

test('leads promised are a month’s, of all or of the scopes together', () => {
  assert.equal(leadsPromised(content({ kind: 'quality' })), null);
  assert.equal(leadsPromised(content(volume(12, 'week'))), 52);
  assert.equal(leadsPromised(content(volume(300, 'quarter'))), 100);
  assert.equal(leadsPromised(content(volume(100, 'month'), [volume(40, 'month'), 'SMB'], [volume(30, 'month'), 'Enterprise'])), 100);
  assert.equal(leadsPromised(content([volume(40, 'month'), 'SMB'], [volume(30, 'month'), 'Enterprise'])), 70);
});
