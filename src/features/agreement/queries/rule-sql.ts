/**
 * A rule as a boolean expression in SQL over a lead (or a touch): the reading for where a condition is needed among others.
 * All leads at once are judged by `rule-set.ts`, which joins where this looks up.
 */

import { sql } from 'kysely';
import type { RuleReading } from '#engine/rules/reading.ts';
import type { FieldCondition, PointsCondition, RevenueCondition, Rule, StageCondition, TouchCondition } from '#engine/rules/rule.ts';
import { columnOf, leadStages } from '#features/records/contract.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { fieldSql } from './rule-fields.ts';
import { otherAccountIds, otherContactIds, touchFieldSql, touchWhereSql, windowSql } from './rule-touches.ts';

export interface RuleScope {
  readonly workspaceId: WorkspaceId;
  /** Of these rules: see `ruleReading`. */
  readonly reading: RuleReading;
  /** The moment at which a lead is judged: an expression of type timestamptz over the lead's row. */
  readonly at: Sql;
}

/** Whether the lead `t` meets the rule: true or false, never NULL. The same answer as `evaluateRule`. */
export const ruleSql = (rule: Rule, scope: RuleScope, alias = 't'): Sql => sql`(${leadSql(rule, { ...scope, alias })}) IS TRUE`;

/** Whether the touch `x` meets a rule about touches: true or false, never NULL. The same answer as `evaluateTouchRule`. */
export const touchRuleSql = (rule: Rule, reading: RuleReading, alias = 'x'): Sql =>
  sql`(${booleanSql(rule, (leaf) => ('of' in leaf ? touchFieldSql(leaf, reading, alias) : sql`false`))}) IS TRUE`;

// ── and, or, not ────────────────────────────────────────────────────────────

export type Leaf = FieldCondition | TouchCondition | StageCondition | RevenueCondition;

/** Leaves may be NULL, which stands for no: so may the whole. What negates says IS NOT TRUE. */
export function booleanSql(rule: Rule, leafSql: (leaf: Leaf) => Sql): Sql {
  if ('all' in rule) return joined(rule.all, sql` AND `, sql`true`, leafSql);
  if ('any' in rule) return joined(rule.any, sql` OR `, sql`false`, leafSql);
  if ('not' in rule) return sql`((${booleanSql(rule.not, leafSql)}) IS NOT TRUE)`;
  if ('points' in rule) return pointsSql(rule, leafSql);
  return leafSql(rule);
}

const joined = (rules: readonly Rule[], by: Sql, none: Sql, leafSql: (leaf: Leaf) => Sql): Sql =>
  rules.length === 0
    ? none
    : sql`(${sql.join(
        rules.map((each) => booleanSql(each, leafSql)),
        by,
      )})`;

function pointsSql({ points, is, value }: PointsCondition, leafSql: (leaf: Leaf) => Sql): Sql {
  const scores = points.map((each) => sql`CASE WHEN ${booleanSql(each.when, leafSql)} THEN ${whole(each.points)} ELSE 0 END`);
  return sql`(${sql.join(scores, sql` + `)}) ${atLeastOrMost(is)} ${whole(value)}`;
}

export const atLeastOrMost = (is: 'gte' | 'lte'): Sql => (is === 'gte' ? sql`>=` : sql`<=`);
/** A constant that the planner reads. Whole numbers only. */
export const whole = (number: number): Sql => sql.raw(`(${Math.trunc(number)})`);

// ── of one lead ─────────────────────────────────────────────────────────────

interface LeadScope extends RuleScope {
  readonly alias: string;
}

const leadSql = (rule: Rule, scope: LeadScope): Sql => booleanSql(rule, (leaf) => leadLeaf(leaf, scope));

function leadLeaf(leaf: Leaf, scope: LeadScope): Sql {
  if ('touches' in leaf) return sql`${touchCount(leaf, scope)} ${atLeastOrMost(leaf.is)} ${whole(leaf.value)}`;
  if ('stage' in leaf) return stageSql(leaf, scope);
  if ('revenue' in leaf) return sql`${revenueSum(leaf, scope)} ${atLeastOrMost(leaf.is)} ${leaf.value}::numeric`;
  return fieldSql(leaf, scope.reading, (question) => onSubject(leaf.of, question, scope));
}

/** Of an account or contact that was merged, the one it was merged into is asked. */
function onSubject(of: FieldCondition['of'], question: (alias: string) => Sql, { workspaceId, alias }: LeadScope): Sql {
  if (of === 'lead') return question(alias);
  if (of === 'touch') return sql`false`;
  return sql`(SELECT ${onSurvivor(of, 's', question, workspaceId)} FROM ${sql.table(`${of}s`)} s WHERE s.workspace_id = ${workspaceId}::uuid AND s.id = ${sql.ref(`${alias}.${of}_id`)})`;
}

/** A question about the account or contact `alias`, put to the one that it was merged into where it was: few are, so it costs nothing for the rest. */
const onSurvivor = (of: 'account' | 'contact', alias: string, question: (alias: string) => Sql, workspaceId: WorkspaceId): Sql =>
  sql`CASE WHEN ${sql.ref(`${alias}.merged_into`)} IS NULL THEN ${question(alias)}
    ELSE (SELECT ${question('m')} FROM ${sql.table(`${of}s`)} m WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${sql.ref(`${alias}.merged_into`)}) END`;

export function stageSql({ stage, is }: StageCondition, { alias, at }: { readonly alias: string; readonly at: Sql }): Sql {
  const field = leadStages.find((each) => each.stage === stage)?.field;
  const isReached = field === undefined ? sql`false` : sql`${sql.ref(`${alias}.${columnOf(field)}`)} <= ${at}`;
  return is === 'reached' ? isReached : sql`(${isReached}) IS NOT TRUE`;
}

function touchCount({ touches }: TouchCondition, { workspaceId, reading, alias, at }: LeadScope): Sql {
  const lead = sql.ref(`${alias}.id`);
  const contact = sql.ref(`${alias}.contact_id`);
  const counted = (
    which: Sql,
  ) => sql`(SELECT count(*) FROM touches x WHERE x.workspace_id = ${workspaceId}::uuid AND ${which} AND x.voided_by IS NULL
    AND ${windowSql(touches, at)} AND ${touchWhereSql(touches.where, reading)})`;
  return sql`(${counted(sql`x.lead_id = ${lead}`)}
    + ${counted(sql`x.contact_id = ANY(ARRAY(SELECT ${contact} UNION ALL ${otherContactIds(workspaceId, sql`${contact}`)})) AND x.lead_id IS NULL`)})`;
}

function revenueSum({ revenue }: RevenueCondition, { workspaceId, reading, alias, at }: LeadScope): Sql {
  const account = sql.ref(`${alias}.account_id`);
  return sql`coalesce((SELECT sum(${signedAmount}) FROM revenue_entries r WHERE r.workspace_id = ${workspaceId}::uuid
    AND r.account_id = ANY(ARRAY(SELECT ${account} UNION ALL ${otherAccountIds(workspaceId, sql`${account}`)}))
    AND r.voided_by IS NULL AND r.currency = ${reading.currency} AND ${revenueWindow(revenue, dayOf(at, reading))}), 0)`;
}

/** Of revenue entry `r`: refunds and contractions are stated positive and count negative. */
export const signedAmount: Sql = sql`CASE WHEN r.kind IN ('contraction', 'refund') THEN -r.amount ELSE r.amount END`;

/** Within n days of a day: that day and the n − 1 before it. */
export const revenueWindow = ({ withinDays }: RevenueCondition['revenue'], day: Sql): Sql =>
  withinDays === null ? sql`r.occurred_on <= ${day}` : sql`r.occurred_on <= ${day} AND r.occurred_on > ${day} - ${whole(withinDays)}`;

export const dayOf = (at: Sql, { timeZone }: Pick<RuleReading, 'timeZone'>): Sql => sql`(${at} AT TIME ZONE ${timeZone}::text)::date`;
