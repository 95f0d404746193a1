import { sql } from 'kysely';
import type { ProposalState } from '#engine/campaigns/proposal-states.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { NewCase } from '../contract/proposals.ts';
import { whyMayNotRemoveCase } from '../policy/proposals.ts';
import { takeProposal } from './take-proposal.ts';

/** A real lead or deal that would be helped by it. @throws Problem conflict where it is among the cases already */
export async function addCase(tx: Tx, who: Who, proposalId: string, given: NewCase): Promise<void> {
  await takeProposal(tx, who, 'addCase', { id: proposalId, shared: true });
  if (!(await insertCase(tx, who, proposalId, given, 'id')))
    throw new Problem('conflict', `This ${given.kind} is among the cases already.`, { fields: [{ at: 'id', reason: 'is there already' }] });
}

/** @returns whether it was not there yet. @param at the field that names it */
export async function insertCase(tx: Tx, who: Who, proposalId: string, { kind, id, note }: NewCase, at: string): Promise<boolean> {
  const { rows: found } = await sql`SELECT 1 FROM ${sql.table(kind === 'lead' ? 'leads' : 'deals')}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  if (found.length === 0)
    throw new Problem('bad-input', `${at}: there is no such ${kind} here.`, { fields: [{ at, reason: `there is no such ${kind} here` }] });
  const caseId = newId();
  const { rows } = await sql`INSERT INTO proposal_cases (workspace_id, id, proposal_id, record_kind, record_id, note, added_by, added_at)
    VALUES (${who.workspaceId}::uuid, ${caseId}::uuid, ${proposalId}::uuid, ${kind}, ${id}::uuid, ${note}, ${who.memberId}::uuid, clock_timestamp())
    ON CONFLICT (workspace_id, proposal_id, record_id) WHERE removed_at IS NULL DO NOTHING RETURNING 1`.execute(tx);
  if (rows.length > 0) await recordCase(tx, who, proposalId, 'caseAdded', { caseId, kind, recordId: id, note });
  return rows.length > 0;
}

export async function removeCase(tx: Tx, who: Who, proposalId: string, caseId: string): Promise<void> {
  const { rows } = await sql<{ addedBy: string; state: ProposalState; proposedBy: string; side: Side; removed: boolean }>`
    SELECT c.added_by AS "addedBy", p.state, p.proposed_by AS "proposedBy", m.side, c.removed_at IS NOT NULL AS removed
    FROM proposals p JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.proposed_by JOIN proposal_cases c ON c.workspace_id = p.workspace_id AND c.proposal_id = p.id
    WHERE p.workspace_id = ${who.workspaceId}::uuid AND p.id = ${proposalId}::uuid AND c.id = ${caseId}::uuid FOR SHARE OF p FOR NO KEY UPDATE OF c`.execute(
    tx,
  );
  const found = rows[0];
  if (!found) throw notFound('case');
  const whyNot = whyMayNotRemoveCase(who, found, found.addedBy);
  if (whyNot) throw new Problem('forbidden', whyNot);
  if (found.removed) return;
  await sql`UPDATE proposal_cases SET removed_at = clock_timestamp(), removed_by = ${who.memberId}::uuid
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${caseId}::uuid`.execute(tx);
  await recordCase(tx, who, proposalId, 'caseRemoved', { caseId });
}

async function recordCase(tx: Tx, who: Who, id: string, what: 'caseAdded' | 'caseRemoved', body: Record<string, unknown>): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind: `proposal.${what}`, subjectKind: 'proposal', subjectId: id, memberId: who.memberId, body });
}
