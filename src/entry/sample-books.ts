/** The books of the sample company: gross margin, how shared costs are spread, a budget, and months that finance has closed. */

import { sql } from 'kysely';
import { addKey } from '#features/returns/actions/allocation-keys.ts';
import { setBudgets } from '#features/returns/actions/budgets.ts';
import { closePeriod, measuresForClosing } from '#features/returns/actions/close-period.ts';
import { setFigures } from '#features/returns/actions/set-figures.ts';
import type { CostCategory, CostSide } from '#features/returns/contract/ledger.ts';
import { monthsBetween, monthsLater } from '#features/returns/contract/months.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';

const grossMarginPercent = '74';
/** Months that are over and still open, as in a company whose finance takes some weeks. */
const monthsLeftOpen = 2;
const budgetMonths = 12;

/** In the owner's name; done twice it changes nothing. */
export async function keepSampleBooks(database: Database, who: Who): Promise<void> {
  const months = await database.inWorkspace(who.workspaceId, async (tx) => {
    const found = await costMonths(tx, who);
    if (!found || (await hasBooks(tx, who))) return [];
    await setFigures(tx, who, { grossMarginPercent });
    await addSampleKeys(tx, who, found.first);
    await setBudgets(tx, who, { lines: await budgetLines(tx, who, found.last) });
    return monthsBetween(found.first, monthsLater(found.last, -monthsLeftOpen));
  });
  for (const month of months) {
    const measures = await measuresForClosing(database, who.workspaceId, month);
    await database.inWorkspace(who.workspaceId, (tx) => closePeriod(tx, who, month, measures));
  }
}

/** First and last month with costs; null where there are none. */
async function costMonths(tx: Tx, { workspaceId }: Who): Promise<{ first: string; last: string } | null> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`SELECT to_char(min(occurred_on), 'YYYY-MM') AS first,
      to_char(max(occurred_on), 'YYYY-MM') AS last FROM cost_entries WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL`.execute(
    tx,
  );
  const { first, last } = rows[0]!;
  return first !== null && last !== null ? { first, last } : null;
}

async function hasBooks(tx: Tx, { workspaceId }: Who): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`SELECT EXISTS (SELECT FROM budgets WHERE workspace_id = ${workspaceId}::uuid)
    OR EXISTS (SELECT FROM period_closings WHERE workspace_id = ${workspaceId}::uuid) AS has`.execute(tx);
  return rows[0]!.has;
}

async function addSampleKeys(tx: Tx, who: Who, effectiveFrom: string): Promise<void> {
  await addKey(tx, who, {
    name: 'Marketing’s people and tools, by leads',
    content: { applies: { side: 'marketing', categories: ['salaries', 'tools'], teamId: null }, onto: 'campaign', by: 'leads', shares: [] },
    effectiveFrom,
  });
  await addKey(tx, who, {
    name: 'Sales, by won value',
    content: { applies: { side: 'sales', categories: [], teamId: null }, onto: 'segment', by: 'value', shares: [] },
    effectiveFrom,
  });
}

/** The plan: of each category the year's mean a month, to the next five hundred. */
async function budgetLines(tx: Tx, who: Who, last: string): Promise<Parameters<typeof setBudgets>[2]['lines']> {
  const months = monthsBetween(monthsLater(last, 1 - budgetMonths), last);
  const { rows } = await sql<{ side: CostSide; category: CostCategory; amount: bigint }>`
    SELECT side, category, (ceil(sum(booked) / ${budgetMonths} / 50000) * 50000)::bigint AS amount FROM cost_entries
    WHERE workspace_id = ${who.workspaceId}::uuid AND voided_by IS NULL AND booked > 0
      AND occurred_on >= ${`${months[0]}-01`}::date AND occurred_on < ${`${monthsLater(last, 1)}-01`}::date
    GROUP BY side, category ORDER BY side, category`.execute(tx);
  return months.flatMap((month) =>
    rows.map(({ side, category, amount }) => ({ month, side, category, campaignId: null, teamId: null, amount: String(amount) })),
  );
}
