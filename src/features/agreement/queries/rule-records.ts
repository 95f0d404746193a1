/** Leads with all that rules may ask of them, to be judged one by one in JavaScript. */

import { sql } from 'kysely';
import type { Fields, RuleReading, RuleRecord, RuleRevenue, RuleTouch } from '#engine/rules/reading.ts';
import type { FieldCondition, Rule } from '#engine/rules/rule.ts';
import { columnOf, type Field, fieldsOf, leadStages } from '#features/records/contract.ts';
import { type Row, shownValue, type Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { fieldConditionsOf, ruleReading } from './rule-reading.ts';
import { signedAmount } from './rule-sql.ts';
import { mergedPairs } from './rule-touches.ts';

/**
 * By id of the lead, every lead that is there. Only what the rules ask about is loaded: a rule about the lead's own
 * fields costs one statement for all of them.
 */
export async function loadRuleRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
  rules: readonly Rule[],
): Promise<Map<string, RuleRecord>> {
  const reading = await ruleReading(tx, workspaceId, rules);
  const conditions = rules.flatMap(fieldConditionsOf);
  const own = askedColumns('lead', conditions);
  const leads = await leadRows(tx, workspaceId, leadIds, own);
  const accounts = await survivors(tx, workspaceId, 'account', leads, conditions);
  const contacts = await survivors(tx, workspaceId, 'contact', leads, conditions);
  const touches = rules.some((rule) => has(rule, 'touches')) ? await touchesOf(tx, workspaceId, leads, conditions) : none;
  const revenue = rules.some((rule) => has(rule, 'revenue')) ? await revenueOf(tx, workspaceId, leads, reading) : none;
  return new Map(
    leads.map((row) => [
      row.id,
      {
        reading,
        lead: fieldsIn(row, own),
        account: accounts.get(String(row.account_id)) ?? null,
        contact: contacts.get(String(row.contact_id)) ?? null,
        touches: (touches.get(row.id) ?? []) as RuleTouch[],
        stages: stagesOf(row),
        revenue: (revenue.get(String(row.account_id)) ?? []) as RuleRevenue[],
      },
    ]),
  );
}

const none: ReadonlyMap<string, readonly unknown[]> = new Map();

function has(rule: Rule, part: 'touches' | 'revenue'): boolean {
  if ('all' in rule) return rule.all.some((each) => has(each, part));
  if ('any' in rule) return rule.any.some((each) => has(each, part));
  if ('not' in rule) return has(rule.not, part);
  if ('points' in rule) return rule.points.some(({ when }) => has(when, part));
  return part in rule;
}

// ── fields ──────────────────────────────────────────────────────────────────

/** The columns of a subject that conditions ask about; with an amount goes its currency. */
interface Asked {
  readonly fields: readonly Field[];
  readonly isCustomAsked: boolean;
}

function askedColumns(of: FieldCondition['of'], conditions: readonly FieldCondition[]): Asked {
  const names = new Set(conditions.flatMap((condition) => (condition.of === of ? [condition.field] : [])));
  const fields = fieldsOf[of].filter(({ name }) => names.has(name));
  const currency = fields.some(({ type }) => type === 'amount') ? fieldsOf[of].filter(({ name }) => name === 'currency') : [];
  return { fields: [...new Set([...fields, ...currency])], isCustomAsked: [...names].some((name) => name.startsWith('custom.')) };
}

/** `, t.segment AS "segment", …, t.custom`. */
function columnsSql({ fields, isCustomAsked }: Asked, alias: string): Sql {
  const columns = fields.map(({ name }) => sql`, ${sql.ref(`${alias}.${columnOf(name)}`)} AS ${sql.ref(name)}`);
  return sql`${sql.join(columns, sql``)}${isCustomAsked ? sql`, ${sql.ref(`${alias}.custom`)}` : sql``}`;
}

function fieldsIn(row: Row | TouchRow, { fields, isCustomAsked }: Asked): Record<string, unknown> {
  const held: Record<string, unknown> = {};
  for (const field of fields) held[field.name] = shownValue(field, row[field.name]);
  if (isCustomAsked) for (const [key, value] of Object.entries((row.custom ?? {}) as object)) held[`custom.${key}`] = value;
  return held;
}

// ── leads and what they belong to ───────────────────────────────────────────

async function leadRows(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], asked: Asked): Promise<Row[]> {
  if (ids.length === 0) return [];
  const times = leadStages.map(
    ({ stage, field }) => sql`${milliseconds(sql.ref(`t.${columnOf(field)}`))} AS ${sql.ref(`entered_${stage}`)}`,
  );
  const { rows } = await sql<Row>`SELECT t.id, t.account_id, t.contact_id, ${sql.join(times)}${columnsSql(asked, 't')} FROM leads t
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}

/** Epoch milliseconds with microseconds as their fraction, as a JavaScript number holds them. */
const milliseconds = (instant: ReturnType<typeof sql.ref>): Sql => sql`(extract(epoch FROM ${instant}) * 1000)::float8`;

const stagesOf = (row: Row): Record<string, number | null> =>
  Object.fromEntries(leadStages.map(({ stage }) => [stage, (row[`entered_${stage}`] as number | null) ?? null]));

/** By the id that a lead names, the account or contact that counts: what it was merged into, where it was. None where no condition asks. */
async function survivors(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: 'account' | 'contact',
  leads: readonly Row[],
  conditions: readonly FieldCondition[],
): Promise<Map<string, Fields>> {
  const ids = idsIn(leads, `${kind}_id`);
  if (ids.length === 0 || !conditions.some(({ of }) => of === kind)) return new Map();
  const [table, asked] = [sql.table(`${kind}s`), askedColumns(kind, conditions)];
  const { rows } = await sql<Row & { asked: string }>`SELECT o.id AS asked${columnsSql(asked, 'n')} FROM ${table} o
    JOIN ${table} n ON n.workspace_id = ${workspaceId}::uuid AND n.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.asked, fieldsIn(row, asked)]));
}

const idsIn = (leads: readonly Row[], column: string): string[] => [
  ...new Set(leads.flatMap((row) => (row[column] ? [String(row[column])] : []))),
];

// ── touches ─────────────────────────────────────────────────────────────────

/** By lead: its own, and those of its contact, by whatever id it goes, that name no lead. */
async function touchesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly Row[],
  conditions: readonly FieldCondition[],
): Promise<Map<string, RuleTouch[]>> {
  const asked = askedColumns('touch', conditions);
  // Not as a list of constants: that is weighed anew for every month of touches (0.7 s for 2,000 ids and 40 months).
  const among = (ids: readonly string[]) => sql`= ANY(ARRAY(SELECT unnest(${ids}::uuid[])))`;
  const touch = sql`${milliseconds(sql.ref('x.occurred_at'))} AS at${columnsSql(asked, 'x')}`;
  const ids = leads.map(({ id }) => id);
  const contactIds = idsIn(leads, 'contact_id');
  const { rows } = await sql<TouchRow>`
    SELECT x.lead_id AS "of", ${touch} FROM touches x WHERE x.workspace_id = ${workspaceId}::uuid AND x.lead_id ${among(ids)} AND x.voided_by IS NULL
    UNION ALL SELECT x.contact_id, ${touch} FROM touches x
      WHERE x.workspace_id = ${workspaceId}::uuid AND x.contact_id ${among(contactIds)} AND x.lead_id IS NULL AND x.voided_by IS NULL
    UNION ALL SELECT p.asked, ${touch} FROM (${mergedPairs('contacts', workspaceId)}) p
      JOIN touches x ON x.workspace_id = ${workspaceId}::uuid AND x.contact_id = p.same AND x.lead_id IS NULL AND x.voided_by IS NULL
      WHERE p.asked ${among(contactIds)}`.execute(tx);
  const byOwner = new Map([...Map.groupBy(rows, (row) => row.of)].map(([owner, of]) => [owner, of.map((row) => touchIn(row, asked))]));
  return new Map(leads.map((lead) => [lead.id, [...(byOwner.get(lead.id) ?? []), ...(byOwner.get(String(lead.contact_id)) ?? [])]]));
}

/** `of`: the lead or contact it is of; `at`: epoch milliseconds. */
type TouchRow = { of: string; at: number } & Record<string, unknown>;

const touchIn = (row: TouchRow, asked: Asked): RuleTouch => ({ ...fieldsIn(row, asked), occurredAt: row.at });

// ── revenue ─────────────────────────────────────────────────────────────────

/** By the account that a lead names: its entries in the workspace's currency, and those of what was merged with it. */
async function revenueOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly Row[],
  { currency }: RuleReading,
): Promise<Map<string, RuleRevenue[]>> {
  const accountIds = idsIn(leads, 'account_id');
  const entry = sql`r.occurred_on AS "occurredOn", ${signedAmount} AS amount`;
  const counts = sql`r.workspace_id = ${workspaceId}::uuid AND r.voided_by IS NULL AND r.currency = ${currency}`;
  const { rows } = await sql<RuleRevenue & { of: string }>`
    SELECT r.account_id AS "of", ${entry} FROM revenue_entries r WHERE ${counts} AND r.account_id = ANY(${accountIds}::uuid[])
    UNION ALL SELECT p.asked, ${entry} FROM (${mergedPairs('accounts', workspaceId)}) p JOIN revenue_entries r ON r.account_id = p.same AND ${counts}
      WHERE p.asked = ANY(${accountIds}::uuid[])`.execute(tx);
  return Map.groupBy(rows, (row) => row.of);
}
