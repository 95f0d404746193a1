import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { AnonymousFeedback } from '../queries/pending.ts';

/** Whose it is: somebody's, at a moment; or, of what is anonymous, only the day it is shown on and what its giver holds. */
export type Origin = { readonly memberId: string; readonly side: string; readonly at: string } | { readonly receiptHash: Buffer };

/** The row and its fact. Of what is anonymous neither names anybody. */
export async function writeFeedback(
  tx: Tx,
  workspaceId: WorkspaceId,
  feedback: AnonymousFeedback,
  { id, on, dueAt, origin }: { id: string; on: string; dueAt: string | null; origin: Origin },
): Promise<void> {
  const { tone, subjectKind, subjectId, recordKind, recordId, subjectNote, toSide, toMember, toTeam } = feedback;
  const { situation, behaviour, impact, nextTime, tags, clauses } = feedback;
  const named = 'memberId' in origin ? origin : null;
  const receiptHash = 'receiptHash' in origin ? origin.receiptHash : null;
  await sql`INSERT INTO feedback (workspace_id, id, tone, subject_kind, subject_id, record_kind, record_id, subject_note, to_side, to_member, to_team,
      from_member, from_side, situation, behaviour, impact, next_time, tags, clauses, given_on, given_at, receipt_hash, due_at, changed_on)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${tone}, ${subjectKind}, ${subjectId}::uuid, ${recordKind}, ${recordId}::uuid, ${subjectNote}, ${toSide},
      ${toMember}::uuid, ${toTeam}::uuid, ${named?.memberId ?? null}::uuid, ${named?.side ?? null}, ${situation}, ${behaviour}, ${impact}, ${nextTime},
      ${tags}::text[], ${clauses}::text[], ${on}::date, ${named?.at ?? null}::timestamptz, ${receiptHash}, ${dueAt}::timestamptz, ${on}::date)`.execute(
    tx,
  );
  await recordFact(tx, workspaceId, {
    kind: 'feedback.given',
    subjectKind: 'feedback',
    subjectId: id,
    memberId: named?.memberId ?? null,
    sets: { state: 'given', dueAt },
    body: { tone, toSide, about: subjectKind, aboutId: subjectId, anonymous: named === null },
  });
}
