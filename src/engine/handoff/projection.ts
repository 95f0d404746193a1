/** A lead's rows of `handoffs` and `clocks`: everything in them follows from facts and can be computed again. Times are epoch milliseconds. */

import { type AgreementContent, repsCalendar } from '../agreement/clause.ts';
import { type Clock, type ClockWorld, clocksOf, nextStepOf, segmentsOf, type VersionInForce } from '../agreement/clock.ts';
import { trailOf } from '../agreement/evidence.ts';
import { type Course, courseOf } from '../agreement/lead-course.ts';
import type { LeadFacts } from '../agreement/lead-facts.ts';
import { elapsedOver } from '../calendar/segments.ts';
import type { WorkingTime } from '../calendar/working-time.ts';
import { decidedAtOf, handoffStateOf } from './state.ts';
import type { HandoffState } from './states.ts';

export interface SignedVersion extends VersionInForce {
  readonly content: AgreementContent;
  readonly signedAt: number;
}

export interface HandoffWorld<Version extends SignedVersion = SignedVersion> extends ClockWorld<Version> {
  /** As in `ClockWorld`; also where no agreement is in force. */
  timeOf(version: Version | undefined, calendar: string, memberId: string | null): WorkingTime;
}

export interface FollowedLead {
  readonly facts: LeadFacts;
  readonly ownerId: string | null;
  /** Through whose rotation it went, or in whose queue it waits. */
  readonly teamId: string | null;
  /** When it last came to somebody by routing. */
  readonly routedAt: number | null;
  /** When it came to be known here. */
  readonly recordedAt: number;
  /** Steps of ladders that were taken, see `stepKey`. */
  readonly stepsTaken: ReadonlySet<string>;
}

/** How a step that was taken is named: once a clause, start of its clock, and place in the ladder. */
export const stepKey = (clauseKey: string, startedAt: number, step: number): string => `${clauseKey} ${startedAt} ${step}`;

export interface HandoffRow {
  readonly leadId: string;
  readonly state: HandoffState;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly mqlAt: number;
  readonly routedAt: number | null;
  readonly decidedAt: number | null;
  readonly startedAt: number;
  readonly firstAttemptAt: number | null;
  readonly attempts: number;
  readonly lastAttemptAt: number | null;
  /** From the start to the first attempt, in the time of whoever had the lead. */
  readonly workingMs: number | null;
  readonly wallMs: number | null;
  /** What is owed next, also when it is overdue; not what fell due before the version was signed or the lead known. */
  readonly nextDueAt: number | null;
  readonly nextClause: string | null;
}

export interface ClockRow {
  readonly leadId: string;
  readonly clauseKey: string;
  readonly versionId: string;
  readonly memberId: string | null;
  readonly startedAt: number;
  readonly dueAt: number | null;
  readonly metAt: number | null;
  readonly evidenceKind: string | null;
  readonly evidenceId: string | null;
  readonly workingMs: number | null;
  readonly wallMs: number | null;
  readonly excuse: string | null;
  readonly excuseId: string | null;
  readonly nextStep: number | null;
  readonly nextStepAt: number | null;
}

/** While a lead is in one of these, somebody owes something. */
const inPlay: ReadonlySet<HandoffState> = new Set(['unrouted', 'waiting', 'accepted']);

/** @returns null for a lead that isn't between the sides: no MQL */
export function projectLead<Version extends SignedVersion>(
  lead: FollowedLead,
  world: HandoffWorld<Version>,
): { handoff: HandoffRow; clocks: ClockRow[] } | null {
  const { facts, ownerId } = lead;
  const course = courseOf(facts);
  const state = handoffStateOf(facts, ownerId);
  if (!course || state === null) return null;
  const clocks = clocksOf<Version>(facts, world);
  const version = world.versionAt(course.startAt);
  const laddersFrom = Math.max(version?.signedAt ?? 0, lead.recordedAt);
  const due = inPlay.has(state) ? nextDueOf(clocks, laddersFrom) : null;
  return {
    handoff: {
      ...{ leadId: facts.leadId, state, ownerId, teamId: lead.teamId, mqlAt: facts.stages.mqlAt!, routedAt: lead.routedAt },
      ...{ decidedAt: decidedAtOf(facts), startedAt: course.startAt, ...attemptsOf(facts, course, version, world) },
      ...{ nextDueAt: due?.dueAt ?? null, nextClause: due?.clauseKey ?? null },
    },
    clocks: clocks.map((clock) => clockRow(lead, clock, inPlay.has(state) ? laddersFrom : Infinity)),
  };
}

function attemptsOf<Version extends SignedVersion>(
  facts: LeadFacts,
  course: Course,
  version: Version | undefined,
  world: HandoffWorld<Version>,
): Pick<HandoffRow, 'firstAttemptAt' | 'attempts' | 'lastAttemptAt' | 'workingMs' | 'wallMs'> {
  const { attempts } = trailOf(course, facts.touches, () => false);
  const first = attempts[0]?.at ?? null;
  const counted = { firstAttemptAt: first, attempts: attempts.length, lastAttemptAt: attempts.at(-1)?.at ?? null };
  if (first === null) return { ...counted, workingMs: null, wallMs: null };
  const segments = segmentsOf(facts.holders, course, (memberId) => world.timeOf(version, repsCalendar, memberId));
  return { ...counted, workingMs: elapsedOver(segments, course.startAt, first), wallMs: Math.max(0, first - course.startAt) };
}

/** What was due before `from`, the baseline, is measured and no longer asked for: nobody finds years of it in the inbox. */
function nextDueOf(clocks: readonly Clock[], from: number): Clock | null {
  let next: Clock | null = null;
  for (const clock of clocks) {
    const owed = clock.metAt === null && clock.excuse === null && clock.dueAt !== null && clock.dueAt >= from;
    if (owed && (next === null || clock.dueAt! < next.dueAt!)) next = clock;
  }
  return next;
}

function clockRow({ facts, stepsTaken }: FollowedLead, clock: Clock, laddersFrom: number): ClockRow {
  const { clauseKey, versionId, memberId, startedAt, dueAt, metAt, workingMs, wallMs } = clock;
  const next = nextStepOf(clock, laddersFrom, (step) => stepsTaken.has(stepKey(clauseKey, startedAt, step)));
  return {
    ...{ leadId: facts.leadId, clauseKey, versionId, memberId, startedAt, dueAt, metAt, workingMs, wallMs },
    ...{ evidenceKind: clock.evidence?.kind ?? null, evidenceId: clock.evidence?.id ?? null },
    ...{ excuse: clock.excuse?.kind ?? null, excuseId: clock.excuse?.id ?? null },
    ...{ nextStep: next?.step ?? null, nextStepAt: next?.at ?? null },
  };
}
