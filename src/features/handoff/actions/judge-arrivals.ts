/** Which inquiries marketing passes, by the definition of an MQL that both sides signed, and by which version each MQL was judged. */

import { sql } from 'kysely';
import { judgeLeads, type Judged } from '#features/agreement/actions/judge-leads.ts';
import { inForceAt, type SignedDefinition, startOfDay } from '#features/agreement/queries/in-force.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { transactionTime } from '#features/records/queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { KnownLead } from '../queries/lead-facts.ts';
import type { SignedRules } from '../queries/signed-rules.ts';

/**
 * Inquiries that meet the definition in force become MQLs. Only new ones: opened since the definition counts, or
 * where something happened since then. Those who lay there before both sides agreed are not poured over the reps;
 * a definition signed for the past does not reach further back than the day it was signed.
 * @returns the leads that were passed
 */
export async function judgeArrivals(
  tx: Tx,
  workspaceId: WorkspaceId,
  { mql, reading }: Pick<SignedRules, 'mql' | 'reading'>,
  leads: ReadonlyMap<string, KnownLead>,
): Promise<string[]> {
  if (mql.length === 0) return [];
  const now = await transactionTime(tx);
  const definition = inForceAt(mql, Date.parse(now));
  if (!definition) return [];
  const inquiries = [...leads.values()].filter(isInquiry);
  const fresh = await freshOf(tx, workspaceId, inquiries, countsFrom(definition, reading.timeZone));
  if (fresh.length === 0) return [];
  const judged = await judgeLeads(tx, workspaceId, definition, fresh, () => Date.parse(now));
  const passed = fresh.filter((id) => judged.get(id)?.passed);
  for (const id of passed) await passLead(tx, workspaceId, id, definition, now);
  return passed;
}

const isInquiry = ({ archived, facts: { stages } }: KnownLead): boolean => !archived && Object.values(stages).every((at) => at === null);

/** Epoch milliseconds. */
function countsFrom({ effectiveAt, signedAt }: SignedDefinition, timeZone: string): number {
  const signedOn = Temporal.Instant.fromEpochMilliseconds(Math.floor(signedAt)).toZonedDateTimeISO(timeZone).toPlainDate();
  return Math.max(effectiveAt, startOfDay(signedOn.toString(), timeZone));
}

async function freshOf(tx: Tx, workspaceId: WorkspaceId, inquiries: readonly KnownLead[], since: number): Promise<string[]> {
  const [opened, older]: [string[], string[]] = [[], []];
  for (const { facts, openedAt } of inquiries) (openedAt !== null && openedAt >= since ? opened : older).push(facts.leadId);
  if (older.length === 0) return opened;
  const { rows } = await sql<{
    id: string;
  }>`SELECT l.id FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${older}::uuid[])
    AND EXISTS (SELECT FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND t.lead_id = l.id
      AND t.occurred_at >= ${new Date(since).toISOString()}::timestamptz AND t.side <> 'sales' AND t.voided_by IS NULL)`.execute(tx);
  return [...opened, ...rows.map(({ id }) => id)];
}

async function passLead(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  { id: versionId, number }: SignedDefinition,
  at: string,
): Promise<void> {
  await recordFields(tx, workspaceId, {
    kind: 'lead',
    id,
    sets: { mqlAt: at },
    memberId: null,
    occurredAt: at,
    factKind: 'lead.qualified',
    body: { versionId, number },
    byVerb: true,
    followed: true,
  });
}

/**
 * Keeps by which version each MQL was judged and which clauses it did not meet, also of those that the source calls
 * so. Once kept it stays: a later version judges later leads.
 */
export async function keepJudgements(
  tx: Tx,
  workspaceId: WorkspaceId,
  { mql }: Pick<SignedRules, 'mql'>,
  leads: ReadonlyMap<string, KnownLead>,
): Promise<void> {
  if (mql.length === 0) return;
  const passedAt = new Map<string, number>();
  for (const { archived, facts } of leads.values())
    if (!archived && facts.stages.mqlAt !== null) passedAt.set(facts.leadId, facts.stages.mqlAt);
  const byVersion = Map.groupBy(passedAt.keys(), (id) => inForceAt(mql, passedAt.get(id)!));
  for (const [definition, ids] of byVersion) {
    if (!definition) continue;
    const unjudged = await withoutJudgement(tx, workspaceId, definition, ids);
    if (unjudged.length === 0) continue;
    const judged = await judgeLeads(tx, workspaceId, definition, unjudged, (id) => passedAt.get(id)!);
    await insertJudgements(tx, workspaceId, definition, judged, passedAt);
  }
}

async function withoutJudgement(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id: versionId, term }: SignedDefinition,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ leadId: string }>`SELECT j.lead_id AS "leadId" FROM judgements j
    WHERE j.workspace_id = ${workspaceId}::uuid AND j.lead_id = ANY(${ids}::uuid[]) AND j.term = ${term} AND j.version_id = ${versionId}::uuid`.execute(
    tx,
  );
  const known = new Set(rows.map(({ leadId }) => leadId));
  return ids.filter((id) => !known.has(id));
}

async function insertJudgements(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id: versionId, term }: SignedDefinition,
  judged: ReadonlyMap<string, Judged>,
  atOf: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = [...judged].map(([lead, { passed, failed }]) => ({ lead, passed, failed, at: atOf.get(lead)! }));
  await sql`INSERT INTO judgements (workspace_id, lead_id, term, version_id, occurred_at, passed, failed)
    SELECT ${workspaceId}::uuid, r.lead, ${term}, ${versionId}::uuid, to_timestamp(r.at / 1000), r.passed, r.failed
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(lead uuid, passed boolean, failed text[], at float8)
    ON CONFLICT DO NOTHING`.execute(tx);
}
