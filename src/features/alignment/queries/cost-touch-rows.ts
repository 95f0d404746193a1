/**
 * Touches of sales and of customers since their lead was passed, in the order in which they happened, as numbers side
 * by side: what evidence is read from (`cost-evidence.ts`). What machines sent is evidence of nothing and left out here.
 */

import type pg from 'pg';
import { looksAutomatic } from '#engine/rules/automatic.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import { makeRowColumns, readRows } from '#platform/db/row-columns.ts';

/** What a touch was, as far as evidence asks. */
export interface TouchWhat {
  readonly side: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly channel: string | null;
}

export interface TouchRows {
  count: number;
  /** Place of the lead among the leads. */
  leads: Int32Array;
  /** Minutes since 1970. */
  minutes: Int32Array;
  /** Place in `whats`. */
  what: Int32Array;
  readonly whats: TouchWhat[];
}

const fields = {
  lead: 'id',
  minute: 'int',
  side: 'text',
  kind: 'text',
  direction: 'text',
  outcome: 'text',
  channel: 'text',
  subject: 'text',
} as const;

/** Minutes since 1970 of an instant. */
export const minutesOf = (instant: string): string => `(extract(epoch FROM ${instant}) / 60)::int4`;

/** The lead's own, and those of its contact that name no lead. */
const selected = (workspace: string): string => {
  const columns = `${minutesOf('x.occurred_at')}, x.side, x.kind, x.direction, x.outcome, x.channel, x.subject`;
  const counts = `x.workspace_id = ${workspace} AND x.voided_by IS NULL AND x.side <> 'marketing' AND x.automated IS NOT TRUE
    AND l.workspace_id = ${workspace} AND l.mql_at IS NOT NULL AND l.archived_at IS NULL AND x.occurred_at >= l.mql_at`;
  return `SELECT id, lead_id, minute, side, kind, direction, outcome, channel, subject FROM (
    SELECT x.id, l.id, ${columns}, x.occurred_at FROM touches x JOIN leads l ON l.id = x.lead_id WHERE ${counts}
    UNION ALL SELECT x.id, l.id, ${columns}, x.occurred_at FROM touches x JOIN leads l ON l.contact_id = x.contact_id WHERE ${counts} AND x.lead_id IS NULL
  ) t(id, lead_id, minute, side, kind, direction, outcome, channel, subject, at) ORDER BY lead_id, at, id`;
};

/** @param placeOf of a lead by its id; −1: not among them */
export async function readTouchRows(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  timeZone: string,
  placeOf: (leadId: string) => number,
): Promise<TouchRows> {
  const read = makeRowColumns(fields);
  const rows: TouchRows = { count: 0, leads: new Int32Array(1024), minutes: new Int32Array(1024), what: new Int32Array(1024), whats: [] };
  const [places, automatic, known] = [new Map<number, number>(), new Map<number, boolean>(), new Map<string, number>()];
  const settle = (): void => {
    const { lead, minute, side, kind, direction, outcome, channel, subject } = read.numbers;
    const at = read.count; // the row after the last: looked at, never kept
    if (subject[at] !== 0 && remembered(automatic, subject[at]!, () => looksAutomatic(read.dictionaries.subject.texts[subject[at]!]!)))
      return;
    const place = remembered(places, lead[at]!, () => placeOf(read.dictionaries.lead.texts[lead[at]!]!));
    if (place < 0) return;
    const key = `${side[at]} ${kind[at]} ${direction[at]} ${outcome[at]} ${channel[at]}`;
    const what = remembered(known, key, () => {
      const text = (of: 'side' | 'kind' | 'direction' | 'outcome' | 'channel'): string | null =>
        read.dictionaries[of].texts[read.numbers[of][at]!]!;
      return (
        rows.whats.push({
          side: text('side')!,
          kind: text('kind')!,
          direction: text('direction'),
          outcome: text('outcome'),
          channel: text('channel'),
        }) - 1
      );
    });
    append(rows, place, minute[at]!, what);
  };
  const feed = readRows(read, { fields, timeZone, settle });
  for await (const chunk of copyRows(client, selected(`'${workspaceId}'::uuid`))) feed.feed(chunk);
  return rows;
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

function append(rows: TouchRows, lead: number, minute: number, what: number): void {
  if (rows.count === rows.leads.length)
    for (const name of ['leads', 'minutes', 'what'] as const) {
      const longer = new Int32Array(rows.count * 2);
      longer.set(rows[name]);
      rows[name] = longer;
    }
  rows.leads[rows.count] = lead;
  rows.minutes[rows.count] = minute;
  rows.what[rows.count++] = what;
}
