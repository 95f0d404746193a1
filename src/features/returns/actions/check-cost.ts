/** What every entry is checked for before it is written, beyond its shape. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { CostCategory, CostSide } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { isVisible } from '../queries/visible-costs.ts';

/** Pay is recorded by those who see it, so that nobody writes what they can't read back. @throws Problem forbidden */
export function refuseHiddenPay(who: Pick<Who, 'side' | 'role'>, { side, category }: { side: CostSide; category: CostCategory }): void {
  if (!isVisible(payVisible(who), side, category))
    throw new Problem('forbidden', `Pay of ${side} is recorded by a head of ${side}, a head of leadership or the owner.`);
}

const firstDay = '1990-01-01';
/** A slip of the hand is not a cost of the year 2206. @param at the field @throws Problem bad-input */
export function refuseStrangeDay(day: string, today: string, at: string): void {
  const lastDay = Temporal.PlainDate.from(today).add({ years: 1 }).toString();
  if (day >= firstDay && day <= lastDay) return;
  throw new Problem('bad-input', `${day} is no day of this ledger: it takes days from ${firstDay} to a year from now, ${lastDay}.`, {
    fields: [{ at, reason: `between ${firstDay} and ${lastDay}` }],
  });
}

interface Referring {
  readonly campaignId?: string | null;
  readonly accountId?: string | null;
  readonly memberId?: string | null;
  readonly teamId?: string | null;
}
const tables = { campaignId: 'campaigns', accountId: 'accounts', memberId: 'members', teamId: 'teams' } as const;
const words = { campaignId: 'campaign', accountId: 'account', memberId: 'member', teamId: 'team' } as const;

/** @throws Problem not-found for a campaign, account, member or team that is not in this workspace */
export async function refuseUnknown(tx: Tx, workspaceId: WorkspaceId, referring: readonly Referring[]): Promise<void> {
  for (const field of Object.keys(tables) as (keyof typeof tables)[]) {
    const ids = [...new Set(referring.flatMap((each) => each[field] ?? []))];
    if (ids.length === 0) continue;
    const { rows } =
      await sql`SELECT 1 FROM ${sql.table(tables[field])} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY (${ids}::uuid[])`.execute(
        tx,
      );
    if (rows.length !== ids.length) throw notFound(words[field]);
  }
}
