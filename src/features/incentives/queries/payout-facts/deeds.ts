/** What people did: meetings held, and the results of objectives that their managers recorded. */

import { sql } from 'kysely';
import type { PeriodKind } from '#engine/payout/plan.ts';
import { payPeriodOf } from '../../contract/plan-periods.ts';
import { creditsIn, type FactScope, plainFact, type ReadFact, tagsOf } from './asked.ts';

interface MeetingRow {
  readonly id: string;
  readonly at: string;
  readonly on: string;
  readonly recordedAt: string;
  readonly memberId: string;
  readonly channel: string | null;
  readonly campaignId: string | null;
  readonly subject: string | null;
  readonly leadId: string | null;
  readonly dealId: string | null;
}

/** Meetings on record that a payee held; what an automat noted is none. */
export async function readMeetings({ tx, workspaceId, from, until, cutOff, timeZone, payees }: FactScope): Promise<ReadFact[]> {
  const { rows } =
    await sql<MeetingRow>`SELECT t.id, t.occurred_at AS at, (t.occurred_at AT TIME ZONE ${timeZone})::date AS on, t.recorded_at AS "recordedAt",
      t.member_id AS "memberId", t.channel, t.campaign_id AS "campaignId", t.subject, t.lead_id AS "leadId", t.deal_id AS "dealId"
    FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND t.kind = 'meeting' AND t.voided_by IS NULL AND t.automated IS NOT TRUE
      AND t.member_id = ANY(${[...payees]}::uuid[]) AND t.recorded_at <= ${cutOff}::timestamptz
      AND t.occurred_at >= (${from}::date::timestamp AT TIME ZONE ${timeZone}) AND t.occurred_at < ((${until}::date + 1)::timestamp AT TIME ZONE ${timeZone})
    ORDER BY t.occurred_at, t.id`.execute(tx);
  return rows.map((row) => ({
    fact: plainFact({
      id: `meeting:${row.id}`,
      kind: 'meeting',
      ...{ on: row.on, occurredAt: row.at, recordedAt: row.recordedAt },
      credits: creditsIn({ owner: row.memberId }),
      tags: tagsOf({ channel: row.channel, campaign: row.campaignId }),
    }),
    opening: {
      kind: 'touch',
      id: row.id,
      label: row.subject ?? 'A meeting',
      on: row.on,
      amount: null,
      currency: null,
      path: row.leadId !== null ? `/api/v1/leads/${row.leadId}` : row.dealId !== null ? `/api/v1/deals/${row.dealId}` : null,
    },
  }));
}

interface ResultRow {
  readonly id: string;
  readonly objective: string;
  readonly memberId: string;
  readonly periodStart: string;
  readonly percent: string;
  readonly evidence: string;
  readonly by: string;
  readonly recordedAt: string;
}

/** Each as a fact of the last day of the period it is for; the one recorded last counts, which the engine knows. */
export async function readObjectives(scope: FactScope, period: PeriodKind): Promise<ReadFact[]> {
  const { tx, workspaceId, planId, from, until, cutOff } = scope;
  if (planId === null) return [];
  const { rows } =
    await sql<ResultRow>`SELECT r.id, r.objective, r.member_id AS "memberId", r.period_start AS "periodStart", trim_scale(r.result_percent)::text AS percent,
      r.evidence, r.recorded_by AS by, r.recorded_at AS "recordedAt"
    FROM mbo_results r WHERE r.workspace_id = ${workspaceId}::uuid AND r.plan_id = ${planId}::uuid AND r.period_start BETWEEN ${from}::date AND ${until}::date
      AND r.recorded_at <= ${cutOff}::timestamptz ORDER BY r.recorded_at, r.id`.execute(tx);
  return rows.map((row) => {
    const on = payPeriodOf(row.periodStart, period).end;
    return {
      fact: plainFact({
        id: `objective:${row.id}`,
        kind: 'objective',
        ...{ on, occurredAt: row.recordedAt, recordedAt: row.recordedAt, percent: row.percent, by: row.by },
        credits: creditsIn({ owner: row.memberId }),
        tags: { objective: row.objective },
      }),
      opening: {
        kind: 'result',
        id: row.id,
        label: row.evidence.slice(0, 300),
        on,
        amount: null,
        currency: null,
        path: `/api/v1/mbo-results?planId=${planId}&memberId=${row.memberId}`,
      },
    };
  });
}
