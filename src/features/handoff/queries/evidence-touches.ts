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
export type EvidenceRow = TouchAtHand & {
  readonly id: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly memberId: string | null;
  readonly outcome: string | null;
  readonly custom?: Record<string, unknown> | null;
};
type TouchRow = EvidenceRow & { readonly of: string };

/** By lead: its own touches, and those of its contact, by whatever id it goes, that name no lead. */
export async function loadEvidence(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly PassedLead[],
  rules: Rules,
): Promise<Map<string, EvidenceTouch[]>> {
  if (leads.length === 0) return new Map();
  const rows = await readTouches(tx, workspaceId, leads, touchColumns(rules));
  const byLead = Map.groupBy(rows, (row) => row.of);
  return new Map([...byLead].map(([id, touches]) => [id, touches.flatMap((row) => evidenceOf(row, rules))]));
}

/** Ids are joined, never listed: with a list of a thousand ids planning alone takes half a second, for each month looks at each. */
async function readTouches(tx: Tx, workspaceId: WorkspaceId, leads: readonly PassedLead[], columns: Sql): Promise<TouchRow[]> {
  const ids = leads.map(({ id }) => id);
  const since = leads.map(({ mqlAt }) => new Date(mqlAt!).toISOString());
  const contactIds = leads.map(({ contactId }) => contactId);
  const asked = sql`unnest(${ids}::uuid[], ${contactIds}::uuid[], ${since}::timestamptz[]) l(id, contact_id, since)`;
  // The oldest of them once more by itself: months before it are not even planned for.
  const oldest = since.reduce((one, other) => (other < one ? other : one));
  const counts = sql`x.workspace_id = ${workspaceId}::uuid AND x.occurred_at >= ${oldest}::timestamptz AND x.occurred_at >= l.since
    AND x.voided_by IS NULL AND x.side <> 'marketing'`;
  const { rows } = await sql<TouchRow>`
    SELECT l.id AS "of", ${columns} FROM ${asked} JOIN touches x ON ${counts} AND x.lead_id = l.id
    UNION ALL SELECT l.id, ${columns} FROM ${asked} JOIN touches x ON ${counts} AND x.lead_id IS NULL AND x.contact_id = l.contact_id
    UNION ALL SELECT l.id, ${columns} FROM ${asked} JOIN (${mergedPairs('contacts', workspaceId)}) p ON p.asked = l.contact_id
      JOIN touches x ON ${counts} AND x.lead_id IS NULL AND x.contact_id = p.same`.execute(tx);
  return rows;
}

/** Of touches `x`: what evidence needs, and what definitions of an attempt ask about. */
export function touchColumns({ attempts }: Rules): Sql {
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
export function touchAs(row: EvidenceRow, { attempts, reading }: Rules): EvidenceTouch['as'] | null {
  const rule = inForceAt(attempts, row.occurredAt)?.rule ?? attemptUnlessDefined;
  return evidenceAs(row, () => evaluateTouchRule(rule, ruleTouch(row), reading));
}

function evidenceOf(row: TouchRow, rules: Rules): EvidenceTouch[] {
  const { id, occurredAt: at, recordedAt, memberId, outcome } = row;
  const as = touchAs(row, rules);
  return as === null ? [] : [{ id, at, recordedAt, memberId, as, outcome }];
}

function ruleTouch({ custom, ...touch }: EvidenceRow): RuleTouch {
  return custom ? { ...touch, ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [`custom.${key}`, value])) } : touch;
}
