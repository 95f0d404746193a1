/** Campaigns that were briefed, launched and carried to their end: each a fact of the day it ended, its owner's as it is now. */

import { sql } from 'kysely';
import { creditsIn, type FactScope, plainFact, type ReadFact, tagsOf } from './asked.ts';

interface CampaignRow {
  readonly id: string;
  readonly name: string;
  readonly endedAt: string;
  readonly on: string;
  readonly ownerId: string;
  readonly channel: string | null;
  readonly type: string | null;
}

/** A campaign that only stands in an import has no launch and no end on record, and is none; nor is one that was cancelled. */
export async function readCampaigns({ tx, workspaceId, from, until, cutOff, timeZone, payees }: FactScope): Promise<ReadFact[]> {
  const { rows } = await sql<CampaignRow>`SELECT c.id, c.name, p.ended_at AS "endedAt", (p.ended_at AT TIME ZONE ${timeZone})::date AS on,
      c.owner_id AS "ownerId", c.channel, c.type
    FROM campaign_plans p JOIN campaigns c ON c.workspace_id = p.workspace_id AND c.id = p.campaign_id AND c.archived_at IS NULL AND c.merged_into IS NULL
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.state = 'ended' AND p.launched_at IS NOT NULL
      AND c.owner_id = ANY(${[...payees]}::uuid[]) AND p.ended_at <= ${cutOff}::timestamptz
      AND (p.ended_at AT TIME ZONE ${timeZone})::date BETWEEN ${from}::date AND ${until}::date
    ORDER BY p.ended_at, c.id`.execute(tx);
  return rows.map((row) => ({
    fact: plainFact({
      id: `campaign:${row.id}`,
      kind: 'campaign',
      ...{ on: row.on, occurredAt: row.endedAt, recordedAt: row.endedAt },
      credits: creditsIn({ owner: row.ownerId }),
      tags: tagsOf({ campaign: row.id, channel: row.channel, type: row.type }),
    }),
    opening: {
      kind: 'campaign',
      id: row.id,
      label: row.name,
      on: row.on,
      amount: null,
      currency: null,
      path: `/api/v1/campaigns/${row.id}`,
    },
  }));
}
