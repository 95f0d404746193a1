import { sql } from 'kysely';
import { guessCells } from '#engine/candour/guess-cells.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { type PerceptionMetric, perceptionMetrics, perceptionTable, type PerceptionUnit, type Truth } from '../contract/perception.ts';
import { type Pending, readPending, type Waiting } from '../queries/pending.ts';
import { aboutGuess, monthOf, spanOf } from '../queries/perception-months.ts';
import { readTruths } from '../queries/truths.ts';
import { forgetMarks, holdPool, removePending } from './pool.ts';

/** What lowest and highest guess are widened to. */
const stepOf: Readonly<Record<PerceptionUnit, number>> = { percent: 5, hours: 2 };

type Guess = Pending & { kind: 'guess' };
type WaitingGuess = Waiting & { readonly pending: Guess };

/** Keeps, of each month that is over, the truth and what groups that are large enough thought it was; single guesses are deleted. */
export async function freezePerception(database: Database, workspaceId: WorkspaceId, sealing: Sealing, today: string): Promise<void> {
  const { period: current } = monthOf(today);
  const over = await database.inWorkspace(workspaceId, async (tx) =>
    guessesOf(await readPending(tx, workspaceId, sealing), (period) => period < current),
  );
  for (const period of new Set(over.map(({ pending }) => pending.period))) {
    const truths = await readTruths(database, workspaceId, spanOf(period), perceptionMetrics);
    await database.inWorkspace(workspaceId, (tx) => freezeMonth(tx, workspaceId, sealing, { period, truths }));
  }
}

const guessesOf = ({ waiting }: { waiting: readonly Waiting[] }, which: (period: string) => boolean): WaitingGuess[] =>
  waiting.filter((each): each is WaitingGuess => each.pending.kind === 'guess' && which(each.pending.period));

async function freezeMonth(
  tx: Tx,
  workspaceId: WorkspaceId,
  sealing: Sealing,
  { period, truths }: { period: string; truths: ReadonlyMap<PerceptionMetric, Truth> },
): Promise<void> {
  await holdPool(tx, workspaceId);
  const guesses = guessesOf(await readPending(tx, workspaceId, sealing), (each) => each === period);
  for (const metric of perceptionMetrics) {
    const own = guesses.map(({ pending }) => pending).filter((each) => each.metric === metric);
    const cells = guessCells(own, stepOf[perceptionTable[metric].unit]).filter((cell) => cell.guesses !== null);
    await sql`INSERT INTO perception_results (workspace_id, period, metric, truth, cells)
      VALUES (${workspaceId}::uuid, ${period}, ${metric}, ${JSON.stringify(truths.get(metric))}::jsonb, ${JSON.stringify(cells)}::jsonb) ON CONFLICT DO NOTHING`.execute(
      tx,
    );
    await forgetMarks(tx, workspaceId, aboutGuess(period, metric));
  }
  await removePending(
    tx,
    workspaceId,
    guesses.map(({ id }) => id),
  );
  await announceChange(tx, workspaceId, 'perception');
}
