/**
 * The lists of records at a million leads: every kind of page, with rare and common values. One JSON line
 * a scenario: milliseconds of the first page and of the second, as one transaction each.
 *
 *   ACCORD_BENCH_URL=postgres://owner@host/filled_database node bench/lists.ts [runs]
 *
 * Reads the workspace with the most leads; values to filter by are taken from what is there.
 */

import pg from 'pg';
import { sortFieldsOf, type Condition, type ListKind } from '#features/records/contract/lists.ts';
import { listRecords, type ListAsk } from '#features/records/queries/lists.ts';
import { listValues, searchRecords } from '#features/records/queries/lookups.ts';
import { getRecord } from '#features/records/queries/records.ts';
import { listTimeline } from '#features/records/queries/timeline.ts';
import { openDatabase, type Tx, type WorkspaceId } from '#platform/db/database.ts';

const url = process.env['ACCORD_BENCH_URL'];
if (!url) throw new Error('Set ACCORD_BENCH_URL to the address of a filled database of its owner.');
const runs = Number(process.argv[2] ?? 40);
const { workspaceId, leads, examples } = await lookAround(url);
const database = openDatabase({ appUrl: url, ownerUrl: url });
try {
  for (const sort of sortFieldsOf.lead)
    for (const direction of ['', '-']) await pages(`leads by ${direction}${sort}`, 'lead', { sort: `${direction}${sort}` });
  for (const [field, values] of Object.entries(examples))
    for (const [which, value] of Object.entries(values))
      await pages(`leads of a ${which} ${field}`, 'lead', only({ field, ...(value === null ? { is: 'blank' } : { is: 'eq', value }) }));
  await pages(
    'leads of two origins',
    'lead',
    only({ field: 'origin', is: 'in', value: Object.values(examples['origin'] ?? {}).filter((value) => value !== null) }),
  );
  await pages('leads won or lost', 'lead', only({ field: 'stage', is: 'in', value: ['won', 'lost'] }));
  await pages('leads of a common stage by name', 'lead', { ...only({ field: 'stage', is: 'eq', value: 'won' }), sort: 'name' });
  await pages('leads opened in a month', 'lead', only({ field: 'openedAt', is: 'between', value: ['2024-03-01', '2024-03-31'] }));
  await pages('leads, name contains a common text', 'lead', only({ field: 'name', is: 'contains', value: 'an' }));
  await pages('leads, name contains a text of none (reads every lead)', 'lead', only({ field: 'name', is: 'contains', value: 'zzzzz' }));
  for (const q of ['a', 'an', 'ann', 'zzzzz']) await pages(`leads beginning with “${q}”`, 'lead', { q });
  for (const kind of ['account', 'contact', 'deal', 'campaign'] as const) await pages(`${kind}s`, kind, {});
  await repeat('search of all kinds', (tx) => searchRecords(tx, workspaceId, 'an'));
  await repeat('values of origin', (tx) => listValues(tx, workspaceId, 'lead', 'origin'));
  await repeat('values of owner', (tx) => listValues(tx, workspaceId, 'lead', 'ownerId'));
  const [lead] = (await database.inWorkspace(workspaceId, (tx) => listRecords(tx, workspaceId, 'lead', { limit: 1 }))).items;
  await repeat('one lead', (tx) => getRecord(tx, workspaceId, 'lead', lead!.id));
  await repeat('timeline of a lead', (tx) => listTimeline(tx, workspaceId, 'lead', lead!.id, {}));
  if (typeof lead!.accountId === 'string')
    await repeat('timeline of an account', (tx) => listTimeline(tx, workspaceId, 'account', String(lead!.accountId), {}));
} finally {
  await database.close();
}

function only(condition: Condition): ListAsk {
  return { filter: { all: [condition] } };
}

/** Measures the first page, and the second where there is one. */
async function pages(scenario: string, kind: ListKind, ask: ListAsk): Promise<void> {
  const first = await repeat(scenario, (tx) => listRecords(tx, workspaceId, kind, ask));
  if (first.next !== null)
    await repeat(`${scenario}, second page`, (tx) => listRecords(tx, workspaceId, kind, { ...ask, cursor: first.next! }));
}

async function repeat<T>(scenario: string, ask: (tx: Tx) => Promise<T>): Promise<T> {
  const times: number[] = [];
  let answer = await database.inWorkspace(workspaceId, ask); // once to warm up
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    answer = await database.inWorkspace(workspaceId, ask);
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))]! * 10) / 10;
  console.log(JSON.stringify({ bench: 'lists', scenario, leads, runs, medianMs: at(0.5), p95Ms: at(0.95) }));
  return answer;
}

interface Around {
  workspaceId: WorkspaceId;
  leads: number;
  /** Of each filtered field the value of the most leads, of the fewest, and blank where there are such. */
  examples: Record<string, Record<string, string | null>>;
}

async function lookAround(address: string): Promise<Around> {
  const client = new pg.Client({ connectionString: address, options: '-c search_path=accord,pg_catalog' });
  await client.connect();
  await client.query(`SELECT set_config('app.gate', 'system', false)`);
  const { rows: workspaces } = await client.query<{ id: string }>('SELECT id FROM workspaces');
  const sizes: { id: string; leads: number }[] = [];
  for (const { id } of workspaces) {
    await client.query(`SELECT set_config('app.workspace', $1, false)`, [id]);
    const { rows } = await client.query<{ leads: string }>('SELECT count(*) AS leads FROM leads');
    sizes.push({ id, leads: Number(rows[0]!.leads) });
  }
  const most = sizes.toSorted((one, other) => other.leads - one.leads)[0];
  if (!most || most.leads === 0) throw new Error('There are no leads in this database: import some first.');
  await client.query(`SELECT set_config('app.workspace', $1, false)`, [most.id]);
  const examples: Around['examples'] = {};
  for (const [field, column] of Object.entries({
    stage: 'stage',
    origin: 'origin',
    channel: 'channel',
    segment: 'segment',
    ownerId: 'owner_id',
    campaignId: 'campaign_id',
    accountId: 'account_id',
  })) {
    const { rows } = await client.query<{ value: string | null }>(
      `SELECT ${column}::text AS value, count(*) FROM leads GROUP BY 1 ORDER BY count(*) DESC`,
    );
    const stated = rows.flatMap((row) => (row.value === null ? [] : [row.value]));
    examples[field] = {
      ...(stated.length ? { common: stated[0]!, rare: stated.at(-1)! } : {}),
      ...(rows.length > stated.length ? { blank: null } : {}),
    };
  }
  await client.end();
  return { workspaceId: most.id as WorkspaceId, leads: most.leads, examples };
}
