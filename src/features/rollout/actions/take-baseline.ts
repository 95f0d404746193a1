import { sql } from 'kysely';
import type { Database, Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { Baseline, CharterFigure, Measured } from '../contract/charter.ts';
import { keptBaseline, whyNotTake } from '../queries/baseline.ts';
import { findCharter, measure } from '../queries/charter.ts';
import { notePassages } from './note-passages.ts';

export interface Taken {
  readonly figure: CharterFigure;
  readonly measured: Measured;
}

/** The one number as it was over the last twelve complete months on record. @throws Problem conflict: no charter, or not a number yet */
export async function measureBaseline(database: Database, { workspaceId }: Who): Promise<Taken> {
  const charter = await database.inWorkspace(workspaceId, (tx) => findCharter(tx, workspaceId));
  if (!charter) throw new Problem('conflict', 'Name the one number first: a baseline is of something.');
  return { figure: charter.figure, measured: await measure(database, workspaceId, charter.figure) };
}

/** Keeps it, once. @throws Problem conflict: it is kept already, or there is nothing to keep */
export async function takeBaseline(tx: Tx, who: Who, { figure, measured }: Taken): Promise<Baseline> {
  const { workspaceId, memberId } = who;
  const whyNot = await whyNotTake(tx, who, figure);
  if (whyNot) throw new Problem('conflict', whyNot);
  const { start, end, value, low, high, currency, why } = measured;
  if (value === null)
    throw new Problem('conflict', `There is no baseline to keep yet: ${why ?? 'the figure is not a number'}. Load more of the past.`);
  const id = newId();
  await sql`INSERT INTO rollout_baselines (workspace_id, id, figure, starts_on, ends_on, value, low, high, currency, taken_by)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${figure}, ${start}::date, ${end}::date, ${value}, ${low}, ${high}, ${currency}, ${memberId}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, workspaceId, {
    kind: 'baseline.taken',
    subjectKind: 'baseline',
    subjectId: id,
    memberId,
    body: { figure, start, end, value, low, high },
  });
  await notePassages(tx, workspaceId);
  return (await keptBaseline(tx, workspaceId, figure))!;
}
