/**
 * How the state of a record follows from the folded `sets` of its facts. The one place that knows how a
 * field is stored; single writes, bulk imports, undo and `accord verify` all go through it.
 */

import { companyCandidateKey, emailKey, nameKey, phoneKey } from '#engine/identity/keys.ts';
import { columnOf, fieldsOf, type Field, type RecordKind } from './contract.ts';

export type SqlType = 'text' | 'bigint' | 'numeric' | 'boolean' | 'timestamptz' | 'date' | 'uuid';

const sqlTypes: Record<Field['type'], SqlType> = {
  text: 'text',
  email: 'text',
  phone: 'text',
  domain: 'text',
  currency: 'text',
  choice: 'text',
  integer: 'bigint',
  amount: 'bigint',
  percent: 'numeric',
  boolean: 'boolean',
  instant: 'timestamptz',
  day: 'date',
  member: 'uuid',
  account: 'uuid',
  contact: 'uuid',
  lead: 'uuid',
  deal: 'uuid',
  campaign: 'uuid',
};

export const sqlTypeOf = (field: Field): SqlType => sqlTypes[field.type];

/** Fields that no file and no form sets, only verbs do. */
export const systemFieldsOf: Record<RecordKind, readonly Field[]> = {
  account: [merged('account'), archived()],
  contact: [merged('contact'), archived()],
  campaign: [merged('campaign'), archived()],
  lead: [archived()],
  deal: [archived()],
  campaignMember: [archived()],
};

function merged(kind: 'account' | 'contact' | 'campaign'): Field {
  return { name: 'mergedInto', type: kind, label: 'Merged into' };
}
function archived(): Field {
  return { name: 'archivedAt', type: 'instant', label: 'Archived' };
}

/** A field with its column and the expression that reads it out of folded sets (`sets` is a jsonb expression). */
export interface StateColumn {
  readonly field: Field;
  readonly column: string;
  readonly type: SqlType;
  readonly from: (sets: string) => string;
}

/** Every folded column of a kind, system fields included, `custom` and keys not. */
export function stateColumns(kind: RecordKind): StateColumn[] {
  return [...fieldsOf[kind], ...systemFieldsOf[kind]].map((field) => {
    const type = sqlTypeOf(field);
    const cast = type === 'text' ? '' : `::${type}`;
    return { field, column: columnOf(field.name), type, from: (sets) => `(${sets}->>'${field.name}')${cast}` };
  });
}

type Values = Readonly<Record<string, unknown>>;
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
const key = (value: unknown, make: (text: string) => string | null): string | null => {
  const given = text(value);
  return given === null ? null : make(given) || null;
};

/** The key columns a kind has, each with the fields it follows from: by them records are found and recognised. */
export const keyColumnsOf: Record<RecordKind, Readonly<Record<string, (values: Values, phoneCountry?: string | null) => string | null>>> = {
  account: {
    name_key: (values) => key(values.name, nameKey),
    phone_key: (values, country) => key(values.phone, (phone) => phoneKey(phone, country)),
  },
  contact: {
    name_key: (values) => key(values.fullName, nameKey),
    family_key: (values) => key(values.familyName ?? text(values.fullName)?.split(/\s+/).at(-1), nameKey),
    email_key: (values) => key(values.email, emailKey),
    phone_key: (values, country) => key(values.phone, (phone) => phoneKey(phone, country)),
  },
  campaign: { name_key: (values) => key(values.name, nameKey) },
  lead: {
    name_key: (values) => key(values.name, nameKey),
    company_key: (values) => key(values.company, nameKey),
    email_key: (values) => key(values.email, emailKey),
    phone_key: (values, country) => key(values.phone, (phone) => phoneKey(phone, country)),
  },
  deal: { name_key: (values) => key(values.name, nameKey) },
  campaignMember: {},
};

/** The key columns of a record with these values, by column name. */
export function keysOf(kind: RecordKind, values: Values, phoneCountry?: string | null): Record<string, string | null> {
  const keys: Record<string, string | null> = {};
  for (const [column, make] of Object.entries(keyColumnsOf[kind])) keys[column] = make(values, phoneCountry);
  return keys;
}

/** Two company names close enough that a shared domain makes them one: equal, or equal but for legal forms, or one begins the other. */
export function closeCompanyNames(one: string, other: string): boolean {
  const [a, b] = [companyCandidateKey(one), companyCandidateKey(other)];
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}
