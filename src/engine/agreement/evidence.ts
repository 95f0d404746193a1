/** What meets a clause of sales: the earliest genuine evidence, whenever it was recorded. A status that a person sets is never evidence of an attempt. */

import type { ClockMetric } from './clause.ts';
import type { Act, ActKind, Course } from './lead-course.ts';
import { type EvidenceTouch, inOrder } from './lead-facts.ts';

export interface Evidence {
  readonly at: number;
  /** `touch` with its id; else the act, with the id of the rejection if it is one. */
  readonly kind: 'touch' | ActKind;
  readonly id: string | null;
}

const decisions: readonly ActKind[] = ['accepted', 'rejected', 'recycled', 'disqualified', 'sql', 'deal', 'won', 'lost'];
const dispositions: readonly ActKind[] = ['sql', 'recycled', 'disqualified', 'rejected', 'deal', 'won', 'lost'];

/**
 * When a metric was met, and by what:
 * - `decision`: accepted, rejected (also where the rejection did not stand), recycled or disqualified. Who makes an
 *   opportunity of a lead has accepted it, whether or not somebody noted that.
 * - `firstAttempt`: the first attempt.
 * - `persistence`: the n-th attempt, or earlier that the lead was reached or its end.
 * - `disposition`: an opportunity, or one of the lead's ends, that stands.
 */
export function evidenceOf(metric: ClockMetric, course: Course, touches: readonly EvidenceTouch[], isReached: ReachedBy): Evidence | null {
  const since = touches.filter(({ at }) => at >= course.touchesFrom);
  if (metric.kind === 'decision') return earliest([...actsOf(course.standing, decisions), ...course.rejected]);
  if (metric.kind === 'disposition') return earliest(actsOf(course.standing, dispositions));
  const attempts = inOrder(since.filter((touch) => touch.as === 'attempt'));
  if (metric.kind === 'firstAttempt') return byTouch(attempts[0]);
  const answers = since.filter((touch) => (touch.as === 'answer' ? touch.at > course.startAt : isReached(touch.outcome)));
  return earliest([byTouch(attempts[metric.attempts - 1]), byTouch(inOrder(answers)[0]), ...actsOf(course.standing, dispositions)]);
}

export type ReachedBy = (outcome: string | null) => boolean;

/** Outcomes are the source's own words: case and blanks around them don't matter. */
export function reachedBy(outcomes: readonly string[]): ReachedBy {
  const words = new Set(outcomes.map(plain));
  return (outcome) => outcome !== null && words.has(plain(outcome));
}

const plain = (word: string): string => word.trim().toLowerCase();
const actsOf = (standing: readonly Act[], kinds: readonly ActKind[]): readonly Act[] => standing.filter(({ kind }) => kinds.includes(kind));
const byTouch = (touch: EvidenceTouch | undefined): Evidence | null => (touch ? { at: touch.at, kind: 'touch', id: touch.id } : null);

/** Of several at one moment the first given. */
function earliest(evidence: readonly (Evidence | null)[]): Evidence | null {
  let first: Evidence | null = null;
  for (const each of evidence) if (each && (first === null || each.at < first.at)) first = each;
  return first;
}
