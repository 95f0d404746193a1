/** The clauses of an agreement: what each side owes, how it is measured, what happens when it is not kept. */

export const periods = ['week', 'month', 'quarter'] as const;
export type Period = (typeof periods)[number];

/** Sales: one clock a lead. */
export type ClockMetric =
  /** Accepted, rejected by clause, recycled or disqualified within so many working minutes of the clock's start. */
  | { readonly kind: 'decision'; readonly withinMinutes: number }
  /** First evidenced attempt within so many working minutes. */
  | { readonly kind: 'firstAttempt'; readonly withinMinutes: number }
  /** So many evidenced attempts by the end of the n-th working day after the start's day, or earlier an answer of the lead or its end. */
  | { readonly kind: 'persistence'; readonly attempts: number; readonly withinDays: number }
  /** SQL, recycled, disqualified, rejected or a deal by the end of the n-th working day after the start's day. */
  | { readonly kind: 'disposition'; readonly withinDays: number };

/** Marketing: an amount by a day, kept on both edges: too early is a breach too. */
export type PaceMetric =
  | { readonly kind: 'volume'; readonly leads: number; readonly period: Period; readonly tolerancePercent: number }
  | {
      readonly kind: 'value';
      /** Minor units, decimal string. */
      readonly amount: string;
      readonly currency: string;
      readonly period: Period;
      readonly tolerancePercent: number;
      /** What a lead of a segment is worth, `P(customer | segment) × average price`, as agreed at signing; `segment` null: every other. */
      readonly valueOfLead: readonly { readonly segment: string | null; readonly amount: string }[];
    };

/** Marketing: a condition each passed lead meets or not. */
export type LeadMetric =
  /** All these fields of the lead stated. `phone` is met by the contact's too, `email` likewise. */
  | { readonly kind: 'completeness'; readonly fields: readonly string[] }
  /** So many touches of marketing or the customer on record in the days before it was passed, so that the rep knows what it saw. */
  | { readonly kind: 'context'; readonly touches: number; readonly withinDays: number }
  /** Not rejected, or the rejection mended or overturned. */
  | { readonly kind: 'quality' };

export type Metric = ClockMetric | PaceMetric | LeadMetric;
export const clockMetrics = ['decision', 'firstAttempt', 'persistence', 'disposition'] as const satisfies readonly Metric['kind'][];
export const paceMetrics = ['volume', 'value'] as const satisfies readonly Metric['kind'][];
export const leadMetrics = ['completeness', 'context', 'quality'] as const satisfies readonly Metric['kind'][];

/** Why a clock does not count. `overVolume` excuses itself: leads beyond what marketing agreed to pass, plus its tolerance. */
export const excuseKinds = ['outage', 'wrongRouting', 'leave', 'overVolume', 'other'] as const;
export type ExcuseKind = (typeof excuseKinds)[number];

export const ladderKinds = ['remind', 'manager', 'reassign', 'outOfRotation'] as const;
/** `atPercent` of the clock's time: 50 is half-way, 100 when it is due, 150 half as much again. */
export interface LadderStep {
  readonly kind: (typeof ladderKinds)[number];
  readonly atPercent: number;
}

/** Which leads a clause is about: each list empty is all, several together are all met. */
export interface ClauseScope {
  readonly segments: readonly string[];
  readonly channels: readonly string[];
  readonly origins: readonly string[];
  /** Teams of the rep, by id. */
  readonly teams: readonly string[];
}

export interface Clause {
  /** Stays the same from version to version: `first-attempt`. */
  readonly key: string;
  readonly side: 'marketing' | 'sales';
  readonly title: string;
  readonly metric: Metric;
  /** The clause is kept in a period when at least this share of what was due was compliant. */
  readonly targetPercent: number;
  readonly scope: ClauseScope;
  /** In whose time a clock runs: the rep's own calendar (with leave), or one calendar by id. Paces run in the workspace's default calendar. */
  readonly calendar: string;
  readonly excuses: readonly ExcuseKind[];
  readonly ladder: readonly LadderStep[];
  readonly consequence: string;
}

/** `calendar` of a clause whose clock runs in the rep's own calendar. */
export const repsCalendar = 'rep';

export interface AgreementContent {
  readonly preamble: string;
  readonly clauses: readonly Clause[];
  /** Of the rejections marketing agrees with, this share is judged as well, drawn by chance. */
  readonly reviewSamplePercent: number;
  /** A touch of these outcomes reached the lead; so does anything the lead itself sent after the start. */
  readonly reachedOutcomes: readonly string[];
}
