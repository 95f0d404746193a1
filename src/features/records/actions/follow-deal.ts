import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId, newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { applySets, type Sets } from '../contract/fold.ts';
import { statedValues } from '../queries/columns.ts';
import { conversionQuery } from '../queries/conversion.ts';
import { findRow, transactionTime } from '../queries/records.ts';
import type { recordFields } from './record-fields.ts';

interface DealChange {
  readonly id: string;
  readonly before: Sets;
  readonly sets: Sets;
  readonly memberId: string | null;
  readonly runId: string | undefined;
  readonly occurredAt: string | undefined;
  readonly record: typeof recordFields;
}

/** A deal's new stage is kept with its time, and its lead learns that it became one, and how that ended. */
export async function followDeal(tx: Tx, workspaceId: WorkspaceId, change: DealChange): Promise<void> {
  if (typeof change.sets.stage === 'string') await enterStage(tx, workspaceId, change, change.sets.stage);
  const deal = applySets(change.before, change.sets);
  const concernsLead = ['leadId', 'status', 'closedAt', 'openedAt', 'amount', 'lostReason'].some((field) => field in change.sets);
  if (typeof deal.leadId === 'string' && concernsLead) await convertLead(tx, workspaceId, change, deal.leadId, deal);
}

async function enterStage(tx: Tx, workspaceId: WorkspaceId, change: DealChange, stage: string): Promise<void> {
  await sql`INSERT INTO deal_stages (workspace_id, id, deal_id, stage, entered_at, run_id)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${change.id}::uuid, ${stage}, coalesce(${change.occurredAt ?? null}::timestamptz, now()), ${change.runId ?? null}::uuid)`.execute(
    tx,
  );
  await announceChange(tx, workspaceId, 'dealStage');
}

/** The lead follows its deal; where the deal states no time, what is done now happened now. */
async function convertLead(tx: Tx, workspaceId: WorkspaceId, change: DealChange, leadId: string, deal: Sets): Promise<void> {
  const row = await findRow(tx, workspaceId, 'lead', leadId, true);
  if (!row) return;
  const lead = statedValues('lead', row);
  const now = change.occurredAt ?? (await transactionTime(tx));
  const ended = lead.wonAt !== undefined || lead.lostAt !== undefined;
  const { rows } = await sql<{ sets: Sets }>`${sql.raw(conversionQuery(`l.id = ${literalId(leadId)}`, literalId(workspaceId)))}`.execute(
    tx,
  );
  const learned: Record<string, unknown> = {
    ...(lead.dealAt === undefined && deal.openedAt === undefined ? { dealAt: now } : {}),
    ...(deal.status === 'won' && !ended && deal.closedAt === undefined ? { wonAt: now } : {}),
    ...(deal.status === 'lost' && !ended && deal.closedAt === undefined ? { lostAt: now } : {}),
    ...rows[0]?.sets,
  };
  if (Object.keys(learned).length === 0) return;
  await change.record(tx, workspaceId, {
    kind: 'lead',
    id: leadId,
    sets: learned,
    memberId: change.memberId,
    factKind: 'lead.converted',
    runId: change.runId,
    occurredAt: change.occurredAt,
    body: { dealId: change.id },
    byVerb: true,
  });
}

/** An id as a literal; anything that is no id never gets this far, and is refused if it does. */
function literalId(id: string): string {
  if (!isId(id)) throw new Error('That is no id.');
  return `'${id}'::uuid`;
}
