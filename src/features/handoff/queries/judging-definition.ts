import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import { clauseSentences } from '#engine/rules/sentence.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { inForceAt, signedDefinitions } from '#features/agreement/queries/in-force.ts';
import { ruleLabels } from '#features/agreement/queries/rule-reading.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { LeadAtHand } from './lead-at-hand.ts';

export interface NamedClause {
  readonly path: string;
  readonly sentence: string;
}

/** A version of the definition of MQL, as far as a lead was or can be held against it. */
export interface JudgingDefinition {
  readonly versionId: string;
  readonly number: number;
  readonly clauses: readonly NamedClause[];
  /** When it judged the lead, and the paths that failed; null where it stands in for a version that did. */
  readonly judged: { readonly at: string; readonly passed: boolean; readonly failed: readonly string[] } | null;
}

/** What is told where `findJudgingDefinition` finds none. */
export const needsDefinition =
  'There is no clause to name: no definition of MQL is signed by both sides. Sign one first; until then a lead can be recycled or disqualified.';

/**
 * The version that judged a lead; where none did (a source says that it is an MQL), the one in force when it was
 * passed, and for leads older than any definition the one in force now. Null: none is signed.
 */
export async function findJudgingDefinition(tx: Tx, workspaceId: WorkspaceId, lead: LeadAtHand): Promise<JudgingDefinition | null> {
  const found = (await findJudged(tx, workspaceId, lead.id)) ?? (await findInForce(tx, workspaceId, lead.lead.mqlAt));
  if (!found) return null;
  const { rule, ...definition } = found;
  return { ...definition, clauses: clausesNamed(rule, await ruleLabels(tx, workspaceId, [rule])) };
}

type Found = Omit<JudgingDefinition, 'clauses'> & { readonly rule: Rule };

/** A version that let it pass goes before one that didn't, a later judgement before an earlier. */
async function findJudged(tx: Tx, workspaceId: WorkspaceId, leadId: string): Promise<Found | null> {
  const { rows } = await sql<{ versionId: string; number: number; rule: Rule; at: string; passed: boolean; failed: string[] }>`
    SELECT v.id AS "versionId", v.number, v.rule, j.occurred_at AS at, j.passed, j.failed
    FROM judgements j JOIN definition_versions v ON v.workspace_id = j.workspace_id AND v.id = j.version_id
    WHERE j.workspace_id = ${workspaceId}::uuid AND j.lead_id = ${leadId}::uuid AND j.term = 'mql'
    ORDER BY j.passed DESC, j.occurred_at DESC, v.number DESC LIMIT 1`.execute(tx);
  const found = rows[0];
  if (!found) return null;
  const { versionId, number, rule, ...judged } = found;
  return { versionId, number, rule, judged };
}

async function findInForce(tx: Tx, workspaceId: WorkspaceId, mqlAt: unknown): Promise<Found | null> {
  const versions = await signedDefinitions(tx, workspaceId, 'mql');
  const passedAt = typeof mqlAt === 'string' ? Date.parse(mqlAt) : Date.now();
  const found = inForceAt(versions, passedAt) ?? inForceAt(versions, Date.now());
  return found ? { versionId: found.id, number: found.number, rule: found.rule, judged: null } : null;
}

/** Each clause of a rule by its path and as a sentence; of these paths only, where some are asked for. A path that it doesn't have stands for itself. */
export function clausesNamed(rule: Rule | null, labels: RuleLabels, paths?: readonly string[]): NamedClause[] {
  const known = rule && Object.keys(rule).length > 0 ? clauseSentences(rule, labels) : [];
  return paths ? paths.map((path) => known.find((clause) => clause.path === path) ?? { path, sentence: path }) : known;
}
