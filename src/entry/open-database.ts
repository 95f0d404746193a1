import { sql } from 'kysely';
import { createUnownedWorkspace } from '#features/people/actions/unowned.ts';
import type { CommandIo, CommandWorkspace, WorkspaceIo } from '#platform/cli/command.ts';
import { readConfig, type Config } from '#platform/config.ts';
import { openDatabase, type Database, type WorkspaceId } from '#platform/db/database.ts';
import { migrate } from '#platform/db/migrate.ts';
import { Problem } from '#platform/errors.ts';
import { ensureFactMonths } from '#platform/facts/facts.ts';
import { findRunning, startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/postgres/embedded.ts';

export interface Opened {
  readonly config: Config;
  readonly database: Database;
  readonly ownerUrl: string;
  /** The embedded server, when this process started it. */
  readonly embedded?: EmbeddedPostgres;
  close(): Promise<void>;
}

/**
 * The database of this installation, migrated: the one of `DATABASE_URL`, the one a running server of this
 * data folder uses, or else the embedded one, started for as long as this process needs it.
 * @param share whether a server that runs already may be used (the command line) or is in the way (a server)
 */
export async function openInstallation({
  share,
  log = () => {},
  config = readConfig(),
}: {
  share: boolean;
  log?: (line: string) => void;
  config?: Config;
}): Promise<Opened> {
  if (config.databaseUrl) return open(config, config.databaseUrl, config.appDatabaseUrl ?? config.databaseUrl);
  const running = share ? findRunning(config.dataFolder) : undefined;
  if (running) return open(config, running.ownerUrl, running.appUrl);
  const embedded = await startEmbeddedPostgres({ dataFolder: config.dataFolder, log });
  return open(config, embedded.ownerUrl, embedded.appUrl, embedded).catch(async (error) => {
    await embedded.stop();
    throw error;
  });
}

async function open(config: Config, ownerUrl: string, appUrl: string, embedded?: EmbeddedPostgres): Promise<Opened> {
  await migrate(ownerUrl);
  const database = openDatabase({ appUrl, ownerUrl });
  await database.atGate('system', (tx) => ensureFactMonths(tx));
  return {
    config,
    database,
    ownerUrl,
    ...(embedded ? { embedded } : {}),
    async close() {
      await database.close();
      await embedded?.stop();
    },
  };
}

/** What `--workspace` means: the one named by slug or id, or the only one. */
export async function openWorkspace(
  named: string | undefined,
  io: CommandIo,
  makeFirst: boolean,
): Promise<{ io: WorkspaceIo; close(): Promise<void> }> {
  const opened = await openInstallation({ share: true });
  try {
    if (makeFirst && named === undefined) await makeFirstWorkspace(opened.database, io);
    const workspace = await findWorkspace(opened.database, named);
    return { io: { ...io, database: opened.database, workspaceId: workspace.id, workspace }, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export async function openForCommand(io: CommandIo): Promise<{ io: CommandIo & { database: Database }; close(): Promise<void> }> {
  const opened = await openInstallation({ share: true });
  return { io: { ...io, database: opened.database }, close: () => opened.close() };
}

async function makeFirstWorkspace(database: Database, io: CommandIo): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql`SELECT FROM workspaces LIMIT 1`.execute(tx));
  if (rows.length > 0) return;
  await createUnownedWorkspace(database, { name: 'My company', timeZone: 'UTC', currency: 'EUR' });
  io.err(
    'There was no workspace yet: made "My company" (UTC, EUR). Whoever sets up Accord in the browser first becomes its owner and can rename it.',
  );
}

async function findWorkspace(database: Database, named: string | undefined): Promise<CommandWorkspace> {
  const { rows } = await database.atGate('system', (tx) =>
    sql<{
      id: WorkspaceId;
      name: string;
      slug: string;
      time_zone: string;
      currency: string;
      country: string | null;
    }>`SELECT id, name, slug, time_zone, currency, country FROM workspaces ORDER BY created_at`.execute(tx),
  );
  const found =
    named === undefined
      ? rows.length === 1
        ? rows
        : []
      : rows.filter((row) => row.slug === named || row.id === named || row.name === named);
  const only = found[0];
  if (only && found.length === 1)
    return { id: only.id, name: only.name, slug: only.slug, timeZone: only.time_zone, currency: only.currency, country: only.country };
  if (rows.length === 0)
    throw new Problem(
      'not-found',
      'There is no workspace yet: run `accord workspace create NAME`, or `npm start` and set one up in the browser.',
    );
  const list = rows.map((row) => `${row.slug} (${row.name})`).join(', ');
  throw new Problem(
    'bad-input',
    named === undefined
      ? `There are several workspaces: name one with --workspace: ${list}.`
      : `No workspace is called "${named}". There are: ${list}.`,
  );
}
