/**
 * How many touches there are of each combination of words that rules look at, by month. Some thousand rows stand for
 * millions of touches: rules are tried on them at once. Counting takes a second a few million touches, so the last count is
 * kept in this process and answered while a newer one is made.
 */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { attributionContent, type AttributionContent } from '../contract/attribution.ts';
import { findLiveSettings } from './attribution-setting.ts';
import type { TouchWords } from './channel-grouping.ts';
import { countedTouch, mediumOfTouch, sourceOfTouch } from './journey-touches.ts';

export interface TouchSignature {
  readonly words: TouchWords;
  /** As the touch names it. */
  readonly campaignId: string | null;
  /** `YYYY-MM-01` in UTC. */
  readonly month: string;
  readonly touches: number;
}

export interface TouchSignatures {
  readonly asOf: string;
  readonly content: AttributionContent;
  readonly signatures: readonly TouchSignature[];
}

interface Kept {
  last: TouchSignatures | null;
  running: Promise<TouchSignatures> | null;
  madeAt: number;
}

const kept = new WeakMap<Database, Map<WorkspaceId, Kept>>();
/** A count younger than this is taken as it is. */
const freshMilliseconds = 2_000;
/** How long an answer waits for a newer count where there is an older one. */
const patienceMilliseconds = 80;
/** Workspaces whose counts are kept. */
const mostKept = 50;

export async function signaturesOf(database: Database, workspaceId: WorkspaceId): Promise<TouchSignatures> {
  const known = keptOf(database, workspaceId);
  if (known.last && Date.now() - known.madeAt < freshMilliseconds) return known.last;
  known.running ??= countAnew(database, workspaceId, known);
  if (!known.last) return known.running;
  const { last } = known;
  known.running.catch(() => {});
  return Promise.race([
    known.running,
    new Promise<TouchSignatures>((resolve) => setTimeout(() => resolve(last), patienceMilliseconds).unref()),
  ]);
}

function keptOf(database: Database, workspaceId: WorkspaceId): Kept {
  let workspaces = kept.get(database);
  if (!workspaces) kept.set(database, (workspaces = new Map()));
  const known = workspaces.get(workspaceId) ?? { last: null, running: null, madeAt: 0 };
  workspaces.delete(workspaceId);
  workspaces.set(workspaceId, known);
  for (const oldest of workspaces.keys()) if (workspaces.size > mostKept) workspaces.delete(oldest);
  return known;
}

async function countAnew(database: Database, workspaceId: WorkspaceId, known: Kept): Promise<TouchSignatures> {
  try {
    known.last = await database.inWorkspace(workspaceId, (tx) => count(tx, workspaceId), { statementTimeout: 120_000 });
    known.madeAt = Date.now();
    return known.last;
  } finally {
    known.running = null;
  }
}

async function count(tx: Tx, workspaceId: WorkspaceId): Promise<TouchSignatures> {
  const { current } = await findLiveSettings(tx, workspaceId);
  const content = current?.content ?? attributionContent.parse({});
  const { rows } = await sql<{
    channel: string | null;
    source: string | null;
    medium: string | null;
    kind: string;
    side: string;
    campaignId: string | null;
    campaign: string | null;
    campaignChannel: string | null;
    month: string;
    touches: bigint;
    now: string;
  }>`SELECT g.channel, g.source, g.medium, g.kind, g.side, g.campaign_id AS "campaignId", s.name AS campaign, s.channel AS "campaignChannel",
      to_char(g.month, 'YYYY-MM-DD') AS month, g.touches, now() AS now
    FROM (SELECT t.channel, ${sql.raw(sourceOfTouch)} AS source, ${sql.raw(mediumOfTouch)} AS medium, t.kind, t.side, t.campaign_id,
        date_trunc('month', t.occurred_at) AS month, count(*) AS touches
      FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND ${countedTouch(content)} GROUP BY 1, 2, 3, 4, 5, 6, 7) g
    LEFT JOIN campaigns c ON c.workspace_id = ${workspaceId}::uuid AND c.id = g.campaign_id
    LEFT JOIN campaigns s ON s.workspace_id = ${workspaceId}::uuid AND s.id = coalesce(c.merged_into, c.id)`.execute(tx);
  return {
    asOf: rows[0]?.now ?? new Date().toISOString(),
    content,
    signatures: rows.map(({ channel, source, medium, kind, side, campaign, campaignChannel, campaignId, month, touches }) => ({
      words: { channel, source, medium, kind, side, campaign, campaignChannel },
      campaignId,
      month,
      touches: Number(touches),
    })),
  };
}
