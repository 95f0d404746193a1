/** What stands around rules in a workspace. */

import { sql } from 'kysely';
import type { RuleReading, RuleType } from '#engine/rules/reading.ts';
import { ruleSubjects, type FieldCondition, type Rule } from '#engine/rules/rule.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { valuesOf } from '#engine/rules/question.ts';
import { listCustomFields } from '#features/records/queries/lookups.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { fieldLabels, type OwnField, ruleTypeOf, subjectFields } from '../contract/vocabulary.ts';

/** Every condition on a field, wherever in the rule it stands. */
export function fieldConditionsOf(rule: Rule): FieldCondition[] {
  if ('all' in rule) return rule.all.flatMap(fieldConditionsOf);
  if ('any' in rule) return rule.any.flatMap(fieldConditionsOf);
  if ('not' in rule) return fieldConditionsOf(rule.not);
  if ('points' in rule) return rule.points.flatMap(({ when }) => fieldConditionsOf(when));
  if ('touches' in rule) return [...rule.touches.where];
  return 'of' in rule ? [rule] : [];
}

/** Asks the database only for what the rules mention: own fields, and which campaigns were merged. */
export async function ruleReading(tx: Tx, workspaceId: WorkspaceId, rules: readonly Rule[]): Promise<RuleReading> {
  const conditions = rules.flatMap(fieldConditionsOf);
  const place = await placeOf(tx, workspaceId);
  const own = conditions.some(({ field }) => field.startsWith('custom.')) ? await listCustomFields(tx, workspaceId) : [];
  const merges = conditions.some(({ field }) => field === 'campaignId') ? await mergedCampaigns(tx, workspaceId) : [];
  return makeReading(place, own, merges);
}

export async function placeOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ timeZone: string; currency: string }> {
  const { rows } = await sql<{ timeZone: string; currency: string }>`
    SELECT time_zone AS "timeZone", currency FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0] ?? { timeZone: 'UTC', currency: 'EUR' };
}

interface Merge {
  readonly id: string;
  readonly into: string;
}

async function mergedCampaigns(tx: Tx, workspaceId: WorkspaceId): Promise<Merge[]> {
  const { rows } = await sql<Merge>`
    SELECT id, merged_into AS "into" FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND merged_into IS NOT NULL`.execute(tx);
  return rows;
}

function makeReading(
  place: { readonly timeZone: string; readonly currency: string },
  own: readonly OwnField[],
  merges: readonly Merge[],
): RuleReading {
  const types = typesOf(own);
  const survivor = new Map(merges.map(({ id, into }) => [id, into]));
  const family = Map.groupBy(merges, ({ into }) => into);
  return {
    ...place,
    typeOf: (of, field) => types.get(`${of}.${field}`) ?? null,
    sameAs: (id) => {
      const top = survivor.get(id) ?? id;
      return [top, ...(family.get(top) ?? []).map((merge) => merge.id)];
    },
  };
}

const typesOf = (own: readonly OwnField[]): Map<string, RuleType> =>
  new Map(ruleSubjects.flatMap((of) => subjectFields(of, own).map((field) => [`${of}.${field.name}`, ruleTypeOf(field.type)] as const)));

/** What sentences about these rules need: labels of all fields, and the names of the members and campaigns they mention. */
export async function ruleLabels(tx: Tx, workspaceId: WorkspaceId, rules: readonly Rule[]): Promise<RuleLabels> {
  const conditions = rules.flatMap(fieldConditionsOf);
  const ids = conditions.flatMap((condition) =>
    valuesOf(condition).filter((value): value is string => typeof value === 'string' && isId(value)),
  );
  const names = await namesOf(tx, workspaceId, { member: ids, campaign: ids });
  const own = conditions.some(({ field }) => field.startsWith('custom.')) ? await listCustomFields(tx, workspaceId) : [];
  return {
    ...(await placeOf(tx, workspaceId)),
    ...fieldLabels(own),
    names: Object.fromEntries([...names].flatMap(([key, { name }]) => (name ? [[key.split(' ')[1]!, name]] : []))),
  };
}
