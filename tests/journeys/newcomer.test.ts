import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf, faultsOfPage } from './faults.ts';
import { api, type App, openApp, setUp, settled, until } from './support.ts';

let app: App;
let page: Page;

before(async () => {
  app = await openApp();
  ({ page } = await app.open());
});
after(() => app?.close());

test('a newcomer sets up, opens the sample company and lands on the scoreboard', async () => {
  await setUp(page);
  await page.getByRole('button', { name: /Open the sample company/ }).click();
  await page.waitForURL('**/opening/**');
  await page.getByRole('progressbar').waitFor();
  await page.waitForURL('**/scoreboard**', { timeout: 300_000 });
  await page.getByRole('heading', { name: 'Scoreboard' }).waitFor();
  await page.getByRole('heading', { name: 'MQL → Won by origin' }).waitFor();
});

test('every number on the scoreboard opens into as many leads as it says', async () => {
  await page.goto('/scoreboard?from=mql&to=won&by=origin');
  await settled(page);
  const link = page.getByRole('link', { name: /of .* reached Won/ }).first();
  const said = (await link.innerText()).trim();
  await link.click();
  await page.getByRole('dialog').getByText(`${said} leads that entered MQL and reached Won`).waitFor();
  const rows = page.getByRole('dialog').getByRole('table', { name: 'Leads behind the number' });
  await rows.waitFor();
  assert.equal(await rows.getAttribute('aria-rowcount'), said.replaceAll(',', ''));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'How these numbers are made' }).click();
  await page.getByText('funnel-1').waitFor();
  await page.keyboard.press('Escape');
});

test('a group left blank by the source stands apart from its word "unknown"', async () => {
  await page.goto('/scoreboard?from=inquiry&to=won&by=campaign');
  await settled(page);
  await page.getByRole('cell', { name: '(blank)' }).first().waitFor();
});

test('a lead shows its stages and one timeline of both sides', async () => {
  const filter = encodeURIComponent('{"all":[{"field":"stage","is":"eq","value":"won"}]}');
  const { items } = await api<{ items: { id: string; name: string }[] }>(page, `/leads?limit=1&filter=${filter}`);
  const lead = items[0];
  assert.ok(lead);
  await page.goto(`/leads/${lead.id}`);
  await page.getByRole('heading', { name: lead.name }).waitFor();
  await page.getByRole('list', { name: 'Stages' }).getByText('Won', { exact: true }).waitFor();
  const timeline = page.getByRole('list', { name: 'Timeline' });
  await timeline.getByText('Sales', { exact: true }).first().waitFor();
  await page.getByText('Marketing', { exact: true }).first().click();
  await timeline.getByText('Sales', { exact: true }).waitFor({ state: 'detached' });
});

test('everything is reached by keyboard', async () => {
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.waitForURL('**/leads');
  await page.locator('[data-row="0"]').waitFor();
  await page.keyboard.press('j');
  await until(page, 'document.activeElement.dataset.row === "0"');
  await page.keyboard.press('j');
  await until(page, 'document.activeElement.dataset.row === "1"');
  const name = await page.evaluate<string>('document.activeElement.textContent');
  await page.keyboard.press('x');
  await page.getByRole('region', { name: 'Selected rows' }).getByText('1 lead selected').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/leads\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { name }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const palette = page.getByRole('textbox', { name: 'Search records, pages and actions' });
  await page.keyboard.press('Control+k');
  await palette.fill('nothing');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await palette.fill('scoreb');
  await page.getByRole('option', { name: 'Scoreboard' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/scoreboard');
  await page.reload();
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.id'), 'content');
});

async function everyPage(): Promise<string[]> {
  const first = async (path: string): Promise<string> =>
    (await api<{ items: { id: string }[] }>(page, `${path}${path.includes('?') ? '&' : '?'}limit=1`)).items[0]?.id ?? '';
  const kinds = ['leads', 'accounts', 'contacts', 'deals', 'campaigns'];
  const records = await Promise.all(kinds.map(async (kind) => `/${kind}/${await first(`/${kind}`)}`));
  const settings = ['account', 'workspace', 'members', 'teams', 'fields', 'tokens', 'imports', 'about'].map((part) => `/settings/${part}`);
  return [
    '/',
    '/scoreboard',
    '/scoreboard?by=month&windowDays=90',
    ...kinds.map((kind) => `/${kind}`),
    ...records,
    '/duplicates',
    '/duplicates?kind=contacts',
    '/imports',
    `/imports/${await first('/imports')}`,
    ...settings,
    '/nowhere',
    '/welcome',
  ];
}

test('axe finds nothing serious on any page, light and dark, on a desk and on a phone', async () => {
  assert.deepEqual(await faultsOf(app, page, await everyPage()), []);
});

test('a button without a name, a text too pale in the dark and a line too wide for a phone would be found', async () => {
  await page.goto('/imports');
  await settled(page);
  await page.evaluate(
    `document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><p id="pale">Pale</p><p id="wide">Wide</p>')`,
  );
  await page.evaluate(`Object.assign(document.querySelector('#pale').style, { color: '#333', fontSize: '12px' })`);
  await page.evaluate(`document.querySelector('#wide').style.width = '600px'`);
  const found = (await faultsOfPage(page, ['nav.rail'])).map((fault) => fault.replace(/ \(.*/s, ''));
  for (const fault of ['desktop: button-name', 'desktop, dark: color-contrast', 'phone, dark: color-contrast', 'phone: button-name'])
    assert.ok(found.includes(fault), `${fault} is not among ${found.join('; ')}`);
  assert.ok(
    found.some((fault) => /^phone: \d+ px wider than the screen/.test(fault)),
    found.join('; '),
  );
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
