/**
 * Whether the reps can keep what is promised: `leads × attempts × minutes ≤ reps × selling hours × 60 × utilisation`
 * (words.md). Told before anybody signs.
 */

import type { AgreementContent, ClauseScope, Period } from './clause.ts';

export interface CapacityQuestion {
  /** Leads a month that are promised, or came. */
  readonly expectedLeads: number;
  readonly attemptsPerLead: number;
  readonly minutesPerAttempt: number;
  readonly reps: number;
  /** Hours a month of one rep. */
  readonly sellingHours: number;
  /** Share (0..1) of the selling hours that may go into attempts. */
  readonly utilisation: number;
}

export interface Capacity {
  /** Hours a month: what the leads take, and what the reps have. */
  readonly neededHours: number;
  readonly availableHours: number;
  /** Needed ÷ available; null without available hours. */
  readonly load: number | null;
  readonly minutesPerLead: number;
  /** How many leads a month the reps can work. */
  readonly leadsPossible: number;
  readonly holds: boolean;
}

export const capacityFormula = 'leads × attempts × minutes ≤ reps × selling hours × 60 × utilisation';

export function capacityOf(asked: CapacityQuestion): Capacity {
  const minutesPerLead = asked.attemptsPerLead * asked.minutesPerAttempt;
  const neededHours = (asked.expectedLeads * minutesPerLead) / 60;
  const availableHours = asked.reps * asked.sellingHours * asked.utilisation;
  return {
    neededHours,
    availableHours,
    load: availableHours > 0 ? neededHours / availableHours : null,
    minutesPerLead,
    // A hair is added so that 126 hours ÷ 1 hour are 126 leads, not 125.
    leadsPossible: minutesPerLead > 0 ? Math.floor((availableHours * 60) / minutesPerLead + 1e-9) : 0,
    holds: neededHours <= availableHours + 1e-9,
  };
}

/** The most attempts a lead is owed by any clause; 1 where a first attempt is all that is promised; 0 without either. */
export function attemptsPromised(content: AgreementContent): number {
  const promised = content.clauses.map(({ metric }) =>
    metric.kind === 'persistence' ? metric.attempts : metric.kind === 'firstAttempt' ? 1 : 0,
  );
  return Math.max(0, ...promised);
}

const monthsIn: Readonly<Record<Period, number>> = { week: 12 / 52, month: 1, quarter: 3 };

/**
 * Leads a month that marketing promises: what it promises of all, or of the single scopes together where that is
 * more; null without a clause about volume.
 */
export function leadsPromised(content: AgreementContent): number | null {
  let ofAll = 0;
  let ofScopes = 0;
  let promised = false;
  for (const { metric, scope } of content.clauses) {
    if (metric.kind !== 'volume') continue;
    promised = true;
    const leads = metric.leads / monthsIn[metric.period];
    if (isOfAll(scope)) ofAll = Math.max(ofAll, leads);
    else ofScopes += leads;
  }
  return promised ? Math.max(ofAll, ofScopes) : null;
}

const isOfAll = (scope: ClauseScope): boolean => Object.values(scope).every((words: readonly string[]) => words.length === 0);
