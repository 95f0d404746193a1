import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { takeProposal } from './take-proposal.ts';

/** One vote a member, however often and however much at once it is given. */
export async function vote(tx: Tx, who: Who, id: string): Promise<void> {
  await takeProposal(tx, who, 'vote', { id, shared: true });
  const { rows } = await sql`INSERT INTO proposal_votes (workspace_id, proposal_id, member_id, voted_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${who.memberId}::uuid, clock_timestamp()) ON CONFLICT DO NOTHING RETURNING 1`.execute(
    tx,
  );
  if (rows.length > 0) await recordVote(tx, who, id, 'voted');
}

/** Taking back a vote that was not given changes nothing. */
export async function takeBackVote(tx: Tx, who: Who, id: string): Promise<void> {
  await takeProposal(tx, who, 'vote', { id, shared: true });
  const { rows } = await sql`DELETE FROM proposal_votes WHERE workspace_id = ${who.workspaceId}::uuid AND proposal_id = ${id}::uuid
    AND member_id = ${who.memberId}::uuid RETURNING 1`.execute(tx);
  if (rows.length > 0) await recordVote(tx, who, id, 'voteTakenBack');
}

async function recordVote(tx: Tx, who: Who, id: string, what: 'voted' | 'voteTakenBack'): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind: `proposal.${what}`, subjectKind: 'proposal', subjectId: id, memberId: who.memberId });
}
