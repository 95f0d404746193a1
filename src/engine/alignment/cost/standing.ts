/** To which cause a lead falls: the first that holds, in the order of `causes.ts`. */

import { type CostLead, isNeverWorked, isTried } from './lead.ts';

/**
 * - `fitsRejected`, `rejectedHours`: rejected, and the rejection stands.
 * - `neverWorked`: nobody tried it, talked to it or decided on it.
 * - `notReached`: tried, and never reached: what it lost is parted between the load, a late first touch and too few attempts.
 * - null: it cost nothing, as far as this goes: reached, put aside without an attempt, or an SQL by whatever way.
 */
export type Standing = 'fitsRejected' | 'rejectedHours' | 'neverWorked' | 'notReached' | null;

export function standingOf(lead: CostLead, aboutFit: ReadonlySet<string>): Standing {
  if (lead.decision === 'rejected')
    return lead.fits === true && !aboutFit.has(lead.rejectedReason ?? '') ? 'fitsRejected' : 'rejectedHours';
  if (isNeverWorked(lead)) return 'neverWorked';
  return isTried(lead) && !lead.reached && lead.sqlAt === null ? 'notReached' : null;
}

/** So large a share of a reason's rejections must be of leads that don't fit. */
const mostly = 2 / 3;
const fewestRejections = 5;

/**
 * The reasons that are about fit: those given mostly to leads that don't fit. A lead that fits by its record and was
 * rejected for such a reason is no clear case: the rep may have known better than the record.
 */
export function reasonsAboutFit(leads: readonly CostLead[]): Set<string> {
  const counts = new Map<string, { all: number; outside: number }>();
  for (const { decision, rejectedReason, fits } of leads) {
    if (decision !== 'rejected' || fits === null || rejectedReason === null) continue;
    const count = counts.get(rejectedReason) ?? { all: 0, outside: 0 };
    counts.set(rejectedReason, { all: count.all + 1, outside: count.outside + (fits ? 0 : 1) });
  }
  return new Set(
    [...counts].filter(([, { all, outside }]) => all >= fewestRejections && outside >= mostly * all).map(([reason]) => reason),
  );
}
