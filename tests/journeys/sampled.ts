/** The sample company, opened in the browser once in a run of tests; each journey works in a copy of it. */
import assert from 'node:assert/strict';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { asOwner, getTestServer } from '#tests/support/test-server.ts';
import { testDatabase } from '#tests/support/database.ts';
import { type App, openApp, password, setUp } from './support.ts';

// As long as the sample that people open: the half-year before the running one has deals and leads, whatever day it is.
const size = { months: 18, leads: 1500 };
/** Of the advisory lock under which one file makes what the others wait for. */
const lock = 1_709_394;

/** An installation with the sample company, whole and at rest, and Lea, who owns it, signed in. */
export async function openSampled({ smtpUrl }: { smtpUrl?: string } = {}): Promise<{ app: App; lea: Page }> {
  const db = await testDatabase({ poolSize: 16, template: await sampledTemplate() });
  const app = await openApp({ db, ...(smtpUrl && { smtpUrl }) });
  const { page } = await app.open();
  const answer = await page.request.post(`${app.base}/api/v1/session`, {
    headers: { origin: app.base },
    data: { email: 'lea@example.com', password },
  });
  assert.ok(answer.ok(), `Lea can’t sign in: ${answer.status()} ${await answer.text()}`);
  await page.goto('/scoreboard');
  await page.locator('#content').waitFor();
  return { app, lea: page };
}

/** On the page that follows the set-up; over when all of it is there. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample company/ }).click();
  await page.waitForURL('**/scoreboard**', { timeout: 300_000 });
}

async function sampledTemplate(): Promise<string> {
  const server = await getTestServer();
  const template = server.template.replace(/^template/, 'sampled');
  await asOwner(server.ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [lock]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (!rowCount) await makeSampled(template);
  });
  return template;
}

async function makeSampled(template: string): Promise<void> {
  const db = await testDatabase({ poolSize: 16 });
  const app = await openApp({ size, db: { ...db, close: async () => {} } });
  try {
    const { page } = await app.open();
    await setUp(page);
    await openSample(page);
    await isAtRest(db.ownerUrl);
    assert.deepEqual(app.mishaps, []);
    await app.close();
    await db.keepAs(template);
  } catch (error) {
    await app.close();
    await db.close();
    throw error;
  }
}

/** Waits until the worker has nothing to do now. */
async function isAtRest(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const deadline = Date.now() + 180_000; ; await new Promise((resolve) => setTimeout(resolve, 300))) {
      const { rows } = await client.query<{ task: string }>(
        `SELECT task_identifier AS task FROM graphile_worker.jobs
         WHERE attempts < max_attempts AND (locked_at IS NOT NULL OR run_at < now() + interval '3 seconds')`,
      );
      if (rows.length === 0) return;
      if (Date.now() > deadline) assert.fail(`Still at work after three minutes: ${rows.map(({ task }) => task).join(', ')}`);
    }
  } finally {
    await client.end();
  }
}
