import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { firstDayOf } from '../contract/months.ts';
import type { BudgetChange } from '../contract/plans.ts';
import { mayBudget } from '../policy.ts';
import { ledgerNow } from '../queries/ledger-now.ts';
import { refuseHiddenPay, refuseUnknown } from './check-cost.ts';

type Line = BudgetChange['lines'][number];

/**
 * Sets these lines and leaves all others. A line that says what stood there already is no change; a changed one is a new
 * row, and the old one keeps when it ended.
 * @throws Problem forbidden (another side's, pay one doesn't see), bad-input (one line twice), not-found (campaign, team)
 */
export async function setBudgets(tx: Tx, who: Who, { lines }: BudgetChange): Promise<{ changed: number }> {
  for (const line of lines) refuseOthersLine(who, line);
  refuseTwice(lines);
  await refuseUnknown(tx, who.workspaceId, lines);
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.budgets ' || ${who.workspaceId}::text, 0))`.execute(tx);
  const { currency } = await ledgerNow(tx, who.workspaceId);
  const changed = await changedLines(tx, who, currency, lines);
  if (changed.length === 0) return { changed: 0 };
  await sql`UPDATE budgets SET superseded_at = clock_timestamp() WHERE workspace_id = ${who.workspaceId}::uuid AND superseded_at IS NULL
    AND id = ANY (${changed.flatMap(({ standing }) => standing ?? [])}::uuid[])`.execute(tx);
  await insertLines(tx, who, currency, changed);
  await recordFact(tx, who.workspaceId, {
    kind: 'budget.set',
    subjectKind: 'budget',
    subjectId: newId(),
    memberId: who.memberId,
    body: { lines: changed.length },
  });
  return { changed: changed.length };
}

function refuseOthersLine(who: Who, line: Line): void {
  if (!mayBudget(who, line.side))
    throw new Problem('forbidden', `The budget of ${line.side} is set by a head of ${line.side}, a head of leadership or the owner.`);
  if (line.category !== null) refuseHiddenPay(who, { side: line.side, category: line.category });
}

const keyOf = ({ month, side, category, campaignId, teamId }: Line): string => JSON.stringify([month, side, category, campaignId, teamId]);
function refuseTwice(lines: readonly Line[]): void {
  const at = lines.findIndex((line, place) => lines.findIndex((other) => keyOf(other) === keyOf(line)) < place);
  if (at >= 0)
    throw new Problem('bad-input', 'A line stands here twice: say one amount for it.', {
      fields: [{ at: `lines.${at}`, reason: 'there already' }],
    });
}

type Changed = Line & { readonly standing: string | null };
async function changedLines(tx: Tx, who: Who, currency: string, lines: readonly Line[]): Promise<Changed[]> {
  const asked = lines.map(({ month, side, category, campaignId, teamId, amount }, at) => ({
    ...{ at, month: firstDayOf(month), side, category, campaign_id: campaignId, team_id: teamId, amount },
  }));
  const { rows } = await sql<{ at: number; standing: string | null }>`
    SELECT n.at, b.id AS standing FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS n (at int, month date, side text, category text, campaign_id uuid, team_id uuid, amount bigint)
    LEFT JOIN budgets b ON b.workspace_id = ${who.workspaceId}::uuid AND b.superseded_at IS NULL AND b.month = n.month AND b.side = n.side
      AND (b.category, b.campaign_id, b.team_id) IS NOT DISTINCT FROM (n.category COLLATE "C", n.campaign_id, n.team_id)
    WHERE n.amount IS DISTINCT FROM b.amount OR (b.id IS NOT NULL AND b.currency <> ${currency}) ORDER BY n.at`.execute(tx);
  return rows.map(({ at, standing }) => ({ ...lines[at]!, standing }));
}

async function insertLines(tx: Tx, who: Who, currency: string, changed: readonly Changed[]): Promise<void> {
  const rows = changed.flatMap((line) =>
    line.amount === null
      ? []
      : [
          {
            ...{ id: newId(), month: firstDayOf(line.month), side: line.side, category: line.category, campaign_id: line.campaignId },
            ...{ team_id: line.teamId, amount: line.amount, currency, recorded_by: who.memberId },
          },
        ],
  );
  await sql`INSERT INTO budgets (workspace_id, id, month, side, category, campaign_id, team_id, amount, currency, recorded_at, recorded_by)
    SELECT ${who.workspaceId}::uuid, id, month, side, category, campaign_id, team_id, amount, currency, clock_timestamp(), recorded_by
    FROM jsonb_populate_recordset(NULL::budgets, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}
