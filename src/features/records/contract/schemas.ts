/** Shapes of what the API takes and answers, made from the table of fields. */

import { z } from 'zod';
import { fieldsOf, leadStages, type Field } from '../contract.ts';
import { filterSchema, listQuerySchema, type ListKind } from './lists.ts';

export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is an id like 0197a0c0-1111-7abc-8def-0123456789ab');
const instant = z.string();
const named = z.object({ id: idSchema, name: z.string() });

const fieldValue: Record<Field['type'], z.ZodType> = {
  text: z.string(),
  email: z.string(),
  phone: z.string(),
  domain: z.string(),
  choice: z.string(),
  currency: z.string().describe('ISO 4217'),
  integer: z.number(),
  percent: z.string().describe('0..100, up to two decimals'),
  boolean: z.boolean(),
  instant: instant.describe('ISO 8601 in UTC'),
  day: z.string().describe('YYYY-MM-DD'),
  amount: z.string().describe('decimal string of minor units'),
  member: idSchema,
  account: idSchema,
  contact: idSchema,
  lead: idSchema,
  deal: idSchema,
  campaign: idSchema,
};
const referenceTypes: readonly Field['type'][] = ['member', 'account', 'contact', 'lead', 'deal', 'campaign'];

/** A record as lists and pages show it: each field by name, null when not stated, and the names of what it refers to. */
export function recordSchema(kind: ListKind | 'campaignMember') {
  const shape: Record<string, z.ZodType> = { id: idSchema };
  for (const field of fieldsOf[kind]) {
    shape[field.name] = fieldValue[field.type].nullable().describe(field.label);
    if (referenceTypes.includes(field.type)) shape[`${field.name.slice(0, -2)}Name`] = z.string().nullable();
  }
  if (kind === 'lead') shape.stage = z.enum(leadStages.map((stage) => stage.stage));
  if (kind === 'lead' || kind === 'deal') shape.teamNames = z.array(z.string());
  if (kind === 'account' || kind === 'contact' || kind === 'campaign') shape.mergedInto = idSchema.nullable();
  shape.archivedAt = instant.nullable();
  shape.custom = z.record(z.string(), z.unknown());
  shape.recordedAt = instant;
  shape.version = z.string().describe('changes with every change; send it back as If-Match');
  return z.object(shape);
}

export function recordPageSchema(kind: ListKind) {
  return recordSchema(kind).extend({
    externalIds: z.array(z.object({ source: z.string(), externalId: z.string() })),
    mergedFrom: z.array(named),
    possibleDuplicates: z.array(z.object({ id: idSchema, name: z.string(), reason: z.string() })),
  });
}

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().nullable(), totalIsAtLeast: z.boolean().optional() });

const jsonOf = <T extends z.ZodType>(schema: T, example: string) =>
  z
    .string()
    .max(20_000)
    .transform((text, check): z.output<T> => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        check.addIssue({ code: 'custom', message: `is no JSON; it looks like ${example}` });
        return z.NEVER;
      }
      const read = schema.safeParse(value);
      if (read.success) return read.data;
      for (const issue of read.error.issues) check.addIssue({ code: 'custom', path: issue.path, message: issue.message });
      return z.NEVER;
    });

const paging = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(2000).optional() };
export const pagingSchema = z.strictObject(paging);
/** Lists whose cursor is the id of their last item. */
export const idPagingSchema = z.strictObject({ limit: paging.limit, cursor: idSchema.optional() });

const searching = {
  q: z.string().max(200).optional().describe('begins-with search over names, company, e-mail, domain and phone'),
  filter: jsonOf(filterSchema, '{"all":[{"field":"stage","is":"eq","value":"mql"}]}')
    .optional()
    .describe('JSON: {"all":[{"field","is","value"}]}'),
};
export const searchingSchema = z.strictObject(searching);
export const listParametersSchema = z.strictObject({
  ...searching,
  ...paging,
  sort: z.string().max(80).optional().describe('a sortable field, `-` before it for the greatest first'),
  include: z.string().max(100).optional(),
});
export const exportParametersSchema = z.strictObject({
  ...searching,
  sort: z.string().max(80).optional(),
  columns: z.string().max(4000).optional().describe('fields, separated by commas'),
  format: z.enum(['csv']).default('csv'),
});

/** New values by field name, `custom.<key>` for the company's own; null clears. Each is checked by its field's type. */
export const setsSchema = z.record(z.string().max(80), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]));

export const timelineItemSchema = z.object({
  key: z.string(),
  at: instant,
  recordedAt: instant,
  side: z.string().nullable(),
  type: z.enum(['touch', 'stage', 'dealStage', 'revenue', 'fact']),
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  member: named.nullable(),
  channel: z.string().nullable(),
  campaign: named.nullable(),
  from: z.string().nullable(),
  refs: z.object({
    lead: z.string().nullable(),
    contact: z.string().nullable(),
    account: z.string().nullable(),
    deal: z.string().nullable(),
  }),
});

export const factSchema = z.object({
  id: idSchema,
  kind: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  member: named.nullable(),
  from: z.string().nullable(),
  sets: z.record(z.string(), z.unknown()).nullable(),
  body: z.record(z.string(), z.unknown()).nullable(),
});

export const revenueSchema = z.object({
  id: idSchema,
  kind: z.string(),
  occurredOn: z.string(),
  amount: z.string(),
  currency: z.string(),
  product: z.string().nullable(),
  description: z.string().nullable(),
  dealId: idSchema.nullable(),
  dealName: z.string().nullable(),
  recordedAt: instant,
  from: z.string().nullable(),
});

export const countSchema = z.object({ total: z.number(), isAtLeast: z.boolean() });
export const idParams = z.strictObject({ id: idSchema });

export const bulkEditSchema = z.object({ id: idSchema, changed: z.number(), skipped: z.number() });
export const duplicateKinds = { accounts: 'account', contacts: 'contact' } as const;
export const duplicateGroupSchema = z.object({
  reason: z.enum(['email', 'phone', 'name', 'domain']),
  key: z.string(),
  records: z.array(z.union([recordSchema('account'), recordSchema('contact')])),
});
export const foundSchema = z.object({ kind: z.string(), id: idSchema, title: z.string(), subtitle: z.string().nullable() });
export const fieldValueSchema = z.object({ value: z.string().nullable(), label: z.string(), count: z.number(), isAtLeast: z.boolean() });
export const viewSchema = z.object({
  id: idSchema,
  kind: z.string(),
  name: z.string(),
  shared: z.boolean(),
  mine: z.boolean(),
  memberName: z.string(),
  query: listQuerySchema,
});
export const customFieldSchema = z.object({ kind: z.string(), key: z.string(), label: z.string(), type: z.string() });
