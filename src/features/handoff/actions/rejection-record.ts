/**
 * A rejection's row is the fold of its facts, as any record's: made, answered and ruled each set some of its fields.
 * `verifyRejections` compares the two.
 */

import { sql } from 'kysely';
import { columnOf } from '#features/records/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { rejectionTypes, type StoredRejection } from '../queries/stored-rejections.ts';

type Asker = Pick<Who, 'workspaceId' | 'memberId'>;
type Fields = Partial<Omit<StoredRejection, 'id'>>;
type MadeRejection = Omit<StoredRejection, 'answer' | 'answeredBy' | 'answeredAt' | 'answerComment' | 'inSample' | 'ruling' | 'ruledAt'>;

export async function insertRejection(tx: Tx, who: Asker, { id, ...made }: MadeRejection): Promise<void> {
  const columns = Object.keys(made).map((field) => sql.ref(columnOf(field)));
  await sql`INSERT INTO rejections (workspace_id, id, ${sql.join(columns)})
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${sql.join(valuesOf(made))})`.execute(tx);
  await recordStep(tx, who, id, { kind: 'rejection.made', at: made.rejectedAt, sets: made });
}

export interface Step {
  readonly kind: string;
  readonly at: string;
  readonly sets: Fields;
  readonly body?: Record<string, unknown>;
}

/** What becomes of a rejection that the caller holds. */
export async function writeStep(tx: Tx, who: Asker, rejectionId: string, step: Step): Promise<void> {
  const names = Object.keys(step.sets);
  const assignments = valuesOf(step.sets).map((value, at) => sql`${sql.ref(columnOf(names[at]!))} = ${value}`);
  await sql`UPDATE rejections SET ${sql.join(assignments)} WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${rejectionId}::uuid`.execute(
    tx,
  );
  await recordStep(tx, who, rejectionId, step);
}

export async function recordStep(tx: Tx, who: Asker, rejectionId: string, { kind, at, sets, body }: Step): Promise<void> {
  await recordFact(tx, who.workspaceId as WorkspaceId, {
    kind,
    subjectKind: 'rejection',
    subjectId: rejectionId,
    memberId: who.memberId,
    occurredAt: at,
    ...(Object.keys(sets).length > 0 && { sets }),
    ...(body && { body }),
  });
}

const valuesOf = (fields: Fields) =>
  Object.entries(fields).map(([name, value]) => sql`${value}::${sql.raw(rejectionTypes[name as keyof Fields])}`);
