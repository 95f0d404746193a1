/** One question about the index, with nothing left open: which days, as of which moment, of which segment. */

import { dayReader } from '#engine/time/zone-days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { indexAheadDays } from '../contract/index-answer.ts';
import { type CostGround, readCostGround } from './cost-ground.ts';

const millisecondsADay = 86_400_000;

/** What several questions rest on: of two days, of a history. What is asked twice is answered once. */
export interface IndexGround {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly cost: CostGround;
  readonly timeZone: string;
  /** Where the workspace is: days since 1970-01-01. */
  readonly today: number;
  readonly now: number;
  /** Days since 1970-01-01 of epoch milliseconds. */
  readonly dayOf: (at: number) => number;
  once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer>;
}

export async function readIndexGround(database: Database, workspaceId: WorkspaceId): Promise<IndexGround> {
  const cost = await readCostGround(database, workspaceId);
  const { timeZone, today } = cost.returns;
  const read = dayReader(timeZone);
  const kept = new Map<string, Promise<unknown>>();
  return {
    ...{ database, workspaceId, cost, timeZone, today, now: Date.now(), dayOf: (at) => read(at * 1000) },
    once<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      let answer = kept.get(key) as Promise<Answer> | undefined;
      if (!answer) kept.set(key, (answer = ask()));
      return answer;
    },
  };
}

export interface IndexQuestion {
  readonly ground: IndexGround;
  /** First and last day, both included: as text and in days since 1970-01-01. */
  readonly start: string;
  readonly on: string;
  readonly startDay: number;
  readonly onDay: number;
  readonly days: number;
  /** Undefined: all. */
  readonly segment: string | null | undefined;
  /** Epoch milliseconds: the first moment of the days, and the one as of which things count: their end, now at most. */
  readonly from: number;
  readonly asOf: number;
  /** Until when open items count. */
  readonly ahead: number;
}

interface Asked {
  readonly on?: string | undefined;
  readonly days: number;
  readonly segment?: string | null | undefined;
}

/** @throws Problem bad-input for a day to come */
export function indexQuestion(ground: IndexGround, { on, days, segment }: Asked): IndexQuestion {
  const onDay = on === undefined ? ground.today : numberOfDay(on);
  if (onDay > ground.today)
    throw new Problem('bad-input', `The index is told up to today, ${dayText(ground.today)}.`, {
      fields: [{ at: 'on', reason: 'is a day to come' }],
    });
  const startDay = onDay - days + 1;
  const start = dayText(startDay);
  const asOf = Math.min(startOfDay(dayText(onDay + 1), ground.timeZone), ground.now);
  return {
    ...{ ground, start, on: dayText(onDay), startDay, onDay, days, segment },
    ...{ from: startOfDay(start, ground.timeZone), asOf, ahead: asOf + indexAheadDays * millisecondsADay },
  };
}

/** One transaction for what is read by SQL. */
export const inGround = <Answer>({ database, workspaceId }: IndexGround, work: (tx: Tx) => Promise<Answer>): Promise<Answer> =>
  database.inWorkspace(workspaceId, work, { statementTimeout: 60_000 });
