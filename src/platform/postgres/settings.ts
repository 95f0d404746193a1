/** The settings the embedded server runs with: fast, and nothing acknowledged is lost. */
import { totalmem } from 'node:os';

const mib = 1024 * 1024;

export type ServerSettings = Readonly<Record<string, string>>;

export function serverSettings(overrides: ServerSettings = {}): ServerSettings {
  return {
    listen_addresses: '127.0.0.1',
    // Reached over the loopback alone: a socket's path has 107 bytes at most, a data folder's has not.
    unix_socket_directories: '',
    max_connections: '100',
    password_encryption: 'scram-sha-256',

    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // These binaries are built without lz4.
    wal_compression: 'pglz',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',

    shared_buffers: `${sharedBuffersMib(totalmem() / mib)}MB`,
    effective_cache_size: `${Math.max(256, Math.round(totalmem() / mib / 2))}MB`,
    maintenance_work_mem: '256MB',
    work_mem: '32MB',
    random_page_cost: '1.1',
    effective_io_concurrency: '16',
    jit: 'off',
    autovacuum: 'on',

    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',

    logging_collector: 'on',
    log_directory: 'log',
    // A week of files, the oldest overwritten.
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_file_mode: '0600',
    log_line_prefix: '%m [%p] %q%u ',
    log_lock_waits: 'on',
    // People's data stays out of the log: no statements, no details with values.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...overrides,
  };
}

/** A sixteenth of the memory, but at least 256 MB (a quarter where there is less than 1 GB) and at most 1 GB. */
export function sharedBuffersMib(memoryMib: number): number {
  const least = Math.min(256, memoryMib / 4);
  return Math.round(Math.min(1024, Math.max(least, memoryMib / 16)));
}

export function settingsFile(settings: ServerSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written by Accord at every start; put your own settings into local.conf beside it.\n${lines.join('\n')}\n`;
}

/** Only our two roles get in, over the loopback, by password; the superuser gets in by no way but single-user mode. */
export const accessRules = `# Written by Accord at every start.
host all accord_owner,accord_app 127.0.0.1/32 scram-sha-256
`;
