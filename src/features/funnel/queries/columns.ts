/** The leads of each workspace as columns in memory; `docs/decisions/funnel-columns.md` says why. */

import type pg from 'pg';
import {
  bytesOfColumns,
  type FunnelColumns,
  keepChanged,
  keepNew,
  makeColumns,
  placeOfNext,
  removeRows,
  trimColumns,
} from '#engine/funnel/columns.ts';
import { leadStages } from '#features/records/contract.ts';
import { type ColumnsCache, type ColumnsKind, makeColumnsCache as makeCache, type Since } from '#platform/db/columns-cache.ts';
import { copyRows } from '#platform/db/copy-rows.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { leadColumns, readLeadRows } from './lead-rows.ts';

export interface FreshColumns {
  readonly columns: FunnelColumns;
  readonly timeZone: string;
  readonly currency: string;
}

const caches = new WeakMap<Database, ColumnsCache<FreshColumns>>();

/** The cache of this process for a database. */
export function columnsCacheOf(database: Database): ColumnsCache<FreshColumns> {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database)));
  return cache;
}

/** @param limitBytes 512 MB hold some 5 million leads */
export const makeColumnsCache = (database: Database, limitBytes?: number): ColumnsCache<FreshColumns> =>
  makeCache(database, leadsKind, limitBytes === undefined ? {} : { bytes: limitBytes });

const leadsKind: ColumnsKind<FreshColumns> = {
  async load(client, workspaceId) {
    const { timeZone, currency } = await settingsOf(client, workspaceId);
    const columns = makeColumns(leadStages.length);
    const rows = readLeadRows(columns, timeZone, () => keepNew(columns));
    for await (const chunk of copyLeads(client, workspaceId, 'archived_at IS NULL')) rows.feed(chunk);
    trimColumns(columns);
    return { columns, timeZone, currency };
  },
  async countChanges(client, workspaceId, since, most) {
    const { rows } = await client.query<{ changed: bigint }>(
      `SELECT count(*) AS changed FROM (SELECT FROM leads WHERE workspace_id = $1 AND ${since('changed_xid')} LIMIT ${most + 1}) c`,
      [workspaceId],
    );
    return Number(rows[0]!.changed);
  },
  async apply(client, workspaceId, fresh, since) {
    await applyChanges(client, workspaceId, fresh, since);
    return fresh;
  },
  /** An undone import deletes leads. */
  async stamp(client, workspaceId) {
    const { rows } = await client.query<{ stamp: string }>(
      `SELECT concat_ws(' ', w.time_zone, w.currency,
        (SELECT count(*) || ' ' || coalesce(max(undone_at)::text, '') FROM import_runs WHERE workspace_id = $1 AND (status = 'undone' OR undone_at IS NOT NULL))) AS stamp
       FROM workspaces w WHERE w.id = $1`,
      [workspaceId],
    );
    if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
    return rows[0].stamp;
  },
  isComplete: async (client, workspaceId, { columns }) => (await countLeads(client, workspaceId)) === columns.count,
  bytes: ({ columns }) => bytesOfColumns(columns),
};

async function applyChanges(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  { columns, timeZone }: FreshColumns,
  since: Since,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of copyLeads(client, workspaceId, since('changed_xid'))) chunks.push(chunk);
  const archived: number[] = [];
  const rows = readLeadRows(columns, timeZone, (isArchived) => {
    if (!isArchived) return keepChanged(columns);
    const row = placeOfNext(columns);
    if (row >= 0) archived.push(row);
  });
  for (const chunk of chunks) rows.feed(chunk);
  removeRows(columns, archived);
}

async function settingsOf(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<{ timeZone: string; currency: string }> {
  const { rows } = await client.query<{ timeZone: string; currency: string }>(
    'SELECT time_zone AS "timeZone", currency FROM workspaces WHERE id = $1',
    [workspaceId],
  );
  if (!rows[0]) throw new Error(`There is no workspace ${workspaceId}.`);
  return rows[0];
}

const copyLeads = (client: pg.ClientBase, workspaceId: WorkspaceId, where: string): AsyncIterable<Uint8Array> =>
  copyRows(client, `SELECT ${leadColumns.join(', ')} FROM leads WHERE workspace_id = '${workspaceId}'::uuid AND ${where}`);

async function countLeads(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await client.query<{ count: bigint }>('SELECT count(*) FROM leads WHERE workspace_id = $1 AND archived_at IS NULL', [
    workspaceId,
  ]);
  return Number(rows[0]!.count);
}
