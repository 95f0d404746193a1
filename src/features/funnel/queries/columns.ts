/**
 * The leads of each workspace as columns, kept in the memory of this process: a projection that can be
 * thrown away at any time. Before each answer one cheap question tells what has changed since, so that no
 * answer is older than its request. Several servers each keep their own.
 */

import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
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
import { type Database, enterWorkspace, type WorkspaceId } from '#platform/db/database.ts';
import { leadColumns, readLeadRows } from './lead-rows.ts';

export interface FreshColumns {
  readonly columns: FunnelColumns;
  readonly timeZone: string;
  readonly currency: string;
}

/** Memory for columns in one process; some 5 million leads. The one asked for is kept even when it alone is larger. */
const defaultLimitBytes = 512 * 1024 * 1024;
/** More changed leads than this and all are read again, beside the answers that go on from the old columns. */
const mostChanges = 50_000;
/** How often the number of leads is compared, should one ever vanish without a trace. */
const recountMilliseconds = 60_000;

export interface ColumnsCache {
  /** The columns as of now or later. */
  fresh(workspaceId: WorkspaceId): Promise<FreshColumns>;
  /** Bytes and workspaces held. */
  held(): { bytes: number; workspaces: number; loads: number };
}

const caches = new WeakMap<Database, ColumnsCache>();

/** The cache of this process for a database. */
export function columnsCacheOf(database: Database): ColumnsCache {
  let cache = caches.get(database);
  if (!cache) caches.set(database, (cache = makeColumnsCache(database)));
  return cache;
}

/** What is known of one workspace. */
interface Kept extends FreshColumns {
  readonly seen: Seen;
  readonly recountedAt: number;
  readonly bytes: number;
}

/** What the database tells in one snapshot. */
interface Seen {
  /** `xmin:xmax:xip,…` of `pg_current_snapshot()`. */
  readonly snapshot: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Changes when an import is undone, which deletes leads. */
  readonly undone: string;
}

interface Workspace {
  kept: Kept | null;
  running: Promise<FreshColumns> | null;
  waiting: Promise<FreshColumns> | null;
}

export function makeColumnsCache(database: Database, limitBytes = defaultLimitBytes): ColumnsCache {
  /** In the order of their last use. */
  const workspaces = new Map<WorkspaceId, Workspace>();
  let loads = 0;

  const bring = async (workspaceId: WorkspaceId, workspace: Workspace): Promise<FreshColumns> => {
    try {
      const kept = await inSnapshot(database, workspaceId, async (client) => {
        const current = await catchUp(client, workspaceId, workspace.kept);
        if (current) return current;
        loads++;
        return load(client, workspaceId);
      });
      workspace.kept = kept;
      makeRoom(workspaceId);
      return kept;
    } catch (error) {
      workspace.kept = null; // half applied, perhaps: the next answer reads all
      throw error;
    }
  };
  const makeRoom = (current: WorkspaceId): void => {
    let bytes = 0;
    for (const { kept } of workspaces.values()) bytes += kept?.bytes ?? 0;
    for (const [workspaceId, { kept, running }] of workspaces) {
      if (bytes <= limitBytes) return;
      if (workspaceId === current || running) continue;
      workspaces.delete(workspaceId);
      bytes -= kept?.bytes ?? 0;
    }
  };
  const start = (workspaceId: WorkspaceId, workspace: Workspace): Promise<FreshColumns> => {
    workspace.running = bring(workspaceId, workspace).finally(() => {
      workspace.running = null;
    });
    return workspace.running;
  };
  return {
    /** Whoever asks while a look at the database is under way shares the next one: the one under way may be older than the request. */
    fresh(workspaceId) {
      const workspace = workspaces.get(workspaceId) ?? { kept: null, running: null, waiting: null };
      workspaces.delete(workspaceId);
      workspaces.set(workspaceId, workspace);
      if (!workspace.running) return start(workspaceId, workspace);
      workspace.waiting ??= workspace.running
        .catch(() => {})
        .then(() => {
          workspace.waiting = null;
          return start(workspaceId, workspace);
        });
      return workspace.waiting;
    },
    held: () => ({
      bytes: [...workspaces.values()].reduce((sum, { kept }) => sum + (kept?.bytes ?? 0), 0),
      workspaces: workspaces.size,
      loads,
    }),
  };
}

/** Everything read sees one state of the database. */
async function inSnapshot<T>(database: Database, workspaceId: WorkspaceId, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  const onError = (error: Error) => void (failure = error); // a connection cut between two statements; the next one fails
  client.on('error', onError);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await enterWorkspace(client, workspaceId);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.off('error', onError);
    client.release(failure); // a connection cut in the middle of a COPY is not used again
  }
}

async function load(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<Kept> {
  const { seen } = await look(client, workspaceId, null);
  const columns = makeColumns(leadStages.length);
  const rows = readLeadRows(columns, seen.timeZone, () => keepNew(columns));
  for await (const chunk of copyLeads(client, workspaceId, 'archived_at IS NULL')) rows.feed(chunk);
  trimColumns(columns);
  return keptOf(columns, seen, Date.now());
}

/** Brings the columns to the snapshot's state; null when all must be read again. */
async function catchUp(client: pg.ClientBase, workspaceId: WorkspaceId, kept: Kept | null): Promise<Kept | null> {
  if (!kept) return null;
  const { seen, changed } = await look(client, workspaceId, kept.seen);
  if (seen.snapshot === kept.seen.snapshot) return kept;
  if (changed > mostChanges || seen.undone !== kept.seen.undone || seen.timeZone !== kept.timeZone) return null;
  if (changed > 0) await applyChanges(client, workspaceId, kept);
  const recount = Date.now() - kept.recountedAt > recountMilliseconds;
  if (recount && (await countLeads(client, workspaceId)) !== kept.columns.count) return null;
  return keptOf(kept.columns, seen, recount ? Date.now() : kept.recountedAt);
}

const keptOf = (columns: FunnelColumns, seen: Seen, recountedAt: number): Kept => ({
  columns,
  timeZone: seen.timeZone,
  currency: seen.currency,
  seen,
  recountedAt,
  bytes: bytesOfColumns(columns),
});

/** Takes in what has changed, all at once: nobody ever reads half of it. */
async function applyChanges(client: pg.ClientBase, workspaceId: WorkspaceId, { columns, seen, timeZone }: Kept): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of copyLeads(client, workspaceId, changedSince(seen.snapshot))) chunks.push(chunk);
  const archived: number[] = [];
  const rows = readLeadRows(columns, timeZone, (isArchived) => {
    if (!isArchived) return keepChanged(columns);
    const row = placeOfNext(columns);
    if (row >= 0) archived.push(row);
  });
  for (const chunk of chunks) rows.feed(chunk);
  removeRows(columns, archived);
}

/** One question: which snapshot is this, what is the workspace set to, how much has changed since the last. */
async function look(client: pg.ClientBase, workspaceId: WorkspaceId, last: Seen | null): Promise<{ seen: Seen; changed: number }> {
  const changed = last
    ? `(SELECT count(*) FROM (SELECT FROM leads WHERE workspace_id = $1 AND ${changedSince(last.snapshot)} LIMIT ${mostChanges + 1}) c)`
    : '0::bigint';
  const { rows } = await client.query<{ snapshot: string; time_zone: string; currency: string; undone: string; changed: bigint }>(
    `SELECT pg_current_snapshot()::text AS snapshot, w.time_zone, w.currency, ${changed} AS changed,
      (SELECT count(*) || ' ' || coalesce(max(undone_at)::text, '') FROM import_runs WHERE workspace_id = $1 AND (status = 'undone' OR undone_at IS NOT NULL)) AS undone
     FROM workspaces w WHERE w.id = $1`,
    [workspaceId],
  );
  const row = rows[0];
  if (!row) throw new Error(`There is no workspace ${workspaceId}.`);
  return {
    seen: { snapshot: row.snapshot, timeZone: row.time_zone, currency: row.currency, undone: row.undone },
    changed: Number(row.changed),
  };
}

/**
 * Rows whose last change the snapshot had not seen: by a transaction then running, or begun since. Rows
 * of another cluster's numbering (a restored backup) lie above and are left out.
 */
function changedSince(snapshot: string): string {
  const match = /^\d+:(\d+):((?:\d+(?:,\d+)*)?)$/.exec(snapshot);
  if (!match) throw new Error(`PostgreSQL answered a snapshot in an unknown form: ${snapshot}`);
  const later = `changed_xid >= '${match[1]}'::xid8 AND changed_xid < pg_snapshot_xmax(pg_current_snapshot())`;
  return match[2] ? `(${later} OR changed_xid = ANY('{${match[2]}}'::xid8[]))` : later;
}

const copyLeads = (client: pg.ClientBase, workspaceId: WorkspaceId, where: string): AsyncIterable<Uint8Array> =>
  client.query(
    copyTo(
      `COPY (SELECT ${leadColumns.join(', ')} FROM leads WHERE workspace_id = '${workspaceId}'::uuid AND ${where}) TO STDOUT (FORMAT binary)`,
    ),
  );

async function countLeads(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await client.query<{ count: bigint }>('SELECT count(*) FROM leads WHERE workspace_id = $1 AND archived_at IS NULL', [
    workspaceId,
  ]);
  return Number(rows[0]!.count);
}
