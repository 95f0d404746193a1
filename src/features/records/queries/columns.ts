import { sql, type RawBuilder } from 'kysely';
import { Problem } from '#platform/errors.ts';
import { columnOf, fieldsOf, tableOf, type Field, type RecordKind } from '../contract.ts';
import { sortFieldsOf, type ListKind } from '../contract/lists.ts';
import { sqlTypeOf, stateColumns, systemFieldsOf, type SqlType } from '../projection.ts';

/** Any piece of SQL. */
export type Sql = RawBuilder<unknown>;

/** A kind's own record, as JSON carries it: every field by name (null when not stated), `custom`, `id`, `recordedAt`, `version`. */
export type ShownRecord = Record<string, unknown> & { id: string };
export type Row = Record<string, unknown> & { id: string };

export const tableRef = (kind: RecordKind): Sql => sql.table(tableOf[kind]);
export const hasMerges = (kind: RecordKind): boolean => systemFieldsOf[kind].some((field) => field.name === 'mergedInto');

/** The key columns by which a field is compared and sorted, where it has one. */
const keyColumns: Partial<Record<RecordKind, Readonly<Record<string, string>>>> = {
  account: { name: 'name_key', phone: 'phone_key' },
  contact: { fullName: 'name_key', familyName: 'family_key', email: 'email_key', phone: 'phone_key' },
  lead: { name: 'name_key', company: 'company_key', email: 'email_key', phone: 'phone_key' },
  deal: { name: 'name_key' },
  campaign: { name: 'name_key' },
};
export const keyColumnOf = (kind: RecordKind, field: string): string | null => keyColumns[kind]?.[field] ?? null;

/** A field of the kind, system fields included; null for a name that isn't one. */
export function fieldNamed(kind: RecordKind, name: string): Field | null {
  return fieldsOf[kind].find((field) => field.name === name) ?? systemFieldsOf[kind].find((field) => field.name === name) ?? null;
}

export interface Sort {
  readonly field: string;
  readonly column: string;
  readonly type: SqlType;
  readonly descending: boolean;
}

/** `-openedAt` → its column; refuses what has no index in that order. */
export function readSort(kind: ListKind, text: string): Sort {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const field = sortFieldsOf[kind].includes(name) ? fieldNamed(kind, name) : null;
  if (!field)
    throw new Problem('bad-input', `A list of ${kind}s can't be sorted by “${name}”; it can be by ${sortFieldsOf[kind].join(', ')}.`, {
      fields: [{ at: 'sort', reason: 'not sortable' }],
    });
  const key = keyColumnOf(kind, name);
  return { field: name, column: key ?? columnOf(name), type: key ? 'text' : sqlTypeOf(field), descending };
}

/** What people see of the driver's row. */
export function shownRecord(kind: RecordKind, row: Row): ShownRecord {
  const record: ShownRecord = { id: row.id };
  for (const { field, column } of stateColumns(kind)) record[field.name] = shownValue(field, row[column]);
  if (kind === 'lead') record.stage = row.stage;
  record.custom = row.custom;
  record.recordedAt = row.recorded_at;
  record.version = String(row.changed_xid);
  return record;
}

/** A column's value in the form that facts carry: amounts and percents as decimal strings, integers as numbers. */
export function shownValue(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (field.type === 'amount') return String(value);
  if (field.type === 'integer') return Number(value);
  if (field.type === 'percent')
    return String(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  return value;
}

/** A row as the fold of its facts would state it: what is set, the company's own fields under `custom.<key>`. */
export function statedValues(kind: RecordKind, row: Row): Record<string, unknown> {
  const stated: Record<string, unknown> = {};
  for (const { field, column } of stateColumns(kind)) {
    const value = shownValue(field, row[column]);
    if (value !== null) stated[field.name] = value;
  }
  for (const [key, value] of Object.entries((row.custom ?? {}) as Record<string, unknown>))
    if (value !== null) stated[`custom.${key}`] = value;
  return stated;
}
