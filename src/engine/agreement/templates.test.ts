import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OnRecord, suggestedDefinitions } from './default-definitions.ts';
import { lowerMedian, type OwnNumbers, suggestedClauses, suggestedContent } from './templates.ts';

const nothing: OwnNumbers = { currency: 'EUR', workingDayMinutes: 480, months: [], leadsPossible: null, past: [], reachedOutcomes: [] };
const told: OwnNumbers = {
  ...nothing,
  months: [90, 130, 110, 100, 140, 120],
  leadsPossible: 200,
  past: [{ segment: 'SMB', leads: 400, won: 40, priced: 40, value: 20_000_000n }],
  reachedOutcomes: ['Connected'],
};
const metricOf = (own: OwnNumbers, key: string) => suggestedClauses(own).find(({ clause }) => clause.key === key)!.clause.metric;
const fromOf = (own: OwnNumbers) => suggestedClauses(own).map(({ clause, from }) => `${clause.key} ${from}`);

test('both sides owe something, under keys that are all different', () => {
  const clauses = suggestedClauses(told).map(({ clause }) => clause);
  assert.deepEqual([...new Set(clauses.map(({ side }) => side))], ['marketing', 'sales']);
  assert.equal(new Set(clauses.map(({ key }) => key)).size, 9);
});

test('the volume is the median month, no more than the reps can work', () => {
  assert.deepEqual(metricOf(told, 'lead-volume'), { kind: 'volume', leads: 110, period: 'month', tolerancePercent: 15 });
  assert.deepEqual(metricOf({ ...told, leadsPossible: 80 }, 'lead-volume'), {
    kind: 'volume',
    leads: 80,
    period: 'month',
    tolerancePercent: 15,
  });
  const [why] = suggestedClauses({ ...told, leadsPossible: 80 }).map((each) => each.why);
  assert.match(why!, /^110 leads is the median .* only 80 a month/);
});

test('the value is that volume at what leads were worth', () => {
  assert.deepEqual(metricOf(told, 'lead-value'), {
    kind: 'value',
    amount: String(110 * 50_000),
    currency: 'EUR',
    period: 'month',
    tolerancePercent: 15,
    valueOfLead: [
      { segment: 'SMB', amount: '50000' },
      { segment: null, amount: '50000' },
    ],
  });
});

test('without a past the blanks are flagged, with it the own numbers are', () => {
  const practice = ['completeness', 'context', 'quality', 'decision', 'first-attempt', 'persistence', 'disposition'].map(
    (key) => `${key} practice`,
  );
  assert.deepEqual(fromOf(nothing), ['lead-volume blank', 'lead-value blank', ...practice]);
  assert.deepEqual(fromOf(told), ['lead-volume own', 'lead-value own', ...practice]);
});

test('accepting takes a working day of the workspace', () => {
  assert.deepEqual(metricOf({ ...nothing, workingDayMinutes: 435 }, 'decision'), { kind: 'decision', withinMinutes: 435 });
});

test('outcomes that reached the lead are the company’s own words where it has some', () => {
  assert.deepEqual(suggestedContent(told).reachedOutcomes, ['Connected']);
  assert.ok(suggestedContent(nothing).reachedOutcomes.includes('connected'));
});

test('the lower median of the months', () => {
  assert.deepEqual([lowerMedian([]), lowerMedian([3]), lowerMedian([1, 9]), lowerMedian([5, 1, 9])], [null, 3, 1, 5]);
});

const bare: OnRecord = {
  customerTouches: false,
  meetingsOrCalls: false,
  revenue: false,
  idealSegments: [],
  idealIndustries: [],
  salesOrigins: [],
};
const rich: OnRecord = {
  ...{ customerTouches: true, meetingsOrCalls: true, revenue: true },
  ...{ idealSegments: ['Mid-market'], idealIndustries: ['Energy'], salesOrigins: ['Outbound'] },
};

test('every term of the field has a definition to begin with', () => {
  const terms = ['mql', 'sal', 'sql', 'icp', 'attempt', 'sourced', 'customer', 'churned'];
  for (const known of [bare, rich])
    assert.deepEqual(
      suggestedDefinitions(known).map(({ term }) => term),
      terms,
    );
});

test('no rule asks for what is never on record', () => {
  const asked = suggestedDefinitions(bare).filter(({ term }) => ['mql', 'sql', 'customer'].includes(term));
  const rules = JSON.stringify(asked.map(({ rule }) => rule));
  assert.ok(!rules.includes('touches') && !rules.includes('revenue'), rules);
  assert.equal(suggestedDefinitions(bare).find(({ term }) => term === 'icp')?.from, 'blank');
});

test('the ideal customer is told from who buys', () => {
  const icp = suggestedDefinitions(rich).find(({ term }) => term === 'icp')!;
  assert.equal(icp.from, 'own');
  assert.deepEqual(icp.rule, {
    all: [
      { of: 'lead', field: 'segment', is: 'in', value: ['Mid-market'] },
      { of: 'account', field: 'industry', is: 'in', value: ['Energy'] },
    ],
  });
});
