/** A proposal taken into hand for a verb: locked, in a state that allows it, by somebody who may; and the step that follows. */

import { sql } from 'kysely';
import { answerDueAt } from '#engine/campaigns/answer-due.ts';
import { type ProposalState, type ProposalVerb, whyNotIn } from '#engine/campaigns/proposal-states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Side, Who } from '#platform/http/route.ts';
import { whyMayNot } from '../policy/proposals.ts';
import { dayIn, groundOf, workingDaysOf } from '../queries/ground.ts';
import { answerDaysOf } from '../queries/proposal-settings.ts';

export interface TakenProposal {
  readonly id: string;
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly side: Side;
  readonly round: number;
  readonly dueAt: string | null;
  readonly firstAnswerAt: string | null;
  readonly changedAt: string;
}

/**
 * @param version of the detail that was looked at
 * @throws Problem not-found; forbidden and conflict say who may, or from where
 */
export async function takeProposal(
  tx: Tx,
  who: Who,
  verb: ProposalVerb,
  { id, version, shared = false }: { id: string; version?: string | undefined; shared?: boolean },
): Promise<TakenProposal> {
  // Votes and cases of many at once only keep the state as it is; everything else moves it.
  const lock = sql.raw(shared ? 'FOR SHARE' : 'FOR NO KEY UPDATE');
  const { rows } = await sql<TakenProposal>`SELECT p.id, p.state, p.proposed_by AS "proposedBy", m.side, p.round, p.due_at AS "dueAt",
      p.first_answer_at AS "firstAnswerAt", p.changed_at AS "changedAt"
    FROM proposals p JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.proposed_by
    WHERE p.workspace_id = ${who.workspaceId}::uuid AND p.id = ${id}::uuid ${lock} OF p`.execute(tx);
  const found = rows[0];
  if (!found) throw notFound('proposal');
  const forbidden = whyMayNot(verb, who, found);
  if (forbidden) throw new Problem('forbidden', forbidden);
  const wrongState = whyNotIn(verb, found.state);
  if (wrongState) throw new Problem('conflict', wrongState, { extra: { state: found.state } });
  if (version !== undefined && version !== found.changedAt)
    throw new Problem('conflict', 'It changed while you looked at it: look again before you decide.', { extra: { state: found.state } });
  return found;
}

export interface Step {
  readonly what: 'proposed' | 'edited' | 'planned' | 'done' | 'declined' | 'withdrawn' | 'reopened';
  readonly round: number;
  readonly comment?: string;
  readonly plannedOn?: string | null;
  readonly campaignId?: string | null;
  readonly assetId?: string | null;
  readonly inTime?: boolean | null;
}

/** The step and its fact, in the transaction that moved the proposal. */
export async function writeStep(tx: Tx, who: Who, proposalId: string, step: Step, body: Record<string, unknown> = {}): Promise<void> {
  const { what, round, comment = '', plannedOn = null, campaignId = null, assetId = null, inTime = null } = step;
  await sql`INSERT INTO proposal_steps (workspace_id, id, proposal_id, round, what, member_id, at, comment, planned_on, campaign_id, asset_id, in_time)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${proposalId}::uuid, ${round}, ${what}, ${who.memberId}::uuid, clock_timestamp(), ${comment},
      ${plannedOn}::date, ${campaignId}::uuid, ${assetId}::uuid, ${inTime})`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: `proposal.${what}`,
    subjectKind: 'proposal',
    subjectId: proposalId,
    memberId: who.memberId,
    body: {
      round,
      comment,
      ...(plannedOn && { plannedOn }),
      ...(campaignId && { campaignId }),
      ...(assetId && { assetId }),
      ...(inTime !== null && { inTime }),
      ...body,
    },
  });
}

/** By when an answer is due from now on, by the days agreed now. */
export async function dueFromNow(tx: Tx, workspaceId: WorkspaceId): Promise<{ dueAt: string | null; dueOn: string | null }> {
  const { now, timeZone } = await groundOf(tx, workspaceId);
  const at = answerDueAt(await workingDaysOf(tx, workspaceId), now, await answerDaysOf(tx, workspaceId));
  if (at === null) return { dueAt: null, dueOn: null };
  // A working day that ends at midnight ends on the day before, as people say it.
  return { dueAt: new Date(at).toISOString(), dueOn: dayIn(timeZone, at - 1) };
}
