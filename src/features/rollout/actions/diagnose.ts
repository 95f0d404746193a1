import { sql } from 'kysely';
import { openPulse } from '#features/feedback/actions/open-pulse.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { diagnosisQuestions, type NewDiagnosis, type NewSheet } from '../contract/diagnosis.ts';
import { whyNotSheet } from '../policy.ts';
import { notePassages } from './note-passages.ts';

/** Asks both sides and leadership, as a pulse: no single answer is kept. @throws Problem as `openPulse` */
export async function openDiagnosis(tx: Tx, who: Who, { closesOn }: NewDiagnosis): Promise<{ id: string; pulseId: string }> {
  const { workspaceId, memberId } = who;
  const questions = diagnosisQuestions.map(({ key, text }) => ({ key, text }));
  const pulseId = await openPulse(tx, who, { title: 'Diagnosis', closesOn, questions, asksText: true });
  const id = newId();
  await sql`INSERT INTO rollout_diagnoses (workspace_id, id, pulse_id, opened_by) VALUES (${workspaceId}::uuid, ${id}::uuid, ${pulseId}::uuid, ${memberId}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, workspaceId, {
    kind: 'diagnosis.opened',
    subjectKind: 'diagnosis',
    subjectId: id,
    memberId,
    body: { pulseId, closesOn },
  });
  await notePassages(tx, workspaceId);
  return { id, pulseId };
}

/** What a side says as one, openly. @throws Problem forbidden: not the asker’s side */
export async function writeSheet(tx: Tx, who: Who, { side, scores, note }: NewSheet): Promise<string> {
  const { workspaceId, memberId } = who;
  const whyNot = whyNotSheet(who, side);
  if (whyNot) throw new Problem('forbidden', whyNot);
  const id = newId();
  await sql`INSERT INTO rollout_sheets (workspace_id, id, side, scores, note, written_by)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${side}, ${JSON.stringify(scores)}::jsonb, ${note}, ${memberId}::uuid)`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'diagnosis.sheetWritten',
    subjectKind: 'diagnosis',
    subjectId: id,
    memberId,
    body: { side, scores },
  });
  await notePassages(tx, workspaceId);
  return id;
}
