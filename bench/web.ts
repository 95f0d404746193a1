/** What the browser has to load, and what Lighthouse makes of it, beside a page with nothing on it. */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import lighthouse, { desktopConfig } from 'lighthouse';
import type { Browser } from 'playwright-core';
import { sampleStart, writeSimulation } from '#features/simulate/commands.ts';
import { openBrowserWithPort } from './support/browser.ts';
import type { Ground } from './support/ground.ts';
import { owner } from './support/http.ts';
import { median, rounded } from './support/measure.ts';
import { main, type Product, startProduct } from './support/product.ts';
import type { Outcome, Row } from './support/report.ts';

const runs = 3;
const leads = 1500;
const webFolder = join(import.meta.dirname, '../dist/web');

interface Page {
  name: string;
  url: string;
  cookie: string;
  /** There once the page shows what it is for. */
  shown: string;
}

export async function measureWeb(ground: Ground): Promise<Outcome> {
  ground.say('web: a small company');
  const { product, cookie } = await serveCompany(ground);
  const { url } = product;
  const empty = await serveEmptyPage();
  const { browser, port } = await openBrowserWithPort();
  try {
    const pages: Page[] = [
      { name: 'first page (sign-in)', url: `${url}/sign-in`, cookie: '', shown: 'input[type=password]' },
      { name: 'leads, signed in', url: `${url}/leads`, cookie, shown: '[data-row="0"]' },
    ];
    const sizes = [sizeOfEntry()];
    for (const page of pages) sizes.push(await sizeOfPage(browser, page));
    const scores: Row[] = [];
    for (const [device, config] of [
      ['desktop', desktopConfig],
      ['mobile', undefined],
    ] as const)
      for (const page of [{ name: 'empty page, tiny server', url: empty.url, cookie: '' }, ...pages]) {
        ground.say(`web: Lighthouse, ${page.name}, ${device}`);
        scores.push({ page: page.name, device, ...(await score(page, port, config)) });
      }
    return {
      measured: `the built web app, a company of ${leads.toLocaleString('en')} leads, Chromium ${browser.version()}, Lighthouse’s own throttling, median of ${runs}`,
      tables: [
        { title: 'what is loaded', rows: sizes },
        { title: 'Lighthouse (scores of 100)', rows: scores },
      ],
    };
  } catch (error) {
    const ending = product.ending();
    throw ending ? new Error(ending, { cause: error }) : error;
  } finally {
    await browser.close();
    empty.close();
    product.process.kill('SIGTERM');
  }
}

/** The product's own server with the sample company in it, and the cookie of its owner. */
async function serveCompany(ground: Ground): Promise<{ product: Product; cookie: string }> {
  const dataFolder = join(ground.folder, 'web');
  const product = await startProduct(ground, dataFolder);
  const { url } = product;
  const answer = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  });
  if (!answer.ok) throw new Error(`Setting up was answered with ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0]!)
    .join('; ');
  const folder = join(ground.folder, 'small-company');
  const { files } = await writeSimulation({ seed: 7, months: 12, leads, start: sampleStart(), folder });
  const environment = { ...process.env, ACCORD_DATA: dataFolder, DATABASE_URL: '' };
  await promisify(execFile)(process.execPath, [main, 'import', ...files.map(({ name }) => join(folder, name))], {
    env: environment,
    cwd: ground.folder,
  });
  return { product, cookie };
}

async function serveEmptyPage(): Promise<{ url: string; close(): void }> {
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Empty</title></head><body><main><h1>Empty</h1></main></body></html>';
  const server = createServer((_, answer) => answer.setHeader('content-type', 'text/html; charset=utf-8').end(page));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}

/** What index.html names: the entry and all that it needs before any page. */
function sizeOfEntry(): Row {
  const html = readFileSync(join(webFolder, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!);
  return { load: 'index.html and what it names', ...sizes(files), 'KB sent': null };
}

/** What a browser really loads with an empty cache until the page shows what it is for. */
async function sizeOfPage(browser: Browser, { name, url, cookie, shown }: Page): Promise<Row> {
  const context = await browser.newContext(cookie ? { extraHTTPHeaders: { cookie } } : {});
  const page = await context.newPage();
  const loaded: { path: string; sent: Promise<number> }[] = [];
  page.on('requestfinished', (request) => {
    const path = new URL(request.url()).pathname;
    if (/\.(js|css)$/.test(path)) loaded.push({ path, sent: request.sizes().then(({ responseBodySize }) => responseBodySize) });
  });
  await page.goto(url);
  await page.locator(shown).first().waitFor();
  await page.waitForTimeout(500);
  const sent = (await Promise.all(loaded.map((one) => one.sent))).reduce((sum, bytes) => sum + bytes, 0);
  await context.close();
  return { load: name, ...sizes([...new Set(loaded.map(({ path }) => path))]), 'KB sent': rounded(sent / 1000) };
}

function sizes(paths: readonly string[]): Row {
  const sum = (ending: string, size: (content: Buffer) => number) =>
    rounded(
      paths.filter((path) => path.endsWith(ending)).reduce((total, path) => total + size(readFileSync(join(webFolder, path))), 0) / 1000,
    );
  const zipped = (content: Buffer) => gzipSync(content, { level: 9 }).length;
  const plain = (content: Buffer) => content.length;
  return {
    'script files': paths.filter((path) => path.endsWith('.js')).length,
    'script KB gzip': sum('.js', zipped),
    'script KB': sum('.js', plain),
    'style KB gzip': sum('.css', zipped),
  };
}

async function score({ url, cookie }: Pick<Page, 'url' | 'cookie'>, port: number, config: typeof desktopConfig | undefined): Promise<Row> {
  const found: Record<string, number[]> = {};
  const wanting = new Set<string>();
  for (let run = 0; run < runs; run++) {
    const flags = {
      port,
      logLevel: 'error',
      output: 'json',
      onlyCategories: ['performance', 'accessibility'],
      ...(cookie && { extraHeaders: { Cookie: cookie } }),
    } as const;
    const result = await lighthouse(url, { ...flags, onlyCategories: [...flags.onlyCategories] }, config);
    if (!result || result.lhr.runtimeError)
      throw new Error(`Lighthouse failed on ${url}: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
    const { categories, audits } = result.lhr;
    const keep = (name: string, value: number | null | undefined) => (found[name] ??= []).push(value ?? Number.NaN);
    keep('performance', (categories['performance']?.score ?? 0) * 100);
    keep('accessibility', (categories['accessibility']?.score ?? 0) * 100);
    keep('first paint ms', audits['first-contentful-paint']?.numericValue);
    keep('largest paint ms', audits['largest-contentful-paint']?.numericValue);
    keep('blocking ms', audits['total-blocking-time']?.numericValue);
    keep('layout shift', audits['cumulative-layout-shift']?.numericValue);
    for (const { id } of categories['accessibility']?.auditRefs ?? []) if (audits[id]?.score === 0) wanting.add(id);
  }
  const shown = Object.entries(found).map(([name, values]) => [name, rounded(median(values), name === 'layout shift' ? 3 : 0)]);
  return { ...(Object.fromEntries(shown) as Row), wanting: [...wanting].join(', ') };
}
