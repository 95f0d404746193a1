/** Every rule of `npm run check` is seen to fail on a seeded breach, and a clean tree to pass. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const project = join(import.meta.dirname, '..');
const { checkTree, landMigrations } = (await import(join(project, 'scripts/check-tree.mjs'))) as {
  checkTree(root: string): Breach[];
  landMigrations(root: string): void;
};

interface Breach {
  file: string;
  line: number;
  rule: string;
  problem: string;
  wayOut: string;
}

/** A small tree with something in every area, keeping every rule. */
const cleanTree: Record<string, string> = {
  'src/engine/pay/share.ts': "import { round } from './round.ts';\nexport const share = round(1);\n",
  'src/engine/pay/round.ts': 'export const round = (value: number) => Math.round(value);\n',
  'src/features/people/contract.ts': "import { z } from 'zod';\nexport const person = z.object({});\n",
  'src/features/people/queries.ts': "import pg from 'pg';\nexport const findPerson = () => pg;\n",
  'src/features/people/routes.ts': 'export const routes = [];\n',
  'src/features/records/README.md': '# Records\n',
  'src/features/records/contract.ts': "import { person } from '#features/people/contract.ts';\nexport const record = person;\n",
  'src/features/records/actions/merge.ts':
    "import { share } from '#engine/pay/share.ts';\nimport { findPerson } from '#features/people/queries.ts';\nimport { read } from '#connectors/csv/read.ts';\nexport const merge = () => [share, findPerson, read];\n",
  'src/features/records/screens/List.tsx':
    "import { record } from '../contract.ts';\nimport { Table } from '#ui/table.tsx';\nexport const List = () => [record, Table];\n",
  'src/connectors/csv/read.ts': "import { open } from '#platform/db.ts';\nexport const read = open;\n",
  'src/platform/db.ts': "import { share } from '#engine/pay/share.ts';\nexport const open = () => share;\n",
  'src/platform/db.test.ts': "import { testDatabase } from '#tests/support/database.ts';\nexport const used = testDatabase;\n",
  'src/ui/table.tsx': "import { record } from '#features/records/contract.ts';\nexport const Table = () => record;\n",
  'src/entry/main.ts': "import { merge } from '#features/records/actions/merge.ts';\nconsole.log(merge());\n",
  'tests/support/database.ts': 'export const testDatabase = () => 1;\n',
  'migrations/0001_ground.sql': 'SELECT 1;\n',
  'migrations/0002_people.sql': 'SELECT 2;\n',
  'migrations/checksums.json': JSON.stringify({ '0001_ground.sql': sha256('SELECT 1;\n'), '0002_people.sql': sha256('SELECT 2;\n') }),
  'docs/tour.md': 'The data lies under /var/lib/accord.\n',
  'package-lock.json': JSON.stringify({
    packages: {
      '': {},
      'node_modules/tool': { version: '1.0.0', optionalDependencies: { 'tool-linux-x64': '1.0.0' } },
      'node_modules/tool-linux-x64': { version: '1.0.0', optional: true },
    },
  }),
};

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('a clean tree passes', () => {
  assert.deepEqual(checkTree(grow()), []);
});

const breaches: [what: string, rule: string, file: string, text: string][] = [
  [
    'the engine uses the platform',
    'who-uses-whom',
    'src/engine/pay/late.ts',
    "import { open } from '#platform/db.ts';\nexport const late = open;\n",
  ],
  [
    'the engine uses a contract',
    'who-uses-whom',
    'src/engine/pay/late.ts',
    "import type { person } from '#features/people/contract.ts';\nexport type Late = typeof person;\n",
  ],
  [
    'the engine uses a part of Node',
    'packages',
    'src/engine/pay/late.ts',
    "import { readFileSync } from 'node:fs';\nexport const late = readFileSync;\n",
  ],
  ['the engine uses a package', 'packages', 'src/engine/pay/late.ts', "import pg from 'pg';\nexport const late = pg;\n"],
  [
    'the platform knows an activity',
    'who-uses-whom',
    'src/platform/late.ts',
    "import { merge } from '#features/records/actions/merge.ts';\nexport const late = merge;\n",
  ],
  [
    'the platform uses a connector by a relative path',
    'who-uses-whom',
    'src/platform/late.ts',
    "import { read } from '../connectors/csv/read.ts';\nexport const late = read;\n",
  ],
  [
    'a contract uses the platform',
    'who-uses-whom',
    'src/features/people/contract.ts',
    "import { open } from '#platform/db.ts';\nexport const late = open;\n",
  ],
  [
    'a contract uses a package of the server',
    'packages',
    'src/features/people/contract.ts',
    "import { sql } from 'kysely';\nexport const late = sql;\n",
  ],
  [
    'a screen uses a query',
    'who-uses-whom',
    'src/features/records/screens/Late.tsx',
    "import { findPerson } from '#features/people/queries.ts';\nexport const Late = findPerson;\n",
  ],
  [
    'a screen loads an action late',
    'who-uses-whom',
    'src/features/records/screens/Late.tsx',
    "export const Late = () => import('../actions/merge.ts');\n",
  ],
  [
    'a screen uses a part of Node',
    'packages',
    'src/features/records/screens/Late.tsx',
    "import { join } from 'node:path';\nexport const Late = join;\n",
  ],
  ['the kit uses the platform', 'who-uses-whom', 'src/ui/late.ts', "import { open } from '#platform/db.ts';\nexport const late = open;\n"],
  [
    'the kit uses a screen',
    'who-uses-whom',
    'src/ui/late.ts',
    "import { List } from '#features/records/screens/List.tsx';\nexport const late = List;\n",
  ],
  [
    'a connector uses an action',
    'who-uses-whom',
    'src/connectors/csv/late.ts',
    "import { merge } from '#features/records/actions/merge.ts';\nexport const late = merge;\n",
  ],
  ['an action uses entry', 'who-uses-whom', 'src/features/records/actions/late.ts', "import '#entry/main.ts';\nexport const late = 1;\n"],
  [
    "an action uses another feature's routes",
    'who-uses-whom',
    'src/features/records/actions/late.ts',
    "import { routes } from '#features/people/routes.ts';\nexport const late = routes;\n",
  ],
  [
    'the product uses what is made for tests',
    'who-uses-whom',
    'src/entry/late.ts',
    "import { testDatabase } from '#tests/support/database.ts';\nexport const late = testDatabase;\n",
  ],
  [
    'a feature leans forward',
    'feature-order',
    'src/features/people/actions.ts',
    "import { merge } from '#features/records/actions/merge.ts';\nexport const late = merge;\n",
  ],
  [
    'a feature leans forward by passing on',
    'feature-order',
    'src/features/people/jobs.ts',
    "export { record } from '#features/records/contract.ts';\nexport const own = 1;\n",
  ],
  ['a feature nobody has placed', 'feature-order', 'src/features/gossip/contract.ts', 'export const late = 1;\n'],
  ['a file that is none of a feature', 'feature-files', 'src/features/people/mapper.ts', 'export const late = 1;\n'],
  ['a name that tells nothing', 'names', 'src/platform/utils.ts', 'export const late = 1;\n'],
  ['a folder name that tells nothing', 'names', 'src/engine/common/late.ts', 'export const late = 1;\n'],
  ['a manager', 'names', 'src/platform/session-manager.ts', 'export const late = 1;\n'],
  ['a default export', 'named-exports', 'src/platform/late.ts', 'export default 1;\n'],
  ['a barrel', 'no-barrels', 'src/engine/pay/all.ts', "export { share } from './share.ts';\nexport { round } from './round.ts';\n"],
  ['everything passed on', 'no-barrels', 'src/engine/pay/all.ts', "export * from './share.ts';\nexport const own = 1;\n"],
  ['an index', 'no-barrels', 'src/engine/pay/index.ts', 'export const late = 1;\n'],
  ['a migration without number', 'migration-names', 'migrations/late.sql', 'SELECT 3;\n'],
  ['a migration number twice', 'migration-names', 'migrations/0002_rates.sql', 'SELECT 3;\n'],
  ['an edited migration', 'migrations-landed', 'migrations/0001_ground.sql', 'SELECT 4;\n'],
  ['a migration that has not landed', 'migrations-landed', 'migrations/0003_late.sql', 'SELECT 3;\n'],
  ['the path of a machine', 'no-traces', 'docs/late.md', `See /${'home'}/sam/accord/notes.\n`],
  ['the address of a registry', 'no-traces', 'docs/late.md', `From https://registry.npm${'js'}.org/accord\n`],
  ['a resolved address', 'lock-file', 'package-lock.json', JSON.stringify({ packages: { '': { resolved: 'https://example.com' } } })],
  [
    'a package left out',
    'lock-file',
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/tool': { optionalDependencies: { 'tool-darwin-x64': '1.0.0' } } } }),
  ],
  [
    'a needless exception',
    'exceptions',
    'scripts/tree-exceptions.json',
    JSON.stringify([{ file: 'src/platform/db.ts', rule: 'names', reason: 'once' }]),
  ],
];

for (const [what, rule, file, text] of breaches) {
  test(`${what} is a breach of ${rule}`, () => {
    const found = checkTree(grow({ [file]: text }));
    const seen = found.find((breach) => breach.rule === rule && breach.file === file);
    assert.ok(seen, `not seen; found: ${JSON.stringify(found)}`);
    assert.ok(seen.line >= 1 && seen.problem !== '' && seen.wayOut !== '');
  });
}

test('a breach with an exception and a reason passes', () => {
  const exception = JSON.stringify([{ file: 'src/platform/utils.ts', rule: 'names', reason: 'kept for a reason' }]);
  assert.deepEqual(checkTree(grow({ 'src/platform/utils.ts': 'export const late = 1;\n', 'scripts/tree-exceptions.json': exception })), []);
});

test('a migration that is gone is a breach', () => {
  const root = grow();
  rmSync(join(root, 'migrations/0001_ground.sql'));
  assert.deepEqual(
    checkTree(root).map(({ rule, problem }) => [rule, problem]),
    [['migrations-landed', 'landed and is gone']],
  );
});

test('landing lists new migrations and never forgives an edited one', () => {
  const root = grow({ 'migrations/0001_ground.sql': 'SELECT 4;\n', 'migrations/0003_late.sql': 'SELECT 3;\n' });
  landMigrations(root);
  assert.deepEqual(
    checkTree(root).map(({ file, problem }) => [file, problem]),
    [['migrations/0001_ground.sql', 'was edited after landing']],
  );
});

const lintBreaches: [what: string, rule: string, file: string, text: string][] = [
  ['the engine reads the clock', 'no-restricted-globals', 'src/engine/late.ts', 'export const late = Date.now();\n'],
  ['the engine makes a Date', 'no-restricted-globals', 'src/engine/late.ts', 'export const late = new Date(0);\n'],
  [
    'the engine asks Temporal for the time',
    'no-restricted-properties',
    'src/engine/late.ts',
    'export const late = Temporal.Now.instant();\n',
  ],
  ['the engine throws dice', 'no-restricted-properties', 'src/engine/late.ts', 'export const late = Math.random();\n'],
  ['the engine reads the environment', 'no-restricted-globals', 'src/engine/late.ts', 'export const late = process.env;\n'],
  ['the engine fetches', 'no-restricted-globals', 'src/engine/late.ts', "export const late = fetch('https://example.com');\n"],
  ['any', 'no-explicit-any', 'src/platform/late.ts', 'export const late = (value: any) => value;\n'],
  // Seeded: the guard must find the comment inside this text.
  ['a silenced type error', 'ban-ts-comment', 'src/platform/late.ts', '// @ts-ignore\nexport const late = 1;\n'],
  ['console outside entry', 'no-console', 'src/platform/late.ts', "console.log('late');\nexport const late = 1;\n"],
];

test('lint passes a clean tree and names each seeded breach', () => {
  assert.equal(lint(grow()), '');
  const named = lintBreaches.map(([what, rule, file, text], at) => ({ what, rule, file: file.replace('late', `late-${at}`), text }));
  const said = lint(grow(Object.fromEntries(named.map(({ file, text }) => [file, text]))));
  for (const { what, rule, file } of named) assert.match(said, new RegExp(`${file}.*${rule}`), `${what}: ${said}`);
});

test('the type checks of engine, server and web fail where they should', () => {
  const configs = ['src/engine/tsconfig.json', 'tsconfig.json', 'tsconfig.web.json'];
  for (const [config, file, text] of [
    [configs[0], 'src/engine/late.ts', 'export const late = window.name;\n'],
    [configs[0], 'src/engine/late.ts', "import { readFileSync } from 'node:fs';\nexport const late = readFileSync;\n"],
    [configs[1], 'src/platform/late.ts', 'export const late: number = document.title;\n'],
    [configs[1], 'src/entry/late.ts', 'export enum Late {\n  One,\n}\n'],
    [configs[2], 'src/ui/late.ts', "export const late: number = 'late';\n"],
  ] as const) {
    assert.match(program(grow({ [file]: text }), 'tsc', ['-p', config ?? '']), new RegExp(`${file}.*error TS`), `${config}: ${text}`);
  }
});

test('the format check fails on what the formatter would change', () => {
  assert.match(
    program(grow({ 'src/platform/late.ts': 'export const late = "double";\n' }), 'biome', ['format']),
    /src\/platform\/late\.ts/,
  );
});

/** The clean tree with some files changed, in a folder of its own. */
function grow(changed: Record<string, string> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'accord-guard-'));
  folders.push(root);
  for (const [file, text] of Object.entries({ ...cleanTree, ...changed })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function lint(root: string): string {
  return program(root, 'oxlint', ['-c', '.oxlintrc.json', '-f', 'unix']);
}

/** What a program of the checks says with the project's own configuration; nothing when it passes. */
function program(root: string, name: string, args: string[]): string {
  for (const file of [
    '.oxlintrc.json',
    'biome.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'tsconfig.web.json',
    'src/engine/tsconfig.json',
  ]) {
    cpSync(join(project, file), join(root, file));
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  const { status, stdout, stderr } = spawnSync(join(project, 'node_modules/.bin', name), args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
