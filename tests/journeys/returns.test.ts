import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, settled, until } from './support.ts';

let app: App;
/** Lea, who leads both sides and owns the workspace. */
let page: Page;

before(async () => {
  ({ app, lea: page } = await openSampled());
  await built(page);
});
after(() => app?.close());

/** Waits until the journeys of the sample are built and every model has answered. */
async function built(asked: Page): Promise<void> {
  interface Answer {
    freshness: { building: unknown; waiting: number };
    setting: unknown;
    models: { estimate: { state: string; stale: boolean } | null }[];
  }
  for (const deadline = Date.now() + 120_000; ; await asked.waitForTimeout(300)) {
    const { freshness, setting, models } = await api<Answer>(asked, '/attribution?by=channel');
    const answered = models.every(({ estimate }) => estimate === null || (estimate.state === 'ready' && !estimate.stale));
    if (setting && !freshness.building && freshness.waiting === 0 && answered) return;
    if (Date.now() > deadline) assert.fail(`Journeys are not built within two minutes: ${JSON.stringify({ freshness, models })}`);
  }
}

const firstOpenDay = async (): Promise<string> => {
  const { items } = await api<{ items: { month: string; state: string }[] }>(page, '/periods');
  return `${items.filter(({ state }) => state !== 'closed').at(-1)!.month}-15`;
};

test('spend is imported as Google Ads downloads it, and stands in the ledger', async () => {
  const [day, { currency }] = [await firstOpenDay(), await api<{ currency: string }>(page, '/costs/summary')];
  const report = [
    'Campaign report',
    `"${day} - ${day}"`,
    'Day,Campaign,Campaign type,Currency code,Cost,Clicks,Impr.',
    `${day},Autumn search,Search,${currency},"1,234.56",310,9120`,
    `${day},Autumn videos,Video,${currency},200.44,80,15000`,
    'Total: Campaigns, --, --, --,"1,435.00",390,24120',
  ].join('\n');
  await page.goto('/imports');
  await page
    .getByLabel('Files to import')
    .setInputFiles({ name: 'Campaign report.csv', mimeType: 'text/csv', buffer: Buffer.from(report) });
  await page.waitForURL(/imports\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: /Try it/ }).click();
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
  const counts = page.getByRole('region', { name: 'Counts by kind' }).getByRole('row', { name: /^Costs/ });
  assert.match(await counts.innerText(), /^Costs\s+2\b/);
  await page.getByRole('button', { name: 'Run the import' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await page.goto(`/returns/costs?start=${day}&end=${day}&by=channel`);
  await settled(page);
  await page.getByRole('cell', { name: 'Autumn search' }).first().waitFor();
  await page.getByText('1,234.56').first().waitFor();
  await page.getByText(/the total, which is counted on its own over the entries: difference \D?0\./).waitFor();
});

test('a cost is added, found to be wrong and taken back by a reversing entry', async () => {
  await page.goto('/returns/costs');
  await page.getByRole('button', { name: 'Add a cost' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill('480');
  await dialog.getByLabel('Supplier').fill('Messe Bremen');
  await dialog.getByRole('button', { name: /^(Add|Post)/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByPlaceholder(/Supplier/).fill('Messe Bremen');
  await page.getByRole('cell', { name: 'Messe Bremen' }).first().waitFor();
  const { items } = await api<{ items: { id: string }[] }>(page, '/costs?q=Messe%20Bremen');
  await page.goto(`/returns/costs?entry=${items[0]!.id}`);
  await page.getByRole('button', { name: /Take back/ }).click();
  await page.getByRole('textbox', { name: /Why|Reason/ }).fill('Posted twice');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Take back/ })
    .last()
    .click();
  for (const deadline = Date.now() + 30_000; ; await page.waitForTimeout(200)) {
    const found = await api<{ total: number; sum: string }>(page, '/costs?q=Messe%20Bremen');
    if (found.total === 2 && found.sum === '0') break;
    if (Date.now() > deadline) assert.fail(`Entry and reversal are not there: ${JSON.stringify(found)}`);
  }
});

test('a month is closed, and takes no entry any more', async () => {
  await page.goto('/returns/periods');
  await settled(page);
  await page.getByRole('button', { name: 'Close…' }).first().click();
  const dialog = page.getByRole('dialog');
  const title = await dialog.getByRole('heading').first().innerText();
  await dialog
    .getByRole('button', { name: /^Close/ })
    .last()
    .click();
  await dialog.waitFor({ state: 'detached' });
  const named = /Close (.*)\?/.exec(title)![1]!;
  await page.getByRole('row', { name: new RegExp(`^${named}.*closed`) }).waitFor();
  const { items } = await api<{ items: { month: string; state: string }[] }>(page, '/periods');
  const closed = items.find(({ state }) => state === 'closed')!;
  const refused = await page.request.post(`${app.base}/api/v1/costs`, {
    headers: { origin: app.base },
    data: { occurredOn: `${closed.month}-10`, side: 'marketing', category: 'misc', amount: '100' },
  });
  assert.equal(refused.status(), 409);
  assert.match(await refused.text(), /closed/);
});

test('models stand side by side, every one adding up, and a number is opened down to its touches', async () => {
  await page.goto('/returns/attribution');
  await settled(page);
  const table = page.getByRole('region', { name: 'Credit by every model' });
  await table
    .getByRole('row', { name: /^Markov|^Credited/ })
    .first()
    .waitFor();
  const { models } = await api<{ models: { model: string; value: string | null; difference: string | null }[] }>(
    page,
    '/attribution?by=channel',
  );
  assert.ok(models.length >= 13, `there are ${models.length} models`);
  for (const { model, difference } of models) assert.equal(difference, '0', model);
  await table
    .getByRole('button', { name: /, Linear: / })
    .first()
    .click();
  const drawer = page.getByRole('dialog');
  await drawer
    .getByRole('link', { name: /What led here/ })
    .first()
    .click();
  await page.waitForURL(/returns\/journeys\//);
  await settled(page);
  await page.getByRole('region', { name: 'Touches of this journey' }).waitFor();
  await page.getByText(/By every model the touches add up to .*: difference \D?0\./).waitFor();
});

test('a new touch changes what the models say, without anybody reloading', async () => {
  interface Credited {
    conversions: { unitId: string; place: number; conversion: { id: string; at: string } }[];
  }
  const { conversions } = await api<Credited>(page, '/attribution/credits?by=channel&which=conversions&limit=1');
  const { unitId, place, conversion } = conversions[0]!;
  await page.goto(`/returns/journeys/${unitId}/${place}`);
  await settled(page);
  const touches = page.getByRole('region', { name: 'Touches of this journey' }).getByRole('row');
  const before = await touches.count();
  await api(page, '/touches', {
    method: 'POST',
    data: {
      dealId: conversion.id,
      side: 'sales',
      kind: 'meeting',
      occurredAt: new Date(Date.parse(conversion.at) - 3_600_000).toISOString(),
    },
  });
  await until(page, `document.querySelectorAll('[aria-label="Touches of this journey"] tr').length === ${before + 1}`);
});

test('the leader’s page says what came back, opens into records and prints', async () => {
  await page.goto('/returns');
  await settled(page);
  await page.getByText(/both sides together spent/).waitFor();
  await page.getByRole('button', { name: /^New customers: / }).click();
  const drawer = page.getByRole('dialog');
  const title = await drawer.getByRole('heading', { name: /^\d+ accounts?/ }).innerText();
  assert.equal(await drawer.getByRole('row').count(), 1 + Number.parseInt(title, 10));
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('navigation', { name: 'Returns' }).isVisible(), false);
  await page.getByText(/both sides together spent/).waitFor();
  assert.ok((await page.pdf({ format: 'A4' })).length > 20_000);
  await page.emulateMedia({ media: 'screen' });
});

test('a rep sees what both sides spend, but nobody’s pay', async () => {
  const { page: own } = await bringIn(app, page, 'Sam Okonjo');
  await own.goto('/returns/costs');
  await settled(own);
  await own.getByRole('cell', { name: 'Media' }).first().waitFor();
  for (const category of ['Salaries', 'Commissions'])
    assert.equal(
      await own
        .getByRole('cell', { name: category })
        .or(own.getByRole('rowheader', { name: category }))
        .count(),
      0,
    );
  const { rows } = await api<{ rows: { group: string }[] }>(own, '/costs/summary?by=category');
  assert.ok(rows.length > 0 && rows.every(({ group }) => group !== 'salaries' && group !== 'commissions'));
  await own.goto('/returns');
  await settled(own);
  await own.getByText('without pay, which you may not see').first().waitFor();
});

async function returnsPages(): Promise<string[]> {
  const { conversions } = await api<{ conversions: { unitId: string; place: number }[] }>(page, '/attribution/credits?by=channel&limit=1');
  return [
    '/returns',
    '/returns/figures',
    '/returns/figures?part=changes',
    '/returns/figures?part=next',
    '/returns/attribution',
    '/returns/attribution?part=paths',
    '/returns/attribution/channels',
    `/returns/journeys/${conversions[0]!.unitId}/${conversions[0]!.place}`,
    '/returns/retention?by=segment',
    '/returns/costs',
    '/returns/costs/settings/recurring',
    '/returns/costs/settings/rates',
    '/returns/costs/settings/keys',
    '/returns/budget',
    '/returns/periods',
  ];
}

test('axe finds nothing serious on any page of returns, light and dark, on a desk and on a phone', async () => {
  assert.deepEqual(await faultsOf(app, page, await returnsPages()), []);
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
