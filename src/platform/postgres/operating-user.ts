/**
 * PostgreSQL refuses to run as root. Started by root, it gets a user of its own; see
 * docs/decisions/embedded-postgresql.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Spawn options that make a child run as the unprivileged user; empty when we are not root. */
export type RunAs = { readonly uid?: number; readonly gid?: number };

const userName = 'accord-db';
const fallbacks = ['postgres', 'nobody'];

/** The user the database runs as: an existing folder's owner, else our own user, made when missing. */
export function chooseUser(postgresFolder: string): RunAs {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(postgresFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = findUser(userName) ?? makeUser() ?? fallbacks.map(findUser).find((found) => found !== undefined);
  if (user) return user;
  throw new Error(
    `PostgreSQL does not run as root, and no user "${userName}" could be made. Start Accord as another user, or make one: useradd --system ${userName}`,
  );
}

/** Whether `user` can reach the path itself (search permission on every folder above it). */
export function canReach(path: string, user: RunAs): boolean {
  if (user.uid === undefined) return true;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const searchBit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if (!(mode & searchBit)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function findUser(name: string): RunAs | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  if (line) return ids(line);
  // Users of a directory service stand in no file.
  const { stdout, status } = spawnSync('getent', ['passwd', name], { encoding: 'utf8' });
  return status === 0 ? ids(stdout) : undefined;
}

function ids(passwdLine: string): RunAs {
  const [, , uid, gid] = passwdLine.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function makeUser(): RunAs | undefined {
  try {
    execFileSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', userName],
      {
        stdio: 'ignore',
      },
    );
  } catch {
    // No useradd, or two starts at once: findUser tells.
  }
  return findUser(userName);
}
