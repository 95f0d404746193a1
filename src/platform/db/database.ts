import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

/** A transaction in one workspace, or at a gate. The only way to reach the database. */
export type Tx = Transaction<Tables>;

declare const workspaceBrand: unique symbol;
/** Comes only from the gate that checked that the caller belongs to it. */
export type WorkspaceId = string & { readonly [workspaceBrand]: true };

export interface Database {
  /** One transaction that sees only this workspace's rows. */
  inWorkspace<T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>, options?: WorkspaceOptions): Promise<T>;
  /** One transaction that sees only the tables without a workspace: who signs in, which workspaces there are. */
  atGate<T>(gate: 'sign-in' | 'system', work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Connections of the application role, for COPY; set the workspace with `enterWorkspace`. */
  readonly pool: pg.Pool;
  /** Connections of the owner: the job queue and LISTEN only. */
  readonly ownerUrl: string;
  close(): Promise<void>;
}

export interface WorkspaceOptions {
  /** A read that must see one state of everything (exports, verify). */
  snapshot?: boolean;
  /** Milliseconds a statement may take; 0 for none (imports). Default 30,000. */
  statementTimeout?: number;
}

const types = new pg.TypeOverrides();
types.setTypeParser(20, (text) => BigInt(text)); // int8
types.setTypeParser(1082, (text) => text); // date
types.setTypeParser(1114, (text) => text); // timestamp
types.setTypeParser(1184, toIsoInstant); // timestamptz

/** `2026-11-23 09:56:47.279+00` → `2026-11-23T09:56:47.279Z`. Sessions run in UTC. */
export function toIsoInstant(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : Temporal.Instant.from(text.replace(' ', 'T')).toString();
}

/**
 * Opens the pool of the application role.
 * @param appUrl connects as `accord_app`, or as a role that may become it
 */
export function openDatabase(addresses: { appUrl: string; ownerUrl: string; poolSize?: number }): Database {
  const pool = new pg.Pool({
    connectionString: addresses.appUrl,
    max: addresses.poolSize ?? 16,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // temp_buffers is refused once a connection has used a temporary table, so it is given at the start; memory is
    // taken only as it is used.
    options:
      '-c role=accord_app -c search_path=accord,pg_catalog -c TimeZone=UTC -c datestyle=ISO -c jit=off -c temp_buffers=64MB -c idle_in_transaction_session_timeout=600000',
  });
  // An idle connection that is cut is replaced; one cut between two statements of a transaction would end the
  // process if nobody listened on it: the statement that follows reports it.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    ownerUrl: addresses.ownerUrl,
    inWorkspace: (workspaceId, work, options = {}) =>
      runTransaction(kysely, options.snapshot === true, async (tx) => {
        await sql`SELECT set_config('app.workspace', ${workspaceId}, true), set_config('app.gate', '', true),
          set_config('statement_timeout', ${String(options.statementTimeout ?? 30_000)}, true)`.execute(tx);
        return work(tx);
      }),
    atGate: (gate, work) =>
      runTransaction(kysely, false, async (tx) => {
        await sql`SELECT set_config('app.workspace', '', true), set_config('app.gate', ${gate}, true), set_config('statement_timeout', '10000', true)`.execute(
          tx,
        );
        return work(tx);
      }),
    close: async () => {
      await kysely.destroy();
    },
  };
}

const insideTransaction = new AsyncLocalStorage<true>();

async function runTransaction<T>(kysely: Kysely<Tables>, snapshot: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (insideTransaction.getStore()) throw new Error('A transaction was opened inside a transaction: pass the tx on instead.');
  return kysely
    .transaction()
    .setIsolationLevel(snapshot ? 'repeatable read' : 'read committed')
    .execute((tx) => insideTransaction.run(true, () => work(tx)));
}

/** Becomes part of a workspace's transaction on a bare connection (for COPY). Call after BEGIN. */
export async function enterWorkspace(client: pg.ClientBase, workspaceId: WorkspaceId): Promise<void> {
  await client.query(
    `SELECT set_config('app.workspace', $1, true), set_config('app.gate', '', true), set_config('statement_timeout', '0', true)`,
    [workspaceId],
  );
}
