/**
 * `npm run check` runs every check that needs no database; `npm run check -- --fix` mends what a program
 * can mend; `npm run check -- tree types` runs those whose name contains one of the words.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { continueOnProjectNode, install, root } from './setup.mjs';

install();
await continueOnProjectNode(import.meta.url);

const fix = process.argv.includes('--fix');
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const steps = [
  {
    name: 'format',
    run: () => runProgram('biome', fix ? ['format', '--write'] : ['format', '--max-diagnostics=50']),
    wayOut: 'npm run check -- --fix',
  },
  { name: 'lint', run: () => runProgram('oxlint', ['-c', '.oxlintrc.json', ...(fix ? ['--fix'] : [])]) },
  { name: 'types of the engine', run: () => checkTypes('src/engine/tsconfig.json') },
  { name: 'types of the server', run: () => checkTypes('tsconfig.json') },
  { name: 'types of the journeys', run: () => checkTypes('tests/journeys/tsconfig.json') },
  { name: 'types of the web app', run: () => checkTypes('tsconfig.web.json') },
  { name: 'tree', run: checkTheTree },
  { name: 'reference', run: checkReference, wayOut: 'npm run write-reference' },
  { name: 'unused', run: () => runProgram('knip', ['--no-progress']) },
];

const chosen = steps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) {
  console.error(`No check is called ${words.join(' or ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
// What writes files goes first; the others read what it wrote.
const results = [];
for (const step of fix ? chosen.filter(({ name }) => name === 'format' || name === 'lint') : []) results.push(await run(step));
results.push(...(await Promise.all(chosen.filter((step) => !results.some(({ name }) => name === step.name)).map(run))));
const failed = results.filter(({ ok }) => !ok);
console.log(failed.length === 0 ? `\nAll ${results.length} checks passed.` : `\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

async function run({ name, run: work, wayOut }) {
  const began = performance.now();
  const { ok, said } = await work().catch((error) => ({ ok: false, said: error.stack }));
  console.log(`${ok ? '✔' : '✖'} ${name} (${Math.round(performance.now() - began)} ms)`);
  if (!ok) console.log(`\n${said.trim()}\n${wayOut ? `→ ${wayOut}\n` : ''}`);
  return { name, ok };
}

function runProgram(program, args) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn(join(root, 'node_modules/.bin', windows ? `${program}.cmd` : program), args, {
      cwd: root,
      env: {
        ...process.env,
        FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
        PATH: `${join(root, 'node_modules/.bin')}${windows ? ';' : ':'}${process.env.PATH}`,
      },
      shell: windows,
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, said }));
  });
}

/** What an earlier check found about files that are as they were is kept: 3 s instead of 28 s for the server unchanged. */
function checkTypes(project) {
  const kept = join(root, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`);
  return runProgram('tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', kept]);
}

async function checkTheTree() {
  const { checkTree, landMigrations } = await import('./check-tree.mjs');
  if (fix) landMigrations(root);
  const breaches = checkTree(root);
  const said = breaches.map(({ file, line, rule, problem, wayOut }) => `${file}:${line}  [${rule}] ${problem}\n    → ${wayOut}`).join('\n');
  return { ok: breaches.length === 0, said };
}

async function checkReference() {
  const { makeDocuments, writeDocuments } = await import('./write-reference.mjs');
  if (fix) await writeDocuments();
  const stale = (await makeDocuments()).filter((document) => document.stale);
  return { ok: stale.length === 0, said: `Out of step with the code: ${stale.map(({ file }) => file).join(', ')}` };
}
