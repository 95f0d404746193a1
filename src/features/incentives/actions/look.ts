/** Asking for somebody's pay writes down that one looked: the answer and the look are one transaction. */

import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanVersion } from '../contract/plans.ts';
import type { mboResults, ResultsAsk } from '../contract/results.ts';
import { getPlanVersion } from '../queries/plan-version.ts';
import { listResults } from '../queries/results.ts';
import { noteLooks } from './note-looks.ts';

/** A version with the figures of the payees whom the asker sees. @throws Problem not-found, forbidden */
export async function lookAtPlan(tx: Tx, who: Who, id: string): Promise<PlanVersion> {
  const version = await getPlanVersion(tx, who, id);
  const seen = version.people.flatMap((person) => (person.figuresShown ? [person.id] : []));
  await noteLooks(tx, who, seen, 'plan', id);
  return version;
}

export async function lookAtResults(tx: Tx, who: Who, asked: ResultsAsk): Promise<z.output<typeof mboResults>> {
  const page = await listResults(tx, who, asked);
  const seen = page.items.map(({ payee }) => payee.id);
  await noteLooks(tx, who, seen, 'result', null);
  return page;
}
