/** A whole installation for a journey: database, server with the built web app, worker, browser, people. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { allDoors } from '#entry/doors.ts';
import { allJobs, allRecurring } from '#entry/jobs.ts';
import { allRoutes } from '#entry/routes.ts';
import { sampleCompany } from '#entry/sample.ts';
import { turnHour } from '#features/feedback/actions/tick.ts';
import { tick } from '#features/handoff/jobs.ts';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { getSecret, readConfig } from '#platform/config.ts';

import { listen } from '#platform/http/listen.ts';
import { buildServer } from '#platform/http/server.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { makeMonths } from '#tests/support/test-server.ts';
import { freePort } from '#tests/support/free-port.ts';

export const password = 'correct horse battery';
export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export interface App {
  base: string;
  browser: Browser;
  /** Problems met by any page: thrown errors, refused scripts, answers of 500 and more. */
  mishaps: string[];
  open(options?: BrowserContextOptions): Promise<{ context: BrowserContext; page: Page }>;
  /** Stops and starts the server on the same database, as an upgrade would. */
  restart(while_?: () => Promise<void>): Promise<void>;
  /** What the worker does every minute, done now: steps of ladders that fell due. */
  tick(): Promise<void>;
  /** What the worker does on the hour, done now as of a moment: anonymous feedback is shown, pulses and months that are over are counted. */
  turnHour(at: number): Promise<void>;
  close(): Promise<void>;
}

/** `ACCORD_TEST_WEB`: another build of the web app, to look at a change beside others’ work. */
const webFolder = process.env['ACCORD_TEST_WEB'] ?? join(import.meta.dirname, '../../dist/web');

interface AppOptions {
  /** Of the sample company, where it is opened: a small one is there in half a minute; pictures are taken of the whole one. */
  size?: { months: number; leads: number };
  smtpUrl?: string;
  /** Made anew unless given. */
  db?: TestDatabase;
}

export async function openApp({ size = { months: 12, leads: 1500 }, smtpUrl, db: given }: AppOptions = {}): Promise<App> {
  assert.ok(existsSync(join(webFolder, 'index.html')), 'The web app is not built: run `npm test`, or `npx vite build` once.');
  const [db, browser, port] = await Promise.all([given ?? testDatabase({ poolSize: 16 }), openBrowser(), freePort()]);
  await makeMonths(db.database);
  const base = `http://127.0.0.1:${port}`;
  const config = { ...readConfig(), publicUrl: base, secret: 'a secret of the tests, long enough' };
  const log = pino({ level: 'fatal' });
  const sample = sampleCompany(db.database, size);
  const sealing = makeSealing(() => getSecret(config));
  // What later work sends goes to this mail server; invitations still show their links, by which `bringIn` opens windows.
  const handlers = allJobs({ database: db.database, config: { ...config, smtpUrl }, sample });
  const worker = await startWorker({ ownerUrl: db.ownerUrl, log, handlers, recurring: allRecurring });
  const start = async () => {
    const server = buildServer({
      database: db.database,
      publicUrl: base,
      trustProxy: config.trustProxy,
      routes: allRoutes({ database: db.database, config, log }),
      doors: allDoors({ database: db.database, config, log }),
      identify: makeIdentify(db.database),
      log,
      webFolder,
      version: 'test',
    });
    await listen(server, { port, host: '127.0.0.1' });
    return server;
  };
  let server = await start();
  const mishaps: string[] = [];
  return {
    base,
    browser,
    mishaps,
    async open(options = desktop) {
      const context = await browser.newContext({ baseURL: base, timezoneId: 'Europe/Berlin', locale: 'en-GB', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000); // two browsers on a busy machine: a page that is slow is not one that is wrong
      watch(page, mishaps);
      return { context, page };
    },
    async restart(while_) {
      await server.close();
      await while_?.();
      server = await start();
    },
    tick: () => tick(db.database, Date.now()),
    turnHour: (at) => turnHour(db.database, sealing, at),
    async close() {
      await browser.close();
      await server.close();
      await worker.stop();
      await db.close();
    },
  };
}

function watch(page: Page, mishaps: string[]): void {
  page.on('pageerror', (error) => mishaps.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Warning:/.test(message.text()))
      mishaps.push(`${page.url()}: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() === 500) mishaps.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
}

/** The first page of a fresh installation, filled in by Lea, who leads both sides. */
export async function setUp(page: Page): Promise<void> {
  await page.goto('/');
  await page.waitForURL('**/set-up');
  await page.getByLabel('Your name').fill('Lea Brandt');
  await page.getByLabel('E-mail').fill('lea@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByLabel('Company').fill('Nordwind GmbH');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.waitForURL('**/welcome');
}

interface Member {
  id: string;
  name: string;
  side: string;
}

/** Somebody whom the sample knows, in a browser of their own: invited by who is on `page`, and signed in. */
export async function bringIn(app: App, page: Page, name: string, role = 'member'): Promise<{ id: string; page: Page }> {
  const { items } = await api<{ items: Member[] }>(page, '/members');
  const member = items.find((each) => each.name === name);
  assert.ok(member, `The sample has no ${name}.`);
  const email = `${name.split(' ')[0]?.toLowerCase()}@example.com`;
  const invited = await api<{ link: string }>(page, '/invitations', {
    method: 'POST',
    data: { email, side: member.side, role, memberId: member.id },
  });
  const { page: own } = await app.open();
  const token = invited.link.split('/').at(-1)!;
  const accepted = await own.request.post(`${app.base}/api/v1/invitations/${token}/acceptance`, {
    headers: { origin: app.base },
    data: { name, password },
  });
  assert.ok(accepted.ok(), `${name} can’t join: ${accepted.status()} ${await accepted.text()}`);
  await own.goto('/');
  await own.getByRole('heading', { name: 'Today' }).waitFor();
  return { id: member.id, page: own };
}

/** On the page that an invitation's link opens. */
export async function accept(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
}

/** Waits until an expression is true on the page. Asked from outside: the page itself refuses to evaluate text. */
export async function until(page: Page, expression: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await page.waitForTimeout(50)) {
    if (await page.evaluate<boolean>(expression)) return;
    if (Date.now() > deadline) assert.fail(`Not so within a minute on ${page.url()}: ${expression}`);
  }
}

/** Waits until nothing is being loaded any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#content').waitFor();
  await until(page, `document.querySelectorAll('[aria-label="Loading"]').length === 0`);
}

/** JSON of the API as the page's person. */
export async function api<T>(page: Page, path: string, options: { method?: string; data?: unknown } = {}): Promise<T> {
  const base = new URL(page.url()).origin;
  const answer = await page.request.fetch(`${base}/api/v1${path}`, {
    method: options.method ?? 'GET',
    headers: { origin: base },
    ...(options.data !== undefined && { data: options.data }),
  });
  assert.ok(answer.ok(), `${options.method ?? 'GET'} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.text()) ? ((await answer.json()) as T) : (undefined as T);
}
