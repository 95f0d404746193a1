/**
 * Which test files share a process, and what runs first. To import the product takes 2 s of a processor
 * and to warm it up about as much again, for 200 files of which most test for less: so the files of one
 * feature share a process. Each still has its own database, its own hooks and its own lines in the report.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** They kill servers, drive browsers or change their own process: each has one to itself. */
const alone = ['tests/journeys/', 'tests/reliability/', 'src/platform/postgres/'];
/**
 * The longest, so that none of them is what everything waits for in the end; beside the first journey, which opens
 * the sample company for most others, one that needs none.
 */
const first = ['tests/journeys/newcomer.test.ts', 'tests/journeys/', 'tests/start.test.ts', 'tests/reliability/', 'tests/security/'];

/**
 * The files to give to `node --test`, made in `folder`: one for each group, and for each of `files` that runs
 * alone. Node starts them in the order of their names, so these begin with a number.
 */
export function groupFiles(files, root, folder) {
  const groups = Map.groupBy(files, groupOf);
  const ordered = [...groups].sort(([one, ofOne], [other, ofOther]) => rank(one) - rank(other) || ofOther.length - ofOne.length);
  return ordered.map(([name, members], at) => {
    const path = join(folder, `${String(at).padStart(3, '0')}-${name.replaceAll('/', '-').replace(/\.test\.ts$/, '')}.test.mjs`);
    writeFileSync(path, members.length === 1 ? `import ${JSON.stringify(urlOf(members[0], root))};\n` : together(members, root));
    return path;
  });
}

/** `src/features/handoff/screens/x.test.ts` → `src/features/handoff`; `src/engine/values/x.test.ts` → `src/engine`; itself where alone. */
function groupOf(file) {
  if (alone.some((start) => file.startsWith(start))) return file;
  const parts = file.split('/');
  return parts.slice(0, parts[1] === 'features' ? 3 : 2).join('/');
}

function rank(name) {
  const found = first.findIndex((start) => `${name}/`.startsWith(start));
  return found === -1 ? first.length : found;
}

const urlOf = (file, root) => pathToFileURL(join(root, file)).href;

/**
 * Imports one file after the other, each as a suite. Node's runner hangs tests and hooks on the suite in
 * whose asynchronous scope they are declared, so each import runs in that of its own.
 */
function together(files, root) {
  const urls = files.map((file) => [file, urlOf(file, root)]);
  return `import { AsyncResource } from 'node:async_hooks';
import { describe } from 'node:test';

let before = Promise.resolve();
for (const [file, url] of ${JSON.stringify(urls)})
  describe(file, () => {
    const suite = new AsyncResource('file');
    const imported = before.then(() => suite.runInAsyncScope(() => import(url)));
    before = imported.catch(() => {});
    return imported;
  });
`;
}
