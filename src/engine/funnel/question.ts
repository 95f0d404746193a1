/** What is asked of a funnel, and what one lead is to it. Every count and every list of records goes through `classifier`. */

/** Days are days since 1970-01-01 in the workspace's zone. */
export interface FunnelQuestion {
  /** `cohort`: of the leads that entered a in the period, those that reached b. `period`: entered b in the period ÷ entered a in the period. */
  readonly mode: 'cohort' | 'period';
  /** Stage a and stage b, by their number. */
  readonly from: number;
  readonly to: number;
  /** First and last day of the period. */
  readonly startDay: number;
  readonly endDay: number;
  /** Days after entry in which b must be reached; null: up to as-of. Cohorts only. */
  readonly windowDays: number | null;
  /** The last day whose entries count; before `noDay`. */
  readonly asOfDay: number;
}

/** What a lead is to a question; they add up as bits. */
export const standing = {
  /** Entered a in the period. */
  entered: 1,
  /** Counts as having reached b. */
  reached: 2,
  /** Reached, though its day of b lies before its day of a. */
  negative: 4,
  /** Has b in the period but no a: the source can't tell. Part of `reached` in period mode only. */
  withoutEntering: 8,
  /** Entered so late that its window has not ended by as-of. */
  censored: 16,
  /** Reached with both days known: its days count in the median. */
  timed: 32,
} as const;
export type Standing = keyof typeof standing;

/** Of the day of stage a and that of stage b, each a day or `noDay`: the lead's standings, added up. */
export type Classify = (a: number, b: number) => number;

/**
 * What a lead is to the question. Every count and every list of records rests on this. A closure over plain
 * numbers, as reading the question anew for each of a million leads takes twice as long.
 */
export const classifier = (question: FunnelQuestion): Classify =>
  question.mode === 'cohort' ? cohortClassifier(question) : periodClassifier(question);

function cohortClassifier({ startDay, endDay, asOfDay, windowDays }: FunnelQuestion): Classify {
  const window = windowDays ?? Infinity;
  const lastWholeDay = windowDays === null ? Infinity : asOfDay - windowDays;
  return (a, b) => {
    const hasB = b <= asOfDay;
    if (a > asOfDay) return hasB && b >= startDay && b <= endDay ? standing.withoutEntering : 0;
    if (a < startDay || a > endDay) return 0;
    const entered = a > lastWholeDay ? standing.entered | standing.censored : standing.entered;
    return hasB && b - a <= window ? entered | standing.reached | timed(a, b) : entered;
  };
}

function periodClassifier({ startDay, endDay, asOfDay }: FunnelQuestion): Classify {
  return (a, b) => {
    const hasA = a <= asOfDay;
    const entered = hasA && a >= startDay && a <= endDay ? standing.entered : 0;
    if (b > asOfDay || b < startDay || b > endDay) return entered;
    return entered | standing.reached | (hasA ? timed(a, b) : standing.withoutEntering);
  };
}

const timed = (a: number, b: number): number => (b < a ? standing.timed | standing.negative : standing.timed);

/**
 * The stage by whose day a standing is put into a month: a cohort counts in the month it entered; in a
 * period each stage counts in the month of its own entry. (A lead without a has no month in a cohort.)
 */
export const monthStage = (question: FunnelQuestion, which: Standing): number =>
  question.mode === 'cohort' || which === 'entered' ? question.from : question.to;
