/** A form as it is being built. */

import type { Form, FormContent, FormField } from '#features/tracking/contract/forms.ts';
import { type PersonField, personFieldLabels } from '#features/tracking/contract/person-fields.ts';

export interface FormDraft {
  readonly name: string;
  readonly siteId: string | null;
  readonly content: FormContent;
}

const field = (name: PersonField, required = false): FormField => ({
  name,
  label: personFieldLabels[name],
  required,
  help: '',
  choices: [],
});

/** What most forms ask, to start from. */
export const newDraft = (siteId: string | null): FormDraft => ({
  name: '',
  siteId,
  content: {
    title: 'Get in touch',
    intro: '',
    fields: [field('fullName', true), { ...field('email', true), label: 'Work e-mail' }, field('company'), field('message')],
    consent: null,
    privacyUrl: null,
    button: 'Send',
    thanks: 'Thank you. We will answer within one working day.',
    redirectUrl: null,
    campaignId: null,
    language: 'en',
  },
});

export const draftOf = ({ name, site, content }: Form): FormDraft => ({ name, siteId: site?.id ?? null, content });

export function withField(draft: FormDraft, place: number, changes: Partial<FormField>): FormDraft {
  return withFields(
    draft,
    draft.content.fields.map((one, at) => (at === place ? { ...one, ...changes } : one)),
  );
}

export const withoutField = (draft: FormDraft, place: number): FormDraft =>
  withFields(
    draft,
    draft.content.fields.filter((_, at) => at !== place),
  );

/** @param by −1: up, 1: down; beyond the ends it stays */
export function movedField(draft: FormDraft, place: number, by: -1 | 1): FormDraft {
  const fields = [...draft.content.fields];
  const [one] = fields.splice(place, 1);
  if (!one || place + by < 0 || place + by > fields.length) return draft;
  fields.splice(place + by, 0, one);
  return withFields(draft, fields);
}

export const withNewField = (draft: FormDraft, name: string, label: string): FormDraft =>
  withFields(draft, [...draft.content.fields, { name, label, required: false, help: '', choices: [] }]);

const withFields = (draft: FormDraft, fields: FormField[]): FormDraft => ({ ...draft, content: { ...draft.content, fields } });

export const withContent = (draft: FormDraft, changes: Partial<FormContent>): FormDraft => ({
  ...draft,
  content: { ...draft.content, ...changes },
});

/** What is not asked yet. */
export function unaskedFields(draft: FormDraft, own: readonly { key: string; label: string }[]): { value: string; label: string }[] {
  const all = [
    ...Object.entries(personFieldLabels).map(([value, label]) => ({ value, label })),
    ...own.map(({ key, label }) => ({ value: `custom.${key}`, label })),
  ];
  return all.filter(({ value }) => !draft.content.fields.some(({ name }) => name === value));
}

/** Why it can’t be saved as it stands; null: it can. The server says the rest. */
export function missingIn({ name, content }: FormDraft): string | null {
  if (name.trim() === '') return 'Give the form a name.';
  if (content.title.trim() === '') return 'Give the page a title.';
  if (content.fields.some(({ label }) => label.trim() === '')) return 'Give every field a label.';
  if (!content.fields.some((one) => one.required && (one.name === 'email' || one.name === 'phone')))
    return 'Require the e-mail address or the phone number: by them a person is known again.';
  if (content.thanks.trim() === '') return 'Say what one reads after sending.';
  return content.consent?.text.trim() === '' ? 'Say to what one agrees, or ask for no consent.' : null;
}
