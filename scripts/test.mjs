/**
 * `npm test` runs everything; `npm test -- records jobs` runs the files whose path contains one of the
 * words. Options (`--test-name-pattern=…`) go to Node's test runner.
 */
import { availableParallelism } from 'node:os';
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
if (chosen.some((file) => file.startsWith('tests/journeys/'))) await buildWeb();
const { startTestServer } = await import('#tests/support/test-server.ts');
const server = await startTestServer();
try {
  const limits = [`--test-concurrency=${Math.max(2, availableParallelism())}`, '--test-timeout=600000'];
  process.exitCode = await runTied(process.execPath, ['--test', '--test-reporter=spec', ...limits, ...options, ...chosen], {
    cwd: root,
    env: { ...process.env, ACCORD_TEST_PG: server.environment },
  });
} finally {
  await server.stop();
}
