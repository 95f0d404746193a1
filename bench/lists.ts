/**
 * The lists of records: every kind of page, with rare and common values, as requests through the whole server
 * (session, checks, query, answer) without the network.
 */

import { type Condition, sortFieldsOf } from '#features/records/contract/lists.ts';
import { type Company, filledCompany } from './support/company.ts';
import { asOwner, type Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { repeat } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const runs = 40;

/** Parameters of a list. */
type Asked = { q?: string; sort?: string; filter?: string };

export async function measureLists(ground: Ground): Promise<Outcome> {
  const company = await filledCompany(ground);
  const examples = await findExamples(company);
  const { get, close } = await openServer(company);
  try {
    const pages: Row[] = [];
    const page = async (name: string, path: string, asked: Asked = {}) => {
      ground.say(`lists: ${name}`);
      pages.push(...(await measurePage(get, name, path, asked)));
    };
    for (const sort of sortFieldsOf.lead)
      for (const direction of ['', '-']) await page(`leads by ${direction}${sort}`, '/leads', { sort: `${direction}${sort}` });
    for (const { field, which, value } of examples)
      await page(`leads of a ${which} ${field}`, '/leads', only(value === null ? { field, is: 'blank' } : { field, is: 'eq', value }));
    await page(
      'leads of two origins',
      '/leads',
      only({
        field: 'origin',
        is: 'in',
        value: examples.flatMap(({ field, value }) => (field === 'origin' && value !== null ? [value] : [])),
      }),
    );
    await page('leads won or lost', '/leads', only({ field: 'stage', is: 'in', value: ['won', 'lost'] }));
    await page('leads won, by name', '/leads', { ...only({ field: 'stage', is: 'eq', value: 'won' }), sort: 'name' });
    await page('leads opened in a month', '/leads', only({ field: 'openedAt', is: 'between', value: ['2024-03-01', '2024-03-31'] }));
    await page('leads, name contains a common text', '/leads', only({ field: 'name', is: 'contains', value: 'an' }));
    await page('leads, name contains a text of none (reads every lead)', '/leads', only({ field: 'name', is: 'contains', value: 'zzzzz' }));
    for (const q of ['a', 'an', 'ann', 'zzzzz']) await page(`leads beginning with “${q}”`, '/leads', { q });
    for (const path of ['/accounts', '/contacts', '/deals', '/campaigns']) await page(path.slice(1), path);
    const others = await measureOthers(get);
    return {
      measured: `pages of 50 in the server, ${ground.leads.toLocaleString('en')} leads, ${runs} requests each, one after the other`,
      tables: [
        { title: 'lists (the first page; the second where there is one)', rows: pages },
        { title: 'other reads', rows: others },
        { title: 'of all kinds of pages', rows: [worst(pages, others)] },
      ],
    };
  } finally {
    await close();
  }
}

type Get = <T>(path: string) => Promise<T>;

async function measurePage(get: Get, name: string, path: string, asked: Asked): Promise<Row[]> {
  const address = (cursor?: string) => `${path}?${new URLSearchParams({ ...asked, ...(cursor && { cursor }) }).toString()}`;
  const { next } = await get<{ next: string | null }>(address());
  const first = { page: name, ...shown(await repeat(runs, () => get(address()))) };
  return next === null ? [first] : [first, { page: `${name}, second page`, ...shown(await repeat(runs, () => get(address(next)))) }];
}

async function measureOthers(get: Get): Promise<Row[]> {
  const { items } = await get<{ items: { id: string; accountId: string | null }[] }>('/leads');
  const lead = items.find(({ accountId }) => accountId !== null) ?? items[0]!;
  const paths: [string, string][] = [
    ['search of all kinds', '/search?q=an'],
    ['values of origin', '/leads/values?field=origin'],
    ['values of owner', '/leads/values?field=ownerId'],
    ['count of all leads', '/leads/count'],
    ['one lead', `/leads/${lead.id}`],
    ['timeline of a lead', `/leads/${lead.id}/timeline`],
    ...(lead.accountId === null ? [] : ([['timeline of an account', `/accounts/${lead.accountId}/timeline`]] as [string, string][])),
    ['who one is (the cost of any request)', '/me'],
  ];
  const rows: Row[] = [];
  for (const [name, path] of paths) rows.push({ page: name, ...shown(await repeat(runs, () => get(path))) });
  return rows;
}

const shown = ({ medianMs, p95Ms }: { medianMs: number; p95Ms: number }) => ({ 'p50 ms': medianMs, 'p95 ms': p95Ms });

function worst(...lists: readonly Row[][]): Row {
  const all = lists.flat().toSorted((one, other) => Number(other['p95 ms']) - Number(one['p95 ms']));
  const middle = all[Math.floor(all.length / 2)]!;
  return {
    kinds: all.length,
    'median of p95 ms': middle['p95 ms']!,
    'greatest p95 ms': all[0]!['p95 ms']!,
    'which page': all[0]!['page']!,
    'beyond 200 ms': all.filter((row) => Number(row['p95 ms']) > 200).length,
  };
}

const only = (condition: Condition): Asked => ({ filter: JSON.stringify({ all: [condition] }) });

interface Example {
  field: string;
  which: 'common' | 'rare' | 'blank';
  value: string | null;
}

/** Of each filtered field the value of the most leads, of the fewest, and blank where there are such. */
function findExamples({ ownerUrl, workspaceId }: Company): Promise<Example[]> {
  const columns = {
    stage: 'stage',
    origin: 'origin',
    channel: 'channel',
    segment: 'segment',
    ownerId: 'owner_id',
    campaignId: 'campaign_id',
    accountId: 'account_id',
  };
  return asOwner(ownerUrl, async (client) => {
    await client.query(`SELECT set_config('app.workspace', $1, false), set_config('app.gate', '', false)`, [workspaceId]);
    const examples: Example[] = [];
    for (const [field, column] of Object.entries(columns)) {
      const { rows } = await client.query<{ value: string | null }>(
        `SELECT ${column}::text AS value, count(*) FROM accord.leads GROUP BY 1 ORDER BY count(*) DESC`,
      );
      const stated = rows.flatMap(({ value }) => (value === null ? [] : [value]));
      if (stated.length > 0) examples.push({ field, which: 'common', value: stated[0]! }, { field, which: 'rare', value: stated.at(-1)! });
      if (rows.length > stated.length) examples.push({ field, which: 'blank', value: null });
    }
    return examples;
  });
}
