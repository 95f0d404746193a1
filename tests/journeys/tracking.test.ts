/** A company's page on another port, with the script and a hosted form, visited by real browsers. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { faultsOf, faultsOfPage, seriousViolations } from './faults.ts';
import { api, type App, desktop, openApp, settled, setUp } from './support.ts';

let app: App;
/** Lea, who owns the workspace. */
let page: Page;
let customer: Server;
let partner: Server;
/** The company's own pages, and those of a partner who links to them. */
let home: string;
let partnerPage: string;
let snippet = '';
let embed = '';
let formUrl = '';

before(async () => {
  app = await openApp();
  ({ page } = await app.open());
  await setUp(page);
  await page.getByRole('button', { name: /Start empty/ }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await api(page, '/campaigns', { method: 'POST', data: { name: 'Spring Launch', channel: 'Paid Search' } });
  customer = await serve((path) => customerPage(path));
  home = `http://127.0.0.1:${(customer.address() as AddressInfo).port}`;
  partner = await serve(() => `<a href="${home}/product">Northwind’s product</a>`);
  partnerPage = `http://localhost:${(partner.address() as AddressInfo).port}/`;
});
after(async () => {
  customer?.close();
  partner?.close();
  await app?.close();
});

async function serve(body: (path: string) => string): Promise<Server> {
  const server = createServer((request, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(body(request.url ?? '/'));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

const customerPage = (path: string): string => `<!doctype html><html lang="en"><head><title>Northwind</title>${snippet}</head><body>
<h1>Northwind</h1>
<a href="/pricing">Pricing</a> <a href="/demo">Demo</a> <a href="${formUrl}">Form</a>
<button onclick="accord('consent', true)">Accept</button> <button onclick="accord('consent', false)">Decline</button>
${path.startsWith('/demo') ? embed : ''}
</body></html>`;

/** A browser as people have it: the packaged one says that it is a machine. */
const visitor: BrowserContextOptions = {
  ...desktop,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36',
};
const another = (number: number): BrowserContextOptions => ({ ...visitor, userAgent: `${visitor.userAgent} Variant/${number}` });

test('a site and a form are made in the settings, beside a preview', async () => {
  await page.goto('/settings/tracking');
  await page.getByText('Nothing arrives yet').waitFor();
  await page.getByRole('link', { name: 'Add your site' }).click();
  await page.getByRole('button', { name: 'Add a site' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a site' });
  await dialog.getByLabel('Name').fill('Website');
  await dialog.getByLabel('Domains').fill('127.0.0.1');
  await dialog.getByLabel('Domains').press('Enter');
  await dialog.getByRole('button', { name: 'Add' }).click();
  snippet = (await page.getByRole('region', { name: 'Snippet for Website' }).textContent())!;
  assert.match(snippet, /<script async src="http:\/\/127\.0\.0\.1:\d+\/t\/accord\.js" data-site="[\w-]+">/);

  await page.getByRole('link', { name: 'Forms', exact: true }).click();
  await page.getByRole('button', { name: 'Build a form' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Demo request');
  await page.getByLabel('Title of the page').fill('Ask for a demo');
  await page.getByLabel('Ask for consent').check();
  await page.getByRole('button', { name: 'Move E-mail up' }).click();
  const preview = page.getByRole('group', { name: 'Preview' });
  await preview.getByText('Ask for a demo').waitFor();
  assert.ok((await preview.innerText()).indexOf('Work e-mail') < (await preview.innerText()).indexOf('Name'));
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole('button', { name: 'Open the form' }).click();
  formUrl = (await page.getByRole('region', { name: 'Address of Demo request' }).textContent())!.trim();
  embed = (await page.getByRole('region', { name: 'Frame for Demo request' }).textContent())!.trim();
});

interface Lead {
  id: string;
  name: string;
  channel: string | null;
}
interface TimelineItem {
  type: string;
  title: string;
  detail: string | null;
  channel?: string | null;
  campaign?: { name: string } | null;
}

/** The lead that a form makes, once the worker has taken it up. */
async function leadOf(name: string): Promise<Lead> {
  for (const deadline = Date.now() + 60_000; ; await page.waitForTimeout(200)) {
    const { items } = await api<{ items: Lead[] }>(page, `/leads?q=${encodeURIComponent(name)}`);
    if (items[0]) return items[0];
    if (Date.now() > deadline) assert.fail(`No lead is called ${name}.`);
  }
}

const visitsOf = async (lead: Lead) =>
  (await api<{ items: { channel: string; campaign: string | null; pages: number }[] }>(page, `/tracking/visits?leadId=${lead.id}`)).items;

/** Waits until a page view stands in the product. */
async function arrived(path: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await page.waitForTimeout(100)) {
    const { items } = await api<{ items: { path: string }[] }>(page, '/tracking/events?limit=200');
    if (items.some((event) => event.path === path)) return;
    if (Date.now() > deadline) assert.fail(`${path} never arrived.`);
  }
}

const fill = async (form: Page | ReturnType<Page['frameLocator']>, name: string): Promise<void> => {
  await form.getByLabel('Work e-mail').fill(`${name.toLowerCase().replaceAll(' ', '.')}@customer.example`);
  await form.getByRole('textbox', { name: /^Name/ }).fill(name);
  await form.getByRole('textbox', { name: /^Company/ }).fill('Customer Ltd');
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // nobody fills in a form faster
  await form.getByRole('button', { name: 'Send' }).click();
};

test('a partner’s link, then an ad, then a form in a frame: touches stand on the lead with channel and campaign', async () => {
  const { page: guest, context } = await app.open(another(1));
  await guest.goto(partnerPage);
  await guest.getByRole('link', { name: 'Northwind’s product' }).click();
  await arrived('/product');
  await guest.goto(`${home}/landing?utm_source=google&utm_medium=cpc&utm_campaign=spring%20launch&gclid=abc123`);
  await arrived('/landing');
  await guest.getByRole('link', { name: 'Demo' }).click();
  await arrived('/demo');
  const frame = guest.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Ask for a demo' }).waitFor();
  await fill(frame, 'Ada Quist');
  await frame.getByText('Thank you. We will answer within one working day.').waitFor();
  assert.deepEqual(await context.cookies(), [], 'no cookie without consent, neither the page’s nor ours');
  await context.close();

  const lead = await leadOf('Ada Quist');
  assert.equal(lead.channel, 'Paid Search');
  assert.deepEqual(
    (await visitsOf(lead)).map(({ channel, campaign, pages }) => [channel, campaign, pages]),
    [
      ['Paid Search', 'spring launch', 2],
      ['Referral', null, 1],
    ],
  );
  await page.goto(`/leads/${lead.id}`);
  await settled(page);
  const timeline = await api<{ items: TimelineItem[] }>(page, `/leads/${lead.id}/timeline`);
  assert.deepEqual(
    timeline.items.filter(({ type }) => type === 'touch').map(({ channel, campaign }) => [channel, campaign?.name ?? null]),
    [
      ['Paid Search', 'Spring Launch'],
      ['Paid Search', 'Spring Launch'],
      ['Referral', null],
    ],
  );
  await page.getByText('Demo request').first().waitFor();
});

test('after consent a cookie of the page’s own knows the visitor again; taken back, it is gone', async () => {
  const { page: guest, context } = await app.open(another(2));
  await guest.goto(`${home}/pricing`);
  await guest.getByRole('button', { name: 'Accept' }).click();
  const cookies = await context.cookies();
  assert.deepEqual(
    cookies.map(({ name, domain, sameSite }) => [name, domain, sameSite]),
    [['_accord', '127.0.0.1', 'Lax']],
  );
  await guest.goto(formUrl);
  await fill(guest, 'Bo Lund');
  await guest.getByText('Thank you').waitFor();
  const lead = await leadOf('Bo Lund');
  // Another day, another network: only the cookie tells.
  await context.setExtraHTTPHeaders({ 'user-agent': `${visitor.userAgent} Variant/77` });
  await guest.goto(`${home}/later?utm_source=news&utm_medium=email`);
  for (const deadline = Date.now() + 60_000; ; await guest.waitForTimeout(200)) {
    if ((await visitsOf(lead)).some(({ channel }) => channel === 'Email')) break;
    if (Date.now() > deadline) assert.fail('The later visit is nobody’s.');
  }
  await guest.getByRole('button', { name: 'Decline' }).click();
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

test('a visitor who asks not to be tracked is counted and nothing else; the form works without a script all the same', async () => {
  const before_ = await api<{ items: unknown[] }>(page, '/tracking/events?limit=200');
  const { page: guest, context } = await app.open({ ...another(3), extraHTTPHeaders: { 'sec-gpc': '1' } });
  await guest.addInitScript('Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true })');
  const bodies: string[] = [];
  guest.on('request', (request) => {
    if (request.url().includes('/t/e')) bodies.push(request.postData() ?? '');
  });
  await guest.goto(`${home}/secret-page?utm_source=google&utm_medium=cpc&gclid=private-click&email=me@private.example`);
  await guest.getByRole('button', { name: 'Accept' }).click();
  for (const deadline = Date.now() + 60_000; ; await guest.waitForTimeout(200)) {
    const { totals } = await api<{ totals: { private: number } }>(page, '/tracking/arrivals');
    if (totals.private === 1) break;
    if (Date.now() > deadline) assert.fail('It was not counted.');
  }
  assert.equal(bodies.length, 1);
  for (const told of ['secret-page', 'private-click', 'me@private.example'])
    assert.ok(!bodies[0]!.includes(told), `the page sends ${told}`);
  assert.deepEqual(await context.cookies(), []);
  assert.equal((await api<{ items: unknown[] }>(page, '/tracking/events?limit=200')).items.length, before_.items.length);
  await context.close();

  const { page: bare, context: bareContext } = await app.open({
    ...another(3),
    javaScriptEnabled: false,
    extraHTTPHeaders: { 'sec-gpc': '1' },
  });
  await bare.goto(formUrl);
  await bare.getByLabel('Work e-mail').fill('not an address');
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  await bare.getByRole('button', { name: 'Send' }).click();
  await bare
    .getByRole('alert')
    .getByText(/2 things are missing or not right/)
    .waitFor();
  assert.equal(await bare.getByLabel('Work e-mail').inputValue(), 'not an address');
  await fill(bare, 'Cleo Private');
  await bare.getByText('Thank you').waitFor();
  await bareContext.close();
  const lead = await leadOf('Cleo Private');
  assert.equal(lead.channel, null);
  assert.deepEqual(await visitsOf(lead), []);
});

test('the form’s page and the settings pass axe and fit, light and dark, on a phone too', async () => {
  const { page: guest, context } = await app.open();
  await guest.goto(formUrl);
  assert.deepEqual(await faultsOfPage(guest), []);
  await context.close();
  const pages = ['arrived', 'sites', 'forms', 'forms&form=new', 'hooks', 'submissions'].map((part) => `/settings/tracking?part=${part}`);
  assert.deepEqual(await faultsOf(app, page, pages), []);
  assert.deepEqual(app.mishaps, []);
});
