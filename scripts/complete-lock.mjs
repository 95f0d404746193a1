/**
 * Adds to package-lock.json the optional packages of other systems that npm left out. npm leaves out
 * what the registry it asked does not carry, or (npm/cli#4828) what did not suit the machine that
 * resolved; `npm ci` then refuses the lock file everywhere. Their versions are exact in the package that
 * wants them; system, processor and C library stand in their names. They carry no checksum.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

/** The optional packages that the lock file names but does not hold: path → entry. */
export function findLeftOut(lock) {
  const leftOut = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    const optional = Object.entries(entry.optionalDependencies ?? {});
    for (const [name, version] of optional) {
      const found = resolve(lock.packages, path, name);
      if (!/^\d/.test(version) || lock.packages[found]?.version === version) continue;
      const sibling = optional.map(([other]) => resolve(lock.packages, path, other)).find((other) => other !== undefined);
      // Another version in the way: below the package that wants it, as npm does.
      const folder =
        found || !sibling ? `${path}/node_modules/` : sibling.slice(0, sibling.lastIndexOf('node_modules/') + 'node_modules/'.length);
      leftOut[folder + name] = { version, ...suits(name), ...(entry.dev ? { dev: true } : {}), optional: true };
    }
  }
  return leftOut;
}

/** Where Node finds `name` from the package at `path`; undefined when nowhere. */
function resolve(packages, path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const candidate = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (from === '') return undefined;
    if (!from.includes('/node_modules/')) from = '';
  }
}

function suits(name) {
  const words = name.split(/[/-]/);
  const one = (list) => list.find((word) => words.includes(word));
  const cpu = one(['x64', 'arm64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'wasm32']);
  const os = one(['linux', 'darwin', 'win32', 'android', 'freebsd', 'openharmony', 'wasi']);
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') && os === 'linux' ? 'glibc' : undefined;
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(os ? { os: [os] } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const leftOut = findLeftOut(lock);
  const sorted = Object.entries({ ...lock.packages, ...leftOut }).sort(([one], [other]) => one.localeCompare(other, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`${Object.keys(leftOut).length} packages added to package-lock.json`);
}
