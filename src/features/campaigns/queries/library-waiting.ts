import { sql } from 'kysely';
import { staleStandings } from '#engine/campaigns/asset-standing.ts';
import { leadName } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { LibraryWaiting } from '../contract/library.ts';
import { mayKeepContent } from '../policy/library.ts';
import { readAssets, standingIn } from './asset-rows.ts';
import { ratingsToAnswer } from './asset-ratings.ts';
import { groundOf } from './ground.ts';

const mostOpened = 20;

/** What content wants of somebody: as who answers for it, and as who sent it. */
export async function libraryWaiting(tx: Tx, who: Who): Promise<LibraryWaiting> {
  if (!mayKeepContent.may(who)) return { ratings: [], stale: [], opened: [] };
  const ground = await groundOf(tx, who.workspaceId);
  const own = await readAssets(tx, who.workspaceId, sql`a.owner_id = ${who.memberId}::uuid AND a.archived_at IS NULL`);
  const stale = own
    .map((asset) => ({ asset, standing: standingIn(asset, ground) }))
    .filter(({ standing }) => staleStandings.includes(standing));
  return {
    ratings: await ratingsToAnswer(tx, who),
    stale: stale
      .toSorted((one, other) => staleStandings.indexOf(one.standing) - staleStandings.indexOf(other.standing))
      .map(({ asset: { id, title, versions }, standing }) => ({ id, title, standing, expiresOn: versions[0]?.expiresOn ?? null })),
    opened: await openedOf(tx, who),
  };
}

interface OpenedRow {
  assetId: string;
  title: string;
  leadId: string | null;
  dealId: string | null;
  name: string | null;
  at: string;
  opens: number;
}

/** One line a link. */
async function openedOf(tx: Tx, who: Who): Promise<LibraryWaiting['opened']> {
  const { rows } =
    await sql<OpenedRow>`SELECT a.id AS "assetId", a.title, u.lead_id AS "leadId", u.deal_id AS "dealId", coalesce(d.name, ${leadName('l')}) AS name,
      o.at, o.opens
    FROM (SELECT o.use_id, max(o.last_at) AS at, sum(o.opens)::int AS opens FROM content_opens o WHERE o.workspace_id = ${who.workspaceId}::uuid AND o.kind = 'person'
      AND o.last_at > now() - interval '7 days' GROUP BY 1) o
    JOIN content_uses u ON u.workspace_id = ${who.workspaceId}::uuid AND u.id = o.use_id AND u.member_id = ${who.memberId}::uuid
    JOIN assets a ON a.workspace_id = u.workspace_id AND a.id = u.asset_id
    LEFT JOIN deals d ON d.workspace_id = u.workspace_id AND d.id = u.deal_id
    LEFT JOIN leads l ON l.workspace_id = u.workspace_id AND l.id = u.lead_id
    ORDER BY o.at DESC, u.id LIMIT ${mostOpened}`.execute(tx);
  return rows.map(({ assetId, title, leadId, dealId, name, at, opens }) => ({
    asset: { id: assetId, name: title },
    subject: { kind: dealId === null ? 'lead' : 'deal', id: dealId ?? leadId ?? '', name: name ?? 'without a name' },
    at,
    opens,
  }));
}
