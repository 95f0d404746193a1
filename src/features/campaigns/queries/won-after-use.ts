/** Deals won after content was used for them or for their lead, each once, with the first use. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { wonDeals, wonDealsAsk } from '../contract/content-uses.ts';
import type { Ground } from './ground.ts';

export interface WonDeal {
  readonly id: string;
  readonly name: string;
  readonly accountId: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly wonAt: string;
  /** In the workspace's zone. */
  readonly closedOn: string;
  readonly usedAt: string;
  readonly memberId: string;
}

/** One row a deal and member who used it before it was won, in order of the deals and then of time. */
export async function wonAfterUse(
  tx: Tx,
  workspaceId: WorkspaceId,
  assetId: string,
  { timeZone }: Pick<Ground, 'timeZone'>,
): Promise<WonDeal[]> {
  const mine = sql`u.workspace_id = ${workspaceId}::uuid AND u.asset_id = ${assetId}::uuid`;
  const { rows } = await sql<WonDeal>`SELECT * FROM (
      SELECT DISTINCT ON (id, "memberId") id, name, account_id AS "accountId", amount, currency, closed_at AS "wonAt",
        (closed_at AT TIME ZONE ${timeZone})::date AS "closedOn", used_at AS "usedAt", "memberId"
      FROM (
        SELECT d.*, u.used_at, u.member_id AS "memberId" FROM content_uses u JOIN deals d ON d.workspace_id = u.workspace_id AND d.id = u.deal_id WHERE ${mine}
        UNION ALL
        SELECT d.*, u.used_at, u.member_id FROM content_uses u JOIN deals d ON d.workspace_id = u.workspace_id AND d.lead_id = u.lead_id WHERE ${mine}
      ) used WHERE status = 'won' AND closed_at > used_at AND archived_at IS NULL ORDER BY id, "memberId", used_at
    ) firsts ORDER BY id, "usedAt", "memberId"`.execute(tx);
  return rows;
}

/** Each deal once: with its first use. */
export const eachOnce = (deals: readonly WonDeal[]): WonDeal[] => deals.filter((deal, at) => deals[at - 1]?.id !== deal.id);

/** @throws Problem not-found */
export async function listWonDeals(
  tx: Tx,
  who: Who,
  assetId: string,
  asked: z.output<typeof wonDealsAsk>,
): Promise<z.output<typeof wonDeals>> {
  const { rows } = await sql<{ timeZone: string }>`SELECT w.time_zone AS "timeZone" FROM assets a JOIN workspaces w ON w.id = a.workspace_id
    WHERE a.workspace_id = ${who.workspaceId}::uuid AND a.id = ${assetId}::uuid`.execute(tx);
  if (!rows[0]) throw notFound('content');
  const all = await wonAfterUse(tx, who.workspaceId, assetId, rows[0]);
  const deals = eachOnce(asked.memberId === undefined ? all : all.filter(({ memberId }) => memberId === asked.memberId));
  const after = deals.filter(({ id }) => asked.cursor === undefined || id > cursorId(asked.cursor));
  const page = after.slice(0, asked.limit);
  const names = await namesOf(tx, who.workspaceId, {
    member: new Set(page.map(({ memberId }) => memberId)),
    account: new Set(page.flatMap(({ accountId }) => accountId ?? [])),
  });
  return {
    items: page.map(({ memberId, accountId, amount, closedOn: _, ...deal }) => ({
      ...deal,
      amount: amount === null ? null : String(amount),
      account: names.get(`account ${accountId}`) ?? null,
      usedBy: names.get(`member ${memberId}`) ?? { id: memberId, name: 'somebody who is gone' },
    })),
    next: after.length > page.length ? page.at(-1)!.id : null,
    total: deals.length,
  };
}

function cursorId(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
