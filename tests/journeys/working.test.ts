import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { api, type App, openApp, password, setUp, settled } from './support.ts';

let app: App;
/** Lea, who owns the workspace. */
let page: Page;

before(async () => {
  app = await openApp();
  ({ page } = await app.open());
  await setUp(page);
  await page.getByRole('button', { name: /Start empty/ }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
});
after(() => app?.close());

const file = (text: string) => ({ name: 'our-leads.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const header = 'Lead ID,Full name,Company,Email,Lead source,Created date';

async function importFile(text: string): Promise<void> {
  await page.goto('/imports');
  await page.getByLabel('Files to import').setInputFiles(file(text));
  await page.waitForURL(/imports\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: /Try it/ }).click();
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
}

test('own files are imported; a row that comes back is mended and imported again', async () => {
  const rows = [
    '1,Ana Costa,Costa Lda,ana@costa.example,Webinar,2026-03-01',
    '2,Ben Okafor,Okafor Ltd,ben@okafor.example,Webinar,2026-03-02',
    '3,Cem Aydin,Aydin AS,cem@aydin.example,Trade fair,2026-13-45',
  ];
  await importFile([header, ...rows].join('\n'));
  const problems = page.getByRole('region', { name: 'Problems' });
  await problems.getByText('2026-13-45', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Run the import' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Error file' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const part of stream) text += String(part);
  assert.match(text, /Cem Aydin/);
  assert.doesNotMatch(text, /Ana Costa/);

  await importFile([header, ...rows.slice(0, 2), '3,Cem Aydin,Aydin AS,cem@aydin.example,Trade fair,2026-03-03'].join('\n'));
  const counts = page.getByRole('region', { name: 'Counts by kind' }).getByRole('row', { name: /^Leads/ });
  assert.match(await counts.innerText(), /^Leads\s+1\s+0\s+2/);
  await page.getByRole('button', { name: 'Run the import' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await page.getByRole('link', { name: 'To the leads' }).click();
  await page.getByRole('link', { name: 'Cem Aydin' }).waitFor();
  await page.getByRole('heading', { name: 'Leads 3' }).waitFor();
});

test('a field is edited where it stands, with its history, and put back', async () => {
  await page.goto('/leads');
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  await page.getByRole('button', { name: /^Edit Company/ }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Costa & Filhos');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit Company: Costa & Filhos' }).hover();
  await page.getByRole('button', { name: 'History of Company' }).click();
  const history = page.getByRole('dialog', { name: 'History of Company' });
  await history.getByText('Lea Brandt').first().waitFor();
  await history.getByText('import #1').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Edit Company: Costa Lda' }).waitFor();
});

test('many leads are edited at once and the edit is undone', async () => {
  await page.goto('/leads');
  await page.getByRole('checkbox', { name: 'Select all loaded' }).check();
  await page.getByRole('button', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit 3 leads' });
  await dialog
    .getByRole('combobox', { name: 'Field' })
    .or(dialog.getByRole('textbox', { name: 'Field' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Segment' }).click();
  await dialog.getByRole('textbox', { name: 'New value' }).fill('Mid-market');
  await dialog.getByRole('button', { name: 'Change 3 leads' }).click();
  await page.getByText('3 leads changed').waitFor();
  const segments = async (): Promise<unknown[]> =>
    (await api<{ items: Record<string, unknown>[] }>(page, '/leads')).items.map(({ segment }) => segment);
  assert.deepEqual(await segments(), ['Mid-market', 'Mid-market', 'Mid-market']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').waitFor();
  assert.deepEqual(await segments(), [null, null, null]);
});

test('two accounts that are the same are merged and taken apart again', async () => {
  for (const name of ['Okafor Limited', 'OKAFOR Limited'])
    await api(page, '/accounts', { method: 'POST', data: { name, domain: name.startsWith('OK') ? null : 'okafor.example' } });
  await page.goto('/duplicates');
  await page.getByRole('button', { name: /Keep this one, Okafor Limited/ }).click();
  await page.getByText('Merged into Okafor Limited.').waitFor();
  await page.goto('/accounts');
  await page.getByRole('link', { name: 'Okafor Limited', exact: true }).click();
  await page.getByRole('button', { name: 'Un-merge OKAFOR Limited' }).click();
  await page.getByText('Taken apart again.').waitFor();
  await page.goto('/duplicates');
  await page.getByRole('button', { name: /Keep this one, OKAFOR Limited/ }).waitFor();
});

test('Sam, invited, signs in and sees what Lea changes in another window', async () => {
  await page.goto('/settings/members');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('sam@example.com');
  await page.getByRole('button', { name: 'Invite' }).click();
  const link = await page.locator('[data-invitation-link]').innerText();
  const { page: sams, context } = await app.open();
  await sams.goto(link);
  await sams.getByText('Nordwind GmbH').waitFor();
  await sams.getByLabel('Your name').fill('Sam Okafor');
  await sams.getByRole('textbox', { name: 'Password' }).fill(password);
  await sams.getByRole('button', { name: 'Join' }).click();
  await sams.getByRole('heading', { name: 'Today' }).waitFor();
  await sams.goto('/leads');
  const row = sams.getByRole('row', { name: /Ben Okafor/ });
  await row.waitFor();
  await sams.waitForTimeout(500); // the stream of changes is open

  const { items } = await api<{ items: { id: string; name: string }[] }>(page, '/leads');
  await api(page, `/leads/${items.find(({ name }) => name === 'Ben Okafor')?.id}`, {
    method: 'PATCH',
    data: { sets: { company: 'Okafor Group' } },
  });
  await row.getByText('Okafor Group').waitFor();
  await api(page, '/leads', { method: 'POST', data: { name: 'Dora Lund', openedAt: '2026-04-01T08:00:00Z' } });
  await sams.getByRole('button', { name: '1 new – refresh' }).click();
  await sams.getByRole('link', { name: 'Dora Lund' }).waitFor();
  await context.close();
});

test('while the server restarts a banner says so, and nothing typed is lost', async () => {
  await page.goto('/leads');
  await page.getByRole('link', { name: 'Dora Lund' }).click();
  await page.getByRole('button', { name: /^Edit Company/ }).click();
  await page.getByRole('textbox', { name: 'Company' }).fill('Lund ApS');
  await app.restart(async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The server is not answering').waitFor();
  });
  await page.getByRole('button', { name: 'Edit Company: Lund ApS' }).waitFor();
  await page.getByText('The server is not answering').waitFor({ state: 'detached' });
});

test('names that try to run as code are shown as text on every page', async () => {
  let fired = 0;
  await page.exposeFunction('trap', () => (fired += 1));
  const payload = '<img src=x onerror=trap()><svg onload=trap()>"\'><script>trap()</script>{{trap()}}${trap()}';
  const post = (path: string, data: unknown) => api<{ id: string }>(page, path, { method: 'POST', data });
  const account = await post('/accounts', { name: payload, industry: payload, segment: payload });
  const contact = await post('/contacts', { fullName: payload, title: payload, accountId: account.id });
  const campaign = await post('/campaigns', { name: payload, channel: payload });
  const lead = await post('/leads', {
    name: payload,
    company: payload,
    origin: payload,
    channel: payload,
    landingPage: 'javascript:trap()',
    campaignId: campaign.id,
    accountId: account.id,
    openedAt: '2026-05-01T08:00:00Z',
    mqlAt: '2026-05-02T08:00:00Z',
  });
  const deal = await post('/deals', {
    name: payload,
    status: 'open',
    stage: payload,
    accountId: account.id,
    leadId: lead.id,
    campaignId: campaign.id,
    amount: '100000',
    currency: 'EUR',
  });
  await post('/views', { kind: 'leads', name: payload.slice(0, 90), shared: true, query: {} });
  await post('/teams', { name: payload.slice(0, 90), side: 'sales' });
  await importFile(`${header}\n9,${payload.replaceAll('"', '""')},"${payload.replaceAll('"', '""')}",x@y.example,z,not a day`);
  const imported = new URL(page.url()).pathname;
  const paths = [
    `/accounts/${account.id}`,
    `/contacts/${contact.id}`,
    `/campaigns/${campaign.id}`,
    `/leads/${lead.id}`,
    `/deals/${deal.id}`,
    '/',
    '/leads',
    '/accounts',
    '/contacts',
    '/deals',
    '/campaigns',
    '/scoreboard?by=origin',
    '/scoreboard?by=campaign',
    '/duplicates',
    '/imports',
    imported,
    '/settings/teams',
    `/leads?q=${encodeURIComponent(payload)}`,
    `/sign-in?next=${encodeURIComponent('javascript:trap()')}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    await settled(page);
  }
  await page.goto('/');
  await settled(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search records, pages and actions' }).fill('<img');
  await page
    .getByRole('option', { name: /onerror/ })
    .first()
    .waitFor();
  assert.equal(fired, 0);
});

test('an import is undone as a whole', async () => {
  const names = async (): Promise<unknown[]> => (await api<{ items: { name: string }[] }>(page, '/leads')).items.map(({ name }) => name);
  await importFile(`${header}\n77,Eva Nowak,Nowak Sp,eva@nowak.example,Webinar,2026-05-05`);
  await page.getByRole('button', { name: 'Run the import' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  assert.ok((await names()).includes('Eva Nowak'));
  const undo = async (number: number): Promise<void> => {
    await page.goto('/imports');
    await page.getByRole('button', { name: `Undo import #${number}` }).click();
    const dialog = page.getByRole('dialog', { name: `Undo import #${number}?` });
    await dialog.getByText('Leads: 1 removed').waitFor();
    await dialog.getByRole('button', { name: 'Undo the import' }).click();
  };
  await undo(4);
  await page
    .getByRole('row', { name: /Import #4/ })
    .getByText('undone')
    .waitFor();
  assert.ok(!(await names()).includes('Eva Nowak'));
  await undo(2); // its lead was edited by hand since
  await page.getByText('Import #2 was not undone').waitFor();
  assert.ok((await names()).includes('Cem Aydin'));
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
