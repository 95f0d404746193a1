/** The deals of each workspace as columns in memory, with what their leads and accounts say beside them. */

import type pg from 'pg';
import { type ColumnsCache, type ColumnsKind, makeColumnsCache, type Since } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  bytesOfRowColumns,
  keepChangedRow,
  keepNewRow,
  makeRowColumns,
  noDay,
  placeOfNextRow,
  readRows,
  removeColumnRows,
  type RowColumns,
  trimRowColumns,
} from '#platform/db/row-columns.ts';
import { type ColumnGround, groundStamp, readColumnGround } from './column-ground.ts';

const dealFields = {
  status: 'text',
  opened: 'instant',
  closed: 'instant',
  /** As stated; replaced by the booked amount when the row is kept. */
  amount: 'amount',
  hasAmount: 'present',
  currency: 'text',
  /** Hundredths of a per cent; −1: not stated. */
  probability: 'int',
  account: 'id',
  hasLead: 'present',
  /** Its lead became an MQL. */
  hasMql: 'present',
  owner: 'id',
  qualifier: 'id',
  campaign: 'id',
  origin: 'text',
  channel: 'text',
  segment: 'text',
  product: 'text',
  archived: 'present',
} as const;
export type DealFields = typeof dealFields;
export type DealColumns = RowColumns<DealFields>;

/** What a deal's `hasAmount` says once it is booked. */
export const amountIs = { notStated: 0, booked: 1, withoutRate: 2, withoutCurrency: 3 } as const;

export interface FreshDeals extends ColumnGround {
  readonly deals: DealColumns;
}

const caches = new WeakMap<Database, ColumnsCache<FreshDeals>>();

/** The cache of this process for a database. */
export function dealsOf(database: Database): ColumnsCache<FreshDeals> {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database, dealsKind)));
  return cache;
}

/** The deal's own word counts; where it is silent its lead's, then its account's. */
const selected = `SELECT d.id, d.status, d.opened_at, d.closed_at, d.amount, d.amount, d.currency, (d.probability_percent * 100)::int,
  coalesce(d.account_id, l.account_id), l.id, l.mql_at, d.owner_id, coalesce(d.qualifier_id, l.qualifier_id), coalesce(d.campaign_id, l.campaign_id),
  l.origin, l.channel, coalesce(d.segment, l.segment, a.segment), d.product, d.archived_at
FROM deals d LEFT JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
LEFT JOIN accounts a ON a.workspace_id = d.workspace_id AND a.id = coalesce(d.account_id, l.account_id)`;

/** Ids of deals that changed, or whose lead or account did. */
const changedIds = (workspace: string, since: Since): string => `
  SELECT id FROM deals WHERE workspace_id = ${workspace} AND ${since('changed_xid')}
  UNION SELECT d.id FROM leads l JOIN deals d ON d.workspace_id = l.workspace_id AND d.lead_id = l.id WHERE l.workspace_id = ${workspace} AND ${since('l.changed_xid')}
  UNION SELECT d.id FROM accounts a JOIN deals d ON d.workspace_id = a.workspace_id AND d.account_id = a.id WHERE a.workspace_id = ${workspace} AND ${since('a.changed_xid')}
  UNION SELECT d.id FROM accounts a JOIN leads l ON l.workspace_id = a.workspace_id AND l.account_id = a.id
    JOIN deals d ON d.workspace_id = l.workspace_id AND d.lead_id = l.id AND d.account_id IS NULL WHERE a.workspace_id = ${workspace} AND ${since('a.changed_xid')}`;

const dealsKind: ColumnsKind<FreshDeals> = {
  async load(client, workspaceId) {
    const ground = await readColumnGround(client, workspaceId);
    const deals = makeRowColumns(dealFields);
    const rows = readRows(deals, {
      fields: dealFields,
      timeZone: ground.timeZone,
      survivors: { account: ground.accounts },
      settle: () => book(deals, keepNewRow(deals), ground),
    });
    for await (const chunk of copyRows(client, `${selected} WHERE d.workspace_id = '${workspaceId}'::uuid AND d.archived_at IS NULL`))
      rows.feed(chunk);
    trimRowColumns(deals);
    return { ...ground, deals };
  },
  async countChanges(client, workspaceId, since, most) {
    const { rows } = await client.query<{ changed: bigint }>(
      `SELECT count(*) AS changed FROM (SELECT FROM (${changedIds('$1', since)}) ids LIMIT ${most + 1}) c`,
      [workspaceId],
    );
    return Number(rows[0]!.changed);
  },
  async apply(client, workspaceId, fresh, since) {
    await takeIn(client, workspaceId, fresh, since);
    return fresh;
  },
  stamp: groundStamp,
  async isComplete(client, workspaceId, { deals }) {
    const { rows } = await client.query<{ count: bigint }>('SELECT count(*) FROM deals WHERE workspace_id = $1 AND archived_at IS NULL', [
      workspaceId,
    ]);
    return Number(rows[0]!.count) === deals.count;
  },
  bytes: ({ deals }) => bytesOfRowColumns(deals),
};

async function takeIn(client: pg.ClientBase, workspaceId: WorkspaceId, fresh: FreshDeals, since: Since): Promise<void> {
  const { deals } = fresh;
  const workspace = `'${workspaceId}'::uuid`;
  const chunks: Uint8Array[] = [];
  const query = `${selected} WHERE d.workspace_id = ${workspace} AND d.id IN (${changedIds(workspace, since)})`;
  for await (const chunk of copyRows(client, query)) chunks.push(chunk);
  const gone: number[] = [];
  const settle = (): void => {
    const place = placeOfNextRow(deals);
    if (deals.numbers.archived[deals.count] === 1) {
      if (place >= 0) gone.push(place);
    } else if (place < 0) book(deals, keepNewRow(deals), fresh);
    else {
      keepChangedRow(deals, place);
      book(deals, place, fresh);
    }
  };
  const rows = readRows(deals, { fields: dealFields, timeZone: fresh.timeZone, survivors: { account: fresh.accounts }, settle });
  for (const chunk of chunks) rows.feed(chunk);
  removeColumnRows(deals, gone);
}

/** In the workspace's currency by the rate of the day it was closed; while open, by the last. */
function book(deals: DealColumns, row: number, { rates }: ColumnGround): void {
  const { hasAmount, currency, closed } = deals.numbers;
  if (hasAmount[row] === amountIs.notStated) return;
  const from = deals.dictionaries.currency.texts[currency[row]!]!;
  const booked = rates.booked(deals.amounts.amount[row]!, from, closed[row] === noDay ? null : closed[row]!);
  deals.amounts.amount[row] = booked ?? 0n;
  hasAmount[row] = booked === null ? amountIs.withoutRate : from === null ? amountIs.withoutCurrency : amountIs.booked;
}
