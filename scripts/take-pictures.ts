/**
 * Takes docs/pictures/*.png: every page of the sample company on a desktop, in the dark and on a phone.
 * `node scripts/take-pictures.ts`, after the web app is built (`npx vite build`).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { api, desktop, openApp, phone, setUp, settled } from '#tests/journeys/support.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });

const app = await openApp({ months: 18, leads: 6000 });
const { page, context } = await app.open();
await page.goto('/');
await page.waitForURL('**/set-up');
await page.screenshot({ path: join(folder, 'set-up.png') });
await setUp(page);
await page.screenshot({ path: join(folder, 'welcome.png') });
await page.getByRole('button', { name: /Open the sample company/ }).click();
await page.waitForURL('**/scoreboard**', { timeout: 300_000 });

const pages = await pagesOf(page);
const storageState = await context.storageState();
for (const [look, options] of [
  ['desktop', desktop],
  ['dark', { ...desktop, colorScheme: 'dark' }],
  ['phone', phone],
] as const) {
  const opened = await app.open({ ...options, storageState });
  for (const [name, path] of Object.entries(pages)) {
    await opened.page.goto(path);
    await settled(opened.page);
    await opened.page.waitForTimeout(500); // charts are drawn
    await opened.page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    process.stdout.write(`${name}-${look}.png\n`);
  }
  await opened.context.close();
}
await app.close();

/** Records with something on them: a won lead, its account, its deal. */
async function pagesOf(asked: Page): Promise<Record<string, string>> {
  const filter = (field: string, value: string) => encodeURIComponent(JSON.stringify({ all: [{ field, is: 'eq', value }] }));
  const first = async (path: string): Promise<Record<string, string>> =>
    (await api<{ items: Record<string, string>[] }>(asked, path)).items[0] ?? {};
  const lead = await first(`/leads?limit=1&filter=${filter('stage', 'won')}`);
  const deal = await first(`/deals?limit=1&sort=-closedAt&filter=${filter('status', 'won')}`);
  const [contact, campaign, run] = [
    await first('/contacts?limit=1'),
    await first('/campaigns?limit=1&sort=startsOn'),
    await first('/imports?limit=1'),
  ];
  return {
    today: '/',
    scoreboard: '/scoreboard?windowDays=90',
    records: `/scoreboard?records=${encodeURIComponent('by=none&from=mql&to=won&mode=cohort&which=reached')}`,
    leads: '/leads',
    accounts: '/accounts',
    contacts: '/contacts',
    deals: '/deals',
    campaigns: '/campaigns',
    lead: `/leads/${lead['id']}`,
    account: `/accounts/${deal['accountId']}`,
    contact: `/contacts/${contact['id']}`,
    deal: `/deals/${deal['id']}`,
    campaign: `/campaigns/${campaign['id']}`,
    duplicates: '/duplicates?kind=contacts',
    imports: '/imports',
    import: `/imports/${run['id']}`,
    members: '/settings/members',
    teams: '/settings/teams',
    tokens: '/settings/tokens',
    workspace: '/settings/workspace',
    'my-account': '/settings/account',
    about: '/settings/about',
  };
}
