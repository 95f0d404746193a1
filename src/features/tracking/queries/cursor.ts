/** Where a page of what came ended: its moment and its id, newest first. */

import { sql, type RawBuilder } from 'kysely';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';

interface Row {
  readonly id: string;
}

/** One more row than asked for is read, to know whether there is a next page. */
export function pageOf<R extends Row>(rows: readonly R[], limit: number, at: (row: R) => string): { items: R[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? `${at(last)}~${last.id}` : null };
}

/** @throws Problem bad-input for a cursor that was made up */
export function beforeCursor(cursor: string | undefined, at: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`;
  const [moment = '', last = '', ...more] = cursor.split('~');
  if (more.length > 0 || !isId(last) || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(moment) || Number.isNaN(Date.parse(moment)))
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return sql`(${at}, ${id}) < (${moment}::timestamptz, ${last}::uuid)`;
}
