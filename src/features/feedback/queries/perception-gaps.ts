/** What sides thought a number was, beside what it is: of months that are over. */

import { sql } from 'kysely';
import { fewestTold } from '#engine/candour/tellable.ts';
import { type GuessCell, untold } from '#engine/candour/guess-cells.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { type PerceptionGaps, type PerceptionMetric, perceptionMetrics, perceptionTable, type Truth } from '../contract/perception.ts';
import { sides } from '../contract/pieces.ts';
import { spanOf } from './perception-months.ts';

interface Row {
  readonly metric: PerceptionMetric;
  readonly truth: Truth;
  readonly cells: GuessCell[];
}

/** @param period unsaid: the latest. @throws Problem not-found for a month nobody guessed in, or that is not over */
export async function readGaps(tx: Tx, workspaceId: WorkspaceId, period: string | undefined): Promise<PerceptionGaps> {
  const periods = await listPeriods(tx, workspaceId);
  const asked = period ?? periods[0];
  if (period !== undefined && !periods.includes(period)) throw notFound('month with guesses that is over');
  if (asked === undefined) return { period: null, start: null, end: null, periods, items: [], rules };
  const { rows } =
    await sql<Row>`SELECT metric, truth, cells FROM perception_results WHERE workspace_id = ${workspaceId}::uuid AND period = ${asked}`.execute(
      tx,
    );
  return {
    ...spanOf(asked),
    periods,
    items: perceptionMetrics.flatMap((metric) => rows.filter((row) => row.metric === metric).map(itemOf)),
    rules,
  };
}

async function listPeriods(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{
    period: string;
  }>`SELECT DISTINCT period FROM perception_results WHERE workspace_id = ${workspaceId}::uuid ORDER BY period DESC LIMIT 60`.execute(tx);
  return rows.map(({ period }) => period);
}

function itemOf({ metric, truth, cells }: Row): PerceptionGaps['items'][number] {
  const { label, unit, formula, about } = perceptionTable[metric];
  const of = (side: string | null) =>
    ({ ...(cells.find((cell) => cell.side === side) ?? untold), side }) as PerceptionGaps['items'][number]['everybody'];
  return { metric, label, unit, formula, about, truth, everybody: of(null), sides: sides.map(of) };
}

const rules = [
  `A side is told only if at least ${fewestTold} of it guessed, and at least ${fewestTold} in whatever remains when it is subtracted from everybody.`,
  'From the lowest to the highest guess is widened to whole steps, so that nobody’s guess is told to the digit.',
  'Gaps are told when the month is over. Single guesses were deleted then; nothing says who guessed what.',
];
