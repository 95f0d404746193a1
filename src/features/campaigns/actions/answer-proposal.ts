import { sql } from 'kysely';
import type { ProposalVerb } from '#engine/campaigns/proposal-states.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { ProposalAnswer } from '../contract/proposals.ts';
import { groundOf } from '../queries/ground.ts';
import { takeProposal, type TakenProposal, writeStep } from './take-proposal.ts';

const verbOf: Readonly<Record<ProposalAnswer['answer'], ProposalVerb>> = { planned: 'plan', done: 'finish', declined: 'decline' };

/**
 * Marketing says yes and by when, that it is there, or no and why. Whether the first answer came in time is decided by
 * the due moment and stays so, whatever follows.
 */
export async function answerProposal(tx: Tx, who: Who, id: string, given: ProposalAnswer): Promise<void> {
  const taken = await takeProposal(tx, who, verbOf[given.answer], { id, version: given.version });
  await refuseDanglingAnswer(tx, who, given);
  const { plannedOn = null, campaignId = null, assetId = null } = given;
  await sql`UPDATE proposals SET state = ${given.answer}, first_answer_at = coalesce(first_answer_at, clock_timestamp()), planned_on = ${plannedOn}::date,
      campaign_id = coalesce(${campaignId}::uuid, campaign_id), asset_id = coalesce(${assetId}::uuid, asset_id), changed_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const step = { what: given.answer, round: taken.round, comment: given.comment, plannedOn, campaignId, assetId };
  await writeStep(tx, who, id, { ...step, inTime: inTimeOf(taken) });
}

/** Null for what follows the first answer of a round. */
const inTimeOf = ({ firstAnswerAt, dueAt }: TakenProposal): boolean | null =>
  firstAnswerAt === null ? dueAt === null || Date.now() <= Date.parse(dueAt) : null;

async function refuseDanglingAnswer(tx: Tx, who: Who, { plannedOn, campaignId, assetId }: ProposalAnswer): Promise<void> {
  const { today } = await groundOf(tx, who.workspaceId);
  if (plannedOn !== undefined && plannedOn < today) throw refused('plannedOn', `${plannedOn} is past; ${today} or a later day would do`);
  if (campaignId !== undefined) await refuseNone(tx, who, 'campaignId', { table: 'campaigns', id: campaignId });
  if (assetId !== undefined) await refuseNone(tx, who, 'assetId', { table: 'assets', id: assetId });
}

async function refuseNone(tx: Tx, who: Who, at: string, { table, id }: { table: 'campaigns' | 'assets'; id: string }): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  if (rows.length === 0) throw refused(at, table === 'assets' ? 'there is no such content here' : 'there is no such campaign here');
}

const refused = (at: string, reason: string): Problem => new Problem('bad-input', `${at}: ${reason}.`, { fields: [{ at, reason }] });
