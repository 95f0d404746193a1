/** Columns of touches that tell where a visit came from: own fields of the touch, which the channel groups read. */

import { normalName } from './aliases.ts';

/** Keys of own fields; `source`, `medium` and `content` are those that attribution reads. */
type TrafficKey = 'source' | 'medium' | 'term' | 'content';

/** The first that a table has is taken: tags of the link itself before what a tool made of them. */
const namesOf: Readonly<Record<TrafficKey, readonly string[]>> = {
  source: ['utm source', 'session source', 'traffic source', 'campaign source', 'source'],
  medium: ['utm medium', 'session medium', 'traffic medium', 'campaign medium', 'medium'],
  term: ['utm term'],
  content: ['utm content'],
};
const trafficKeys = Object.keys(namesOf) as TrafficKey[];

/**
 * Column → key of the own field it fills; null: another column says the same and is taken, so this one fills nothing.
 * Without the columns that have nothing to do with traffic.
 */
export function trafficColumns(header: readonly string[]): Map<string, TrafficKey | null> {
  const found = new Map<string, TrafficKey | null>();
  for (const key of trafficKeys) {
    const columns = namesOf[key].flatMap((name) => header.filter((column) => normalName(column) === name));
    for (const [at, column] of columns.entries()) found.set(column, at === 0 ? key : null);
  }
  return found;
}

/**
 * The same for a table of no known system. There a lone “Source” or “Medium” is what people call the channel (“Trade fair”),
 * which the published rules on source and medium would not know.
 */
export function trafficBesideChannel(header: readonly string[]): Map<string, TrafficKey | null> {
  const found = trafficColumns(header);
  const origins = [...found].filter(([, key]) => key !== 'term' && key !== 'content').map(([column]) => column);
  const [only] = origins;
  const isLone = only !== undefined && origins.length === 1 && ['source', 'medium'].includes(normalName(only));
  if (isLone && !header.some((column) => normalName(column) === 'channel')) found.delete(only);
  return found;
}

/** What to tell of columns such as “Source / medium” (google / cpc): a mapping can take the first half only, which would count paid visits as unpaid. */
export function trafficNotes(header: readonly string[]): string[] {
  return header
    .filter((column) => /(^| )source medium$/.test(normalName(column)))
    .map(
      (column) => `“${column}” holds two things and is left out. As two columns, “Source” and “Medium”, they would tell the channel group.`,
    );
}
