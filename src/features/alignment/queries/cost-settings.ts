/** What the cost of misalignment rests on beside the records. */

import { sql } from 'kysely';
import { looksMarketings } from '#engine/alignment/cost/lost-deals.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type CostAssumptions, type CostSettings, usualAssumptions } from '../contract/cost-settings.ts';
import { whyNotSetCost } from '../policy.ts';

export interface KeptAssumptions extends Pick<CostSettings, 'number' | 'setAt' | 'setBy'> {
  readonly assumptions: CostAssumptions;
}

/** The last version stated; what it leaves open, or all where none is, is what is usual. */
export async function readAssumptions(tx: Tx, workspaceId: WorkspaceId): Promise<KeptAssumptions> {
  const { rows } = await sql<Pick<CostSettings, 'number' | 'setAt' | 'setBy'> & { content: Partial<CostAssumptions> }>`
    SELECT s.number, s.content, s.recorded_at AS "setAt", CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "setBy"
    FROM misalignment_assumptions s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.recorded_by
    WHERE s.workspace_id = ${workspaceId}::uuid ORDER BY s.number DESC LIMIT 1`.execute(tx);
  const [last] = rows;
  return {
    assumptions: { ...usualAssumptions, ...last?.content },
    number: last?.number ?? 0,
    setAt: last?.setAt ?? null,
    setBy: last?.setBy ?? null,
  };
}

/** Whether a reason for a lost deal is one that marketing owns: as stated, else by its words. */
export const isMarketings = ({ marketingReasons }: Pick<CostAssumptions, 'marketingReasons'>): ((reason: string) => boolean) => {
  if (marketingReasons === null) return looksMarketings;
  const stated = new Set(marketingReasons);
  return (reason) => stated.has(reason);
};

export async function readCostSettings(tx: Tx, who: Who): Promise<CostSettings> {
  const { assumptions, ...version } = await readAssumptions(tx, who.workspaceId);
  const { rows } = await sql<{ reason: string; deals: number }>`SELECT lost_reason AS reason, count(*)::int AS deals FROM deals
    WHERE workspace_id = ${who.workspaceId}::uuid AND status = 'lost' AND lost_reason IS NOT NULL AND archived_at IS NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200`.execute(tx);
  const ofMarketing = isMarketings(assumptions);
  return {
    ...assumptions,
    ...version,
    reasons: rows.map((row) => ({ ...row, marketing: ofMarketing(row.reason) })),
    can: { set: whyNotSetCost(who) },
  };
}
