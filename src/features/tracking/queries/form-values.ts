/** What was typed into a form, checked against what it asks. Pure: the page and the trial read it alike. */

import type { FieldProblem } from '#platform/errors.ts';
import type { FormContent } from '../contract/forms.ts';
import { type PersonGround, readPerson } from './person.ts';

export const longestTyped = 5_000;

/** Texts by field; signs that no keyboard types become blanks, what the form does not ask stays out. */
export function typedValues({ fields }: Pick<FormContent, 'fields'>, typed: (name: string) => string | null): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name } of fields) {
    const text = typed(name);
    if (text !== null)
      values[name] = text
        .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
        .toWellFormed()
        .normalize('NFC');
  }
  return values;
}

/** `is needed` for what is required and blank; otherwise why a value is none of its field. */
export function formProblems(content: FormContent, ground: PersonGround, values: Readonly<Record<string, string>>): FieldProblem[] {
  const asked = content.fields.flatMap(({ name, required, choices }): FieldProblem[] => {
    const text = (values[name] ?? '').trim();
    if (text === '') return required ? [{ at: name, reason: 'is needed' }] : [];
    if (text.length > longestTyped) return [{ at: name, reason: `is longer than ${longestTyped} characters` }];
    return choices.length > 0 && !choices.includes(text) ? [{ at: name, reason: `is one of ${choices.join(', ')}` }] : [];
  });
  const read = readPerson(ground, values).problems.filter(({ at }) => !asked.some((problem) => problem.at === at));
  return [...asked, ...(asked.length > 0 ? read.filter(({ at }) => values[at]?.trim()) : read)];
}
