/** Clocks against a clock that counts every minute, and what holds whatever happened to a lead. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileCalendar, type WorkingTime } from '../calendar/working-time.ts';
import type { Clause, ClockMetric } from './clause.ts';
import { type Clock, type ClockWorld, clocksOf, clockStateAt } from './clock.ts';
import { courseOf } from './lead-course.ts';
import { type EvidenceTouch, holderAt, holdersOf, type LeadFacts, type RejectionCase, type Routing } from './lead-facts.ts';

const minute = 60_000;
/** Monday, 2 March 2026, midnight in UTC; everything happens on whole minutes of the two weeks after, over a change of New York's clock. */
const start = Date.UTC(2026, 2, 2);
const span = 14 * 24 * 60;

const weekly = (intervals: [string, string][]) => Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, intervals]));
const times: Record<string, WorkingTime> = {
  nobody: compileCalendar({ timeZone: 'UTC', weekly: weekly([['08:00', '16:00']]) }),
  sam: compileCalendar({
    timeZone: 'Europe/Berlin',
    weekly: weekly([
      ['09:00', '12:30'],
      ['13:30', '17:00'],
    ]),
    holidays: ['2026-03-06'],
  }),
  ana: compileCalendar({ timeZone: 'America/New_York', weekly: { ...weekly([['08:30', '17:15']]), sat: [['10:00', '12:00']] } }),
};
const timeOf = (memberId: string | null): WorkingTime => times[memberId ?? 'nobody']!;

const clause = (metric: ClockMetric): Clause => ({
  ...{
    key: metric.kind,
    side: 'sales',
    title: '',
    metric,
    targetPercent: 90,
    scope: { segments: [], channels: [], origins: [], teams: [] },
  },
  ...{ calendar: 'rep', excuses: ['outage', 'overVolume'], ladder: [{ kind: 'remind', atPercent: 50 }], consequence: '' },
});
const clauses = [
  clause({ kind: 'decision', withinMinutes: 480 }),
  clause({ kind: 'firstAttempt', withinMinutes: 150 }),
  clause({ kind: 'persistence', attempts: 3, withinDays: 3 }),
  clause({ kind: 'disposition', withinDays: 5 }),
];
const world: ClockWorld = {
  versionAt: () => ({ id: 'v', content: { preamble: '', clauses, reviewSamplePercent: 0, reachedOutcomes: ['connected'] } }),
  timeOf: (_version, _calendar, memberId) => timeOf(memberId),
  teamsOf: () => [],
};

// ── leads to which anything may have happened ───────────────────────────────

const moment = fc.integer({ min: 0, max: span }).map((minutes) => start + minutes * minute);
const id = fc.integer({ min: 0, max: 1e6 }).map((number) => `f${String(number).padStart(7, '0')}`);
const member = fc.constantFrom(null, 'sam', 'ana');
const recorded = <T extends { at: number }>(fact: fc.Arbitrary<T>): fc.Arbitrary<T & { recordedAt: number }> =>
  fc.tuple(fact, fc.integer({ min: 0, max: 3000 })).map(([given, delay]) => ({ ...given, recordedAt: given.at + delay * minute }));
const anyRouting = (kinds: readonly Routing['kind'][]): fc.Arbitrary<Routing> =>
  recorded(fc.record({ id, at: moment, kind: fc.constantFrom(...kinds), memberId: member })).map((routing) => ({
    ...routing,
    recordedAt: routing.at,
  }));
const anyTouch: fc.Arbitrary<EvidenceTouch> = recorded(
  fc.record({
    id,
    at: moment,
    memberId: member,
    as: fc.constantFrom('attempt', 'answer', 'other'),
    outcome: fc.constantFrom(null, 'Connected', 'No answer'),
  }),
);
const anyRejection: fc.Arbitrary<RejectionCase> = fc
  .record({ id, at: moment, wait: fc.nat(2000), how: fc.constantFrom('open', 'agreed', 'contested', 'mended', 'upheld', 'overturned') })
  .map(({ id, at, wait, how }) => {
    const later = at + (wait + 1) * minute;
    const isRuled = how === 'upheld' || how === 'overturned';
    return {
      ...{ id, at, answer: how === 'open' ? null : isRuled ? 'contested' : how, answeredAt: how === 'open' ? null : at + minute },
      ...{ ruling: isRuled ? how : null, ruledAt: isRuled ? later + minute : null },
    };
  });
const stageAt = fc.option(moment, { freq: 2 });
const anyLead = (kinds: readonly Routing['kind'][], rejections = true): fc.Arbitrary<LeadFacts> =>
  fc
    .record({
      stages: fc.record({
        ...{
          mqlAt: moment,
          salAt: stageAt,
          sqlAt: stageAt,
          dealAt: fc.constant(null),
          wonAt: fc.constant(null),
          lostAt: fc.constant(null),
        },
        ...{ rejectedAt: rejections ? stageAt : fc.constant(null), recycledAt: stageAt, disqualifiedAt: stageAt },
      }),
      routings: fc.uniqueArray(anyRouting(kinds), { maxLength: 4, selector: (fact) => fact.id }),
      touches: fc.uniqueArray(anyTouch, { maxLength: 6, selector: (fact) => fact.id }),
      rejections: rejections ? fc.uniqueArray(anyRejection, { maxLength: 2, selector: (fact) => fact.id }) : fc.constant([]),
      owner: member,
      beyondVolume: fc.boolean(),
    })
    .map(({ owner, ...facts }) => ({
      ...{ leadId: 'lead', segment: null, channel: null, origin: null, excuses: [] },
      ...facts,
      holders: holdersOf(facts.routings, [], owner),
    }));
const everyKind: readonly Routing['kind'][] = ['routed', 'claimed', 'reassigned', 'corrected', 'returned', 'restarted'];
const sameClock: readonly Routing['kind'][] = ['claimed', 'reassigned'];

// ── counting minutes ────────────────────────────────────────────────────────

function runningMinutes(facts: LeadFacts): { from: number; isOpen(at: number): boolean; endsDay(at: number): boolean } {
  const course = courseOf(facts)!;
  const stands = (at: number) =>
    course.pauses.some(({ from, until }) => from <= at && at < until) || (course.stoppedFrom !== null && at >= course.stoppedFrom);
  const at_ = (at: number) => timeOf(holderAt(facts.holders, at));
  return {
    from: course.startAt,
    isOpen: (at) => !stands(at) && at_(at).isOpen(at),
    endsDay: (at) => !stands(at) && at_(at).isOpen(at) && at_(at).endOfWorkingDay(at, 0) === at + minute,
  };
}

function dueByCounting(facts: LeadFacts, metric: ClockMetric): number | null {
  const { from, isOpen, endsDay } = runningMinutes(facts);
  let left = 'withinMinutes' in metric ? metric.withinMinutes : metric.withinDays;
  const first = runsFirst(facts, from);
  if (!('withinMinutes' in metric) && first !== null && !first.hasTimeLeft) left -= 1;
  for (let at = from; at < from + 2 * span * minute; at += minute) {
    if ('withinMinutes' in metric) {
      if (isOpen(at) && --left === 0) return at + minute;
    } else if (endsDay(at) && left-- === 0) return at + minute;
  }
  return null;
}

/** The moment from which it first runs at all, and whether the day it lies in has working time left. */
function runsFirst(facts: LeadFacts, from: number): { hasTimeLeft: boolean } | null {
  const course = courseOf(facts)!;
  for (let at = from; at < from + 2 * span * minute; at += minute) {
    if (course.stoppedFrom !== null && at >= course.stoppedFrom) return null;
    if (course.pauses.some((pause) => pause.from <= at && at < pause.until)) continue;
    const time = timeOf(holderAt(facts.holders, at));
    return { hasTimeLeft: time.endOfWorkingDay(at, 0) !== time.endOfWorkingDay(at, 1) };
  }
  return null;
}

test('when a clock is due is what counting the minutes says, through hands, zones and pauses', () => {
  fc.assert(
    fc.property(anyLead(everyKind), (facts) => {
      const due = Object.fromEntries(clocksOf(facts, world).map(({ clauseKey, dueAt }) => [clauseKey, dueAt]));
      for (const { key, metric } of clauses) assert.equal(due[key], dueByCounting(facts, metric as ClockMetric), key);
    }),
    { numRuns: 150 },
  );
});

test('working time to the evidence is what counting the minutes says', () => {
  fc.assert(
    fc.property(anyLead(everyKind), (facts) => {
      const { from, isOpen } = runningMinutes(facts);
      for (const { clauseKey, metAt, workingMs } of clocksOf(facts, world)) {
        let open = 0;
        for (let at = from; metAt !== null && at < metAt; at += minute) if (isOpen(at)) open += 1;
        assert.equal(workingMs, metAt === null ? null : open * minute, clauseKey);
      }
    }),
    { numRuns: 150 },
  );
});

// ── laws ────────────────────────────────────────────────────────────────────

test('the order of facts is no matter, and a fact that stands there twice is one', () => {
  fc.assert(
    fc.property(anyLead(everyKind), fc.infiniteStream(fc.nat(1000)), (facts, chance) => {
      const shuffled = <T>(list: readonly T[]): T[] =>
        [...list, ...list.filter(() => chance.next().value % 2 === 0)]
          .map((each) => ({ each, rank: chance.next().value }))
          .sort((one, other) => one.rank - other.rank)
          .map(({ each }) => each);
      const mixed = {
        ...facts,
        routings: shuffled(facts.routings),
        touches: shuffled(facts.touches),
        rejections: shuffled(facts.rejections),
      };
      assert.deepEqual(clocksOf(mixed, world), clocksOf(facts, world));
    }),
  );
});

test('a touch more never makes a clock later', () => {
  fc.assert(
    fc.property(anyLead(everyKind), anyTouch, (facts, more) => {
      fc.pre(!facts.touches.some((touch) => touch.id === more.id));
      const after = clocksOf({ ...facts, touches: [...facts.touches, more] }, world);
      for (const [at, before] of clocksOf(facts, world).entries()) {
        assert.ok((after[at]!.metAt ?? Infinity) <= (before.metAt ?? Infinity));
        assert.equal(after[at]!.dueAt, before.dueAt);
      }
    }),
  );
});

test('a clock once met in time stays met, whatever is recorded later, as long as it isn’t started anew', () => {
  fc.assert(
    fc.property(anyLead(sameClock, false), moment, moment, (facts, one, other) => {
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      const then = new Map(clocksOf(facts, world, later).map((clock): [string, Clock] => [clock.clauseKey, clock]));
      for (const clock of clocksOf(facts, world, earlier))
        if (clockStateAt(clock, earlier) === 'met') assert.equal(clockStateAt(then.get(clock.clauseKey)!, later), 'met', clock.clauseKey);
    }),
    { numRuns: 1000 },
  );
});
