/** Touches as evidence: of sales and of the lead itself, since it was passed. */

import { sql } from 'kysely';
import type { EvidenceTouch } from '#engine/agreement/lead-facts.ts';
import { attemptUnlessDefined, evidenceAs, type TouchAtHand } from '#engine/agreement/touch-evidence.ts';
import { evaluateTouchRule } from '#engine/rules/evaluate.ts';
import type { RuleTouch } from '#engine/rules/reading.ts';
import { inForceAt } from '#features/agreement/queries/in-force.ts';
import { fieldConditionsOf } from '#features/agreement/queries/rule-reading.ts';
import { mergedPairs } from '#features/agreement/queries/rule-touches.ts';
import { columnOf, touchFields } from '#features/records/contract.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { milliseconds } from './moments.ts';
import { attemptRules, type SignedRules } from './signed-rules.ts';

type Rules = Pick<SignedRules, 'attempts' | 'reading'>;
interface PassedLead {
  readonly id: string;
  readonly contactId: string | null;
  readonly mqlAt: number | null;
}
type TouchRow = TouchAtHand & {
  readonly of: string;
  readonly id: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly memberId: string | null;
  readonly outcome: string | null;
  readonly custom?: Record<string, unknown> | null;
};

/** By lead: its own touches, and those of its contact, by whatever id it goes, that name no lead. */
export async function loadEvidence(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly PassedLead[],
  rules: Rules,
): Promise<Map<string, EvidenceTouch[]>> {
  if (leads.length === 0) return new Map();
  const rows = await readTouches(tx, workspaceId, leads, touchColumns(rules));
  const byOwner = Map.groupBy(rows, (row) => row.of);
  return new Map(
    leads.map(({ id, contactId, mqlAt }) => {
      const own = byOwner.get(id) ?? [];
      const contacts = contactId === null ? [] : (byOwner.get(contactId) ?? []);
      return [id, [...own, ...contacts].filter(({ occurredAt }) => occurredAt >= mqlAt!).flatMap((row) => evidenceOf(row, rules))];
    }),
  );
}

async function readTouches(tx: Tx, workspaceId: WorkspaceId, leads: readonly PassedLead[], columns: Sql): Promise<TouchRow[]> {
  const ids = leads.map(({ id }) => id);
  const contactIds = [...new Set(leads.flatMap(({ contactId }) => contactId ?? []))];
  // The oldest of them: months before aren't looked into.
  const since = new Date(leads.reduce((least, { mqlAt }) => Math.min(least, mqlAt!), Infinity)).toISOString();
  const counts = sql`x.workspace_id = ${workspaceId}::uuid AND x.occurred_at >= ${since}::timestamptz AND x.voided_by IS NULL AND x.side <> 'marketing'`;
  const { rows } = await sql<TouchRow>`
    SELECT x.lead_id AS "of", ${columns} FROM touches x WHERE ${counts} AND x.lead_id = ANY(${ids}::uuid[])
    UNION ALL SELECT x.contact_id, ${columns} FROM touches x WHERE ${counts} AND x.lead_id IS NULL AND x.contact_id = ANY(${contactIds}::uuid[])
    UNION ALL SELECT p.asked, ${columns} FROM (${mergedPairs('contacts', workspaceId)}) p
      JOIN touches x ON ${counts} AND x.lead_id IS NULL AND x.contact_id = p.same WHERE p.asked = ANY(${contactIds}::uuid[])`.execute(tx);
  return rows;
}

/** What evidence needs, and what definitions of an attempt ask about. */
function touchColumns({ attempts }: Rules): Sql {
  const asked = new Set<string>(['side', 'kind', 'direction', 'automated', 'subject', 'outcome', 'memberId']);
  for (const rule of attemptRules(attempts)) for (const { of, field } of fieldConditionsOf(rule)) if (of === 'touch') asked.add(field);
  const built = touchFields.filter(({ name }) => name !== 'occurredAt' && asked.has(name));
  return sql.join([
    sql`x.id`,
    sql`${milliseconds('x.occurred_at')} AS "occurredAt"`,
    sql`${milliseconds('x.recorded_at')} AS "recordedAt"`,
    ...built.map(({ name }) => sql`${sql.ref(`x.${columnOf(name)}`)} AS ${sql.ref(name)}`),
    ...([...asked].some((field) => field.startsWith('custom.')) ? [sql`x.custom`] : []),
  ]);
}

/** An attempt by the definition in force when it was made; before the first one, by what usually is one. */
function evidenceOf(row: TouchRow, { attempts, reading }: Rules): EvidenceTouch[] {
  const { id, occurredAt: at, recordedAt, memberId, outcome } = row;
  const as = evidenceAs(row, () => evaluateTouchRule(inForceAt(attempts, at)?.rule ?? attemptUnlessDefined, ruleTouch(row), reading));
  return as === null ? [] : [{ id, at, recordedAt, memberId, as, outcome }];
}

function ruleTouch({ custom, ...touch }: TouchRow): RuleTouch {
  return custom ? { ...touch, ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom.${key}`, value])) } : touch;
}
