import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ProposalDetail } from '../contract/proposals.ts';

interface StoredStep {
  at: string;
  what: ProposalDetail['history'][number]['what'];
  memberId: string | null;
  comment: string;
  plannedOn: string | null;
  campaignId: string | null;
  asset: { id: string; name: string } | null;
  inTime: boolean | null;
}

/** Everything that happened to a proposal, oldest first. */
export async function listSteps(tx: Tx, workspaceId: WorkspaceId, proposalId: string): Promise<ProposalDetail['history']> {
  const { rows } = await sql<StoredStep>`SELECT s.at, s.what, s.member_id AS "memberId", s.comment, s.planned_on AS "plannedOn",
      s.campaign_id AS "campaignId", s.in_time AS "inTime", CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'name', a.title) END AS asset
    FROM proposal_steps s LEFT JOIN assets a ON a.workspace_id = s.workspace_id AND a.id = s.asset_id
    WHERE s.workspace_id = ${workspaceId}::uuid AND s.proposal_id = ${proposalId}::uuid ORDER BY s.at, s.id LIMIT 500`.execute(tx);
  const names = await namesOf(tx, workspaceId, {
    member: new Set(rows.flatMap(({ memberId }) => memberId ?? [])),
    campaign: new Set(rows.flatMap(({ campaignId }) => campaignId ?? [])),
  });
  return rows.map(({ memberId, campaignId, ...step }) => ({
    ...step,
    by: names.get(`member ${memberId}`) ?? null,
    campaign: names.get(`campaign ${campaignId}`) ?? null,
  }));
}

/** Who voted, in the order in which they did. */
export async function listVoters(tx: Tx, workspaceId: WorkspaceId, proposalId: string): Promise<ProposalDetail['voters']> {
  const { rows } = await sql<ProposalDetail['voters'][number]>`SELECT m.id, m.name, v.voted_at AS at FROM proposal_votes v
    JOIN members m ON m.workspace_id = v.workspace_id AND m.id = v.member_id
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.proposal_id = ${proposalId}::uuid ORDER BY v.voted_at, m.id`.execute(tx);
  return rows;
}
