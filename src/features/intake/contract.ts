/**
 * Intake: how foreign files become records. The mapping is data in a closed grammar: it can be read,
 * checked, stored, sent and compared, and can never run anything. `docs/mapping.md` explains it.
 */

import { z } from 'zod';
import { costFields, entryKinds, fieldsOf, recordKinds, type Field, type Kind } from '#features/records/contract.ts';

/** What a row can become: a record, an entry, or a member (a person of the company itself). */
export const importKinds = ['member', ...recordKinds, ...entryKinds] as const;
export type ImportKind = (typeof importKinds)[number];

/** Fields of a member that a file may state. `teamId` is left to people: a file knows a team by its name. */
export const memberImportFields = [
  { name: 'name', type: 'text', label: 'Name', required: true },
  { name: 'email', type: 'email', label: 'E-mail' },
  { name: 'side', type: 'choice', label: 'Side', choices: ['marketing', 'sales', 'leadership'] },
  { name: 'role', type: 'choice', label: 'Role', choices: ['owner', 'admin', 'manager', 'member', 'viewer'] },
  { name: 'team', type: 'text', label: 'Team' },
  { name: 'region', type: 'text', label: 'Region', help: 'the region of the team, where it has none yet' },
  { name: 'title', type: 'text', label: 'Job title' },
  { name: 'managerId', type: 'member', label: 'Manager' },
  { name: 'active', type: 'boolean', label: 'Active' },
] as const satisfies readonly Field[];

/** A file may leave the side out where something else tells it. */
const costImportFields: readonly Field[] = costFields.map((field) =>
  field.name === 'side'
    ? {
        ...field,
        required: false,
        help: 'blank: told by a category that only one side has, else by the team, by a campaign (marketing), by whose it is',
      }
    : field,
);

/** The mapping targets of a kind. */
export const importFieldsOf = (kind: ImportKind): readonly Field[] =>
  kind === 'member' ? memberImportFields : kind === 'cost' ? costImportFields : fieldsOf[kind as Kind];

/** The sets of files that are recognised as they come. */
export const dialects = [
  'accord',
  'salesforce-loader',
  'salesforce-weekly',
  'hubspot',
  'pipedrive',
  'google-ads',
  'meta-ads',
  'linkedin-ads',
  'plain',
] as const;
export type Dialect = (typeof dialects)[number];

/**
 * Advertising platforms. The id of a cost that begins with one of these (`google-ads/…`) is the platform's own, so it
 * means the same whatever the mapping calls its source; and rows of one file with the same such id are parts of one
 * cost (a day by device, by age…), so their amounts add up.
 */
export const adPlatforms = ['google-ads', 'meta-ads', 'linkedin-ads'] as const satisfies readonly Dialect[];

/**
 * How days are written: `iso` 2026-03-27, `dmy` 27/03/2026 or 27.03.2026, `mdy` 03/27/2026,
 * `excel` a serial number of days, `epoch-ms` and `epoch-s` milliseconds or seconds since 1970.
 */
export const dateStyles = ['iso', 'dmy', 'mdy', 'excel', 'epoch-ms', 'epoch-s'] as const;
export type DateStyle = (typeof dateStyles)[number];

const columnName = z.string().min(1).max(500);
const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

/** A test on a row. Texts compare without regard to case and surrounding space. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | {
      column: string;
      in?: string | string[] | undefined;
      notIn?: string | string[] | undefined;
      blank?: boolean | undefined;
      isTrue?: boolean | undefined;
      startsWith?: string | string[] | undefined;
      contains?: string | string[] | undefined;
    };

export const conditionSchema: z.ZodType<Condition, Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({
      column: columnName,
      in: oneOrMore.optional(),
      notIn: oneOrMore.optional(),
      blank: z.boolean().optional(),
      isTrue: z.boolean().optional(),
      startsWith: oneOrMore.optional(),
      contains: oneOrMore.optional(),
    }),
  ]),
);

const readingParts = {
  /** The column whose cell is read. */
  column: columnName.optional(),
  /** Several columns, joined by `separator` (a space), blanks left out. */
  join: z.array(columnName).min(1).optional(),
  separator: z.string().max(10).optional(),
  /** A fixed text instead of a column. */
  constant: z.string().optional(),
  /** Only read when this holds; else this source gives nothing. */
  when: conditionSchema.optional(),
  /** Take the first part before this text (or any of these): several ids or addresses in one cell. */
  splitFirst: z.union([z.string().min(1).max(10), z.array(z.string().min(1).max(10)).min(1)]).optional(),
  /** Cells that mean "not stated" in this column, besides the blank ones. */
  blankWhen: z.array(z.string()).optional(),
  /** From the file's word to ours, without regard to case. */
  values: z.record(z.string(), z.string()).optional(),
  /** What a word not in `values` becomes; `null` is "not stated". Without it the word stays as it is. */
  otherwise: z.string().nullable().optional(),
  /** Keep at most so many characters. */
  trimTo: z.number().int().positive().max(10_000).optional(),
  /** Put before the text. */
  prefix: z.string().max(200).optional(),
  dateStyle: z.enum(dateStyles).optional(),
  /** Zone of times without one, where this column differs from the rest. */
  timeZone: z.string().optional(),
  /** The sign before the fraction. */
  decimal: z.enum(['.', ',']).optional(),
  /** The file states the number in this unit, e.g. 1000000 where it states millions. */
  times: z.number().int().positive().max(1_000_000_000).optional(),
  /** `salesforceId`: 15 characters become 18, the null id is "not stated". `domain`: taken from a web or e-mail address. */
  format: z.enum(['salesforceId', 'domain']).optional(),
  /** The cell names a day, or a week, month, quarter or year by its first day or its name: becomes its last day, YYYY-MM-DD. */
  lastDayOf: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
};
const readingSchema = z.strictObject(readingParts);
export type Reading = z.infer<typeof readingSchema>;

/** A column by name, a reading, or a list of them of which the first that gives a value counts. */
export const fieldSourceSchema = z.union([columnName, readingSchema, z.array(z.union([columnName, readingSchema])).min(1)]);
export type FieldSource = z.infer<typeof fieldSourceSchema>;

/** How a reference names its record, and what happens when there is none by that name. */
const referencePartSchema = z.strictObject({
  ...readingParts,
  /** `person`: an e-mail address where the cell holds one, else a name. */
  by: z.enum(['externalId', 'name', 'email', 'person']).default('externalId'),
  /**
   * `leave`: not stated, with a warning. `quiet`: not stated, without one: the link is welcome where there is one.
   * `create`: a record that holds the name only. `reject`: the row comes back.
   */
  missing: z.enum(['leave', 'quiet', 'create', 'reject']).default('leave'),
});
export const referenceSourceSchema = z.union([referencePartSchema, z.array(referencePartSchema).min(1)]);
export type ReferencePart = z.input<typeof referencePartSchema>;
export type ReferenceSource = z.input<typeof referenceSourceSchema>;

/** `amount` is kept as a decimal string of minor units, `day` and `instant` as text. */
export const customTypes = ['text', 'number', 'boolean', 'day', 'instant', 'amount'] as const;
const customSourceSchema = z.strictObject({ ...readingParts, type: z.enum(customTypes).default('text') });
export type CustomSource = z.input<typeof customSourceSchema>;

const keyPartSchema = z.union([columnName, readingSchema]);

const recordMappingParts = {
  kind: z.enum(importKinds),
  /** The columns that make the external id. Without a key the id is taken from the whole row's content. */
  key: z.array(keyPartSchema).min(1).optional(),
  /** Only rows for which this holds make such a record. */
  when: conditionSchema.optional(),
  /** True: changes a record that exists and never makes one. */
  onlyUpdate: z.boolean().optional(),
  fields: z.record(z.string(), fieldSourceSchema).default({}),
  references: z.record(z.string(), referenceSourceSchema).default({}),
  custom: z.record(z.string().regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'a letter, then letters, digits or _'), customSourceSchema).default({}),
};
export const recordMappingSchema = z.strictObject(recordMappingParts).superRefine(checkTargets);
export type RecordMapping = z.input<typeof recordMappingSchema>;

const filePattern = z.string().min(1).max(300);

export const tableMappingSchema = z
  .strictObject({
    /** File or sheet name, without regard to case; `*` stands for anything. */
    match: filePattern,
    ...recordMappingParts,
    /** Further records from the same row. */
    also: z.array(recordMappingSchema).default([]),
    /** Columns left out on purpose: they are not asked about. */
    ignore: z.array(columnName).default([]),
    /** Rows that are no records, such as sums below a table: counted by their reason, and not read any further. */
    leaveOut: z.array(z.strictObject({ when: conditionSchema, because: z.string().min(1).max(200) })).optional(),
    dateStyle: z.enum(dateStyles).optional(),
    decimal: z.enum(['.', ',']).optional(),
  })
  .superRefine(checkTargets);
export type TableMapping = z.input<typeof tableMappingSchema>;

/** A table that is left out, and why. */
const setAsideSchema = z.strictObject({ match: filePattern, setAside: z.string().min(1) });

/** A correction of cells before anything else reads them. */
export const ruleSchema = z.strictObject({ table: filePattern, column: columnName, replace: z.record(z.string(), z.string()) });
export type Rule = z.infer<typeof ruleSchema>;

/** A column whose values must stand in a list held by another table. */
export const lookupSchema = z.strictObject({
  table: filePattern,
  column: columnName,
  in: z.strictObject({ table: filePattern, column: columnName }),
  /** `warn`: told with counts. `reject`: the rows come back. */
  unmatched: z.enum(['warn', 'reject']).default('warn'),
});
export type Lookup = z.input<typeof lookupSchema>;

export const mappingSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(200),
  /** Namespace of the external ids: the same source twice updates, another source never collides. */
  source: z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, 'small letters, digits, - and _'),
  /** IANA zone in which times without a zone are read. */
  timeZone: z.string().optional(),
  /** ISO 4217 code of amounts whose row states none. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  dateStyle: z.enum(dateStyles).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** ISO 3166 code of the country of telephone numbers without a prefix. */
  phoneCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  tables: z.array(z.union([tableMappingSchema, setAsideSchema])).min(1),
  rules: z.array(ruleSchema).default([]),
  lookups: z.array(lookupSchema).default([]),
});
/** A mapping as checked: defaults filled in. */
export type Mapping = z.output<typeof mappingSchema>;
/** A mapping as written by a person. */
export type MappingInput = z.input<typeof mappingSchema>;

function checkTargets(record: z.output<z.ZodObject<typeof recordMappingParts>>, check: z.RefinementCtx): void {
  const fields = importFieldsOf(record.kind);
  const isReference = (name: string) => fields.some((field) => field.name === name && referenceKindOf(field) !== null);
  for (const name of Object.keys(record.fields)) {
    if (isReference(name)) refuse(check, ['fields', name], `${name} refers to another record: put it under references`);
    else if (!fields.some((field) => field.name === name))
      refuse(check, ['fields', name], `a ${record.kind} has no field ${name}; it has ${fields.map((field) => field.name).join(', ')}`);
  }
  for (const name of Object.keys(record.references)) {
    if (!isReference(name)) refuse(check, ['references', name], `a ${record.kind} has no reference ${name}`);
  }
}

function refuse(check: z.RefinementCtx, path: string[], message: string): void {
  check.addIssue({ code: 'custom', path, message });
}

/** The kind a reference field points at; null for a field that holds a value of its own. */
export function referenceKindOf(field: Field): ImportKind | null {
  switch (field.type) {
    case 'member':
    case 'account':
    case 'contact':
    case 'lead':
    case 'deal':
    case 'campaign':
      return field.type;
    default:
      return null;
  }
}

/** A value as it is stored: amounts and percents as decimal strings, integers as numbers, null is "not stated". */
export type CanonicalValue = string | number | boolean | null;

/** A reference as the file made it; the apply side finds the record. */
export interface ParsedReference {
  readonly of: ImportKind;
  readonly by: 'externalId' | 'name' | 'email';
  /** For `name` and `email` also the normalised key by which records are found; for `externalId` equal to `value`. */
  readonly value: string;
  readonly key: string;
  readonly missing: 'leave' | 'quiet' | 'create' | 'reject';
}

/** One record as parsed from one row. A field that the mapping doesn't mention is absent; a blank one is null. */
export interface ParsedRecord {
  readonly kind: ImportKind;
  readonly line: number;
  readonly externalId: string;
  readonly onlyUpdate: boolean;
  readonly values: Record<string, CanonicalValue>;
  readonly refs: Record<string, ParsedReference | null>;
  readonly custom: Record<string, CanonicalValue>;
}

/** What is wrong with a row, or worth knowing about it, in plain words that say what would be fine. */
export interface Problem {
  readonly file: string;
  /** 1-based physical line (in a sheet: row) where the record begins. */
  readonly line: number;
  readonly column?: string | undefined;
  /** At most 200 characters of the cell. */
  readonly value?: string | undefined;
  readonly reason: string;
  /** `error`: the row is not imported and comes back in the error file. */
  readonly severity: 'error' | 'warning';
}

/** What is known of a column from the first rows. */
export interface ColumnProfile {
  readonly name: string;
  readonly filled: number;
  readonly blank: number;
  /** Up to five different values. */
  readonly examples: readonly string[];
  /** `ambiguous`: the days seen fit both day-first and month-first. Null: no dates. */
  readonly dateStyle: DateStyle | 'ambiguous' | null;
  /** Null: no numbers, or none that shows it. */
  readonly decimal: '.' | ',' | null;
}

/** A proposed target for a column, with how sure it is (0..100). */
export interface ColumnSuggestion {
  readonly column: string;
  readonly examples: readonly string[];
  readonly target: { readonly kind: ImportKind; readonly field: string } | null;
  readonly score: number;
}

export interface RecognisedTable {
  readonly table: string;
  readonly dialect: Dialect;
  readonly kind: ImportKind | null;
  /** Why it was taken for that, in words. */
  readonly because: string;
  /** Why it is left out, when it is. */
  readonly setAside: string | null;
  readonly columns: readonly ColumnSuggestion[];
}

export interface Recognition {
  readonly dialect: Dialect;
  readonly tables: readonly RecognisedTable[];
  readonly mapping: Mapping;
  /** What a person must decide before the import can be right, e.g. ambiguous dates with examples. */
  readonly questions: readonly string[];
  /** What a person should know, e.g. leading zeros lost in a workbook. */
  readonly notes: readonly string[];
}

/** Rows of a table that were left out on purpose. */
export interface LeftOut {
  readonly table: string;
  readonly because: string;
  readonly rows: number;
}

/** A lookup's values that aren't in its list, with the one-line rule that would mend them where one is likely. */
export interface UnmatchedValue {
  readonly table: string;
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  readonly suggestion: Rule | null;
}
