import { z } from 'zod';
import { compute, type Formula } from '#platform/calc/formula.ts';
import { formulas } from '#platform/calc/formulas.ts';

export const file = 'docs/reference/formulas.md';

export async function make(): Promise<string> {
  return [
    '# Formulas',
    '',
    'Any number can be checked by itself: `bin/accord calc FORMULA < in.json` calculates offline, without a database, and writes JSON; `POST /api/v1/calc/FORMULA` answers the same. What is wrong with an input is named by field, with exit code 2 or status 400.',
    '',
    ...(await Promise.all(formulas.map(describe))).flat(),
  ].join('\n');
}

async function describe(formula: Formula): Promise<string[]> {
  return [
    `## ${formula.name}`,
    '',
    formula.summary,
    '',
    ...table('input', formula.input, 'input'),
    ...table('output', formula.output, 'output'),
    'Example:',
    '',
    '```',
    `$ echo '${JSON.stringify(formula.example)}' | bin/accord calc ${formula.name}`,
    JSON.stringify(await compute(formula, structuredClone(formula.example))),
    '```',
    '',
  ];
}

interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  enum?: unknown[];
}

function table(title: string, schema: z.ZodType, io: 'input' | 'output'): string[] {
  const rows = rowsOf(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema, '');
  return [`| ${title} | type | |`, '|---|---|---|', ...rows.map(([path, type, notes]) => `| \`${path}\` | ${type} | ${notes} |`), ''];
}

/** One row a field, named by its path; what repeats itself (the weekdays) is described where it is held. */
function rowsOf(schema: Schema, path: string): [path: string, type: string, notes: string][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const list = field.type === 'array' && field.items?.properties !== undefined;
    const notes = [schema.required?.includes(key) ? '' : 'May be left out.', field.description ?? ''].filter(Boolean).join(' ');
    const own: [string, string, string] = [list ? `${at}[]` : at, typeOf(field), notes];
    const alike = new Set(Object.values(field.properties ?? {}).map((each) => JSON.stringify(each))).size === 1;
    return [own, ...(alike ? [] : rowsOf(list ? field.items! : field, own[0]))];
  });
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((each) => `\`${String(each)}\``).join(' or ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ type })).join(' or ');
  if (schema.format === 'date-time') return 'instant';
  if (schema.format === 'date') return 'day';
  if (schema.type === 'array') return schema.prefixItems ? 'pair' : `list of ${typeOf(schema.items ?? {})}s`;
  return schema.type === 'string' ? 'text' : (schema.type ?? 'any');
}
