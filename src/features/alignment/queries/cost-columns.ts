/** Leads that were passed, with what was done to reach them, and the deals of each workspace, in memory: what the cost of misalignment is told from. */

import type pg from 'pg';
import { type ColumnGround, groundStamp, readColumnGround, survivorOf } from '#features/returns/queries/column-ground.ts';
import { type ColumnsCache, type ColumnsKind, inBulk, makeColumnsCache, type Since } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  bytesOfRowColumns,
  type FieldTypes,
  keepNewRow,
  makeRowColumns,
  readRows,
  type RowColumns,
  trimRowColumns,
} from '#platform/db/row-columns.ts';
import { readId } from '#engine/funnel/ids.ts';
import { minutesOf, readTouchRows, type TouchRows } from './cost-touch-rows.ts';

const leadFields = {
  /** Minutes since 1970; −1: never. */
  start: 'int',
  accepted: 'int',
  decided: 'int',
  sql: 'int',
  rejected: 'int',
  /** Where it stands: a state of the hand-off, or its stage where nothing is handed off. */
  state: 'text',
  account: 'id',
  campaign: 'id',
  rep: 'id',
  segment: 'text',
  industry: 'text',
  channel: 'text',
  origin: 'text',
  cycle: 'int',
  phone: 'present',
  reason: 'text',
  company: 'present',
  /** When it went on record what became of it: an SQL, a deal and its end, rejected, recycled, disqualified. */
  outcome: 'int',
  /** Its first touch, of either side. */
  heard: 'int',
} as const;
const dealFields = {
  lead: 'id',
  account: 'id',
  segment: 'text',
  status: 'text',
  /** Minutes since 1970; −1: not. */
  closed: 'int',
  closedOn: 'instant',
  amount: 'amount',
  hasAmount: 'present',
  currency: 'text',
  reason: 'text',
} as const;

export interface FreshCost extends ColumnGround {
  readonly leads: RowColumns<typeof leadFields>;
  readonly touches: TouchRows;
  readonly deals: RowColumns<typeof dealFields>;
  /** By id of a merged campaign, the one it goes by now. */
  readonly campaigns: ReadonlyMap<string, string>;
}

/** Leads that were passed, and touches on them: a company with some 25,000 leads. */
const manyRows = 50_000;

const caches = new WeakMap<Database, ColumnsCache<FreshCost>>();

/** The cache of this process for a database. */
export function costColumnsOf(database: Database): ColumnsCache<FreshCost> {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database, costKind)));
  return cache;
}

/** By id, since draws are taken in this order: the same past gives the same ranges. Where a lead has been handed off, its clock started there; an imported one's when it was passed. */
const selectedLeads = (
  workspace: string,
): string => `SELECT l.id, ${minutesOf('coalesce(h.started_at, l.mql_at)')}, ${minutesOf('l.sal_at')},
    ${minutesOf('least(l.sal_at, l.rejected_at, l.recycled_at, l.disqualified_at, l.sql_at)')}, ${minutesOf('coalesce(l.sql_at, l.deal_at, l.won_at)')},
    ${minutesOf('l.rejected_at')}, coalesce(h.state, l.stage), l.account_id, l.campaign_id, coalesce(h.owner_id, l.qualifier_id, l.owner_id),
    coalesce(l.segment, a.segment), a.industry, l.channel, l.origin, l.cycle::int4, nullif(l.phone, ''), l.rejected_reason,
    coalesce(nullif(l.company, ''), l.account_id::text),
    ${minutesOf('least(l.sql_at, l.deal_at, l.won_at, l.lost_at, l.rejected_at, l.recycled_at, l.disqualified_at)')},
    ${minutesOf('least(t.at, p.at)')}
  FROM leads l LEFT JOIN (SELECT lead_id, min(occurred_at) AS at FROM touches WHERE workspace_id = ${workspace} AND voided_by IS NULL
    AND lead_id IS NOT NULL GROUP BY 1) t ON t.lead_id = l.id
  LEFT JOIN (SELECT contact_id, min(occurred_at) AS at FROM touches WHERE workspace_id = ${workspace} AND voided_by IS NULL
    AND lead_id IS NULL AND contact_id IS NOT NULL GROUP BY 1) p ON p.contact_id = l.contact_id
  LEFT JOIN handoffs h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id
  LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id
  WHERE l.workspace_id = ${workspace} AND l.mql_at IS NOT NULL AND l.archived_at IS NULL ORDER BY l.id`;
/** The deal's own word counts; where it is silent its lead's, then its account's. */
const selectedDeals = (
  workspace: string,
): string => `SELECT d.id, d.lead_id, coalesce(d.account_id, l.account_id), coalesce(d.segment, l.segment, a.segment),
    d.status, ${minutesOf('d.closed_at')}, d.closed_at, d.amount, d.amount, d.currency, d.lost_reason
  FROM deals d LEFT JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
  LEFT JOIN accounts a ON a.workspace_id = d.workspace_id AND a.id = coalesce(d.account_id, l.account_id)
  WHERE d.workspace_id = ${workspace} AND d.archived_at IS NULL ORDER BY d.id`;

const costKind: ColumnsKind<FreshCost> = {
  load: loadCost,
  async countChanges(client, workspaceId, since, most) {
    const changed = ['leads', 'deals', 'accounts'].map(
      (table) => `SELECT FROM ${table} WHERE workspace_id = $1 AND ${since('changed_xid')}`,
    );
    const { rows } = await client.query<{ changed: bigint }>(
      `SELECT count(*) AS changed FROM (${changed.join(' UNION ALL ')} LIMIT ${most + 1}) c`,
      [workspaceId],
    );
    return Number(rows[0]!.changed);
  },
  /** All is read again: what one lead is worth rests on all of them. */
  async apply(client, workspaceId, _columns: FreshCost, _since: Since) {
    await inBulk(client);
    return loadCost(client, workspaceId);
  },
  /** Touches and hand-offs carry no mark of their change: how many there are, and the youngest, stand for it. */
  async stamp(client, workspaceId) {
    const { rows } = await client.query<{ stamp: string }>(
      `SELECT concat_ws(' ', (SELECT concat_ws(' ', count(*), count(voided_by), max(recorded_at)) FROM touches WHERE workspace_id = $1),
        (SELECT concat_ws(' ', count(*), max(changed_at)) FROM handoffs WHERE workspace_id = $1),
        (SELECT concat_ws(' ', count(*), max(changed_xid::text::numeric)) FROM campaigns WHERE workspace_id = $1 AND merged_into IS NOT NULL)) AS stamp`,
      [workspaceId],
    );
    return `${await groundStamp(client, workspaceId)} ${rows[0]!.stamp}`;
  },
  async isComplete(client, workspaceId, { leads }) {
    const { rows } = await client.query<{ count: bigint }>(
      'SELECT count(*) FROM leads WHERE workspace_id = $1 AND mql_at IS NOT NULL AND archived_at IS NULL',
      [workspaceId],
    );
    return Number(rows[0]!.count) === leads.count;
  },
  bytes: ({ leads, deals, touches }) => bytesOfRowColumns(leads) + bytesOfRowColumns(deals) + touches.leads.byteLength * 3,
  /** A change means reading and fitting all anew: of so many rows seconds, and it moves twelve months by nothing. */
  restMilliseconds: ({ leads, touches }) => (leads.count + touches.count > manyRows ? 5 * 60_000 : 0),
};

async function loadCost(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<FreshCost> {
  const ground = await readColumnGround(client, workspaceId);
  const workspace = `'${workspaceId}'::uuid`;
  const campaigns = await mergedCampaigns(client, workspaceId);
  const survivors = { account: ground.accounts, campaign: campaigns };
  const leads = await readAll(client, selectedLeads(workspace), leadFields, ground.timeZone, survivors);
  const deals = await readAll(client, selectedDeals(workspace), dealFields, ground.timeZone, survivors);
  const places = new Map<string, number>();
  for (let row = 0; row < leads.count; row++) places.set(readId(leads.ids, row), row);
  const touches = await readTouchRows(client, workspaceId, ground.timeZone, (id) => places.get(id) ?? -1);
  return { ...ground, leads, deals, touches, campaigns };
}

async function readAll<Fields extends FieldTypes>(
  client: pg.ClientBase,
  query: string,
  fields: Fields,
  timeZone: string,
  survivors: Readonly<Record<string, ReadonlyMap<string, string>>>,
): Promise<RowColumns<Fields>> {
  const columns = makeRowColumns(fields);
  const rows = readRows(columns, { fields, timeZone, survivors, settle: () => void keepNewRow(columns) });
  for await (const chunk of copyRows(client, query)) rows.feed(chunk);
  trimRowColumns(columns);
  return columns;
}

async function mergedCampaigns(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; into: string }>(
    'SELECT id, merged_into AS "into" FROM campaigns WHERE workspace_id = $1 AND merged_into IS NOT NULL',
    [workspaceId],
  );
  const into = new Map(rows.map((row) => [row.id, row.into]));
  return new Map(rows.map((row) => [row.id, survivorOf(into, row.into)]));
}
