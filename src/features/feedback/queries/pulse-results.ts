/** What closed pulses tell: what was frozen when they closed, and nothing else is there to tell. */

import { sql } from 'kysely';
import { type Choice, everybody, isSameChoice } from '#engine/candour/groups.ts';
import { fewestTold } from '#engine/candour/tellable.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { sides } from '../contract/pieces.ts';
import type { PulseCell, PulseResults, PulseTrend, ResultsAsk } from '../contract/pulse.ts';
import { findPulse, pulseColumns, type PulseRow } from './pulses.ts';

interface Frozen {
  readonly cells: PulseCell[];
  readonly texts: string[];
}

/** @throws Problem conflict while it is open */
export async function readPulseResults(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  { side, teamId, standing }: ResultsAsk,
): Promise<PulseResults> {
  const { isFrozen, asksText: _, ...pulse } = await findPulse(tx, workspaceId, id);
  if (!isFrozen) throw new Problem('conflict', 'Results are told when a pulse has ended, and never before.');
  const { rows } =
    await sql<Frozen>`SELECT cells, texts FROM pulse_results WHERE workspace_id = ${workspaceId}::uuid AND pulse_id = ${id}::uuid`.execute(
      tx,
    );
  const { cells, texts } = rows[0]!;
  const cell = cellOf(cells, { side: side ?? null, teamId: teamId ?? null, standing: standing ?? null });
  return {
    pulse,
    cell,
    whyNotShown: cell.answers === null ? tooFew : null,
    sides: sides.map((each) => cellOf(cells, { ...everybody, side: each })),
    teams: await listTeams(tx, workspaceId),
    texts,
    rules,
  };
}

const tooFew = `Too few people answered here, or too few would be left around them: a group is told from ${fewestTold} people on, and only if what is left of every group around it has ${fewestTold} as well.`;

/** What holds for every pulse, said beside the results. */
const rules = [
  `A group is told only if at least ${fewestTold} people answered in it, and at least ${fewestTold} in whatever remains when it is subtracted from another group that is told.`,
  'Where all of a group gave the lowest or the highest score, it is told as if one had been a step off it: else it would tell what each of them gave.',
  'Only what is shown here was kept. Single answers were deleted when the pulse closed; of a group too small to be told nothing is kept.',
  'Texts stand in random order and are never told by group.',
];

/** A group that nobody was in reads like one with too few. */
const cellOf = (cells: readonly PulseCell[], choice: Choice): PulseCell =>
  cells.find((each) => isSameChoice(each, choice)) ?? ({ ...choice, answers: null, means: null } as PulseCell);

async function listTeams(tx: Tx, workspaceId: WorkspaceId): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`SELECT id, name FROM teams WHERE workspace_id = ${workspaceId}::uuid ORDER BY name, id LIMIT 500`.execute(tx);
  return rows;
}

/** The twelve that closed last. */
export async function readPulseTrend(tx: Tx, workspaceId: WorkspaceId): Promise<PulseTrend> {
  const { rows } = await sql<PulseRow & Frozen>`SELECT ${pulseColumns}, r.cells, r.texts FROM pulses p
    JOIN pulse_results r ON r.workspace_id = p.workspace_id AND r.pulse_id = p.id
    WHERE p.workspace_id = ${workspaceId}::uuid ORDER BY p.number DESC LIMIT 12`.execute(tx);
  const pulses = rows.reverse().map(({ id, number, title, closesOn, cells }) => ({
    ...{ id, number, title, closesOn },
    everybody: cellOf(cells, everybody),
    sides: sides.map((side) => cellOf(cells, { ...everybody, side })),
  }));
  const questions = new Map(rows.flatMap((row) => row.questions.map((question) => [question.key, question] as const)));
  return { pulses, questions: [...questions.values()] };
}
