/**
 * A rule put to all leads at once. What leads belong to is joined, touches and revenue are counted in one pass over
 * them for all the leads that meet everything else. The same answers as `ruleSql` lead by lead.
 */

import { sql } from 'kysely';
import { isNegated } from '#engine/rules/question.ts';
import type { FieldCondition, RevenueCondition, Rule, TouchCondition } from '#engine/rules/rule.ts';
import { columnOf, fieldsOf } from '#features/records/contract.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx } from '#platform/db/database.ts';
import { fieldConditionsOf } from './rule-reading.ts';
import { fieldSql } from './rule-fields.ts';
import { atLeastOrMost, booleanSql, dayOf, type Leaf, revenueWindow, type RuleScope, signedAmount, stageSql, whole } from './rule-sql.ts';
import { mergedPairs, touchWhereSql, windowSql } from './rule-touches.ts';

export interface SetScope extends RuleScope {
  /** Which leads are judged: a condition over `t`; all, unless said. */
  readonly where?: Sql | undefined;
  /** Where it is known, between which instants (ISO 8601) all of them are judged: months of touches beyond are not opened. */
  readonly moments?: { readonly from: string; readonly to: string } | undefined;
}

/** How many leads there are, and how many of them meet the rule. */
export async function judgeAll(tx: Tx, rule: Rule, scope: SetScope): Promise<{ judged: number; passed: number }> {
  const { rows } = await sql<{ judged: bigint; passed: bigint }>`
    SELECT (SELECT count(*) FROM leads t WHERE ${ofScope(scope)}) AS judged, (SELECT count(*) FROM (${passingLeads(rule, scope)}) p) AS passed`.execute(
    tx,
  );
  return { judged: Number(rows[0]!.judged), passed: Number(rows[0]!.passed) };
}

/** The ids of the leads that meet the rule, in no order. */
export async function passingIds(tx: Tx, rule: Rule, scope: SetScope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${passingLeads(rule, scope)}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A SELECT of the ids of the leads that meet the rule. */
export function passingLeads(rule: Rule, scope: SetScope): Sql {
  const clauses = 'all' in rule ? rule.all : [rule];
  const [light, heavy] = [clauses.filter((clause) => !counts(clause)), clauses.filter(counts)];
  const conditions = light.map((clause) => booleanSql(clause, (leaf) => joinedLeaf(leaf, scope)));
  const from = sql`FROM leads t${joinsFor(rule, light, scope)} WHERE ${sql.join([ofScope(scope), ...conditions], sql` AND `)}`;
  return heavy.length === 0 ? sql`SELECT t.id ${from}` : counted(heavy, from, scope);
}

const ofScope = ({ workspaceId, where }: SetScope): Sql =>
  where === undefined ? sql`t.workspace_id = ${workspaceId}::uuid` : sql`t.workspace_id = ${workspaceId}::uuid AND (${where})`;

/** Whether touches or revenue have to be counted for it. */
function counts(rule: Rule): boolean {
  if ('all' in rule) return rule.all.some(counts);
  if ('any' in rule) return rule.any.some(counts);
  if ('not' in rule) return counts(rule.not);
  if ('points' in rule) return rule.points.some(({ when }) => counts(when));
  return 'touches' in rule || 'revenue' in rule;
}

// ── fields ──────────────────────────────────────────────────────────────────

const aliases = { account: 'a', contact: 'c' } as const;

/**
 * A lead stays without an account, but where a clause asks something that only one that is there can answer: then the
 * planner looks through the accounts before it joins, as one would write it by hand.
 */
function joinsFor(rule: Rule, clauses: readonly Rule[], { workspaceId }: SetScope): Sql {
  const conditions = fieldConditionsOf(rule);
  const needed = new Set(clauses.flatMap((clause) => ('of' in clause && !isNegated(clause) ? [clause.of] : [])));
  const joins = (['account', 'contact'] as const).flatMap((of) => {
    const columns = columnsAsked(of, conditions);
    const alias = sql.ref(aliases[of]);
    return columns === null
      ? []
      : [
          sql`${needed.has(of) ? sql`JOIN` : sql`LEFT JOIN`} (${survivors(of, columns, workspaceId)}) ${alias} ON ${alias}.id = ${sql.ref(`t.${of}_id`)}`,
        ];
  });
  return sql.join([sql``, ...joins], sql` `);
}

/** Columns of the account or contact that conditions ask about; null where none asks about it at all. */
function columnsAsked(of: 'account' | 'contact', conditions: readonly FieldCondition[]): string[] | null {
  const asked = new Set(conditions.flatMap((condition) => (condition.of === of ? [condition.field] : [])));
  if (asked.size === 0) return null;
  const fields = fieldsOf[of].filter(({ name, type }) => asked.has(name) || type === 'currency');
  return [...fields.map(({ name }) => columnOf(name)), ...([...asked].some((field) => field.startsWith('custom.')) ? ['custom'] : [])];
}

/**
 * Every account or contact by its id, with the columns of the one it was merged into where it was. Two parts, of which
 * the second is small: asking of each row whether it was merged would cost as much again as all the rest.
 */
function survivors(of: 'account' | 'contact', columns: readonly string[], workspaceId: string): Sql {
  const table = sql.table(`${of}s`);
  const from = (alias: string) =>
    sql.join(
      columns.map((column) => sql`, ${sql.ref(`${alias}.${column}`)}`),
      sql``,
    );
  return sql`SELECT o.id${from('o')} FROM ${table} o WHERE o.workspace_id = ${workspaceId}::uuid AND o.merged_into IS NULL
    UNION ALL SELECT o.id${from('m')} FROM ${table} o JOIN ${table} m ON m.workspace_id = ${workspaceId}::uuid AND m.id = o.merged_into
      WHERE o.workspace_id = ${workspaceId}::uuid AND o.merged_into IS NOT NULL`;
}

function joinedLeaf(leaf: Leaf, scope: SetScope): Sql {
  if ('touches' in leaf || 'revenue' in leaf) throw new Error('counted conditions have no place among the others');
  if ('stage' in leaf) return stageSql(leaf, { alias: 't', at: scope.at });
  return fieldSql(leaf, scope.reading, (question) => onJoined(leaf.of, question));
}

function onJoined(of: FieldCondition['of'], question: (alias: string) => Sql): Sql {
  if (of === 'lead') return question('t');
  return of === 'touch' ? sql`false` : question(aliases[of]);
}

// ── counts ──────────────────────────────────────────────────────────────────

/** What the counted clauses are made of: each part is a column of its own. */
interface Parts {
  /** Conditions on the lead that stand among counted ones. */
  readonly flags: Sql[];
  readonly touches: TouchCondition['touches'][];
  readonly revenue: RevenueCondition['revenue'][];
}

/** FULL JOIN, though each count is of a judged lead: it can't be done by a nested loop, which is taken where statistics know few leads. */
function counted(heavy: readonly Rule[], from: Sql, scope: SetScope): Sql {
  const [only, ...others] = heavy;
  if (only && others.length === 0 && 'touches' in only && only.is === 'gte' && only.value > 0)
    return sql`WITH judged AS MATERIALIZED (SELECT t.id, t.contact_id, ${scope.at} AS at ${from})
      SELECT j.id FROM judged j WHERE ${lookedUp(only.touches, scope)} >= ${whole(only.value)}`;
  const parts: Parts = { flags: [], touches: [], revenue: [] };
  const condition = sql.join(
    heavy.map((clause) => booleanSql(clause, (leaf) => countedLeaf(leaf, parts, scope))),
    sql` AND `,
  );
  const columns = [
    sql`t.id, t.contact_id, t.account_id, ${scope.at} AS at`,
    ...parts.flags.map((flag, at) => sql`${flag} AS ${sql.ref(`f${at}`)}`),
  ];
  return sql`WITH judged AS MATERIALIZED (SELECT ${sql.join(columns)} ${from})
    SELECT j.id FROM judged j ${parts.touches.length === 0 ? sql`` : sql`FULL JOIN (${touchCounts(parts.touches, scope)}) n ON n.id = j.id`}
    ${parts.revenue.length === 0 ? sql`` : sql`FULL JOIN (${revenueSums(parts.revenue, scope)}) s ON s.id = j.id`} WHERE ${condition}`;
}

/** Where none counts there is no row. */
function countedLeaf(leaf: Leaf, parts: Parts, scope: SetScope): Sql {
  if ('touches' in leaf) {
    const count = sql.ref(`n.k${parts.touches.push(leaf.touches) - 1}`);
    return sql`coalesce(${count}, 0) ${atLeastOrMost(leaf.is)} ${whole(leaf.value)}`;
  }
  if ('revenue' in leaf) {
    const sum = sql.ref(`s.k${parts.revenue.push(leaf.revenue) - 1}`);
    return sql`coalesce(${sum}, 0) ${atLeastOrMost(leaf.is)} ${leaf.value}::numeric`;
  }
  return sql`${sql.ref(`j.f${parts.flags.push(joinedLeaf(leaf, scope)) - 1}`)}`;
}

/**
 * How many touches of the judged lead `j` count, looked up: a definition mostly asks for touches of some weeks, and
 * those of a lead lie in one or two months' indexes. At a million leads that took less than one pass over all touches,
 * whether few or most leads met the other clauses. Those of contacts that were merged are looked for where there are any.
 */
function lookedUp(touches: TouchCondition['touches'], scope: SetScope): Sql {
  const { workspaceId, reading } = scope;
  const merged = mergedPairs('contacts', workspaceId);
  const counting = sql`x.workspace_id = ${workspaceId}::uuid AND x.voided_by IS NULL AND ${windowSql(touches, sql`j.at`)}
    AND ${months([touches], scope)} AND ${touchWhereSql(touches.where, reading)}`;
  return sql`(SELECT count(*) FROM touches x WHERE ${counting} AND x.lead_id = j.id)
    + (SELECT count(*) FROM touches x WHERE ${counting} AND x.contact_id = j.contact_id AND x.lead_id IS NULL)
    + CASE WHEN j.contact_id IN (SELECT p.asked FROM (${merged}) p)
      THEN (SELECT count(*) FROM (${merged}) p JOIN touches x ON x.contact_id = p.same AND x.lead_id IS NULL WHERE p.asked = j.contact_id AND ${counting})
      ELSE 0 END`;
}

/** By lead that has any of them, how many touches count for each condition. */
function touchCounts(conditions: readonly TouchCondition['touches'][], scope: SetScope): Sql {
  const { workspaceId, reading } = scope;
  const tests = conditions.map((each) => sql`(${windowSql(each, sql`j.at`)} AND ${touchWhereSql(each.where, reading)})`);
  const isOne = tests.length === 1;
  const columns = isOne ? [] : tests.map((test, at) => sql`, ${test} IS TRUE AS ${sql.ref(`k${at}`)}`);
  const touches = (by: Sql) => sql`SELECT j.id${sql.join(columns, sql``)} FROM judged j ${by} WHERE x.workspace_id = ${workspaceId}::uuid
    AND x.voided_by IS NULL AND ${months(conditions, scope)} AND (${sql.join(tests, sql` OR `)})`;
  const sums = conditions.map((_, at) => sql`count(*) ${isOne ? sql`` : sql`FILTER (WHERE ${sql.ref(`k${at}`)})`} AS ${sql.ref(`k${at}`)}`);
  return sql`SELECT id, ${sql.join(sums)} FROM (
    ${touches(sql`JOIN touches x ON x.lead_id = j.id`)}
    UNION ALL ${touches(sql`JOIN touches x ON x.contact_id = j.contact_id AND x.lead_id IS NULL`)}
    UNION ALL ${touches(sql`JOIN (${mergedPairs('contacts', workspaceId)}) p ON p.asked = j.contact_id JOIN touches x ON x.contact_id = p.same AND x.lead_id IS NULL`)}
    ) each GROUP BY id`;
}

/**
 * Only the months in which any of them can lie are opened. As constants: of bounds that a subquery finds the planner
 * expects 1 row in 200 and then sorts and looks up where it should scan and hash.
 */
function months(conditions: readonly TouchCondition['touches'][], { moments }: SetScope): Sql {
  if (!moments) return sql`true`;
  const latest = sql`x.occurred_at <= ${moments.to}::timestamptz`;
  const days = conditions.map(({ withinDays }) => withinDays ?? Infinity).reduce((most, each) => Math.max(most, each), 0);
  if (days === Infinity) return latest;
  const first = Temporal.Instant.from(moments.from).subtract({ hours: days * 24 });
  return sql`${latest} AND x.occurred_at >= ${first.toString()}::timestamptz`;
}

/** By lead, the revenue of its account that counts for each condition. */
function revenueSums(conditions: readonly RevenueCondition['revenue'][], { workspaceId, reading }: SetScope): Sql {
  const day = sql`j.day`;
  const sums = conditions.map((each, at) => sql`sum(${signedAmount}) FILTER (WHERE ${revenueWindow(each, day)}) AS ${sql.ref(`k${at}`)}`);
  const counts = sql`r.workspace_id = ${workspaceId}::uuid AND r.voided_by IS NULL AND r.currency = ${reading.currency}`;
  return sql`SELECT j.id, ${sql.join(sums)} FROM (SELECT id, account_id, ${dayOf(sql`at`, reading)} AS day FROM judged WHERE account_id IS NOT NULL) j
    JOIN (SELECT r.account_id AS of, r.kind, r.amount, r.occurred_on FROM revenue_entries r WHERE ${counts}
      UNION ALL SELECT p.asked, r.kind, r.amount, r.occurred_on FROM (${mergedPairs('accounts', workspaceId)}) p JOIN revenue_entries r ON r.account_id = p.same AND ${counts}) r
    ON r.of = j.account_id GROUP BY j.id`;
}
