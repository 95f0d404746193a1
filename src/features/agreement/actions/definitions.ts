import { sql } from 'kysely';
import type { z } from 'zod';
import { valuesOf } from '#engine/rules/question.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { builtInTerms, type definitionDraft, type newDefinition, type newTerm } from '../contract.ts';
import { checkRule, type RuleProblem } from '../contract/check-rule.ts';
import { fieldConditionsOf, ruleLabels } from '../queries/rule-reading.ts';
import { findTerm } from '../queries/terms.ts';
import { lives, lockNumbers, markProposed, recordVersionFact, refuseRetroactive, refuseStrangers, refuseUnless } from './signing.ts';

/** A word of the company's own beside the field's. @throws Problem conflict when it is there */
export async function addTerm(tx: Tx, who: Who, given: z.output<typeof newTerm>): Promise<void> {
  if (builtInTerms.some(({ key }) => key === given.key)) throw new Problem('conflict', `“${given.key}” is there already.`);
  const { rows } = await sql`INSERT INTO terms (workspace_id, key, name, about, subject, created_by)
    VALUES (${who.workspaceId}::uuid, ${given.key}, ${given.name}, ${given.about}, ${given.subject}, ${who.memberId}::uuid)
    ON CONFLICT DO NOTHING RETURNING 1`.execute(tx);
  if (rows.length === 0) throw new Problem('conflict', `“${given.key}” is there already.`);
  await recordFact(tx, who.workspaceId, {
    kind: 'term.added',
    subjectKind: 'workspace',
    subjectId: who.workspaceId,
    memberId: who.memberId,
    body: given,
  });
  await announceChange(tx, who.workspaceId, 'definition');
}

/**
 * A new version of a term's definition, as a draft.
 * @returns its id
 * @throws Problem not-found (no such term), bad-input (the rule asks for what isn't there)
 */
export async function draftDefinition(tx: Tx, who: Who, given: z.output<typeof newDefinition>): Promise<string> {
  await refuseRule(tx, who.workspaceId, given.term, given.rule);
  await lockNumbers(tx, who.workspaceId);
  const id = newId();
  const { rows } = await sql<{
    number: number;
  }>`INSERT INTO definition_versions (workspace_id, id, term, number, status, text, rule, examples, made_by)
    SELECT ${who.workspaceId}::uuid, ${id}::uuid, ${given.term}, coalesce(max(number), 0) + 1, 'draft', ${given.text}, ${JSON.stringify(given.rule)}::jsonb,
      ${JSON.stringify(given.examples)}::jsonb, ${who.memberId}::uuid
    FROM definition_versions WHERE workspace_id = ${who.workspaceId}::uuid AND term = ${given.term} RETURNING number`.execute(tx);
  await recordVersionFact(tx, who, { kind: 'definition', id, number: rows[0]!.number }, 'drafted', { term: given.term });
  return id;
}

/** @throws Problem conflict (not a draft any more), forbidden (somebody else's, and the asker no head) */
export async function editDefinition(tx: Tx, who: Who, id: string, draft: z.output<typeof definitionDraft>): Promise<void> {
  const row = await lives.definition.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'edit');
  refuseStrangers(who, row);
  await refuseRule(tx, who.workspaceId, row.term, draft.rule);
  await sql`UPDATE definition_versions SET text = ${draft.text}, rule = ${JSON.stringify(draft.rule)}::jsonb, examples = ${JSON.stringify(draft.examples)}::jsonb
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordVersionFact(tx, who, row, 'edited');
}

/** Puts a draft before both sides. The rule is looked at once more: fields may have gone since it was drafted. */
export async function proposeDefinition(tx: Tx, who: Who, id: string, effectiveFrom: string): Promise<void> {
  const row = await lives.definition.lock(tx, who.workspaceId, id);
  refuseUnless(row, 'propose');
  refuseStrangers(who, row);
  await refuseRule(tx, who.workspaceId, row.term, row.rule);
  await refuseRetroactive(tx, who.workspaceId, row, effectiveFrom);
  await markProposed(tx, who, lives.definition, { ...row, effectiveFrom });
}

/** A rule asks only for what is there, and names only people and campaigns of this workspace. */
async function refuseRule(tx: Tx, workspaceId: WorkspaceId, termKey: string, rule: Rule): Promise<void> {
  const term = await findTerm(tx, workspaceId, termKey);
  if (!term) throw notFound('term');
  const customFields = await listCustomFields(tx, workspaceId);
  const problems = checkRule(rule, { subject: term.subject, customFields, term: termKey });
  const found = problems.length > 0 ? problems : await strangersIn(tx, workspaceId, rule);
  if (found.length === 0) return;
  throw new Problem('bad-input', `The rule can’t be asked: ${found[0]!.reason}`, {
    fields: found.slice(0, 50).map(({ path, reason }) => ({ at: path === '' ? 'rule' : `rule.${path}`, reason })),
  });
}

async function strangersIn(tx: Tx, workspaceId: WorkspaceId, rule: Rule): Promise<RuleProblem[]> {
  const { fields = {}, names = {} } = await ruleLabels(tx, workspaceId, [rule]);
  const named = fieldConditionsOf(rule).filter(({ of, field }) => fields[`${of}.${field}`]?.type === 'id');
  const strangers = named.flatMap(valuesOf).filter((value) => !Object.hasOwn(names, String(value)));
  return strangers.map((value) => ({ path: '', reason: `there is no record “${String(value)}” here` }));
}
