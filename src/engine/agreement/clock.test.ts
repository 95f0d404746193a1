import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Calendar } from '../calendar/calendar.ts';
import { compileCalendar, type WorkingTime, withAbsences } from '../calendar/working-time.ts';
import type { Clause, ClockMetric } from './clause.ts';
import { type Clock, type ClockWorld, clocksOf, clockStateAt, nextStepOf, type VersionInForce } from './clock.ts';
import { type EvidenceTouch, holdersOf, type LeadFacts, type RejectionCase, type Routing, type StageTimes } from './lead-facts.ts';

/** Wall time in Berlin; 2026-03-02 is a Monday. */
const berlin = (day: string, time: string): number =>
  Temporal.PlainDateTime.from(`2026-03-${day}T${time}`).toZonedDateTime('Europe/Berlin').epochMilliseconds;
const minutes = (count: number): number => count * 60_000;

const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const office: Calendar = { timeZone: 'Europe/Berlin', weekly: Object.fromEntries(days.map((day) => [day, [['09:00', '17:00']]])) };
const newYork: Calendar = { ...office, timeZone: 'America/New_York' };
const away = withAbsences(office, [{ from: '2026-03-03T00:00:00+01:00', to: '2026-03-04T00:00:00+01:00' }]);
/** Sam and Tim work in Berlin, Ana in New York; Uli is on leave on Tuesday. */
const calendars: Record<string, WorkingTime> = {
  sam: compileCalendar(office),
  tim: compileCalendar(office),
  ana: compileCalendar(newYork),
  uli: compileCalendar(away),
};
const teams: Record<string, string[]> = { sam: ['north'], ana: ['west'] };

function clause(metric: ClockMetric, more: Partial<Clause> = {}): Clause {
  const scope = { segments: [], channels: [], origins: [], teams: [] };
  return {
    ...{ key: metric.kind, side: 'sales', title: metric.kind, metric, targetPercent: 90, scope, calendar: 'rep' },
    ...{ excuses: ['outage', 'wrongRouting', 'leave', 'overVolume'], ladder: [], consequence: '', ...more },
  };
}
const firstAttempt = (withinMinutes = 60, more: Partial<Clause> = {}) => clause({ kind: 'firstAttempt', withinMinutes }, more);
const decision = (withinMinutes = 480, more: Partial<Clause> = {}) => clause({ kind: 'decision', withinMinutes }, more);
const persistence = (attempts: number, withinDays: number, more: Partial<Clause> = {}) =>
  clause({ kind: 'persistence', attempts, withinDays }, more);
const disposition = (withinDays: number, more: Partial<Clause> = {}) => clause({ kind: 'disposition', withinDays }, more);

const world = (...clauses: Clause[]): ClockWorld => {
  const version: VersionInForce = { id: 'v1', content: { preamble: '', clauses, reviewSamplePercent: 10, reachedOutcomes: ['connected'] } };
  return {
    versionAt: () => version,
    timeOf: (_version, calendar, memberId) => calendars[calendar === 'rep' ? (memberId ?? 'sam') : calendar]!,
    teamsOf: (memberId) => teams[memberId] ?? [],
  };
};

let made = 0;
const id = () => `fact-${String(++made).padStart(4, '0')}`;
const routed = (at: number, memberId: string | null = 'sam', kind: Routing['kind'] = 'routed'): Routing => ({
  id: id(),
  kind,
  at,
  recordedAt: at,
  memberId,
});
const touch = (at: number, more: Partial<EvidenceTouch> = {}): EvidenceTouch => ({
  ...{ id: id(), at, recordedAt: at, memberId: 'sam', as: 'attempt', outcome: null, ...more },
});
const rejection = (at: number, more: Partial<RejectionCase> = {}): RejectionCase => ({
  ...{ id: id(), at, answer: null, answeredAt: null, ruling: null, ruledAt: null, ...more },
});
const noStage: StageTimes = {
  ...{ mqlAt: null, salAt: null, sqlAt: null, dealAt: null, wonAt: null, lostAt: null },
  ...{ rejectedAt: null, recycledAt: null, disqualifiedAt: null },
};
/** A lead passed and routed to Sam on Monday at 10:00. */
function lead(more: Partial<Omit<LeadFacts, 'stages'>> & { stages?: Partial<StageTimes> } = {}): LeadFacts {
  const { stages, ...rest } = more;
  const routings = more.routings ?? [routed(berlin('02', '10:00'))];
  return {
    ...{ leadId: 'lead', segment: null, channel: null, origin: null, touches: [], rejections: [], excuses: [], beyondVolume: false },
    ...{ routings, holders: holdersOf(routings, [], null), ...rest },
    stages: { ...noStage, mqlAt: berlin('02', '10:00'), ...stages },
  };
}
const one = (facts: LeadFacts, given: Clause, asOf?: number): Clock => {
  const clocks = clocksOf(facts, world(given), asOf);
  assert.equal(clocks.length, 1);
  return clocks[0]!;
};
const shown = (at: number | null) =>
  at === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO('Europe/Berlin')
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
        .slice(8);

test('no MQL, no clock; before any agreement, no clock', () => {
  assert.deepEqual(clocksOf(lead({ stages: { mqlAt: null } }), world(firstAttempt())), []);
  assert.deepEqual(clocksOf(lead(), { ...world(firstAttempt()), versionAt: () => undefined }), []);
});

test('first attempt: an hour of working time over night, met by the first touch that tries to reach the lead', () => {
  const facts = lead({
    stages: { mqlAt: berlin('02', '16:30') },
    routings: [routed(berlin('02', '16:40'))],
    touches: [
      touch(berlin('03', '09:35')),
      touch(berlin('03', '09:30')),
      touch(berlin('02', '16:50'), { as: 'other', outcome: 'left a note' }),
    ],
  });
  const clock = one(facts, firstAttempt(60));
  assert.equal(shown(clock.startedAt), '02T16:40');
  assert.equal(shown(clock.dueAt), '03T09:40', '20 minutes on Monday, 40 on Tuesday');
  assert.equal(shown(clock.metAt), '03T09:30');
  assert.deepEqual(clock.evidence, { kind: 'touch', id: facts.touches[1]!.id });
  assert.equal(clock.workingMs, minutes(50));
  assert.equal(clock.wallMs, minutes(16 * 60 + 50));
  assert.equal(clock.memberId, 'sam');
  assert.equal(clockStateAt(clock, berlin('09', '00:00')), 'met');
});

test('an attempt at the very moment it is due is in time; a millisecond later it is late and stays late', () => {
  const due = berlin('02', '11:00');
  const state = (at: number) => clockStateAt(one(lead({ touches: [touch(at)] }), firstAttempt(60)), berlin('31', '00:00'));
  assert.equal(state(due), 'met');
  assert.equal(state(due + 1), 'late');
  const none = one(lead(), firstAttempt(60));
  assert.equal(clockStateAt(none, due), 'open');
  assert.equal(clockStateAt(none, due + 1), 'missed');
});

test('an attempt before the lead was passed is none; one between passing and routing took no time at all', () => {
  const routings = [routed(berlin('02', '12:00'))];
  assert.equal(one(lead({ routings, touches: [touch(berlin('02', '09:59'))] }), firstAttempt()).metAt, null);
  const early = one(lead({ routings, touches: [touch(berlin('02', '10:30'))] }), firstAttempt());
  assert.deepEqual([shown(early.startedAt), shown(early.metAt), early.workingMs, early.wallMs], ['02T12:00', '02T10:30', 0, 0]);
});

test('decision: the first of accepted, rejected, recycled, disqualified; an opportunity says that it was accepted', () => {
  const met = (stages: Partial<StageTimes>) => {
    const { metAt, evidence } = one(lead({ stages }), decision());
    return [shown(metAt), evidence?.kind];
  };
  assert.deepEqual(met({}), [null, undefined]);
  assert.deepEqual(met({ salAt: berlin('02', '11:00'), recycledAt: berlin('05', '09:00') }), ['02T11:00', 'accepted']);
  assert.deepEqual(met({ rejectedAt: berlin('02', '12:00') }), ['02T12:00', 'rejected']);
  assert.deepEqual(met({ recycledAt: berlin('02', '13:00') }), ['02T13:00', 'recycled']);
  assert.deepEqual(met({ disqualifiedAt: berlin('02', '14:00') }), ['02T14:00', 'disqualified']);
  assert.deepEqual(met({ sqlAt: berlin('03', '14:00'), dealAt: berlin('04', '14:00') }), ['03T14:00', 'sql']);
  assert.equal(shown(one(lead(), decision(480)).dueAt), '03T10:00', 'eight hours of a working day of eight');
});

test('persistence: three attempts by the end of the second working day after', () => {
  const tries = [touch(berlin('02', '10:30')), touch(berlin('03', '11:00')), touch(berlin('04', '16:59')), touch(berlin('05', '09:00'))];
  const clock = one(lead({ touches: tries }), persistence(3, 2));
  assert.deepEqual([shown(clock.dueAt), shown(clock.metAt), clock.evidence?.id], ['04T17:00', '04T16:59', tries[2]!.id]);
  assert.equal(one(lead({ touches: [tries[0]!, tries[0]!, tries[1]!] }), persistence(3, 2)).metAt, null, 'the same touch twice is one');
  const answered = one(lead({ touches: [tries[0]!, touch(berlin('02', '15:00'), { as: 'answer' })] }), persistence(3, 2));
  assert.equal(shown(answered.metAt), '02T15:00');
  const form = one(lead({ touches: [touch(berlin('02', '10:00'), { as: 'answer' })] }), persistence(3, 2));
  assert.equal(form.metAt, null, 'what made it an MQL is no answer to us');
  const reached = one(lead({ touches: [touch(berlin('03', '09:05'), { as: 'other', outcome: ' Connected' })] }), persistence(3, 2));
  assert.equal(shown(reached.metAt), '03T09:05');
  const ended = one(lead({ touches: tries.slice(0, 1), stages: { disqualifiedAt: berlin('03', '12:00') } }), persistence(3, 2));
  assert.deepEqual([shown(ended.metAt), ended.evidence?.kind], ['03T12:00', 'disqualified']);
});

test('disposition: an opportunity or an end that stands; accepting is none', () => {
  const met = (stages: Partial<StageTimes>, rejections: RejectionCase[] = []) =>
    shown(one(lead({ stages, rejections }), disposition(5)).metAt);
  assert.equal(shown(one(lead(), disposition(5)).dueAt), '09T17:00');
  assert.equal(met({ salAt: berlin('02', '11:00') }), null);
  assert.equal(met({ salAt: berlin('02', '11:00'), sqlAt: berlin('06', '11:00') }), '06T11:00');
  assert.equal(met({ rejectedAt: berlin('03', '11:00') }), '03T11:00');
  const overturned = rejection(berlin('03', '11:00'), {
    answer: 'contested',
    answeredAt: berlin('03', '12:00'),
    ruling: 'overturned',
    ruledAt: berlin('04', '11:00'),
  });
  assert.equal(met({}, [overturned]), null);
});

test('a lead that changes hands runs in the calendar of each in turn, and is owed by who had it when it fell due', () => {
  const routings = [routed(berlin('02', '10:00'), 'sam'), routed(berlin('02', '16:00'), 'ana', 'reassigned')];
  const clock = one(lead({ routings }), firstAttempt(8 * 60));
  // Six hours with Sam; from 16:00 in Berlin, 10:00 in New York, two more with Ana.
  assert.deepEqual([shown(clock.startedAt), shown(clock.dueAt), clock.memberId], ['02T10:00', '02T18:00', 'ana']);
  const fixed = one(lead({ routings }), firstAttempt(8 * 60, { calendar: 'tim' }));
  assert.equal(shown(fixed.dueAt), '03T10:00', 'unless the clause names a calendar');
  const attempt = one(lead({ routings, touches: [touch(berlin('02', '15:00'))] }), firstAttempt(8 * 60));
  assert.equal(attempt.memberId, 'sam');
});

test('leave is no working time', () => {
  const clock = one(lead({ routings: [routed(berlin('02', '16:30'), 'uli')] }), firstAttempt(60));
  assert.equal(shown(clock.dueAt), '04T09:30');
  assert.equal(shown(one(lead({ routings: [routed(berlin('02', '16:30'), 'uli')] }), disposition(1)).dueAt), '04T17:00');
});

test('an unrouted lead that somebody claims, or that a head gives away, started when it was passed', () => {
  for (const kind of ['claimed', 'reassigned'] as const) {
    const clock = one(
      lead({ routings: [routed(berlin('02', '10:00'), null), routed(berlin('04', '10:00'), 'tim', kind)] }),
      firstAttempt(),
    );
    assert.deepEqual(
      [shown(clock.startedAt), shown(clock.dueAt), clock.memberId],
      ['02T10:00', '02T11:00', null],
      'it was nobody’s when it fell due',
    );
  }
  assert.equal(shown(one(lead({ routings: [routed(berlin('04', '10:00'))] }), firstAttempt()).startedAt), '04T10:00', 'routing starts it');
  assert.equal(
    shown(one(lead({ routings: [routed(berlin('01', '10:00'))] }), firstAttempt()).startedAt),
    '02T10:00',
    'but not before it was passed',
  );
  const history = one(lead({ routings: [], holders: holdersOf([], [], 'sam') }), firstAttempt());
  assert.deepEqual([shown(history.startedAt), history.memberId], ['02T10:00', 'sam'], 'without routings it starts when it was passed');
});

test('routed wrongly: it starts anew, and what was tried before counts', () => {
  const routings = [routed(berlin('02', '10:00'), 'ana'), routed(berlin('03', '12:00'), 'sam', 'corrected')];
  const clock = one(lead({ routings }), firstAttempt());
  assert.deepEqual([shown(clock.startedAt), shown(clock.dueAt), clock.memberId], ['03T12:00', '03T13:00', 'sam']);
  assert.equal(one(lead({ routings, touches: [touch(berlin('03', '10:00'))] }), firstAttempt()).workingMs, 0);
});

test('mended and returned: it starts anew, and nothing from before counts', () => {
  const returned = berlin('04', '10:00');
  const facts = lead({
    stages: { salAt: berlin('02', '10:20') },
    routings: [routed(berlin('02', '10:00')), routed(returned, 'sam', 'returned')],
    rejections: [rejection(berlin('02', '10:40'), { answer: 'mended', answeredAt: returned })],
    touches: [touch(berlin('02', '10:30'))],
  });
  for (const given of [firstAttempt(), decision(), disposition(5)]) assert.equal(one(facts, given).metAt, null, given.key);
  assert.equal(shown(one(facts, firstAttempt()).dueAt), '04T11:00');
  const again = one({ ...facts, touches: [...facts.touches, touch(berlin('04', '10:15'))] }, firstAttempt());
  assert.equal(again.workingMs, minutes(15));
});

test('while a rejection is contested nothing runs; overturned, the rest of the time is left', () => {
  const at = berlin('02', '10:20');
  const contested = rejection(at, { answer: 'contested', answeredAt: berlin('02', '14:00') });
  const waiting = lead({ stages: { rejectedAt: at }, rejections: [contested] });
  const open = one(waiting, firstAttempt());
  assert.deepEqual([open.dueAt, clockStateAt(open, berlin('31', '00:00'))], [null, 'open'], 'it is not owed');
  assert.equal(shown(one(waiting, decision()).metAt), '02T10:20', 'rejecting is deciding');

  const overturned = lead({ rejections: [{ ...contested, ruling: 'overturned', ruledAt: berlin('04', '09:00') }] });
  const clock = one(overturned, firstAttempt());
  assert.equal(shown(clock.dueAt), '04T09:40', '20 minutes were used up');
  assert.equal(shown(one(overturned, disposition(5)).dueAt), '11T17:00', 'two days ended in the pause');
  assert.equal(shown(one(overturned, decision()).metAt), '02T10:20', 'it was decided on, rightly or not');
});

test('of a rejection that stands nothing more is owed; what was missed before it stays missed', () => {
  const upheld = (at: number) => rejection(at, { answer: 'contested', answeredAt: at + 1, ruling: 'upheld', ruledAt: at + 2 });
  const [before, after] = [berlin('02', '10:30'), berlin('02', '12:00')];
  const clock = (at: number) => one(lead({ stages: { rejectedAt: at }, rejections: [upheld(at)] }), firstAttempt());
  assert.equal(clockStateAt(clock(before), berlin('31', '00:00')), 'open');
  assert.equal(clockStateAt(clock(after), berlin('31', '00:00')), 'missed');
});

test('the scope is that of the lead and of its rep’s team', () => {
  const scoped = (scope: Partial<Clause['scope']>) =>
    firstAttempt(60, { scope: { segments: [], channels: [], origins: [], teams: [], ...scope } });
  const count = (given: Clause, facts: LeadFacts) => clocksOf(facts, world(given)).length;
  assert.equal(count(scoped({ segments: ['Enterprise'] }), lead({ segment: 'Enterprise' })), 1);
  assert.equal(count(scoped({ segments: ['Enterprise'] }), lead()), 0);
  assert.equal(count(scoped({ segments: ['Enterprise'], origins: ['Web'] }), lead({ segment: 'Enterprise', origin: 'Fair' })), 0);
  assert.equal(count(scoped({ teams: ['north'] }), lead()), 1);
  assert.equal(count(scoped({ teams: ['west'] }), lead()), 0);
  const claimed = lead({ routings: [routed(berlin('03', '10:00'), 'ana', 'claimed')] });
  assert.equal(count(scoped({ teams: ['west'] }), claimed), 1, 'the first who has it');
});

test('an excuse is for what was not kept, of a kind the clause allows', () => {
  const outage = {
    ...({ id: 'x1', kind: 'outage', decidedAt: 0, clauseKey: null, leadId: null, memberId: null } as const),
    from: berlin('02', '10:30'),
    until: berlin('02', '10:45'),
  };
  const excuseOf = (more: object, given = firstAttempt(), touches: EvidenceTouch[] = []) =>
    one(lead({ excuses: [{ ...outage, ...more }], touches }), given).excuse;
  assert.deepEqual(excuseOf({}), { kind: 'outage', id: 'x1' });
  assert.equal(excuseOf({}, firstAttempt(), [touch(berlin('02', '10:50'))]), null, 'it was kept');
  assert.notEqual(excuseOf({}, firstAttempt(), [touch(berlin('02', '12:00'))]), null, 'late');
  assert.equal(excuseOf({}, firstAttempt(60, { excuses: ['leave'] })), null, 'not agreed');
  assert.equal(excuseOf({ from: berlin('02', '11:01'), until: berlin('02', '12:00') }), null, 'after it was due');
  assert.equal(excuseOf({ from: berlin('02', '09:00'), until: berlin('02', '10:00') }), null, 'before it started');
  assert.equal(excuseOf({ memberId: 'ana' }), null);
  assert.notEqual(excuseOf({ memberId: 'sam' }), null);
  assert.equal(excuseOf({ clauseKey: 'decision' }), null);
  assert.notEqual(excuseOf({ leadId: 'lead', from: null, until: null }), null);
  assert.equal(excuseOf({ leadId: 'another', from: null, until: null }), null);
  const clock = one(lead({ beyondVolume: true }), firstAttempt());
  assert.deepEqual([clock.excuse, clockStateAt(clock, berlin('02', '10:01'))], [{ kind: 'overVolume', id: null }, 'excused']);
  assert.equal(one(lead({ beyondVolume: true }), firstAttempt(60, { excuses: [] })).excuse, null);
});

const taken =
  (...steps: number[]) =>
  (step: number) =>
    steps.includes(step);

test('the ladder: each step at its share of the time, none once there is evidence', () => {
  const ladder = [
    { kind: 'manager', atPercent: 100 },
    { kind: 'remind', atPercent: 50 },
    { kind: 'reassign', atPercent: 150 },
  ] as const;
  const clock = one(
    lead({ stages: { mqlAt: berlin('02', '16:40') }, routings: [routed(berlin('02', '16:40'))] }),
    firstAttempt(60, { ladder }),
  );
  assert.deepEqual(
    clock.steps.map(({ step, kind, at }) => [step, kind, shown(at)]),
    [
      [1, 'remind', '03T09:10'],
      [0, 'manager', '03T09:40'],
      [2, 'reassign', '03T10:10'],
    ],
  );
  assert.equal(nextStepOf(clock, 0, taken())?.kind, 'remind');
  assert.equal(nextStepOf(clock, 0, taken(1))?.kind, 'manager');
  assert.equal(nextStepOf(clock, berlin('03', '09:30'), taken())?.kind, 'manager', 'no step from before it was signed');
  assert.equal(nextStepOf(clock, berlin('03', '10:00'), taken()), null, 'nor any when it was due before');
  assert.equal(nextStepOf(clock, 0, taken(0, 1, 2)), null);
  const met = one(lead({ touches: [touch(berlin('09', '10:00'))] }), firstAttempt(60, { ladder }));
  assert.equal(nextStepOf(met, 0, taken()), null, 'late is evidence as well');

  const inDays = one(lead(), disposition(1, { ladder: [{ kind: 'remind', atPercent: 50 }] }));
  assert.deepEqual([shown(inDays.dueAt), shown(inDays.steps[0]!.at)], ['03T17:00', '03T09:30'], 'half of 15 working hours');
});

test('as of a moment: only what had happened and was recorded by then', () => {
  const late = touch(berlin('02', '10:30'), { recordedAt: berlin('05', '09:00') });
  const facts = lead({ touches: [late, touch(berlin('02', '12:00'))], stages: { salAt: berlin('02', '13:00') } });
  const state = (asOf: number, given = firstAttempt()) => clockStateAt(one(facts, given, asOf), asOf);
  assert.equal(state(berlin('02', '10:40')), 'open');
  assert.equal(state(berlin('02', '11:30')), 'missed');
  assert.equal(state(berlin('02', '12:30')), 'late');
  assert.equal(state(berlin('05', '09:00')), 'met', 'the earliest genuine evidence wins, also when it is recorded later');
  assert.equal(state(berlin('02', '12:59'), decision()), 'open');
  assert.equal(state(berlin('02', '13:00'), decision()), 'met');
  assert.deepEqual(clocksOf(facts, world(firstAttempt()), berlin('01', '12:00')), []);
});
