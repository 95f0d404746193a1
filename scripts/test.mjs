/**
 * `npm test` runs everything; `npm test -- records jobs` runs the files whose path contains one of the
 * words. Options (`--test-name-pattern=…`) go to Node's test runner.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupFiles } from './test-groups.mjs';
import { buildWeb, continueOnProjectNode, fail, install, root, runTied } from './setup.mjs';

install();
await continueOnProjectNode(import.meta.url);
// Not on Node 20, where this file starts.
const { globSync } = await import('node:fs');

const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = globSync(['src/**/*.test.ts', 'tests/**/*.test.ts'], { cwd: root }).sort();
const chosen = words.length === 0 ? all : all.filter((file) => words.some((word) => file.includes(word)));
if (chosen.length === 0) fail(`No test file's path contains ${words.map((word) => `"${word}"`).join(' or ')}.`);

process.env.NODE_ENV ??= 'test';
// What Node made of a file (types stripped, compiled) is kept for the next process that imports it.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node');
if (chosen.some((file) => file.startsWith('tests/journeys/'))) await buildWeb();
const { startTestServer } = await import('#tests/support/test-server.ts');
const server = await startTestServer();
const groups = mkdtempSync(join(tmpdir(), 'accord-groups-'));
try {
  const limits = [`--test-concurrency=${Math.max(2, availableParallelism())}`, '--test-timeout=600000'];
  const files = groupFiles(chosen, root, groups);
  // Room for young objects, so that importing and testing collect less garbage.
  const node = ['--max-semi-space-size=32'];
  process.exitCode = await runTied(process.execPath, [...node, '--test', '--test-reporter=spec', ...limits, ...options, ...files], {
    cwd: root,
    env: { ...process.env, ACCORD_TEST_PG: server.environment },
  });
} finally {
  await server.stop();
  rmSync(groups, { recursive: true, force: true });
}
