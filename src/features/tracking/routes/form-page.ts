/** A hosted form as a page of its own: HTML that needs no script, light and dark, on a phone, by keyboard and reader. */

import type { CustomType } from '#features/records/queries/values.ts';
import type { FieldProblem } from '#platform/errors.ts';
import type { FormContent, FormField } from '../contract/forms.ts';
import { formStyle } from './form-style.ts';
import { formWords } from './form-words.ts';

export interface FormView {
  readonly content: FormContent;
  readonly types: ReadonlyMap<string, CustomType>;
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
  readonly agreed: boolean;
  readonly problems: readonly FieldProblem[];
  /** A sentence above the form: why it is shown again. */
  readonly notice: string | null;
  /** Carried along by name. */
  readonly hidden: Readonly<Record<string, string>>;
}

/** The field that people don't see and machines fill in. */
export const trapName = 'website_address';
export const consentName = 'consent';

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('\n');

export function formPage(view: FormView, nonce: string): string {
  const { content, problems } = view;
  const words = formWords[content.language];
  return whole(
    content,
    problems.length > 0 || view.notice !== null ? `! ${content.title}` : content.title,
    nonce,
    `<h1>${escaped(content.title)}</h1>
${paragraphs(content.intro)}
${view.notice === null ? '' : `<div class="notice" role="alert"><p>${escaped(view.notice)}</p></div>`}
${problems.length === 0 ? '' : summaryOf(view)}
<form method="post" action="${escaped(view.action)}" novalidate>
${content.fields.map((field) => fieldOf(view, field)).join('\n')}
${consentOf(view)}
<p class="trap" aria-hidden="true"><label>${escaped(words.trap)} <input name="${trapName}" tabindex="-1" autocomplete="off"></label></p>
${Object.entries(view.hidden)
  .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
  .join('\n')}
<p><button>${escaped(content.button)}</button></p>
</form>
${content.privacyUrl === null ? '' : `<p class="small"><a href="${escaped(content.privacyUrl)}" target="_blank" rel="noopener noreferrer">${escaped(words.privacy)}</a></p>`}`,
  );
}

export const thanksPage = (content: FormContent, nonce: string): string =>
  whole(content, content.title, nonce, `<h1>${escaped(content.title)}</h1>\n<div role="status">${paragraphs(content.thanks)}</div>`);

export const closedPage = (nonce: string): string =>
  whole({ language: 'en' }, formWords.en.gone, nonce, `<h1>${formWords.en.gone}</h1>\n<p>${formWords.en.goneMore}</p>`);

function whole({ language }: Pick<FormContent, 'language'>, title: string, nonce: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${formStyle}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const idOf = (name: string): string => `f-${name.replaceAll('.', '-')}`;

function said({ content }: FormView, { at, reason }: FieldProblem): string {
  const words = formWords[content.language];
  if (at === consentName) return words.agree;
  return words.reasons.find(([known]) => known.test(reason))?.[1] ?? words.notThis;
}

function summaryOf(view: FormView): string {
  const { problems, content } = view;
  const label = (at: string): string => content.fields.find(({ name }) => name === at)?.label ?? '';
  const line = (problem: FieldProblem): string =>
    `<li><a href="#${escaped(idOf(problem.at))}">${escaped([label(problem.at), said(view, problem)].filter(Boolean).join(': '))}</a></li>`;
  return `<div class="notice" role="alert"><p>${escaped(formWords[content.language].wrong(problems.length))}</p><ul>${problems.map(line).join('')}</ul></div>`;
}

function fieldOf(view: FormView, field: FormField): string {
  const id = idOf(field.name);
  const words = formWords[view.content.language];
  const problem = view.problems.find(({ at }) => at === field.name);
  const told = [...(field.help ? [`${id}-help`] : []), ...(problem ? [`${id}-problem`] : [])];
  const marks = [
    `id="${id}" name="${escaped(field.name)}"`,
    field.required ? 'required' : '',
    problem ? 'aria-invalid="true"' : '',
    told.length > 0 ? `aria-describedby="${told.join(' ')}"` : '',
    autocompletes[field.name] ? `autocomplete="${autocompletes[field.name]}"` : '',
  ];
  return `<div class="field${problem ? ' wrong' : ''}">
<label for="${id}">${escaped(field.label)} <span class="small">(${field.required ? words.needed : words.optional})</span></label>
${field.help ? `<p class="small" id="${id}-help">${escaped(field.help)}</p>` : ''}
${problem ? `<p class="problem" id="${id}-problem">${escaped(said(view, problem))}</p>` : ''}
${controlOf(view, field, marks.filter(Boolean).join(' '))}
</div>`;
}

function controlOf(view: FormView, field: FormField, marks: string): string {
  const value = view.values[field.name] ?? '';
  const type = field.name.startsWith('custom.') ? view.types.get(field.name.slice('custom.'.length)) : undefined;
  const words = formWords[view.content.language];
  const options = field.choices.length > 0 ? field.choices : null;
  if (options)
    return `<select ${marks}><option value="">${escaped(words.choose)}</option>${options
      .map((one) => `<option${one === value ? ' selected' : ''}>${escaped(one)}</option>`)
      .join('')}</select>`;
  if (type === 'boolean')
    return `<p class="choice"><input type="checkbox" ${marks} value="yes"${/^yes$/i.test(value) ? ' checked' : ''}> <span aria-hidden="true">${escaped(words.yes)}</span></p>`;
  if (field.name === 'message') return `<textarea ${marks} rows="5" maxlength="5000">\n${escaped(value)}</textarea>`;
  return `<input ${marks} ${inputType(field.name, type)} maxlength="1000" value="${escaped(value)}">`;
}

const inputType = (name: string, type: CustomType | undefined): string =>
  name === 'email'
    ? 'type="email" inputmode="email"'
    : name === 'phone'
      ? 'type="tel"'
      : type === 'number'
        ? 'type="text" inputmode="decimal"'
        : type === 'day'
          ? 'type="date"'
          : 'type="text"';

const autocompletes: Readonly<Record<string, string>> = {
  email: 'email',
  fullName: 'name',
  givenName: 'given-name',
  familyName: 'family-name',
  company: 'organization',
  title: 'organization-title',
  phone: 'tel',
  country: 'country-name',
  city: 'address-level2',
};

function consentOf(view: FormView): string {
  const { consent, language } = view.content;
  if (consent === null) return '';
  const problem = view.problems.find(({ at }) => at === consentName);
  const id = idOf(consentName);
  return `<div class="field${problem ? ' wrong' : ''}">
${problem ? `<p class="problem" id="${id}-problem">${escaped(formWords[language].agree)}</p>` : ''}
<p class="choice"><input type="checkbox" id="${id}" name="${consentName}" value="yes"${view.agreed ? ' checked' : ''}${consent.required ? ' required' : ''}${problem ? ` aria-invalid="true" aria-describedby="${id}-problem"` : ''}>
<label for="${id}">${escaped(consent.text)} <span class="small">(${consent.required ? formWords[language].needed : formWords[language].optional})</span></label></p>
</div>`;
}
