/** This month’s numbers for one member: those still to guess, and the others beside what they are. */

import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import {
  type Perception,
  type PerceptionItem,
  type PerceptionMetric,
  perceptionMetrics,
  perceptionTable,
  type Truth,
} from '../contract/perception.ts';
import { mayGuess } from '../policy.ts';
import { answeredBy } from './marks.ts';
import { aboutGuess, monthOf, type Span } from './perception-months.ts';
import { readTruths } from './truths.ts';

export async function readPerception(database: Database, who: Who, sealing: Sealing): Promise<Perception> {
  const { span, seen } = await database.inWorkspace(who.workspaceId, (tx) => seenBy(tx, who, sealing));
  // Who looks on is asked nothing: the numbers stand there.
  const shown = mayGuess.may(who) ? [...seen] : perceptionMetrics;
  const truths = await readTruths(database, who.workspaceId, span, shown);
  return { ...span, items: perceptionMetrics.map((metric) => itemOf(who, metric, truths.get(metric) ?? null)) };
}

/** One number, with what it is: it has been guessed or passed. */
export async function readGuessed(database: Database, who: Who, metric: PerceptionMetric): Promise<PerceptionItem> {
  const { today } = await database.inWorkspace(who.workspaceId, (tx) => groundOf(tx, who.workspaceId));
  const truths = await readTruths(database, who.workspaceId, monthOf(today), [metric]);
  return itemOf(who, metric, truths.get(metric)!);
}

/** Numbers of this month that this member has guessed or passed. */
export async function seenBy(tx: Tx, who: Who, sealing: Sealing): Promise<{ span: Span; seen: Set<PerceptionMetric> }> {
  const { today } = await groundOf(tx, who.workspaceId);
  const span = monthOf(today);
  const abouts = perceptionMetrics.map((metric) => aboutGuess(span.period, metric));
  const answered = await answeredBy(tx, who.workspaceId, sealing, { abouts, memberId: who.memberId });
  const seen = new Set(perceptionMetrics.filter((metric) => answered.has(aboutGuess(span.period, metric))));
  return { span, seen };
}

function itemOf(who: Who, metric: PerceptionMetric, truth: Truth | null): PerceptionItem {
  const { label, question, unit, formula, about } = perceptionTable[metric];
  return {
    ...{ metric, label, question, unit, formula, about, truth },
    state: truth ? 'seen' : 'toGuess',
    whyNotGuess: truth ? 'You have seen the number of this month.' : mayGuess.may(who) ? null : 'Those who look on don’t guess.',
  };
}
