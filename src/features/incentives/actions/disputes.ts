/** A payee doubts a line; somebody answers by a day; what can't be settled the sponsor decides. */

import { sql } from 'kysely';
import { workingDaysOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import { disputeDays, type disputeAnswer } from '../contract/disputes.ts';
import { statementVisible } from '../policy/access.ts';
import { whyNotAnswer, whyNotDecide, whyNotEscalate, whyNotWithdraw } from '../policy/disputes.ts';
import { type DisputeRow, getDisputeRow } from '../queries/dispute-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { readLines } from '../queries/statement-lines.ts';

type Answer = z.output<typeof disputeAnswer>;

/** @returns the dispute's id. @throws Problem not-found, conflict (disputed already, not paid yet), forbidden (another's line) */
export async function raiseDispute(tx: Tx, who: Who, given: { readonly lineId: string; readonly reason: string }): Promise<string> {
  const { rows } = await sql<{
    runId: string;
    memberId: string;
    side: 'marketing' | 'sales';
    lineKey: string;
  }>`SELECT run_id AS "runId", member_id AS "memberId", side, line_key AS "lineKey"
    FROM statement_lines WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${given.lineId}::uuid`.execute(tx);
  const [found] = rows;
  const [line] = found ? await readLines(tx, who, [sql`l.id = ${given.lineId}::uuid`]) : [];
  if (!found || !line || !statementVisible(await sightOf(tx, who), { id: found.memberId, side: found.side })) throw notFound('line');
  if (line.can.dispute !== null) throw new Problem(found.memberId === who.memberId ? 'conflict' : 'forbidden', line.can.dispute);
  const id = newId();
  const dueAt = await dueFrom(tx, who);
  const { numAffectedRows } =
    await sql`INSERT INTO disputes (workspace_id, id, run_id, line_id, line_key, member_id, side, status, reason, raised_by, due_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${found.runId}::uuid, ${given.lineId}::uuid, ${found.lineKey}, ${found.memberId}::uuid, ${found.side}, 'open',
      ${given.reason}, ${who.memberId}::uuid, ${dueAt}::timestamptz)
    ON CONFLICT (workspace_id, line_id) WHERE status IN ('open', 'escalated') DO NOTHING`.execute(tx);
  if (numAffectedRows === 0n) throw new Problem('conflict', 'It is disputed already.');
  await recordDisputeFact(tx, who, id, 'raised', { lineId: given.lineId });
  return id;
}

/** Five working days by the workspace's calendar; a week where it has no working day. */
async function dueFrom(tx: Tx, { workspaceId }: Who): Promise<string> {
  const { rows } = await sql<{ now: string }>`SELECT now() AS now`.execute(tx);
  const now = Temporal.Instant.from(rows[0]!.now);
  const due = (await workingDaysOf(tx, workspaceId)).endOfWorkingDay(now.epochMilliseconds, disputeDays);
  return (due === null ? now.add({ hours: 7 * 24 }) : Temporal.Instant.fromEpochMilliseconds(due)).toString();
}

/** Explains the line, or agrees to a correction, which is a line of the next run. The sponsor decides what was escalated by the same words. */
export async function answerDispute(tx: Tx, who: Who, id: string, given: Answer): Promise<void> {
  const row = await getDisputeRow(tx, who.workspaceId, id, true);
  const sight = await sightOf(tx, who);
  if (!statementVisible(sight, row.payee)) throw notFound('dispute');
  const reason = row.status === 'escalated' ? whyNotDecide(sight, row) : whyNotAnswer(sight, row);
  if (reason !== null) throw new Problem(row.status === 'open' || row.status === 'escalated' ? 'forbidden' : 'conflict', reason);
  const corrected = given.outcome === 'corrected' ? given.amount : null;
  await sql`UPDATE disputes SET status = ${given.outcome}, answer = ${given.answer}, answered_by = ${who.memberId}::uuid, answered_at = clock_timestamp(),
      correction_amount = ${corrected}::bigint, correction_currency = CASE WHEN ${corrected}::bigint IS NULL THEN NULL ELSE
        (SELECT l.currency FROM statement_lines l WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.id = ${row.lineId}::uuid) END
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordDisputeFact(tx, who, id, given.outcome);
}

export async function escalateDispute(tx: Tx, who: Who, id: string, because: string): Promise<void> {
  const row = await changeable(tx, who, id, whyNotEscalate);
  await sql`UPDATE disputes SET status = 'escalated', escalated_by = ${who.memberId}::uuid, escalated_at = clock_timestamp(), escalated_because = ${because},
      due_at = ${await dueFrom(tx, who)}::timestamptz WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await recordDisputeFact(tx, who, id, 'escalated');
}

export async function withdrawDispute(tx: Tx, who: Who, id: string): Promise<void> {
  const row = await changeable(tx, who, id, whyNotWithdraw);
  await sql`UPDATE disputes SET status = 'withdrawn' WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await recordDisputeFact(tx, who, id, 'withdrawn');
}

/** @throws Problem not-found, forbidden or conflict with the reason */
async function changeable(tx: Tx, who: Who, id: string, whyNot: typeof whyNotEscalate): Promise<DisputeRow> {
  const row = await getDisputeRow(tx, who.workspaceId, id, true);
  const sight = await sightOf(tx, who);
  if (!statementVisible(sight, row.payee)) throw notFound('dispute');
  const reason = whyNot(sight, row);
  if (reason !== null) throw new Problem('conflict', reason);
  return row;
}

/** What was said stands in the dispute: facts are read by more people than pay is. */
async function recordDisputeFact(tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown> = {}): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind: `dispute.${verb}`, subjectKind: 'dispute', subjectId: id, memberId: who.memberId, body });
}
