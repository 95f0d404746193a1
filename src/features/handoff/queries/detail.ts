import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { HandoffDetail } from '../contract.ts';
import { listCan } from './can.ts';
import { findJudgingDefinition, type JudgingDefinition } from './judging-definition.ts';
import { getLeadAtHand, type LeadAtHand, textOf } from './lead-at-hand.ts';
import { clocksOfLead } from './lead-clocks.ts';
import { marketersOf } from './marketers.ts';
import { rejectionsOf } from './rejections.ts';

/**
 * Everything about one lead between the sides, as of now.
 * @throws Problem not-found
 */
export async function readDetail(tx: Tx, who: Who, leadId: string): Promise<HandoffDetail> {
  const { workspaceId } = who;
  const lead = await getLeadAtHand(tx, workspaceId, leadId);
  const definition = await findJudgingDefinition(tx, workspaceId, lead);
  const routing = await listRouting(tx, workspaceId, leadId);
  const nextCycleId = await findNextCycle(tx, workspaceId, leadId);
  return {
    leadId,
    state: lead.state,
    ...(await whoIsOnIt(tx, workspaceId, lead)),
    mqlAt: textOf(lead.lead.mqlAt),
    routedAt: routing.findLast(({ member }) => member !== null)?.at ?? null,
    judgement: judgementOf(definition),
    rejectBy: definition && { versionId: definition.versionId, number: definition.number, clauses: [...definition.clauses] },
    seen: await listSeen(tx, workspaceId, lead),
    routing,
    clocks: (await clocksOfLead(tx, workspaceId, leadId)).items,
    escalations: await listEscalations(tx, workspaceId, leadId),
    rejections: await rejectionsOf(tx, who, leadId),
    can: await listCan(tx, who, { lead, definition, nextCycleId }),
    version: lead.version,
    nextCycleId,
  };
}

async function whoIsOnIt(
  tx: Tx,
  workspaceId: WorkspaceId,
  lead: LeadAtHand,
): Promise<Pick<HandoffDetail, 'owner' | 'marketer' | 'campaign'>> {
  const campaignId = textOf(lead.lead.campaignId);
  const marketerId = campaignId && (await marketersOf(tx, workspaceId, [campaignId])).get(campaignId);
  const names = await namesOf(tx, workspaceId, {
    member: [lead.ownerId, marketerId].filter((id) => typeof id === 'string'),
    campaign: campaignId ? [campaignId] : [],
  });
  return {
    owner: names.get(`member ${lead.ownerId}`) ?? null,
    marketer: names.get(`member ${marketerId}`) ?? null,
    campaign: names.get(`campaign ${campaignId}`) ?? null,
  };
}

/** What a version said about the lead; nothing where none judged it. */
function judgementOf(definition: JudgingDefinition | null): HandoffDetail['judgement'] {
  if (!definition?.judged) return null;
  const { versionId, number, clauses, judged } = definition;
  return {
    versionId,
    number,
    at: judged.at,
    passed: judged.passed,
    clauses: clauses.map((clause) => ({ ...clause, met: !judged.failed.includes(clause.path) })),
  };
}

const mostSeen = 50;

/** Touches of marketing and of the customer before the lead was passed: its own, its earlier cycle's, and its contact's that name no lead. Newest first. */
async function listSeen(tx: Tx, workspaceId: WorkspaceId, { id, lead }: LeadAtHand): Promise<HandoffDetail['seen']> {
  // Who comes back as a new cycle remembers the earlier one.
  const cycles = [id, textOf(lead.previousLeadId)].filter((each) => each !== null);
  const whose = [
    ...cycles.map((each) => sql`t.lead_id = ${each}::uuid`),
    sql`t.contact_id = ${textOf(lead.contactId)}::uuid AND t.lead_id IS NULL`,
  ];
  const parts = whose.map(
    (condition) => sql`(SELECT t.occurred_at, t.id, t.kind, t.channel, t.subject, t.campaign_id FROM touches t
      WHERE t.workspace_id = ${workspaceId}::uuid AND ${condition} AND t.occurred_at <= coalesce(${textOf(lead.mqlAt)}::timestamptz, now())
        AND t.side <> 'sales' AND t.voided_by IS NULL ORDER BY t.occurred_at DESC, t.id DESC LIMIT ${mostSeen})`,
  );
  const { rows } = await sql<HandoffDetail['seen'][number]>`SELECT t.occurred_at AS at, t.kind, t.channel, t.subject, c.name AS campaign
    FROM (${sql.join(parts, sql` UNION ALL `)} ORDER BY 1 DESC, 2 DESC LIMIT ${mostSeen}) t
    LEFT JOIN campaigns c ON c.workspace_id = ${workspaceId}::uuid AND c.id = t.campaign_id ORDER BY t.occurred_at DESC, t.id DESC`.execute(
    tx,
  );
  return rows;
}

const named = (alias: string) =>
  sql`CASE WHEN ${sql.ref(`${alias}.id`)} IS NOT NULL THEN json_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) END`;

/** To whom it went and why, in order. */
async function listRouting(tx: Tx, workspaceId: WorkspaceId, leadId: string): Promise<HandoffDetail['routing']> {
  const { rows } = await sql<HandoffDetail['routing'][number]>`
    SELECT r.id, r.occurred_at AS at, r.kind, ${named('m')} AS member, ${named('t')} AS team, r.why, ${named('b')} AS by FROM routings r
    LEFT JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = r.member_id
    LEFT JOIN teams t ON t.workspace_id = ${workspaceId}::uuid AND t.id = r.team_id
    LEFT JOIN members b ON b.workspace_id = ${workspaceId}::uuid AND b.id = r.by_member
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ${leadId}::uuid ORDER BY r.occurred_at, r.id`.execute(tx);
  return rows.map((row) => ({ ...row, why: Array.isArray(row.why) ? row.why : [] }));
}

/** Steps of ladders that were taken, in order; a clause by its title in the version in which it stands last. */
async function listEscalations(tx: Tx, workspaceId: WorkspaceId, leadId: string): Promise<HandoffDetail['escalations']> {
  const { rows } = await sql<{ at: string; kind: string; clause: string; told: string[]; outcome: string }>`
    SELECT e.at, e.kind, coalesce((SELECT clause ->> 'title' FROM agreement_versions v CROSS JOIN LATERAL jsonb_array_elements(v.content -> 'clauses') clause
        WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'signed' AND clause ->> 'key' = e.clause_key ORDER BY v.number DESC LIMIT 1), e.clause_key) AS clause,
      e.told, e.outcome
    FROM escalations e WHERE e.workspace_id = ${workspaceId}::uuid AND e.lead_id = ${leadId}::uuid ORDER BY e.at, e.step`.execute(tx);
  const names = await namesOf(tx, workspaceId, { member: rows.flatMap(({ told }) => told) });
  return rows.map((row) => ({ ...row, told: row.told.flatMap((id) => names.get(`member ${id}`) ?? []) }));
}

async function findNextCycle(tx: Tx, workspaceId: WorkspaceId, leadId: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND previous_lead_id = ${leadId}::uuid
    ORDER BY id LIMIT 1`.execute(tx);
  return rows[0]?.id ?? null;
}
