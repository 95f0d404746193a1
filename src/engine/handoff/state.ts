/** Where an MQL stands between the sides: what its stage times, its rejections and its routings say, the last word winning. */

import { type Act, type ActKind, courseOf } from '../agreement/lead-course.ts';
import type { LeadFacts } from '../agreement/lead-facts.ts';
import type { HandoffState } from './states.ts';

const stateOfAct: Readonly<Record<ActKind, HandoffState>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  recycled: 'recycled',
  disqualified: 'disqualified',
  sql: 'progressed',
  deal: 'progressed',
  won: 'progressed',
  lost: 'progressed',
};
/** Of several acts at one moment the first of these; the order of `accord.stage_of` in the database. */
const precedence: readonly ActKind[] = ['won', 'lost', 'disqualified', 'recycled', 'rejected', 'deal', 'sql', 'accepted'];

/**
 * @param ownerId who has the lead now; null for nobody
 * @returns null for a lead that is no MQL
 */
export function handoffStateOf(facts: Pick<LeadFacts, 'stages' | 'routings' | 'rejections'>, ownerId: string | null): HandoffState | null {
  const course = courseOf(facts);
  if (!course) return null;
  const last = lastOf(course.standing);
  if (last?.kind === 'rejected') return isContested(facts, last) ? 'contested' : 'rejected';
  // A rejection that was overturned leaves the lead accepted, whether or not it had been before.
  const overturned = facts.rejections.some(({ at, ruling }) => ruling === 'overturned' && at >= course.actsFrom);
  if (!last) return overturned ? 'accepted' : ownerId === null ? 'unrouted' : 'waiting';
  return stateOfAct[last.kind];
}

/** When sales first decided on the lead, by whatever; null: not yet. */
export function decidedAtOf(facts: Pick<LeadFacts, 'stages' | 'routings' | 'rejections'>): number | null {
  const course = courseOf(facts);
  const times = course ? [...course.standing, ...course.rejected].map(({ at }) => at) : [];
  return times.length === 0 ? null : Math.min(...times);
}

function lastOf(acts: readonly Act[]): Act | undefined {
  return [...acts].sort((one, other) => other.at - one.at || precedence.indexOf(one.kind) - precedence.indexOf(other.kind))[0];
}

const isContested = ({ rejections }: Pick<LeadFacts, 'rejections'>, { id }: Act): boolean =>
  rejections.some((rejection) => rejection.id === id && rejection.answer === 'contested' && rejection.ruling === null);
