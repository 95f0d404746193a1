/** Hosted forms: what is asked, under which consent, and what follows. */

import { z } from 'zod';
import { idSchema } from '#features/records/contract/schemas.ts';
import { count, instant, list, name, named, personFieldName } from './pieces.ts';

export const formLanguages = ['en', 'de'] as const;

export const formField = z.strictObject({
  name: personFieldName,
  label: z.string().trim().min(1, 'Give the field a label.').max(200),
  required: z.boolean().default(false),
  help: z.string().trim().max(300).default(''),
  /** Of a text field: one of these. */
  choices: z.array(z.string().trim().min(1).max(120)).max(60).default([]),
});
export type FormField = z.output<typeof formField>;

const webAddress = z.url({ protocol: /^https?$/, error: 'is a web address like https://example.com/thanks' }).max(500);

export const formContent = z
  .strictObject({
    title: z.string().trim().min(1, 'Give the page a title.').max(200),
    intro: z.string().trim().max(2_000).default(''),
    fields: z.array(formField).min(1, 'Ask at least one thing.').max(20),
    consent: z
      .strictObject({ text: z.string().trim().min(1, 'Say to what one agrees.').max(2_000), required: z.boolean().default(false) })
      .nullable(),
    privacyUrl: webAddress.nullable().default(null),
    button: z.string().trim().min(1).max(80).default('Send'),
    thanks: z.string().trim().min(1, 'Say what one reads after sending.').max(2_000),
    /** On one of the site's domains; null: the thank-you text. */
    redirectUrl: webAddress.nullable().default(null),
    campaignId: idSchema.nullable().default(null),
    language: z.enum(formLanguages).default('en'),
  })
  .superRefine(({ fields }, check) => {
    for (const [place, { name: field }] of fields.entries())
      if (fields.findIndex((other) => other.name === field) !== place)
        check.addIssue({ code: 'custom', path: ['fields', place, 'name'], message: 'is asked twice' });
    if (!fields.some(({ name: field, required }) => required && (field === 'email' || field === 'phone')))
      check.addIssue({
        code: 'custom',
        path: ['fields'],
        message: 'Ask for the e-mail address or the phone number, and require it: by them a person is known again.',
      });
  });
export type FormContent = z.output<typeof formContent>;

export const newForm = z.strictObject({ name, siteId: idSchema.nullable().default(null), content: formContent });
export const formChange = z.strictObject({
  name: name.optional(),
  siteId: idSchema.nullable().optional(),
  content: formContent.optional(),
  archived: z.boolean().optional(),
});

export const form = z.object({
  id: idSchema,
  name: z.string(),
  key: z.string(),
  /** The hosted page. */
  url: z.string(),
  /** An iframe for the site's pages; null where no site may embed it. */
  embed: z.string().nullable(),
  site: named.nullable(),
  campaign: named.nullable(),
  version: count,
  content: formContent,
  madeAt: instant,
  archivedAt: instant.nullable(),
  submissions: count,
  failed: count,
  lastAt: instant.nullable(),
});
export type Form = z.output<typeof form>;
export const formList = list(form);
export const formVersions = list(z.object({ number: count, content: formContent, madeBy: named.nullable(), madeAt: instant }));

/** What somebody would send, by field. */
export const trialValues = z.strictObject({ values: z.record(z.string().max(80), z.string().max(5_000)) });
/** What would become of it. Nothing is stored. */
export const trial = z.object({
  problems: z.array(z.object({ at: z.string(), reason: z.string() })),
  contact: named.nullable(),
  lead: named.nullable(),
  /** In words: whom it would reach and what it would make. */
  outcome: z.string(),
});
