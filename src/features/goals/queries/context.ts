/** What one request about goals rests on; what is asked twice is answered once. */

import { payVisible } from '#features/returns/contract/pay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Side, Role } from '#platform/http/route.ts';
import type { GoalMetric } from '../contract/metrics.ts';
import { readBeside } from './beside.ts';
import type { Beside } from './flow-days.ts';
import { type GoalGround, readGoalGround } from './ground.ts';

export interface GoalContext {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly ground: GoalGround;
  readonly beside: Beside;
  /** Days since 1970-01-01: the last on record, today at most, and the last that is over. */
  readonly asOf: number;
  readonly lastFullDay: number;
  once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>;
}

/** @param who undefined: nobody in particular; no pay is in any number */
export async function readContext(
  database: Database,
  workspaceId: WorkspaceId,
  who: { readonly side: Side; readonly role: Role } | undefined,
  metrics: readonly GoalMetric[],
): Promise<GoalContext> {
  const beside = await database.inWorkspace(workspaceId, (tx) => readBeside(tx, workspaceId, metrics));
  const ground = await readGoalGround(database, workspaceId, who ? payVisible(who) : { marketing: false, sales: false });
  const kept = new Map<string, Promise<unknown>>();
  const { asOf, today } = ground.figures;
  return {
    database,
    workspaceId,
    ground,
    beside,
    asOf,
    lastFullDay: Math.min(asOf, today - 1),
    once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      let answer = kept.get(key) as Promise<Answer> | undefined;
      if (!answer) kept.set(key, (answer = ask()));
      return answer;
    },
  };
}
