/**
 * Good-practice clauses to begin with, filled with the company's own numbers where it has them. Targets after
 * what the field writes down: first contact within the hour, six attempts in two weeks, a disposition within a month.
 */

import type { AgreementContent, Clause, ClauseScope, ExcuseKind, LadderStep } from './clause.ts';
import { leadValues, type SegmentPast, worthOfLeads } from './lead-value.ts';

/** What the company's past tells; blank where it tells nothing. */
export interface OwnNumbers {
  /** ISO 4217. */
  readonly currency: string;
  /** Working minutes of a working day in the workspace's calendar. */
  readonly workingDayMinutes: number;
  /** Leads passed in each of the last full months. */
  readonly months: readonly number[];
  /** Leads a month that the reps can work; null when nothing tells. */
  readonly leadsPossible: number | null;
  /** Leads passed long enough ago to have been decided, by segment. */
  readonly past: readonly SegmentPast[];
  /** Outcomes of touches on record that mean that the lead was reached. */
  readonly reachedOutcomes: readonly string[];
}

export interface SuggestedClause {
  readonly clause: Clause;
  /** The company's own numbers, good practice, or a blank that stands for a number of theirs. */
  readonly from: 'own' | 'practice' | 'blank';
  readonly why: string;
}

const everything: ClauseScope = { segments: [], channels: [], origins: [], teams: [] };
const clockExcuses: readonly ExcuseKind[] = ['outage', 'wrongRouting', 'leave', 'overVolume'];

/** Marketing's half, then that of sales. */
export function suggestedClauses(own: OwnNumbers): SuggestedClause[] {
  return [volumeClause(own), valueClause(own), ...marketingPractice, decisionClause(own.workingDayMinutes), ...salesPractice];
}

export const suggestedContent = (own: OwnNumbers): AgreementContent => ({
  preamble:
    'Marketing and sales agree on what a lead is, what marketing passes and what sales does with it. Both are measured by the same clauses, on the same facts.',
  clauses: suggestedClauses(own).map(({ clause }) => clause),
  reviewSamplePercent: 10,
  reachedOutcomes: own.reachedOutcomes.length > 0 ? own.reachedOutcomes : reachedWords,
});

/** Outcomes that mean, in whatever case, that somebody was reached. */
export const reachedWords: readonly string[] = ['connected', 'reached', 'talked', 'replied', 'held', 'completed'];

/** The middle value; of an even number of them the lower of the two in the middle. Null of none. */
export function lowerMedian(values: readonly number[]): number | null {
  return [...values].sort((one, other) => one - other)[Math.ceil(values.length / 2) - 1] ?? null;
}

// ── marketing ───────────────────────────────────────────────────────────────

const blankLeads = 100;
/** One thousand of the currency's main unit where it has two decimals. */
const blankAmount = 100_000n;

/** What marketing can promise: what usually came, and no more than the reps can work. Null without a past. */
function leadsToPromise({ months, leadsPossible }: OwnNumbers): number | null {
  const usual = lowerMedian(months) ?? 0;
  if (usual < 1) return null;
  return leadsPossible === null ? usual : Math.max(1, Math.min(usual, leadsPossible));
}

function volumeClause(own: OwnNumbers): SuggestedClause {
  const leads = leadsToPromise(own);
  const usual = lowerMedian(own.months);
  return {
    clause: {
      ...marketing('lead-volume', 'Volume', 80, 'Both heads meet within the week and agree on what changes.'),
      metric: { kind: 'volume', leads: leads ?? blankLeads, period: 'month', tolerancePercent: 15 },
    },
    from: leads === null ? 'blank' : 'own',
    why:
      leads === null
        ? 'No lead was passed in the last six full months: put in how many you mean to pass.'
        : leads < usual!
          ? `${usual} leads is the median of the last ${own.months.length} full months, but the reps can work only ${leads} a month as the clauses ask.`
          : `The median of the leads passed in each of the last ${own.months.length} full months.`,
  };
}

function valueClause(own: OwnNumbers): SuggestedClause {
  const leads = leadsToPromise(own) ?? blankLeads;
  const values = leadValues(own.past);
  const amount = values.length > 0 ? worthOfLeads(leads, own.past, values) : 0n;
  const known = amount > 0n;
  const valueOfLead = known ? values : [{ segment: null, amount: blankAmount }];
  return {
    clause: {
      ...marketing('lead-value', 'Value', 80, 'Both heads meet within the week and agree on what changes.'),
      metric: {
        kind: 'value',
        amount: String(known ? amount : BigInt(leads) * blankAmount),
        currency: own.currency,
        period: 'month',
        tolerancePercent: 15,
        valueOfLead: valueOfLead.map((each) => ({ segment: each.segment, amount: String(each.amount) })),
      },
    },
    from: known ? 'own' : 'blank',
    why: known
      ? 'P(won | segment) × average value of what was won, from leads passed long enough ago to be decided; rounded to the minor unit, halves to the even one. Segments with too few are counted together.'
      : 'Too little was won to tell what a lead is worth: put in your own figures.',
  };
}

const marketingPractice: readonly SuggestedClause[] = [
  {
    clause: {
      ...marketing('completeness', 'Complete records', 95, 'The lead goes back to be completed.'),
      metric: { kind: 'completeness', fields: ['phone', 'company', 'country'] },
    },
    from: 'practice',
    why: 'Without a telephone number, a company and a country a rep begins with research.',
  },
  {
    clause: {
      ...marketing('context', 'Context', 90, 'Marketing finds out why and says so in the next meeting.'),
      metric: { kind: 'context', touches: 1, withinDays: 90 },
    },
    from: 'practice',
    why: 'The rep sees what the lead saw: a call that begins with it goes better.',
  },
  {
    clause: {
      ...marketing('quality', 'Quality', 80, 'Both sides look at the definition of an MQL together.'),
      metric: { kind: 'quality' },
    },
    from: 'practice',
    why: 'One rejection in five is what a good definition still lets through.',
  },
];

// ── sales ───────────────────────────────────────────────────────────────────

const decisionClause = (workingDayMinutes: number): SuggestedClause => ({
  clause: {
    ...sales(
      'decision',
      'Accept or reject',
      90,
      [step('remind', 75), step('manager', 100), step('reassign', 200)],
      'The lead goes to somebody else.',
    ),
    metric: { kind: 'decision', withinMinutes: workingDayMinutes },
  },
  from: 'practice',
  why: 'One working day: a lead nobody decided on by then is a lead nobody works.',
});

const salesPractice: readonly SuggestedClause[] = [
  {
    clause: {
      ...sales(
        'first-attempt',
        'First attempt',
        90,
        [step('remind', 50), step('manager', 100), step('reassign', 300)],
        'The lead goes to somebody else.',
      ),
      metric: { kind: 'firstAttempt', withinMinutes: 60 },
    },
    from: 'practice',
    why: 'Chances fall by the hour. Once you have your own curve (Speed), put in your own time.',
  },
  {
    clause: {
      ...sales('persistence', 'Persistence', 85, [step('remind', 80), step('manager', 100)], 'The head looks at the lead with the rep.'),
      metric: { kind: 'persistence', attempts: 6, withinDays: 10 },
    },
    from: 'practice',
    why: 'Most leads that answer at all answer by the sixth attempt.',
  },
  {
    clause: {
      ...sales('disposition', 'Disposition', 90, [step('remind', 80), step('manager', 100)], 'The head decides.'),
      metric: { kind: 'disposition', withinDays: 20 },
    },
    from: 'practice',
    why: 'Every lead comes to an end that somebody can learn from.',
  },
];

// ── shapes ──────────────────────────────────────────────────────────────────

type WithoutMetric = Omit<Clause, 'metric'>;

function marketing(key: string, title: string, targetPercent: number, consequence: string): WithoutMetric {
  return {
    key,
    side: 'marketing',
    title,
    targetPercent,
    scope: everything,
    calendar: 'rep',
    excuses: ['outage', 'other'],
    ladder: [],
    consequence,
  };
}

function sales(key: string, title: string, targetPercent: number, ladder: readonly LadderStep[], consequence: string): WithoutMetric {
  return { key, side: 'sales', title, targetPercent, scope: everything, calendar: 'rep', excuses: clockExcuses, ladder, consequence };
}

function step(kind: LadderStep['kind'], atPercent: number): LadderStep {
  return { kind, atPercent };
}
