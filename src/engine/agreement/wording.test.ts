import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Clause, excuseKinds, ladderKinds, type Metric, periods } from './clause.ts';
import { calendarSentence, clauseSentence, type Names, titledSentence } from './wording.ts';

const names: Names = {
  calendars: { 'cal-1': 'Support desk' },
  teams: { 'team-1': 'DACH' },
  fields: { phone: 'phone', company: 'company', country: 'country' },
};

const clause = (metric: Metric, more: Partial<Clause> = {}): Clause => ({
  key: 'a-clause',
  side: 'sales',
  title: 'A clause',
  metric,
  targetPercent: 90,
  scope: { segments: [], channels: [], origins: [], teams: [] },
  calendar: 'rep',
  excuses: [],
  ladder: [],
  consequence: '',
  ...more,
});
const marketing = (metric: Metric, more: Partial<Clause> = {}): Clause => clause(metric, { side: 'marketing', ...more });
const said = (given: Clause): string => clauseSentence(given, names);

test('each metric of sales is one plain sentence', () => {
  assert.equal(
    said(clause({ kind: 'firstAttempt', withinMinutes: 60 })),
    'Sales makes a first evidenced attempt within 60 working minutes of routing, for at least 90 % of leads; counted in the working time of the rep.',
  );
  assert.equal(
    said(clause({ kind: 'decision', withinMinutes: 480 })),
    'Sales accepts a lead, rejects it by clause, recycles or disqualifies it within 8 working hours of routing, for at least 90 % of leads; counted in the working time of the rep.',
  );
  assert.equal(
    said(clause({ kind: 'persistence', attempts: 6, withinDays: 10 }, { targetPercent: 85 })),
    'Sales makes 6 evidenced attempts within 10 working days of routing unless the lead answers or ends earlier, for at least 85 % of leads; counted in the working time of the rep.',
  );
  assert.equal(
    said(clause({ kind: 'disposition', withinDays: 1 })),
    'Sales brings a lead to an opportunity, back to nurture or to an end within 1 working day of routing, for at least 90 % of leads; counted in the working time of the rep.',
  );
});

test('each metric of marketing is one plain sentence', () => {
  assert.equal(
    said(marketing({ kind: 'volume', leads: 1200, period: 'month', tolerancePercent: 15 }, { targetPercent: 80 })),
    'Marketing passes 1,200 leads a month, evenly over its working days: on at least 80 % of them no more than 15 % of the total ahead or behind.',
  );
  const valueOfLead = [
    { segment: 'Enterprise', amount: '450000' },
    { segment: null, amount: '12050' },
  ];
  assert.equal(
    said(marketing({ kind: 'value', amount: '12000000', currency: 'EUR', period: 'quarter', tolerancePercent: 10, valueOfLead })),
    'Marketing passes leads worth €120,000 a quarter (a lead counts: “Enterprise” €4,500, any other €120.50), evenly over its working days: on at least 90 % of them no more than 10 % of the total ahead or behind.',
  );
  assert.equal(
    said(marketing({ kind: 'completeness', fields: ['phone', 'company', 'country'] }, { targetPercent: 95 })),
    'Marketing states phone, company and country, for at least 95 % of leads it passes.',
  );
  assert.equal(
    said(marketing({ kind: 'context', touches: 1, withinDays: 90 })),
    'Marketing has at least 1 touch of its own or of the customer on record in the 90 days before it passes a lead, for at least 90 % of leads it passes.',
  );
  assert.equal(
    said(marketing({ kind: 'quality' }, { targetPercent: 80 })),
    'Of the leads that marketing passes, at least 80 % are not rejected; a rejection that was mended or overturned is none.',
  );
});

test('scope, calendar, excuses, ladder and consequence stand in the same sentence', () => {
  const given = clause(
    { kind: 'firstAttempt', withinMinutes: 30 },
    {
      scope: { segments: ['SMB', 'Enterprise'], channels: [], origins: ['Demo request'], teams: ['team-1'] },
      calendar: 'cal-1',
      excuses: ['outage', 'leave'],
      ladder: [
        { kind: 'remind', atPercent: 50 },
        { kind: 'manager', atPercent: 100 },
      ],
      consequence: 'The lead goes to somebody else.',
    },
  );
  assert.equal(
    said(given),
    'Sales makes a first evidenced attempt within 30 working minutes of routing, for at least 90 % of leads of segment “SMB” or “Enterprise”, of origin “Demo request”, of team “DACH”; ' +
      'counted in the calendar “Support desk”; excused by an outage or leave; at 50 % of the time the rep is reminded, at 100 % of the time the head is told; otherwise: The lead goes to somebody else.',
  );
});

test('what has no name is written as it is', () => {
  const given = clause(
    { kind: 'decision', withinMinutes: 61 },
    { calendar: 'gone', scope: { segments: [], channels: [], origins: [], teams: ['t9'] } },
  );
  assert.match(said(given), /of team “t9”; counted in the calendar “gone”/);
});

test('property: nothing of a clause can be changed that its sentence doesn’t tell', () => {
  fc.assert(
    fc.property(anyClause, anyClause, (one, other) => {
      const mixed = mixedOf(one, other);
      for (const changed of mixed)
        assert.notEqual(titledSentence(changed, names), titledSentence(one, names), JSON.stringify([one, changed]));
    }),
    { numRuns: 300 },
  );
});

/** The one clause with each field of the other in turn, where that makes a difference. */
function mixedOf(one: Clause, other: Clause): Clause[] {
  const fields = ['title', 'metric', 'targetPercent', 'scope', 'calendar', 'excuses', 'ladder', 'consequence'] as const;
  const usable = fields.filter((field) => field !== 'metric' || one.side === other.side);
  return usable.map((field) => ({ ...one, [field]: other[field] })).filter((changed) => JSON.stringify(changed) !== JSON.stringify(one));
}

test('a calendar is said by its days, its zone and how many holidays', () => {
  const weekly = {
    mon: [['09:00', '17:00']],
    tue: [['09:00', '17:00']],
    wed: [['09:00', '17:00']],
    thu: [
      ['09:00', '12:30'],
      ['13:30', '18:00'],
    ],
    sat: [['10:00', '14:00']],
  } as const;
  assert.equal(
    calendarSentence({ timeZone: 'Europe/Berlin', weekly, holidays: ['2026-01-01', '2026-12-25'] }),
    'Mon–Wed 09:00–17:00, Thu 09:00–12:30 and 13:30–18:00, Sat 10:00–14:00 (Europe/Berlin), 2 holidays',
  );
  assert.equal(calendarSentence({ timeZone: 'UTC', weekly: {} }), 'never (UTC), no holidays');
});

const word = fc.stringMatching(/^[A-Z][a-z]{1,6}$/);
const words = fc.uniqueArray(word, { maxLength: 3 });
const whole = (max: number) => fc.integer({ min: 1, max });
const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String);
const period = fc.constantFrom(...periods);
const shared = {
  key: fc.constant('a-clause'),
  title: word,
  targetPercent: fc.integer({ min: 0, max: 100 }),
  scope: fc.record({ segments: words, channels: words, origins: words, teams: words }),
  excuses: fc.uniqueArray(fc.constantFrom(...excuseKinds)),
  consequence: fc.oneof(fc.constant(''), word),
};
const salesMetric: fc.Arbitrary<Metric> = fc.oneof(
  fc.record({ kind: fc.constant('decision' as const), withinMinutes: whole(5000) }),
  fc.record({ kind: fc.constant('firstAttempt' as const), withinMinutes: whole(5000) }),
  fc.record({ kind: fc.constant('persistence' as const), attempts: whole(20), withinDays: whole(60) }),
  fc.record({ kind: fc.constant('disposition' as const), withinDays: whole(60) }),
);
const marketingMetric: fc.Arbitrary<Metric> = fc.oneof(
  fc.record({ kind: fc.constant('volume' as const), leads: whole(100_000), period, tolerancePercent: whole(100) }),
  fc.record({
    kind: fc.constant('value' as const),
    amount,
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
    period,
    tolerancePercent: whole(100),
    valueOfLead: fc.uniqueArray(fc.record({ segment: fc.option(word), amount }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ segment }) => segment,
    }),
  }),
  fc.record({ kind: fc.constant('completeness' as const), fields: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('context' as const), touches: whole(20), withinDays: whole(300) }),
  fc.record({ kind: fc.constant('quality' as const) }),
);
const anyClause: fc.Arbitrary<Clause> = fc.oneof(
  fc.record({
    ...shared,
    side: fc.constant('sales' as const),
    metric: salesMetric,
    calendar: fc.constantFrom('rep', 'cal-1', 'cal-2'),
    ladder: fc.array(fc.record({ kind: fc.constantFrom(...ladderKinds), atPercent: whole(500) }), { maxLength: 3 }),
  }),
  fc.record({
    ...shared,
    side: fc.constant('marketing' as const),
    metric: marketingMetric,
    calendar: fc.constant('rep'),
    ladder: fc.constant([]),
  }),
);
