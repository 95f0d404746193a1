/**
 * The clocks of one lead: for each clause of sales when it started, by when it is owed, when it was met and by
 * what, who had the lead, and what its ladder does. A pure projection of the lead's facts; nothing is stored that
 * could not be computed again. Times are epoch milliseconds, durations milliseconds.
 */

import { deadlineOver, elapsedOver, pausedDuring, type Segment } from '../calendar/segments.ts';
import { endOfWorkingDayOver } from '../calendar/segment-days.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import { type AgreementContent, type Clause, type ClockMetric, clockMetrics, type LadderStep, repsCalendar } from './clause.ts';
import { type Evidence, evidenceOf, type ReachedBy, reachedBy, type Trail, trailOf } from './evidence.ts';
import { type Course, courseOf } from './lead-course.ts';
import { asKnownAt, type GrantedExcuse, holderAt, type Holder, type LeadFacts } from './lead-facts.ts';

export interface VersionInForce {
  readonly id: string;
  readonly content: AgreementContent;
}

/** What clocks run in, beside the lead's own facts. */
export interface ClockWorld<Version extends VersionInForce = VersionInForce> {
  /** The version of the agreement in force at the start of the clocks. “As signed now” answers with one version always. */
  versionAt(startMs: number): Version | undefined;
  /** In whose time a clause runs: the member's own calendar with leave, nobody's for null, or one named by the clause. */
  timeOf(version: Version, calendar: string, memberId: string | null): WorkingTime;
  /** Teams of a member, by id. */
  teamsOf(memberId: string): readonly string[];
}

export interface Clock {
  readonly clauseKey: string;
  readonly versionId: string;
  readonly startedAt: number;
  /** Null: not owed, for it stands still (the lead is rejected) or its calendar has no working time. */
  readonly dueAt: number | null;
  readonly metAt: number | null;
  readonly evidence: Pick<Evidence, 'kind' | 'id'> | null;
  /** Who had the lead when it was met or fell due, whichever was first; while neither has come: who has it. */
  readonly memberId: string | null;
  /** From the start to the evidence; 0 for evidence from before the start; null without. */
  readonly workingMs: number | null;
  readonly wallMs: number | null;
  readonly excuse: { readonly kind: GrantedExcuse['kind'] | 'overVolume'; readonly id: string | null } | null;
  /** When each step of the ladder falls due, in order; none where there is evidence or an excuse. */
  readonly steps: readonly ClockStep[];
}
export interface ClockStep {
  /** Its place in the clause's ladder. */
  readonly step: number;
  readonly kind: LadderStep['kind'];
  readonly at: number;
}

/**
 * @param asOf what was not known by then is left out (see `asKnownAt`); unsaid: all that is known
 * @returns in the order of the clauses; none for a lead that is no MQL, or passed before any agreement was in force
 */
export function clocksOf<Version extends VersionInForce>(facts: LeadFacts, world: ClockWorld<Version>, asOf?: number): Clock[] {
  const known = asOf === undefined ? facts : asKnownAt(facts, asOf);
  const course = courseOf(known);
  const version = course && world.versionAt(course.startAt);
  if (!course || !version) return [];
  const rep = repOf(known.holders, course.startAt);
  const trail = trailOf(course, known.touches, reachedIn(version));
  return version.content.clauses
    .filter((clause) => isClockClause(clause) && inScope(clause, known, rep === null ? [] : world.teamsOf(rep)))
    .map((clause) => clockOf(clause as ClockClause, { facts: known, course, trail, version }, world));
}

const reachedWords = new WeakMap<AgreementContent, ReachedBy>();

/** Read once a version, not once a lead. */
function reachedIn({ content }: VersionInForce): ReachedBy {
  let isReached = reachedWords.get(content);
  if (!isReached) reachedWords.set(content, (isReached = reachedBy(content.reachedOutcomes)));
  return isReached;
}

export type ClockState = 'open' | 'met' | 'late' | 'missed' | 'excused';

/** How a clock stood at a moment. Evidence at the very moment it is due is in time. */
export function clockStateAt({ dueAt, metAt, excuse }: Pick<Clock, 'dueAt' | 'metAt' | 'excuse'>, at: number): ClockState {
  if (excuse !== null) return 'excused';
  if (metAt !== null && metAt <= at) return isInTime(metAt, dueAt) ? 'met' : 'late';
  return dueAt !== null && dueAt < at ? 'missed' : 'open';
}

/**
 * The step that falls due next, or fell due and wasn't taken; null once there is evidence or an excuse.
 * @param from no step from before (the version was not signed yet, or the lead was not known here); a clock that
 *   was due before takes none at all
 */
export function nextStepOf(clock: Clock, from: number, wasTaken: (step: number) => boolean): ClockStep | null {
  if (clock.metAt !== null || clock.excuse !== null || clock.dueAt === null || clock.dueAt < from) return null;
  return clock.steps.find(({ at, step }) => at >= from && !wasTaken(step)) ?? null;
}

// ── one clause ──────────────────────────────────────────────────────────────

type ClockClause = Clause & { readonly metric: ClockMetric };
export const isClockClause = (clause: Clause): clause is ClockClause =>
  clause.side === 'sales' && (clockMetrics as readonly string[]).includes(clause.metric.kind);

/** The rep of the beginning, else the first one after. */
const repOf = (holders: readonly Holder[], startAt: number): string | null =>
  holderAt(holders, startAt) ?? holders.find(({ from, memberId }) => from > startAt && memberId !== null)?.memberId ?? null;

function inScope({ scope }: Clause, { segment, channel, origin }: LeadFacts, teams: readonly string[]): boolean {
  const covers = (list: readonly string[], value: string | null) => list.length === 0 || (value !== null && list.includes(value));
  return (
    covers(scope.segments, segment) &&
    covers(scope.channels, channel) &&
    covers(scope.origins, origin) &&
    (scope.teams.length === 0 || teams.some((team) => scope.teams.includes(team)))
  );
}

interface Ground<Version extends VersionInForce> {
  readonly facts: LeadFacts;
  readonly course: Course;
  readonly trail: Trail;
  readonly version: Version;
}

function clockOf<Version extends VersionInForce>(
  clause: ClockClause,
  { facts, course, trail, version }: Ground<Version>,
  world: ClockWorld<Version>,
): Clock {
  const segments = segmentsOf(facts.holders, course, (memberId) => world.timeOf(version, clause.calendar, memberId), clause.calendar);
  const dueAt = dueOf(clause.metric, segments, course.startAt);
  const evidence = evidenceOf(clause.metric, course, trail);
  const metAt = evidence === null ? null : evidence.at;
  const memberId = holderAt(facts.holders, Math.min(metAt ?? Infinity, dueAt ?? Infinity));
  const excuse = excuseOf(clause, facts, { startedAt: course.startAt, dueAt, metAt, memberId });
  return {
    clauseKey: clause.key,
    versionId: version.id,
    startedAt: course.startAt,
    dueAt,
    metAt,
    evidence: evidence && { kind: evidence.kind, id: evidence.id },
    memberId,
    workingMs: metAt === null ? null : elapsedOver(segments, course.startAt, metAt),
    wallMs: metAt === null ? null : Math.max(0, metAt - course.startAt),
    excuse,
    steps: metAt === null && excuse === null ? stepsOf(clause, segments, course.startAt, dueAt) : [],
  };
}

/** The calendars a lead's clock runs in, one after the other, without the time it stood still. */
export function segmentsOf(
  holders: readonly Holder[],
  course: Pick<Course, 'pauses' | 'stoppedFrom'>,
  timeOf: (memberId: string | null) => WorkingTime,
  calendar: string = repsCalendar,
): readonly Segment[] {
  const held =
    calendar === repsCalendar
      ? holders.map(({ from, memberId }) => ({ from, time: timeOf(memberId) }))
      : [{ from: -Infinity, time: timeOf(null) }];
  const running = pausedDuring(held, course.pauses);
  const { stoppedFrom } = course;
  return stoppedFrom === null ? running : [...running.filter(({ from }) => from < stoppedFrom), { from: stoppedFrom, time: null }];
}

function dueOf(metric: ClockMetric, segments: readonly Segment[], startAt: number): number | null {
  return metric.kind === 'decision' || metric.kind === 'firstAttempt'
    ? deadlineOver(segments, startAt, metric.withinMinutes * 60_000)
    : endOfWorkingDayOver(segments, startAt, metric.withinDays);
}

/** Each step at its share of the clock's working time; of clauses in days that is the working time until they are due. */
function stepsOf({ metric, ladder }: ClockClause, segments: readonly Segment[], startAt: number, dueAt: number | null): ClockStep[] {
  if (dueAt === null || ladder.length === 0) return [];
  const working = 'withinMinutes' in metric ? metric.withinMinutes * 60_000 : elapsedOver(segments, startAt, dueAt);
  return ladder
    .flatMap(({ kind, atPercent }, step) => {
      const at = deadlineOver(segments, startAt, Math.round((working * atPercent) / 100));
      return at === null ? [] : [{ step, kind, at }];
    })
    .sort((one, other) => one.at - other.at || one.step - other.step);
}

/**
 * Why a clock doesn't count: only what was not met in time needs an excuse, and only the kinds the clause allows
 * are one. An excuse for a stretch of time excuses what ran in it; one for a member, what that member owed.
 */
function excuseOf(clause: Clause, facts: LeadFacts, clock: Pick<Clock, 'startedAt' | 'dueAt' | 'metAt' | 'memberId'>): Clock['excuse'] {
  if (clock.metAt !== null && isInTime(clock.metAt, clock.dueAt)) return null;
  const covers = (excuse: GrantedExcuse) =>
    clause.excuses.includes(excuse.kind) &&
    (excuse.clauseKey === null || excuse.clauseKey === clause.key) &&
    (excuse.leadId === null || excuse.leadId === facts.leadId) &&
    (excuse.memberId === null || excuse.memberId === clock.memberId) &&
    (excuse.until === null || clock.startedAt < excuse.until) &&
    (excuse.from === null || clock.dueAt === null || excuse.from <= clock.dueAt);
  const [excuse] = facts.excuses.filter(covers).sort(ownFirst);
  if (excuse) return { kind: excuse.kind, id: excuse.id };
  return facts.beyondVolume && clause.excuses.includes('overVolume') ? { kind: 'overVolume', id: null } : null;
}

const ownFirst = (one: GrantedExcuse, other: GrantedExcuse): number =>
  Number(one.leadId === null) - Number(other.leadId === null) || (one.id < other.id ? -1 : 1);

const isInTime = (metAt: number, dueAt: number | null): boolean => dueAt === null || metAt <= dueAt;
