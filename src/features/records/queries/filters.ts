import { sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { columnOf, leadStages, type Field, type RecordKind } from '../contract.ts';
import type { Condition, Filter, ListKind } from '../contract/lists.ts';
import { keysOf, sqlTypeOf } from '../projection.ts';
import { fieldNamed, hasMerges, keyColumnOf, tableRef, type Sql } from './columns.ts';
import { readValue, type CustomType } from './values.ts';

/**
 * Compiles a filter to SQL. Columns come from the table of fields only, values are always parameters.
 * A condition on something indexed compares the bare column, with operators that PostgreSQL knows to
 * leak nothing, so that it can use the index under row-level security.
 */
export interface FilterScope {
  readonly workspaceId: WorkspaceId;
  readonly kind: ListKind;
  /** The company's own fields of the kind. */
  readonly custom: ReadonlyMap<string, CustomType>;
  /** Members by team, where the filter asks about teams. */
  readonly teams: ReadonlyMap<string, readonly string[]>;
  readonly phoneCountry: string | null;
  /** In which days begin and end. */
  readonly timeZone: string;
}

/** Fields whose comparison by `eq`, `in` and ranges has an index, besides those with a key column. */
const indexedFields: Record<ListKind, readonly string[]> = {
  account: ['domain', 'ownerId', 'openedAt', 'segment', 'industry', 'name', 'teamId'],
  contact: ['accountId', 'ownerId', 'openedAt', 'email', 'phone', 'fullName', 'familyName', 'teamId'],
  lead: [
    'stage',
    'ownerId',
    'origin',
    'channel',
    'segment',
    'campaignId',
    'accountId',
    'contactId',
    'openedAt',
    'name',
    'company',
    'email',
    'mqlAt',
    'sqlAt',
    'dealAt',
    'wonAt',
    'value',
    'teamId',
  ],
  deal: [
    'status',
    'stage',
    'ownerId',
    'accountId',
    'contactId',
    'leadId',
    'campaignId',
    'openedAt',
    'closedAt',
    'amount',
    'name',
    'teamId',
  ],
  campaign: ['name', 'ownerId', 'channel', 'status', 'type', 'startsOn', 'teamId'],
};

/** Whether every condition can be answered from an index; else the work is capped lower. */
export const isIndexed = (kind: ListKind, filter: Filter | undefined): boolean =>
  (filter?.all ?? []).every(
    (condition) => indexedFields[kind].includes(condition.field) && condition.is !== 'contains' && condition.is !== 'ne',
  );

/** Every condition, and what hides archived records unless the filter asks about them, and merged ones. */
export function filterSql(scope: FilterScope, filter: Filter | undefined): Sql {
  const conditions = (filter?.all ?? []).map((condition, index) => conditionSql(scope, condition, `filter.all.${index}`));
  if (!filter?.all.some((condition) => condition.field === 'archivedAt')) conditions.push(sql`t.archived_at IS NULL`);
  if (hasMerges(scope.kind)) conditions.push(sql`t.merged_into IS NULL`);
  return sql.join([sql`t.workspace_id = ${scope.workspaceId}::uuid`, ...conditions], sql` AND `);
}

/** Fields whose index goes on with the time of opening, so that the newest of one value are read in order. */
const orderedByOpening: Partial<Record<ListKind, readonly string[]>> = {
  lead: ['stage', 'ownerId', 'origin', 'channel', 'segment', 'campaignId'],
  deal: ['status', 'stage', 'ownerId'],
};
const mostAlternatives = 50;

/**
 * One condition a value, for a filter that lets a field be one of several: the newest of each value are
 * read in order and merged. Asked at once, PostgreSQL would walk all records by time and skip the others:
 * seconds where the values are old.
 */
export function alternatives(scope: FilterScope, filter: Filter | undefined): Sql[] | null {
  for (const [index, condition] of (filter?.all ?? []).entries()) {
    const at = `filter.all.${index}`;
    const byTeam = condition.field === 'teamId' && (condition.is === 'eq' || condition.is === 'in');
    if (!byTeam && !(condition.is === 'in' && orderedByOpening[scope.kind]?.includes(condition.field))) continue;
    const values = byTeam ? teamOwners(scope, condition, at) : [...new Set(listOf(condition))];
    if (values.length < 2 || values.length > mostAlternatives) continue;
    return values.map((value) => conditionSql(scope, { field: byTeam ? 'ownerId' : condition.field, is: 'eq', value }, at));
  }
  return null;
}

function conditionSql(scope: FilterScope, condition: Condition, at: string): Sql {
  checkValueCount(condition, at);
  if (condition.field.startsWith('custom.')) return customSql(scope, condition, at);
  if (condition.field === 'teamId') return teamSql(scope, condition, at);
  const field = scope.kind === 'lead' && condition.field === 'stage' ? leadStageField : fieldNamed(scope.kind, condition.field);
  if (!field) throw refused(at, `a ${scope.kind} has no field “${condition.field}”`);
  if (field.type === 'account' || field.type === 'contact') return survivorSql(scope, field, condition, at);
  return fieldSql(scope, field, condition, at);
}

const leadStageField: Field = { name: 'stage', type: 'choice', label: 'Stage', choices: leadStages.map((stage) => stage.stage) };
const orderedTypes = new Set<Field['type']>(['integer', 'percent', 'instant', 'day', 'amount']);

function fieldSql(scope: FilterScope, field: Field, condition: Condition, at: string): Sql {
  const column = sql.ref(`t.${columnOf(field.name)}`);
  if (condition.is === 'blank') return sql`${column} IS NULL`;
  if (condition.is === 'notBlank') return sql`${column} IS NOT NULL`;
  if (condition.is === 'contains') return containsSql(field, column, condition, at);
  if (condition.is === 'gte' || condition.is === 'lte' || condition.is === 'between') {
    if (!orderedTypes.has(field.type)) throw refused(at, `“${field.name}” has no order; compare with eq, in or contains`);
    return rangeSql(scope, field, condition, at);
  }
  if (field.type === 'instant') return dayOrInstantSql(scope, field, condition, at);
  const key = keyColumnOf(scope.kind, field.name);
  const compared = key ? sql.ref(`t.${key}`) : column;
  const type = sql.raw(key ? 'text' : sqlTypeOf(field));
  const values = listOf(condition).map((value) => {
    const read = readValue(field, value, at);
    return key ? (keysOf(scope.kind, { [field.name]: read }, scope.phoneCountry)[key] ?? String(read)) : read;
  });
  if (condition.is === 'in') return sql`${compared} = ANY(${values}::${type}[])`;
  return condition.is === 'ne' ? sql`${compared} IS DISTINCT FROM ${values[0]}::${type}` : sql`${compared} = ${values[0]}::${type}`;
}

function containsSql(field: Field, column: Sql, condition: Condition, at: string): Sql {
  if (sqlTypeOf(field) !== 'text' || typeof condition.value !== 'string')
    throw refused(at, `only a text can contain something; “${field.name}” is of type ${field.type}`);
  return sql`position(lower(${condition.value}) in lower(${column} COLLATE "default")) > 0`;
}

function rangeSql(scope: FilterScope, field: Field, condition: Condition, at: string): Sql {
  const column = sql.ref(`t.${columnOf(field.name)}`);
  const values = listOf(condition);
  const from = condition.is === 'lte' ? undefined : values[0];
  const to = condition.is === 'between' ? values[1] : condition.is === 'lte' ? values[0] : undefined;
  const parts: Sql[] = [];
  if (from !== undefined) parts.push(sql`${column} >= ${bound(scope, field, from, at, 0)}`);
  if (to !== undefined)
    parts.push(
      isDayOf(field, to) ? sql`${column} < ${bound(scope, field, to, at, 1)}` : sql`${column} <= ${bound(scope, field, to, at, 0)}`,
    );
  return sql`(${sql.join(parts, sql` AND `)})`;
}

/** A day given for an instant means that whole day in the workspace's zone. */
function dayOrInstantSql(scope: FilterScope, field: Field, condition: Condition, at: string): Sql {
  const column = sql.ref(`t.${columnOf(field.name)}`);
  const parts = listOf(condition).map((value) =>
    isDayOf(field, value)
      ? sql`(${column} >= ${bound(scope, field, value, at, 0)} AND ${column} < ${bound(scope, field, value, at, 1)})`
      : sql`${column} = ${bound(scope, field, value, at, 0)}`,
  );
  const any = sql`(${sql.join(parts, sql` OR `)})`;
  return condition.is === 'ne' ? sql`${any} IS NOT TRUE` : any;
}

const isDayOf = (field: Field, value: unknown): boolean =>
  field.type === 'instant' && typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

function bound(scope: FilterScope, field: Field, value: unknown, at: string, addDays: number): Sql {
  if (!isDayOf(field, value)) return sql`${readValue(field, value, at)}::${sql.raw(sqlTypeOf(field))}`;
  const day = Temporal.PlainDate.from(String(readValue({ ...field, type: 'day' }, value, at))).add({ days: addDays });
  return sql`${day.toZonedDateTime(scope.timeZone).toInstant().toString()}::timestamptz`; // a constant, whose share of the rows the planner knows
}

/** A merged account or contact is found under its survivor: what still names the merged one counts as the survivor's. */
function survivorSql(scope: FilterScope, field: Field, condition: Condition, at: string): Sql {
  const column = sql.ref(`t.${columnOf(field.name)}`);
  if (condition.is === 'blank') return sql`${column} IS NULL`;
  if (condition.is === 'notBlank') return sql`${column} IS NOT NULL`;
  if (condition.is !== 'eq' && condition.is !== 'in' && condition.is !== 'ne')
    throw refused(at, `“${field.name}” is compared with eq, ne, in, blank or notBlank`);
  const ids = listOf(condition).map((value) => readValue(field, value, at));
  const table = tableRef(field.type as RecordKind);
  const all = sql`(ARRAY(SELECT id FROM ${table} WHERE workspace_id = ${scope.workspaceId}::uuid AND merged_into = ANY(${ids}::uuid[])) || ${ids}::uuid[])`;
  return condition.is === 'ne' ? sql`(${column} = ANY(${all})) IS NOT TRUE` : sql`${column} = ANY(${all})`;
}

function teamSql(scope: FilterScope, condition: Condition, at: string): Sql {
  if (!['eq', 'in', 'ne', 'blank', 'notBlank'].includes(condition.is))
    throw refused(at, 'a team is compared with eq, ne, in, blank or notBlank');
  const inTeam = sql`t.owner_id = ANY(${teamOwners(scope, condition, at)}::uuid[])`;
  return condition.is === 'ne' || condition.is === 'blank' ? sql`(${inTeam}) IS NOT TRUE` : inTeam;
}

/** Whom a condition on teams means: the members of those named, or of any. */
function teamOwners(scope: FilterScope, condition: Condition, at: string): string[] {
  const ids = condition.is === 'blank' || condition.is === 'notBlank' ? [...scope.teams.keys()] : listOf(condition);
  if (!ids.every((id) => typeof id === 'string' && isId(id))) throw refused(at, 'a team is named by its id');
  return [...new Set(ids.flatMap((id) => scope.teams.get(String(id)) ?? []))];
}

function customSql(scope: FilterScope, condition: Condition, at: string): Sql {
  const name = condition.field.slice('custom.'.length);
  const type = scope.custom.get(name);
  if (!type) throw refused(at, `${scope.kind}s have no own field “${name}”`);
  const held = sql`(t.custom->>${name})`;
  if (condition.is === 'blank') return sql`${held} IS NULL`;
  if (condition.is === 'notBlank') return sql`${held} IS NOT NULL`;
  if (condition.is === 'contains') return sql`position(lower(${String(condition.value)}) in lower(${held})) > 0`;
  const asNumber = type === 'number';
  const values = listOf(condition).map((value) => {
    if (asNumber && (String(value).trim() === '' || !Number.isFinite(Number(value)))) throw refused(at, 'is no number');
    return asNumber ? Number(value) : String(value);
  });
  const left = asNumber ? sql`CASE WHEN jsonb_typeof(t.custom->${name}) = 'number' THEN ${held}::numeric END` : held;
  const cast = sql.raw(asNumber ? 'numeric' : 'text');
  const one = (index: number) => sql`${values[index]}::${cast}`;
  switch (condition.is) {
    case 'eq':
      return sql`${left} = ${one(0)}`;
    case 'ne':
      return sql`${left} IS DISTINCT FROM ${one(0)}`;
    case 'in':
      return sql`${left} = ANY(${values}::${cast}[])`;
    case 'gte':
      return sql`${left} >= ${one(0)}`;
    case 'lte':
      return sql`${left} <= ${one(0)}`;
    default:
      return sql`${left} BETWEEN ${one(0)} AND ${one(1)}`;
  }
}

const listOf = (condition: Condition): (string | number | boolean)[] =>
  Array.isArray(condition.value) ? condition.value : [condition.value!];

function checkValueCount(condition: Condition, at: string): void {
  const count = condition.value === undefined ? 0 : Array.isArray(condition.value) ? condition.value.length : 1;
  const wanted = condition.is === 'blank' || condition.is === 'notBlank' ? 0 : condition.is === 'between' ? 2 : 1;
  if (condition.is === 'in' ? count === 0 : count !== wanted)
    throw refused(
      at,
      `“${condition.is}” takes ${condition.is === 'in' ? 'a list of values' : wanted === 0 ? 'no value' : `${wanted} value${wanted > 1 ? 's' : ''}`}`,
    );
}

const refused = (at: string, reason: string): Problem =>
  new Problem('bad-input', `The filter can't be read: ${reason}.`, { fields: [{ at, reason }] });
