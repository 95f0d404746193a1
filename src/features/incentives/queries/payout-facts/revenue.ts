/**
 * Revenue as facts, credited as its deal is. A refund takes back the entry it refunds (the last one before it of the same
 * deal, else account, that isn't taken back yet); a contraction counts against the period it is in.
 */

import { sql } from 'kysely';
import type { Fact } from '#engine/payout/evidence.ts';
import { concernsPayee, creditsIn, type FactScope, plainFact, type ReadFact, reversalOf, tagsOf } from './asked.ts';
import { type DealSurroundings, readDealSurroundings } from './deal-surroundings.ts';

export type RevenueFactKind = 'collected' | 'renewed';

interface EntryRow {
  readonly id: string;
  readonly on: string;
  readonly recordedAt: string;
  readonly kind: 'new' | 'renewal' | 'expansion' | 'contraction' | 'refund';
  readonly amount: bigint;
  readonly currency: string;
  readonly product: string | null;
  readonly description: string | null;
  readonly accountId: string;
  readonly accountName: string | null;
  readonly accountOwnerId: string | null;
  readonly dealId: string | null;
  readonly ownerId: string | null;
  readonly qualifierId: string | null;
  readonly leadId: string | null;
  readonly campaignId: string | null;
  readonly dealType: string | null;
  readonly pipeline: string | null;
  readonly dealProduct: string | null;
  readonly segment: string | null;
}

export async function readRevenueFacts(scope: FactScope, kinds: ReadonlySet<RevenueFactKind>): Promise<ReadFact[]> {
  const rows = await readEntries(scope);
  const around = await readDealSurroundings(scope, [...new Set(rows.flatMap(({ dealId }) => dealId ?? []))]);
  const standing: Standing[] = [];
  const read: ReadFact[] = [];
  for (const row of rows) {
    if (row.kind === 'refund') read.push(...refundOf(scope, row, standing, around));
    else {
      const own = factOf(scope, row, around);
      if (!own) continue;
      read.push(own);
      if (row.kind !== 'contraction') standing.push({ row, read: own, left: row.amount });
    }
  }
  return read.filter(({ fact }) => kinds.has(fact.kind as RevenueFactKind) && (fact.reverses !== null || fact.on <= scope.until));
}

async function readEntries({ tx, workspaceId, from, cutOff }: FactScope): Promise<EntryRow[]> {
  const { rows } =
    await sql<EntryRow>`SELECT r.id, r.occurred_on AS on, r.recorded_at AS "recordedAt", r.kind, r.amount, r.currency, r.product, r.description,
      r.account_id AS "accountId", a.name AS "accountName", a.owner_id AS "accountOwnerId", d.id AS "dealId", d.owner_id AS "ownerId", d.qualifier_id AS "qualifierId",
      d.lead_id AS "leadId", d.campaign_id AS "campaignId", d.type AS "dealType", d.pipeline, d.product AS "dealProduct", coalesce(d.segment, a.segment) AS segment
    FROM revenue_entries r LEFT JOIN accounts a ON a.workspace_id = r.workspace_id AND a.id = r.account_id
    LEFT JOIN deals d ON d.workspace_id = r.workspace_id AND d.id = r.deal_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.voided_by IS NULL AND r.occurred_on >= ${from}::date AND r.recorded_at <= ${cutOff}::timestamptz
    ORDER BY r.occurred_on, (r.kind = 'refund'), r.id`.execute(tx);
  return rows;
}

interface Standing {
  readonly row: EntryRow;
  readonly read: ReadFact;
  /** Not refunded yet, as stated. */
  left: bigint;
}

/** What is more than one entry takes back the ones before it; what is more than all of them counts negative. */
function refundOf(scope: FactScope, row: EntryRow, standing: readonly Standing[], around: DealSurroundings): ReadFact[] {
  const read: ReadFact[] = [];
  let left = row.amount < 0n ? -row.amount : row.amount;
  for (let refunded = lastLeft(row, standing); refunded && left > 0n; refunded = lastLeft(row, standing)) {
    const taken = left > refunded.left ? refunded.left : left;
    left -= taken;
    refunded.left -= taken;
    const fact = takenBack(scope, row, refunded, taken, read.length);
    if (fact) read.push({ fact, opening: openingOf(row) });
  }
  const alone = left > 0n ? factOf(scope, { ...row, amount: left }, around) : null;
  return alone ? [...read, alone] : read;
}

/** The last entry before a refund that isn't taken back: of the same deal, else, where one of them has none, of the account. */
function lastLeft(row: EntryRow, standing: readonly Standing[]): Standing | undefined {
  const open = standing.filter((each) => each.row.currency === row.currency && each.left > 0n);
  return (
    open.findLast((each) => row.dealId !== null && each.row.dealId === row.dealId) ??
    open.findLast((each) => (row.dealId === null || each.row.dealId === null) && each.row.accountId === row.accountId)
  );
}

function takenBack(scope: FactScope, row: EntryRow, refunded: Standing, taken: bigint, before: number): Fact | null {
  const amount = scope.money.inPlan(taken, row.currency, refunded.row.on);
  if (amount === null) return null;
  return reversalOf(refunded.read.fact, {
    id: before === 0 ? `refund:${row.id}` : `refund:${row.id}:${before + 1}`,
    ...{ on: row.on, at: `${row.on}T12:00:00Z`, recordedAt: row.recordedAt, cause: 'cancelled' },
    amount: taken === refunded.row.amount ? null : amount,
  });
}

/** Contractions, and refunds of what is not known, count negative. */
function factOf(scope: FactScope, row: EntryRow, around: DealSurroundings): ReadFact | null {
  const beside = around.of(row);
  const credits = creditsIn({
    owner: row.ownerId ?? row.accountOwnerId,
    qualifier: row.qualifierId ?? beside.qualifierId,
    sourcer: beside.sourcerId,
  });
  if (!concernsPayee(scope, credits)) return null;
  const amount = scope.money.inPlan(row.amount, row.currency, row.on);
  if (amount === null) return null;
  const less = row.kind === 'contraction' || row.kind === 'refund';
  const kind: Fact['kind'] & RevenueFactKind = row.kind === 'renewal' ? 'renewed' : 'collected';
  const fact = plainFact({
    id: `${kind}:${row.id}`,
    kind,
    ...{ on: row.on, occurredAt: `${row.on}T12:00:00Z`, recordedAt: row.recordedAt, credits },
    amount: less && amount > 0n ? -amount : amount,
    count: less ? 0 : 1,
    tags: tagsOf({
      ...{
        segment: row.segment ?? beside.segment,
        product: row.product ?? row.dealProduct,
        dealType: row.dealType,
        pipeline: row.pipeline,
      },
      ...{ channel: beside.channel, campaign: beside.campaignId, origin: beside.origin, revenueKind: row.kind },
    }),
  });
  return { fact, opening: openingOf(row) };
}

const openingOf = (row: EntryRow): ReadFact['opening'] => ({
  kind: 'revenue',
  id: row.id,
  label: [row.accountName, row.description ?? row.product].filter(Boolean).join(', ') || 'Revenue',
  on: row.on,
  amount: String(row.amount),
  currency: row.currency,
  path: row.dealId === null ? `/api/v1/accounts/${row.accountId}` : `/api/v1/deals/${row.dealId}`,
});
