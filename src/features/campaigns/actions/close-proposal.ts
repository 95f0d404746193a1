import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { proposalReopening, proposalWithdrawal } from '../contract/proposals.ts';
import { dueFromNow, takeProposal, writeStep } from './take-proposal.ts';

/** Whoever proposed it takes it back; it stays readable. */
export async function withdrawProposal(tx: Tx, who: Who, id: string, given: z.output<typeof proposalWithdrawal>): Promise<void> {
  const { round } = await takeProposal(tx, who, 'withdraw', { id, version: given.version });
  await sql`UPDATE proposals SET state = 'withdrawn', changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await writeStep(tx, who, id, { what: 'withdrawn', round, comment: given.reason });
}

/** Asks again: a new round with a new due day. Votes, cases and everything said stay. */
export async function reopenProposal(tx: Tx, who: Who, id: string, given: z.output<typeof proposalReopening>): Promise<void> {
  const { round } = await takeProposal(tx, who, 'reopen', { id, version: given.version });
  const { dueAt, dueOn } = await dueFromNow(tx, who.workspaceId);
  await sql`UPDATE proposals SET state = 'open', round = round + 1, due_at = ${dueAt}::timestamptz, due_on = ${dueOn}::date, first_answer_at = NULL,
      planned_on = NULL, changed_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await writeStep(tx, who, id, { what: 'reopened', round: round + 1, comment: given.reason }, { dueAt });
}
