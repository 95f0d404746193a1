/** Leads that became MQLs, SALs and SQLs as facts, credited to who has them now; what sales sent back afterwards undoes them. */

import { sql } from 'kysely';
import { instantKey } from '#engine/payout/evidence.ts';
import { concernsPayee, creditsIn, type FactScope, plainFact, type ReadFact, reversalOf, tagsOf } from './asked.ts';
import { readCampaignOwners } from './deal-surroundings.ts';

export type LeadKind = 'mql' | 'sal' | 'sql';
/** What became of it next, and what sends it back. */
const stages: Readonly<
  Record<LeadKind, { readonly at: string; readonly field: string; readonly next: string; readonly back: readonly string[] }>
> = {
  mql: { at: 'mql_at', field: 'mqlAt', next: 'sal_at', back: ['rejected_at', 'disqualified_at'] },
  sal: { at: 'sal_at', field: 'salAt', next: 'sql_at', back: ['rejected_at', 'disqualified_at'] },
  sql: { at: 'sql_at', field: 'sqlAt', next: 'deal_at', back: ['rejected_at', 'disqualified_at'] },
};

interface LeadRow {
  readonly id: string;
  readonly at: string;
  readonly on: string;
  readonly recordedAt: string;
  readonly nextAt: string | null;
  readonly backAt: string | null;
  readonly backOn: string | null;
  readonly backRecordedAt: string | null;
  readonly ownerId: string | null;
  readonly qualifierId: string | null;
  readonly campaignId: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
  readonly value: bigint | null;
  readonly currency: string | null;
  readonly name: string | null;
  readonly company: string | null;
}

export async function readLeadFacts(scope: FactScope, kind: LeadKind): Promise<ReadFact[]> {
  const owners = await readCampaignOwners(scope);
  const sourced = [...owners].filter(([, { ownerId }]) => ownerId !== null && scope.payees.has(ownerId)).map(([id]) => id);
  const rows = await readLeads(scope, kind, sourced);
  return rows.flatMap((row) => factsOf(scope, kind, row, row.campaignId === null ? undefined : owners.get(row.campaignId)));
}

async function readLeads(
  { tx, workspaceId, from, until, cutOff, timeZone, payees }: FactScope,
  kind: LeadKind,
  campaigns: readonly string[],
): Promise<LeadRow[]> {
  const { at, field, next, back } = stages[kind];
  const [column, later] = [sql.ref(`l.${at}`), sql`greatest(${sql.join(back.map((each) => sql.ref(`l.${each}`)))})`];
  const day = (moment: typeof later) => sql`(${moment} AT TIME ZONE ${timeZone})::date`;
  // When it was written down: by the first fact that says what the lead says now.
  const recorded = (
    fields: readonly string[],
    moment: typeof later,
  ) => sql`coalesce((SELECT min(f.recorded_at) FROM facts f WHERE f.workspace_id = ${workspaceId}::uuid
    AND f.subject_id = l.id AND f.subject_kind = 'lead' AND (${sql.join(
      fields.map((each) => sql`(f.sets ->> ${each})::timestamptz = ${moment}`),
      sql` OR `,
    )})), l.recorded_at)`;
  const backFields = back.map((each) => (each === 'rejected_at' ? 'rejectedAt' : 'disqualifiedAt'));
  const { rows } = await sql<LeadRow>`SELECT * FROM (
    SELECT l.id, ${column} AS at, ${day(sql`${column}`)} AS on, ${recorded([field], sql`${column}`)} AS "recordedAt", ${sql.ref(`l.${next}`)} AS "nextAt",
      CASE WHEN ${later} > ${column} THEN ${later} END AS "backAt", CASE WHEN ${later} > ${column} THEN ${day(later)} END AS "backOn",
      CASE WHEN ${later} > ${column} THEN ${recorded(backFields, later)} END AS "backRecordedAt",
      l.owner_id AS "ownerId", l.qualifier_id AS "qualifierId", l.campaign_id AS "campaignId", l.segment, l.channel, l.origin, l.value, l.currency, l.name, l.company
    FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL
      AND ${column} >= (${from}::date::timestamp AT TIME ZONE ${timeZone}) AND ${column} < ((${until}::date + 1)::timestamp AT TIME ZONE ${timeZone})
      AND (l.owner_id = ANY(${[...payees]}::uuid[]) OR l.qualifier_id = ANY(${[...payees]}::uuid[]) OR l.campaign_id = ANY(${campaigns}::uuid[]))
  ) found WHERE "recordedAt" <= ${cutOff}::timestamptz ORDER BY at, id`.execute(tx);
  return rows;
}

function factsOf(
  scope: FactScope,
  kind: LeadKind,
  row: LeadRow,
  campaign: { readonly id: string; readonly ownerId: string | null } | undefined,
): ReadFact[] {
  const credits = creditsIn({ owner: row.ownerId, qualifier: row.qualifierId, sourcer: campaign?.ownerId });
  if (!concernsPayee(scope, credits)) return [];
  const sentBack = row.backAt !== null && row.backRecordedAt !== null && instantKey(row.backRecordedAt) <= instantKey(scope.cutOff);
  const fact = plainFact({
    id: `${kind}:${row.id}`,
    kind,
    ...{ on: row.on, occurredAt: row.at, recordedAt: row.recordedAt, credits },
    amount: row.value === null ? null : scope.money.inPlan(row.value, row.currency, row.on),
    tags: tagsOf({
      ...{ segment: row.segment, channel: row.channel, origin: row.origin, campaign: campaign?.id },
      quality: sentBack ? 'rejected' : row.nextAt !== null ? 'accepted' : 'open',
    }),
  });
  const opening: ReadFact['opening'] = {
    kind: 'lead',
    id: row.id,
    label: [row.name, row.company].filter(Boolean).join(', ') || 'A lead',
    on: row.on,
    amount: row.value === null ? null : String(row.value),
    currency: row.value === null ? null : row.currency,
    path: `/api/v1/leads/${row.id}`,
  };
  const { backAt, backOn, backRecordedAt } = row;
  if (!sentBack || backAt === null || backOn === null || backRecordedAt === null) return [{ fact, opening }];
  const undone = reversalOf(fact, { id: `${fact.id}:undone`, on: backOn, at: backAt, recordedAt: backRecordedAt, cause: 'cancelled' });
  return [
    { fact, opening },
    { fact: undone, opening },
  ];
}
