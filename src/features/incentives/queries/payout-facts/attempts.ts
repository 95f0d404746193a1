/** Attempts to reach leads: touches of sales that are one by the definition both sides signed, credited to who made them. */

import { sql } from 'kysely';
import { type EvidenceRow, touchAs, touchColumns } from '#features/handoff/queries/evidence-touches.ts';
import { readAttemptRules } from '#features/handoff/queries/signed-rules.ts';
import { creditsIn, type FactScope, plainFact, type ReadFact, tagsOf } from './asked.ts';

type AttemptRow = EvidenceRow & {
  readonly touchedAt: string;
  readonly on: string;
  readonly noted: string;
  readonly by: string;
  readonly means: string | null;
  readonly campaignId: string | null;
  readonly leadId: string | null;
  readonly dealId: string | null;
};

/** By the definition in force when each was made; what machines sent is none, whatever a definition says. */
export async function readAttempts({ tx, workspaceId, from, until, cutOff, timeZone, payees }: FactScope): Promise<ReadFact[]> {
  const rules = await readAttemptRules(tx, workspaceId);
  const { rows } = await sql<AttemptRow>`SELECT ${touchColumns(rules)}, x.occurred_at AS "touchedAt",
      (x.occurred_at AT TIME ZONE ${timeZone})::date AS on, x.recorded_at AS noted, x.member_id AS by, x.channel AS means,
      x.campaign_id AS "campaignId", x.lead_id AS "leadId", x.deal_id AS "dealId"
    FROM touches x WHERE x.workspace_id = ${workspaceId}::uuid AND x.side = 'sales' AND x.voided_by IS NULL
      AND (x.lead_id IS NOT NULL OR x.contact_id IS NOT NULL)
      AND x.member_id = ANY(${[...payees]}::uuid[]) AND x.recorded_at <= ${cutOff}::timestamptz
      AND x.occurred_at >= (${from}::date::timestamp AT TIME ZONE ${timeZone}) AND x.occurred_at < ((${until}::date + 1)::timestamp AT TIME ZONE ${timeZone})
    ORDER BY x.occurred_at, x.id`.execute(tx);
  return rows.filter((row) => touchAs(row, rules) === 'attempt').map(factOf);
}

const factOf = (row: AttemptRow): ReadFact => ({
  fact: plainFact({
    id: `attempt:${row.id}`,
    kind: 'attempt',
    ...{ on: row.on, occurredAt: row.touchedAt, recordedAt: row.noted },
    credits: creditsIn({ owner: row.by }),
    tags: tagsOf({ touch: row.kind, channel: row.means, campaign: row.campaignId }),
  }),
  opening: {
    kind: 'touch',
    id: row.id,
    label: row.subject ?? `An attempt by ${row.kind}`,
    on: row.on,
    amount: null,
    currency: null,
    path: row.leadId !== null ? `/api/v1/leads/${row.leadId}` : row.dealId !== null ? `/api/v1/deals/${row.dealId}` : null,
  },
});
