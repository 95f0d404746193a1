import { sql } from 'kysely';
import type { z } from 'zod';
import type { ProposalState } from '#engine/campaigns/proposal-states.ts';
import { leadName, namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { ProposalDetail, valueAsk, valueDeals } from '../contract/proposals.ts';
import { whyMayNotRemoveCase } from '../policy/proposals.ts';
import { bookedIn, groundOf } from './ground.ts';
import { dealsBehind } from './proposal-value.ts';

interface CaseRow {
  id: string;
  kind: 'lead' | 'deal';
  recordId: string;
  name: string | null;
  company: string | null;
  stage: string | null;
  amount: bigint | null;
  currency: string | null;
  note: string;
  addedBy: string;
  adderName: string;
  addedAt: string;
}

const mostCases = 100;

/** The latest first. Of a lead the amount of its latest deal. */
export async function listCases(
  tx: Tx,
  who: Who,
  proposal: { readonly id: string; readonly state: ProposalState; readonly proposedBy: string; readonly side: Side },
): Promise<ProposalDetail['caseList']> {
  const { rows } =
    await sql<CaseRow>`SELECT c.id, c.record_kind AS kind, c.record_id AS "recordId", c.note, c.added_by AS "addedBy", m.name AS "adderName",
      c.added_at AS "addedAt", coalesce(d.name, ${leadName('l')}) AS name, coalesce(a.name, l.company) AS company,
      coalesce(CASE WHEN c.record_kind = 'deal' THEN d.status END, l.stage) AS stage, d.amount, d.currency
    FROM proposal_cases c
    JOIN members m ON m.workspace_id = c.workspace_id AND m.id = c.added_by
    LEFT JOIN leads l ON l.workspace_id = c.workspace_id AND c.record_kind = 'lead' AND l.id = c.record_id
    LEFT JOIN LATERAL (SELECT d.* FROM deals d WHERE d.workspace_id = c.workspace_id AND d.archived_at IS NULL
      AND ((c.record_kind = 'deal' AND d.id = c.record_id) OR (c.record_kind = 'lead' AND d.lead_id = c.record_id)) ORDER BY d.opened_at DESC NULLS LAST, d.id LIMIT 1) d ON true
    LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = coalesce(d.account_id, l.account_id)
    WHERE c.workspace_id = ${who.workspaceId}::uuid AND c.proposal_id = ${proposal.id}::uuid AND c.removed_at IS NULL
    ORDER BY c.added_at DESC, c.id DESC LIMIT ${mostCases}`.execute(tx);
  const { currency } = await groundOf(tx, who.workspaceId);
  return rows.map(({ amount, currency: own, addedBy, adderName, ...row }) => ({
    ...row,
    name: row.name ?? (row.kind === 'lead' ? 'A lead without a name' : 'A deal that was archived'),
    stage: row.stage ?? 'gone',
    amount: amount === null ? null : { amount: String(amount), currency: own ?? currency },
    addedBy: { id: addedBy, name: adderName },
    mayNotRemove: whyMayNotRemoveCase(who, proposal, addedBy),
  }));
}

/** The deals behind an amount of a proposal, by id. @throws Problem not-found */
export async function listDealsBehind(
  tx: Tx,
  who: Who,
  id: string,
  asked: z.output<typeof valueAsk>,
): Promise<z.output<typeof valueDeals>> {
  const { rowCount } = await proposalExists(tx, who, id);
  if (!rowCount) throw notFound('proposal');
  const ground = await groundOf(tx, who.workspaceId);
  const booked = await bookedIn(tx, who.workspaceId, ground.currency);
  const those = (await dealsBehind(tx, who.workspaceId, [id], ground)).filter(({ status }) => status === asked.which);
  const after = those.filter((deal) => asked.cursor === undefined || deal.id > cursorId(asked.cursor));
  const page = after.slice(0, asked.limit);
  const { rows } = await sql<{
    id: string;
    name: string;
    ownerId: string | null;
    accountId: string | null;
  }>`SELECT id, name, owner_id AS "ownerId",
      account_id AS "accountId" FROM deals WHERE workspace_id = ${who.workspaceId}::uuid AND id = ANY(${page.map((deal) => deal.id)}::uuid[])`.execute(
    tx,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = await namesOf(tx, who.workspaceId, {
    member: new Set(rows.flatMap(({ ownerId }) => ownerId ?? [])),
    account: new Set(rows.flatMap(({ accountId }) => accountId ?? [])),
  });
  return {
    items: page.map((deal) => ({
      id: deal.id,
      name: byId.get(deal.id)?.name ?? '',
      account: names.get(`account ${byId.get(deal.id)?.accountId}`) ?? null,
      owner: names.get(`member ${byId.get(deal.id)?.ownerId}`) ?? null,
      status: deal.status,
      amount: deal.amount === null ? null : String(deal.amount),
      currency: deal.currency,
      booked: bigintText(booked({ ...deal, day: deal.closedOn })),
      caseId: deal.caseId,
    })),
    next: after.length > page.length ? page.at(-1)!.id : null,
    total: those.length,
  };
}

const bigintText = (amount: bigint | null): string | null => (amount === null ? null : String(amount));

async function proposalExists(tx: Tx, who: Who, id: string): Promise<{ rowCount: number }> {
  const { rows } = await sql`SELECT 1 FROM proposals WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return { rowCount: rows.length };
}

function cursorId(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
