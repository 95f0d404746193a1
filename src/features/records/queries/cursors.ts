import { z } from 'zod';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Sort } from './columns.ts';
import { readValue } from './values.ts';

/** Where a page ended, and how its list is being read. Opaque to clients; every part is checked when it comes back. */
const cursorSchema = z.strictObject({
  /** The sort it belongs to, with its direction. */
  sort: z.string(),
  /** The last row's sort value as text; null in the part of the list where nothing is stated. */
  value: z.string().nullable(),
  id: z.string().refine(isId),
  /** Few enough to be gathered and sorted, or many: walked in the order of an index. */
  few: z.boolean(),
});
export type Cursor = z.infer<typeof cursorSchema>;

export const sortName = (sort: Sort): string => `${sort.descending ? '-' : ''}${sort.field}`;

export const writeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @throws Problem bad-input for a cursor of another list, or one that was made up */
export function readCursor(text: string | undefined, sort: Sort): Cursor | null {
  if (text === undefined) return null;
  const cursor = cursorSchema.safeParse(parseJson(text));
  if (!cursor.success || cursor.data.sort !== sortName(sort)) throw strange();
  return { ...cursor.data, value: cursor.data.value === null ? null : checkedValue(sort, cursor.data.value) };
}

const fieldTypes = {
  text: 'text',
  bigint: 'amount',
  numeric: 'percent',
  boolean: 'boolean',
  timestamptz: 'instant',
  date: 'day',
  uuid: 'contact',
} as const;

function checkedValue(sort: Sort, value: string): string {
  if (sort.type === 'text') {
    if (value.includes('\0') || !value.isWellFormed()) throw strange();
    return value;
  }
  const read = readValue({ name: sort.field, label: sort.field, type: fieldTypes[sort.type] }, value, 'cursor');
  if (read === null) throw strange();
  return String(read);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const strange = (): Problem =>
  new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
