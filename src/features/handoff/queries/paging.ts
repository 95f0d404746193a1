/** Where a page of leads or rejections ended: its moment (none where nothing is stated) and its id. */

import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';

export interface Place {
  readonly at: string | null;
  readonly id: string;
}

export const writePlace = ({ at, id }: Place): string => `${at ?? ''}~${id}`;

/** @throws Problem bad-input for one that was made up */
export function readPlace(text: string | undefined): Place | null {
  if (text === undefined || text === '') return null;
  const [at = '', id = '', ...more] = text.split('~');
  const isMoment = at === '' || (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) && !Number.isNaN(Date.parse(at)));
  if (more.length === 0 && isMoment && isId(id)) return { at: at || null, id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
