import type { Mapping, RecognisedTable } from '#features/intake/contract.ts';

/** Pure changes of a mapping, one column of one table at a time. */

export type TableEntry = Extract<Mapping['tables'][number], { kind: unknown }>;

/** `field:name`, `reference:accountId`, `custom:score`, `key`, `ignore`; null: nobody has decided. */
export type Target = string | null;

const matches = (pattern: string, table: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(table);

export const entryIndex = (mapping: Mapping, table: RecognisedTable): number =>
  mapping.tables.findIndex((entry) => matches(entry.match, table.table));

export const isSetAside = (entry: Mapping['tables'][number]): entry is Extract<Mapping['tables'][number], { setAside: string }> =>
  'setAside' in entry;

const reads = (source: unknown, column: string): boolean => {
  if (typeof source === 'string') return source === column;
  if (Array.isArray(source)) return source.some((part) => reads(part, column));
  if (typeof source !== 'object' || source === null) return false;
  const { column: own, join } = source as { column?: string; join?: string[] };
  return own === column || Boolean(join?.includes(column));
};

export function targetOf(entry: TableEntry, column: string): Target {
  for (const [part, sources] of [
    ['field', entry.fields],
    ['reference', entry.references],
    ['custom', entry.custom],
  ] as const) {
    for (const [name, source] of Object.entries(sources ?? {})) if (reads(source, column)) return `${part}:${name}`;
  }
  if (entry.key?.some((part) => part === column)) return 'key';
  return entry.ignore?.includes(column) ? 'ignore' : null;
}

/** What else the column feeds: further records made from the same row. */
export const alsoFeeds = (entry: TableEntry, column: string): string[] =>
  (entry.also ?? []).flatMap((record) =>
    [...Object.entries(record.fields ?? {}), ...Object.entries(record.references ?? {})]
      .filter(([, source]) => reads(source, column))
      .map(([name]) => `${record.kind}: ${name}`),
  );

export function withTarget(entry: TableEntry, column: string, target: Target): TableEntry {
  const without = <T>(sources: Record<string, T> | undefined): Record<string, T> =>
    Object.fromEntries(Object.entries(sources ?? {}).filter(([, source]) => !reads(source, column)));
  const bare: TableEntry = {
    ...entry,
    fields: without(entry.fields),
    references: without(entry.references),
    custom: without(entry.custom),
    ignore: (entry.ignore ?? []).filter((ignored) => ignored !== column),
    ...(entry.key && { key: entry.key.filter((part) => part !== column) }),
  };
  if (bare.key?.length === 0) delete bare.key;
  const [part, name = ''] = (target ?? 'ignore').split(':');
  if (part === 'field') return { ...bare, fields: { ...bare.fields, [name]: column } };
  if (part === 'reference') return { ...bare, references: { ...bare.references, [name]: { column, by: guessBy(name), missing: 'leave' } } };
  if (part === 'custom') return { ...bare, custom: { ...bare.custom, [name]: { column, type: 'text' } } };
  if (part === 'key') return { ...bare, key: [...(bare.key ?? []), column] };
  return { ...bare, ignore: [...(bare.ignore ?? []), column] };
}

const guessBy = (reference: string): 'name' | 'externalId' =>
  reference === 'ownerId' ||
  reference === 'qualifierId' ||
  reference === 'accountId' ||
  reference === 'campaignId' ||
  reference === 'memberId'
    ? 'name'
    : 'externalId';

/** A column heading as the key of a custom field: `Lead Score (%)` → `leadScore`. */
export function customKeyOf(column: string): string {
  const words = column.split(/[^a-zA-Z0-9]+/).filter(Boolean);
  const key = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
    .replace(/^[^a-z]+/, '');
  return key.slice(0, 60) || 'field';
}
