import { importFieldsOf, importKinds } from '#features/intake/contract.ts';
import type { Field } from '#features/records/contract.ts';

export const file = 'docs/reference/fields.md';

export async function make(): Promise<string> {
  return [
    '# Fields of the shared record',
    '',
    'The same names in the API, in mappings and in exports. Accounts, contacts, campaigns, leads, deals, touches, revenue entries and costs can carry the company’s own fields besides.',
    '',
    ...importKinds.flatMap((kind) => [
      `## ${kind}`,
      '',
      '| field | label | type | |',
      '|---|---|---|---|',
      ...importFieldsOf(kind).map(row),
      '',
    ]),
  ].join('\n');
}

function row(field: Field): string {
  const notes = [field.required ? 'required' : '', field.choices ? field.choices.join(', ') : '', field.help ?? '']
    .filter(Boolean)
    .join('; ');
  return `| \`${field.name}\` | ${field.label} | ${field.type} | ${notes} |`;
}
