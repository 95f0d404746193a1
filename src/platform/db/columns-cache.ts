/**
 * Rows of each workspace as columns, kept in the memory of this process: a projection that can be thrown away at any
 * time. Before each answer one cheap question tells what has changed since, so that no answer is older than its
 * request. Several servers each keep their own. Leans on every writer setting `changed_xid = pg_current_xact_id()`.
 */

import type pg from 'pg';
import { type Database, enterWorkspace, type WorkspaceId } from './database.ts';

/** Which rows, and how they become columns. Every function reads the one snapshot of its client. */
export interface ColumnsKind<Columns> {
  load(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<Columns>;
  /** Rows changed since, counted up to `most`; more than that and all are read again. */
  countChanges(client: pg.ClientBase, workspaceId: WorkspaceId, since: Since, most: number): Promise<number>;
  /** Takes them in, all at once: nobody ever reads half of it. May answer other columns than it was given. */
  apply(client: pg.ClientBase, workspaceId: WorkspaceId, columns: Columns, since: Since): Promise<Columns>;
  /** What these columns are read under (a time zone, undone imports): when it differs all is read again. */
  stamp(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<string>;
  /** Whether the rows there are now are as many as the columns hold: asked once a minute, should one ever vanish without a trace. */
  isComplete(client: pg.ClientBase, workspaceId: WorkspaceId, columns: Columns): Promise<boolean>;
  bytes(columns: Columns): number;
  /**
   * Milliseconds for which columns once read are given as they are, where reading so many anew for every change would
   * take longer than anybody's answer is worth. Unsaid, or 0: no answer is older than its request.
   */
  restMilliseconds?(columns: Columns): number;
}

/**
 * The SQL condition for rows that the last snapshot had not seen: changed by a transaction then running, or begun
 * since. Rows of another cluster's numbering (a restored backup) lie above and are left out.
 * @param column of type xid8; a name from the code, never from outside
 */
export type Since = (column: string) => string;

export interface ColumnsCache<Columns> {
  /** The columns as of now or later. */
  fresh(workspaceId: WorkspaceId): Promise<Columns>;
  /** Bytes and workspaces held, how often all was read, and of one workspace a text that changes with its data. */
  held(): { bytes: number; workspaces: number; loads: number };
}

export interface CacheLimits {
  /** Memory in one process; the workspace asked for is kept even when it alone is larger. */
  readonly bytes?: number;
  /** More changed rows than this and all are read again, beside the answers that go on from the old columns. */
  readonly changes?: number;
}

const defaultBytes = 512 * 1024 * 1024;
const defaultChanges = 50_000;
const recountMilliseconds = 60_000;

interface Kept<Columns> {
  readonly columns: Columns;
  /** `xmin:xmax:xip,…` of `pg_current_snapshot()`. */
  readonly snapshot: string;
  readonly stamp: string;
  readonly recountedAt: number;
  readonly bytes: number;
  /** Epoch milliseconds until which nothing is asked. */
  readonly restsUntil: number;
}

interface Workspace<Columns> {
  kept: Kept<Columns> | null;
  running: Promise<Columns> | null;
  waiting: Promise<Columns> | null;
}

export function makeColumnsCache<Columns>(database: Database, kind: ColumnsKind<Columns>, limits: CacheLimits = {}): ColumnsCache<Columns> {
  /** In the order of their last use. */
  const workspaces = new Map<WorkspaceId, Workspace<Columns>>();
  let loads = 0;

  const bring = async (workspaceId: WorkspaceId, workspace: Workspace<Columns>): Promise<Columns> => {
    if (workspace.kept && Date.now() < workspace.kept.restsUntil) return workspace.kept.columns;
    try {
      const kept = await inSnapshot(database, workspaceId, async (client) => {
        const current = await catchUp(client, workspaceId, kind, workspace.kept, limits.changes ?? defaultChanges);
        if (current) return current;
        loads++;
        return load(client, workspaceId, kind);
      });
      workspace.kept = kept;
      makeRoom(workspaceId);
      return kept.columns;
    } catch (error) {
      workspace.kept = null; // half applied, perhaps: the next answer reads all
      throw error;
    }
  };
  const makeRoom = (current: WorkspaceId): void => {
    let bytes = 0;
    for (const { kept } of workspaces.values()) bytes += kept?.bytes ?? 0;
    for (const [workspaceId, { kept, running }] of workspaces) {
      if (bytes <= (limits.bytes ?? defaultBytes)) return;
      if (workspaceId === current || running) continue;
      workspaces.delete(workspaceId);
      bytes -= kept?.bytes ?? 0;
    }
  };
  const start = (workspaceId: WorkspaceId, workspace: Workspace<Columns>): Promise<Columns> => {
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
export async function inSnapshot<T>(database: Database, workspaceId: WorkspaceId, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
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

/**
 * Until this transaction ends, joins are hashed. Until a workspace just brought in is told of (`statistics.ts`) the
 * planner takes its tables for empty, and looks through all touches once a lead: 8,000 leads beside 23 other workspaces
 * took over four minutes. Of all rows a hash is never much worse.
 */
export const inBulk = (client: pg.ClientBase): Promise<unknown> => client.query('SET LOCAL enable_nestloop = off');

async function load<Columns>(client: pg.ClientBase, workspaceId: WorkspaceId, kind: ColumnsKind<Columns>): Promise<Kept<Columns>> {
  const snapshot = await snapshotNow(client);
  const stamp = await kind.stamp(client, workspaceId);
  await inBulk(client);
  const columns = await kind.load(client, workspaceId);
  return { columns, snapshot, stamp, recountedAt: Date.now(), bytes: kind.bytes(columns), restsUntil: restOf(kind, columns) };
}

const restOf = <Columns>(kind: ColumnsKind<Columns>, columns: Columns): number => Date.now() + (kind.restMilliseconds?.(columns) ?? 0);

/** Brings the columns to the snapshot's state; null when all must be read again. */
async function catchUp<Columns>(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  kind: ColumnsKind<Columns>,
  kept: Kept<Columns> | null,
  mostChanges: number,
): Promise<Kept<Columns> | null> {
  if (!kept) return null;
  const snapshot = await snapshotNow(client);
  if (snapshot === kept.snapshot) return kept;
  const stamp = await kind.stamp(client, workspaceId);
  if (stamp !== kept.stamp) return null;
  const since = sinceSnapshot(kept.snapshot);
  const changed = await kind.countChanges(client, workspaceId, since, mostChanges);
  if (changed > mostChanges) return null;
  const columns = changed > 0 ? await kind.apply(client, workspaceId, kept.columns, since) : kept.columns;
  const recount = Date.now() - kept.recountedAt > recountMilliseconds;
  if (recount && !(await kind.isComplete(client, workspaceId, columns))) return null;
  return {
    ...{ columns, snapshot, stamp, recountedAt: recount ? Date.now() : kept.recountedAt, bytes: kind.bytes(columns) },
    restsUntil: changed > 0 ? restOf(kind, columns) : 0, // nothing has changed: looking again costs little
  };
}

async function snapshotNow(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ snapshot: string }>('SELECT pg_current_snapshot()::text AS snapshot');
  return rows[0]!.snapshot;
}

function sinceSnapshot(snapshot: string): Since {
  const match = /^\d+:(\d+):((?:\d+(?:,\d+)*)?)$/.exec(snapshot);
  if (!match) throw new Error(`PostgreSQL answered a snapshot in an unknown form: ${snapshot}`);
  return (column) => {
    const later = `${column} >= '${match[1]}'::xid8 AND ${column} < pg_snapshot_xmax(pg_current_snapshot())`;
    return match[2] ? `(${later} OR ${column} = ANY('{${match[2]}}'::xid8[]))` : later;
  };
}
