/** Each clause as one plain sentence: what both sides read before they sign. Whatever a clause says, its sentence says. */

import { type Calendar, type Interval, type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import { counted, listed } from '#engine/rules/words.ts';
import { moneyText } from '#engine/values/money.ts';
import { type Clause, type ClauseScope, type ExcuseKind, type LadderStep, type Metric, type PaceMetric, repsCalendar } from './clause.ts';

/** What stands under ids and keys: the workspace's own names. What isn't known is written as it is. */
export interface Names {
  /** Calendars by id. */
  readonly calendars: Readonly<Record<string, string>>;
  /** Teams by id. */
  readonly teams: Readonly<Record<string, string>>;
  /** Labels of a lead's fields by name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** “Sales makes a first evidenced attempt within 60 working minutes of routing, for at least 90 % of leads; …” */
export function clauseSentence(clause: Clause, names: Names): string {
  const parts = [
    owed(clause, names),
    runsIn(clause, names),
    excused(clause.excuses),
    laddered(clause.ladder),
    clause.consequence ? `otherwise: ${clause.consequence.replace(/[.\s]+$/, '')}` : '',
  ];
  return `${parts.filter(Boolean).join('; ')}.`;
}

/** With the title before it, as in lists of changes. */
export const titledSentence = (clause: Clause, names: Names): string => `${clause.title}: ${clauseSentence(clause, names)}`;

function owed({ metric, targetPercent, scope }: Clause, names: Names): string {
  const share = `at least ${targetPercent} %`;
  const leads = `leads${scopeText(scope, names)}`;
  const forShare = `for ${share} of ${leads}`;
  switch (metric.kind) {
    case 'decision':
      return `Sales accepts a lead, rejects it by clause, recycles or disqualifies it within ${workingTime(metric.withinMinutes)} of routing, ${forShare}`;
    case 'firstAttempt':
      return `Sales makes a first evidenced attempt within ${workingTime(metric.withinMinutes)} of routing, ${forShare}`;
    case 'persistence':
      return `Sales makes ${counted(metric.attempts, 'evidenced attempt')} within ${counted(metric.withinDays, 'working day')} of routing unless the lead answers or ends earlier, ${forShare}`;
    case 'disposition':
      return `Sales brings a lead to an opportunity, back to nurture or to an end within ${counted(metric.withinDays, 'working day')} of routing, ${forShare}`;
    case 'volume':
      return `Marketing passes ${counted(metric.leads, 'lead')}${scopeText(scope, names)} a ${metric.period}, ${paced(metric, share)}`;
    case 'value':
      return `Marketing passes ${leads} worth ${moneyText(metric.amount, metric.currency)} a ${metric.period} (${worths(metric)}), ${paced(metric, share)}`;
    case 'completeness':
      return `Marketing states ${listed(
        metric.fields.map((field) => names.fields[field] ?? field),
        'and',
      )}, ${forShare} it passes`;
    case 'context':
      return `Marketing has at least ${counted(metric.touches, 'touch', 'touches')} of its own or of the customer on record in the ${counted(metric.withinDays, 'day')} before it passes a lead, ${forShare} it passes`;
    case 'quality':
      return `Of the ${leads} that marketing passes, ${share} are not rejected; a rejection that was mended or overturned is none`;
  }
}

const paced = ({ tolerancePercent }: PaceMetric, share: string): string =>
  `evenly over its working days: on ${share} of them no more than ${tolerancePercent} % of the total ahead or behind`;

function worths(metric: Metric & { kind: 'value' }): string {
  const worth = metric.valueOfLead.map(({ segment, amount }) => {
    const others = metric.valueOfLead.length > 1 ? 'any other' : 'each';
    return `${segment === null ? others : `“${segment}”`} ${moneyText(amount, metric.currency)}`;
  });
  return `a lead counts: ${worth.join(', ')}`;
}

function scopeText(scope: ClauseScope, names: Names): string {
  const of = (what: string, words: readonly string[]): string =>
    words.length === 0
      ? ''
      : `${what} ${listed(
          words.map((word) => `“${word}”`),
          'or',
        )}`;
  const parts = [
    of('of segment', scope.segments),
    of('by channel', scope.channels),
    of('of origin', scope.origins),
    of(
      'of team',
      scope.teams.map((team) => names.teams[team] ?? team),
    ),
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

/** Paces count whole days of the workspace's calendar, conditions of a lead no time at all: only clocks run in somebody's time. */
function runsIn(clause: Clause, names: Names): string {
  if (clause.calendar === repsCalendar) return clause.side === 'sales' ? 'counted in the working time of the rep' : '';
  return `counted in the calendar “${names.calendars[clause.calendar] ?? clause.calendar}”`;
}

export const excuseWords: Readonly<Record<ExcuseKind, string>> = {
  outage: 'an outage',
  wrongRouting: 'wrong routing',
  leave: 'leave',
  overVolume: 'leads beyond the volume agreed',
  other: 'what the other side grants',
};

const excused = (kinds: readonly ExcuseKind[]): string =>
  kinds.length === 0
    ? ''
    : `excused by ${listed(
        kinds.map((kind) => excuseWords[kind]),
        'or',
      )}`;

const stepWords: Readonly<Record<LadderStep['kind'], string>> = {
  remind: 'the rep is reminded',
  manager: 'the head is told',
  reassign: 'the lead goes to somebody else',
  outOfRotation: 'the rep leaves the rotation',
};

const laddered = (ladder: readonly LadderStep[]): string =>
  ladder.map(({ kind, atPercent }) => `at ${atPercent} % of the time ${stepWords[kind]}`).join(', ');

/** `60 working minutes`, `8 working hours`. */
function workingTime(minutes: number): string {
  return minutes >= 120 && minutes % 60 === 0 ? counted(minutes / 60, 'working hour') : counted(minutes, 'working minute');
}

// ── calendars ───────────────────────────────────────────────────────────────

const dayNames: Readonly<Record<Weekday, string>> = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' };

/** `Mon–Fri 09:00–17:00 (Europe/Berlin), 12 holidays`. */
export function calendarSentence(calendar: Calendar): string {
  const days = runsOfDays(calendar.weekly).map(
    ({ from, to, hours }) => `${from === to ? '' : `${dayNames[from]}–`}${dayNames[to]} ${hours}`,
  );
  const holidays = calendar.holidays?.length ?? 0;
  return `${days.join(', ') || 'never'} (${calendar.timeZone}), ${holidays === 0 ? 'no holidays' : counted(holidays, 'holiday')}`;
}

/** Neighbouring days of the same hours together; days without any are left out. */
function runsOfDays(weekly: Calendar['weekly']): { from: Weekday; to: Weekday; hours: string }[] {
  const runs: { from: Weekday; to: Weekday; hours: string }[] = [];
  for (const day of weekdays) {
    const hours = hoursText(weekly[day] ?? []);
    const last = runs.at(-1);
    if (last && last.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  }
  return runs.filter((run) => run.hours !== '');
}

const hoursText = (intervals: readonly Interval[]): string => intervals.map(([from, to]) => `${from}–${to}`).join(' and ');
