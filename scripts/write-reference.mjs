/**
 * Writes the documents that are made from code. Each module in scripts/reference/ makes one: it exports
 * `file` (path from the root) and `make()` (its text); `npm run check` fails when one is out of step.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { continueOnProjectNode, root } from './setup.mjs';

const generators = fileURLToPath(new URL('reference/', import.meta.url));

/** Every generated document: { file, text, stale }. */
export async function makeDocuments() {
  const names = readdirSync(generators)
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const { file, make } = await import(pathToFileURL(join(generators, name)).href);
      const text = await make();
      return { file, text, stale: readText(file) !== text };
    }),
  );
}

/** Writes those that are out of step and returns their names. */
export async function writeDocuments() {
  const stale = (await makeDocuments()).filter((document) => document.stale);
  for (const { file, text } of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return stale.map(({ file }) => file);
}

function readText(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await continueOnProjectNode(import.meta.url);
  const written = await writeDocuments();
  console.log(written.length === 0 ? 'All generated documents are in step.' : `Written: ${written.join(', ')}`);
  process.exit();
}
