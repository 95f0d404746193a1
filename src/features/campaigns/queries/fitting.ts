/** Which content is made for a lead or a deal: by the stage it is in and its segment. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { usableStages } from '../contract/library.ts';
import type { StoredAsset } from './asset-rows.ts';

export interface FitFor {
  /** Null: one that no content is made for, such as lost. */
  readonly stage: (typeof usableStages)[number] | null;
  readonly segment: string | null;
}

/** @throws Problem bad-input where there is no such record here */
export async function fitForRecord(
  tx: Tx,
  workspaceId: WorkspaceId,
  { leadId, dealId }: { leadId?: string | undefined; dealId?: string | undefined },
): Promise<FitFor | null> {
  if (leadId === undefined && dealId === undefined) return null;
  const { rows } = await sql<{
    stage: string;
    segment: string | null;
  }>`SELECT CASE WHEN d.id IS NULL THEN l.stage WHEN d.status = 'won' THEN 'won' ELSE 'deal' END AS stage,
      coalesce(d.segment, l.segment, a.segment) AS segment
    FROM (SELECT ${leadId ?? null}::uuid AS lead_id, ${dealId ?? null}::uuid AS deal_id) asked
    LEFT JOIN deals d ON d.workspace_id = ${workspaceId}::uuid AND d.id = asked.deal_id
    LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = coalesce(asked.lead_id, d.lead_id)
    LEFT JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = coalesce(d.account_id, l.account_id)
    WHERE (asked.deal_id IS NULL OR d.id IS NOT NULL) AND (asked.lead_id IS NULL OR l.id IS NOT NULL)`.execute(tx);
  const found = rows[0];
  if (!found) {
    const at = dealId === undefined ? 'leadId' : 'dealId';
    throw new Problem('bad-input', `${at}: there is no such record here.`, { fields: [{ at, reason: 'there is no such record here' }] });
  }
  return { stage: usableStages.find((stage) => stage === found.stage) ?? null, segment: found.segment };
}

type Made = Pick<StoredAsset, 'stages' | 'segments'>;

/** Made for any stage or segment where it names none. */
export const fitOf = ({ stages, segments }: Made, { stage, segment }: FitFor): { stage: boolean; segment: boolean } => ({
  stage: stages.length === 0 || (stage !== null && stages.includes(stage)),
  segment: segments.length === 0 || (segment !== null && segments.some((each) => each.toLowerCase() === segment.toLowerCase())),
});

/** What names the very stage and segment stands before what is for any, and that before what is for others. */
export function fitScore(asset: Made, fitFor: FitFor): number {
  const fits = fitOf(asset, fitFor);
  const score = (fit: boolean, named: boolean): number => (fit ? (named ? 3 : 2) : 0);
  return score(fits.stage, asset.stages.length > 0) * 4 + score(fits.segment, asset.segments.length > 0);
}
