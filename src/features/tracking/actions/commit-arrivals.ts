/**
 * Group commit: what many requests bring within some milliseconds goes into the database in one transaction, and each
 * is answered when that has been committed. PostgreSQL syncs its log once for all of them, so a busy second costs some
 * two hundred transactions instead of two thousand (docs/operate/benchmarks.md has the figures).
 */

import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { databaseProblem } from '#platform/http/problems.ts';
import { type Arrived, writeArrived } from './write-arrivals.ts';

export interface Committing {
  /** Resolves when it is durable. @throws Problem unavailable when more waits than can be written soon */
  commit(workspaceId: WorkspaceId, arrived: Arrived): Promise<void>;
}

/** How long the first of a batch waits for others. */
const gatherMilliseconds = 4;
/** Rows a transaction: more than a burst of some milliseconds brings, few enough to be written in ten. */
const mostRows = 500;
/** Rows that may wait, of all workspaces: a second's worth; past that it is refused at once. */
const mostWaiting = 5_000;
/** Transactions at once, of a pool that everybody at work shares. */
const mostAtOnce = 4;
const announceEveryMilliseconds = 5_000;

interface Waiting {
  readonly arrived: Arrived;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Lane = Waiting[];

export function openCommitting(database: Database): Committing {
  const lanes = new Map<WorkspaceId, Lane>();
  const announcedAt = new Map<WorkspaceId, number>();
  const turns: (() => void)[] = [];
  let waitingRows = 0;
  let atOnce = 0;

  return {
    commit(workspaceId, arrived) {
      const rows = rowsOf(arrived);
      if (waitingRows + rows > mostWaiting)
        return Promise.reject(
          new Problem('unavailable', 'More arrives than can be kept right now. Send it again in a moment.', { extra: { retryAfter: 2 } }),
        );
      waitingRows += rows;
      return new Promise((resolve, reject) => {
        const lane = lanes.get(workspaceId);
        const item = { arrived, resolve, reject };
        if (lane) lane.push(item);
        else void runLane(workspaceId, [item]);
      });
    },
  };

  async function runLane(workspaceId: WorkspaceId, lane: Lane): Promise<void> {
    lanes.set(workspaceId, lane);
    await pause(gatherMilliseconds);
    while (lane.length > 0) {
      await takeTurn();
      const batch = takeBatch(lane);
      try {
        await write(workspaceId, batch);
      } finally {
        waitingRows -= batch.reduce((sum, { arrived }) => sum + rowsOf(arrived), 0);
        leaveTurn();
      }
      await pause(gatherMilliseconds);
    }
    lanes.delete(workspaceId);
  }

  /** A batch that the database refuses for what it holds is written in halves, so that one sender's row fails alone. */
  async function write(workspaceId: WorkspaceId, batch: readonly Waiting[]): Promise<void> {
    const announce = Date.now() - (announcedAt.get(workspaceId) ?? 0) > announceEveryMilliseconds;
    try {
      await database.inWorkspace(workspaceId, (tx) => writeArrived(tx, workspaceId, together(batch), announce), {
        statementTimeout: 5_000,
      });
      if (announce) announcedAt.set(workspaceId, Date.now());
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && databaseProblem(error)?.code === 'bad-input') {
        const half = batch.length >> 1;
        await write(workspaceId, batch.slice(0, half));
        await write(workspaceId, batch.slice(half));
      } else for (const { reject } of batch) reject(error);
    }
  }

  async function takeTurn(): Promise<void> {
    if (atOnce >= mostAtOnce) await new Promise<void>((resolve) => turns.push(resolve));
    else atOnce++;
  }

  /** The turn goes to the next in line, if there is one. */
  function leaveTurn(): void {
    const next = turns.shift();
    if (next) next();
    else atOnce--;
  }
}

const rowsOf = ({ events, counts, notes }: Arrived): number => events.length + counts.length + notes.length;

function takeBatch(waiting: Waiting[]): Waiting[] {
  let rows = 0;
  const until = waiting.findIndex(({ arrived }, place) => (rows += rowsOf(arrived)) > mostRows && place > 0);
  return waiting.splice(0, until < 0 ? waiting.length : until);
}

const together = (batch: readonly Waiting[]): Arrived => ({
  events: batch.flatMap(({ arrived }) => arrived.events),
  counts: batch.flatMap(({ arrived }) => arrived.counts),
  notes: batch.flatMap(({ arrived }) => arrived.notes),
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
