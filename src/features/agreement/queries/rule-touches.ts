/** Which touches count for a lead, in SQL. */

import { sql } from 'kysely';
import type { RuleReading } from '#engine/rules/reading.ts';
import type { FieldCondition, TouchCondition } from '#engine/rules/rule.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { fieldSql } from './rule-fields.ts';

/** Whether a touch `x` meets all of a condition's `where`. */
export function touchWhereSql(where: readonly FieldCondition[], reading: RuleReading): Sql {
  return where.length === 0
    ? sql`true`
    : sql.join(
        where.map((condition) => sql`(${touchFieldSql(condition, reading, 'x')})`),
        sql` AND `,
      );
}

/** A touch has only its own fields: what a condition asks of another is not stated. */
export const touchFieldSql = (condition: FieldCondition, reading: RuleReading, alias: string): Sql =>
  condition.of === 'touch'
    ? fieldSql(condition, reading, (question) => question(alias))
    : fieldSql(condition, { ...reading, typeOf: () => null }, (question) => question(alias));

/** Whether touch `x` lies in the window of a condition before the moment `at`, both ends included. Hours, for a day of the calendar can have 23. */
export function windowSql({ withinDays }: Pick<TouchCondition['touches'], 'withinDays'>, at: Sql): Sql {
  const upTo = sql`x.occurred_at <= ${at}`;
  return withinDays === null ? upTo : sql`${upTo} AND x.occurred_at >= ${at} - ${hours(withinDays)}`;
}

/** A constant that the planner reads. */
export const hours = (days: number): Sql => sql.raw(`interval '${Math.trunc(days) * 24} hours'`);

/** Other ids by which the contact with this id goes: what it was merged into, and what was merged with it. */
export const otherContactIds = (workspaceId: WorkspaceId, contactId: Sql): Sql => otherIds('contacts', workspaceId, contactId);
/** The same of an account. */
export const otherAccountIds = (workspaceId: WorkspaceId, accountId: Sql): Sql => otherIds('accounts', workspaceId, accountId);

function otherIds(table: 'contacts' | 'accounts', workspaceId: WorkspaceId, id: Sql): Sql {
  const from = sql.table(table);
  return sql`SELECT m.id FROM ${from} m WHERE m.workspace_id = ${workspaceId}::uuid AND m.merged_into = ${id}
    UNION ALL SELECT o.merged_into FROM ${from} o WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ${id} AND o.merged_into IS NOT NULL
    UNION ALL SELECT m.id FROM ${from} o JOIN ${from} m ON m.workspace_id = ${workspaceId}::uuid AND m.merged_into = o.merged_into AND m.id <> o.id
      WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ${id} AND o.merged_into IS NOT NULL`;
}

/** All pairs of such ids, few in any workspace: `asked`, and another id `same` of the same contact or account. */
export function mergedPairs(table: 'contacts' | 'accounts', workspaceId: WorkspaceId): Sql {
  const from = sql.table(table);
  const merged = sql`m.workspace_id = ${workspaceId}::uuid AND m.merged_into IS NOT NULL`;
  return sql`SELECT m.merged_into AS asked, m.id AS same FROM ${from} m WHERE ${merged}
    UNION ALL SELECT m.id, m.merged_into FROM ${from} m WHERE ${merged}
    UNION ALL SELECT m.id, n.id FROM ${from} m JOIN ${from} n ON n.workspace_id = ${workspaceId}::uuid AND n.merged_into = m.merged_into AND n.id <> m.id WHERE ${merged}`;
}
