import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewProposal, ProposalEdit } from '../contract/proposals.ts';
import { insertCase } from './proposal-cases.ts';
import { dueFromNow, takeProposal, writeStep } from './take-proposal.ts';

/**
 * Asks marketing for something, with the cases it is asked for. The answer is due by the days agreed now; agreeing on
 * others later moves no proposal that stands.
 * @returns its id
 */
export async function propose(tx: Tx, who: Who, { kind, title, text, cases }: NewProposal): Promise<string> {
  const id = newId();
  const { dueAt, dueOn } = await dueFromNow(tx, who.workspaceId);
  await sql`INSERT INTO proposals (workspace_id, id, kind, title, text, proposed_by, proposed_at, due_at, due_on, changed_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${kind}, ${title}, ${text}, ${who.memberId}::uuid, clock_timestamp(), ${dueAt}::timestamptz, ${dueOn}::date,
      clock_timestamp())`.execute(tx);
  await writeStep(tx, who, id, { what: 'proposed', round: 1 }, { kind, title, text, dueAt });
  for (const [at, each] of cases.entries()) await insertCase(tx, who, id, each, `cases.${at}.id`);
  return id;
}

export async function editProposal(tx: Tx, who: Who, id: string, sets: ProposalEdit): Promise<void> {
  const { round } = await takeProposal(tx, who, 'edit', { id });
  await sql`UPDATE proposals SET kind = coalesce(${sets.kind ?? null}, kind), title = coalesce(${sets.title ?? null}, title),
      text = coalesce(${sets.text ?? null}, text), changed_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await writeStep(tx, who, id, { what: 'edited', round }, { ...sets });
}
