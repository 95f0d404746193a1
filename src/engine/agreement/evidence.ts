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

/** What was tried since touches count, and what of it reached the lead: looked up once for all clauses. */
export interface Trail {
  /** In order. */
  readonly attempts: readonly EvidenceTouch[];
  /** The first touch by which the lead was reached, or by which it answered. */
  readonly reached: EvidenceTouch | null;
}

export function trailOf({ touchesFrom, startAt }: Course, touches: readonly EvidenceTouch[], isReached: ReachedBy): Trail {
  const attempts: EvidenceTouch[] = [];
  let reached: EvidenceTouch | null = null;
  for (const touch of inOrder(touches)) {
    if (touch.at < touchesFrom) continue;
    if (touch.as === 'attempt') attempts.push(touch);
    reached ??= (touch.as === 'answer' ? touch.at > startAt : isReached(touch.outcome)) ? touch : null;
  }
  return { attempts, reached };
}

/**
 * When a metric was met, and by what:
 * - `decision`: accepted, rejected (also where the rejection did not stand), recycled or disqualified. Who makes an
 *   opportunity of a lead has accepted it, whether or not somebody noted that.
 * - `firstAttempt`: the first attempt.
 * - `persistence`: the n-th attempt, or earlier that the lead was reached or its end.
 * - `disposition`: an opportunity, or one of the lead's ends, that stands.
 */
export function evidenceOf(metric: ClockMetric, { standing, rejected }: Course, { attempts, reached }: Trail): Evidence | null {
  switch (metric.kind) {
    case 'decision':
      return earlier(byAct(standing[0]), byAct(rejected[0]));
    case 'firstAttempt':
      return byTouch(attempts[0]);
    case 'persistence':
      return earlier(earlier(byTouch(attempts[metric.attempts - 1]), byTouch(reached)), byAct(standing.find(isDisposition)));
    case 'disposition':
      return byAct(standing.find(isDisposition));
  }
}

export type ReachedBy = (outcome: string | null) => boolean;

/** Outcomes are the source's own words: case and blanks around them don't matter. */
export function reachedBy(outcomes: readonly string[]): ReachedBy {
  const words = new Set(outcomes.map(plain));
  return (outcome) => outcome !== null && words.has(plain(outcome));
}

const plain = (word: string): string => word.trim().toLowerCase();
/** Every act decides on the lead; to accept it is no disposition yet. */
const isDisposition = ({ kind }: Act): boolean => kind !== 'accepted';
const byAct = (act: Act | undefined): Evidence | null => act ?? null;
const byTouch = (touch: EvidenceTouch | null | undefined): Evidence | null =>
  touch ? { at: touch.at, kind: 'touch', id: touch.id } : null;

/** Of two at one moment the first given. */
function earlier(one: Evidence | null, other: Evidence | null): Evidence | null {
  return other !== null && (one === null || other.at < one.at) ? other : one;
}
