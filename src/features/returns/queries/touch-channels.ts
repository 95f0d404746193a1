/** The channel group and the surviving campaign of touches, each combination of words looked at once. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Grouping } from './channel-grouping.ts';
import type { JourneyTouch } from './journey-touches.ts';

interface Campaign {
  /** Itself, or the one it was merged into. */
  readonly id: string;
  readonly name: string;
  readonly channel: string | null;
}

export interface TouchChannels {
  groupOf(touch: JourneyTouch): string;
  campaignOf(touch: JourneyTouch): string | null;
}

export async function readChannels(
  tx: Tx,
  workspaceId: WorkspaceId,
  grouping: Grouping,
  touches: Iterable<JourneyTouch>,
): Promise<TouchChannels> {
  const ids = new Set<string>();
  for (const { campaign } of touches) if (campaign) ids.add(campaign);
  const campaigns = await readCampaigns(tx, workspaceId, [...ids]);
  const known = new Map<string, string>();
  return {
    groupOf(touch) {
      const { channel, source, medium, kind, side } = touch;
      const key = `${channel}\n${source}\n${medium}\n${kind}\n${side}\n${touch.campaign}`;
      let group = known.get(key);
      if (group === undefined) {
        const campaign = touch.campaign ? campaigns.get(touch.campaign) : undefined;
        group = grouping({
          channel,
          source,
          medium,
          kind,
          side,
          campaign: campaign?.name ?? null,
          campaignChannel: campaign?.channel ?? null,
        }).group;
        known.set(key, group);
      }
      return group;
    },
    campaignOf: ({ campaign }) => (campaign ? (campaigns.get(campaign)?.id ?? campaign) : null),
  };
}

async function readCampaigns(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Campaign>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Campaign & { of: string }>`SELECT c.id AS "of", s.id, s.name, s.channel FROM campaigns c
    JOIN campaigns s ON s.workspace_id = c.workspace_id AND s.id = coalesce(c.merged_into, c.id)
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ of, ...campaign }) => [of, campaign]));
}
