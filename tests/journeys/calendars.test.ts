import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousViolations } from './faults.ts';
import { api, type App, openApp, phone, settled, setUp } from './support.ts';

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

interface Kept {
  items: { name: string; weekly: Record<string, [string, string][]>; holidays: { on: string; name: string }[]; isDefault: boolean }[];
}

test('a calendar is made by keyboard: hours, public holidays, a day of one’s own', async () => {
  await page.goto('/settings/calendars');
  await page.getByText('Clocks run Mon–Fri 09:00–17:00 in Europe/Berlin until there is one.').waitFor();
  await settled(page);
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole('button', { name: 'Add a calendar' }).click();
  const editor = page.getByRole('dialog', { name: 'New calendar' });
  await editor.getByLabel('Name').fill('Bavaria');

  const monday = editor.getByRole('group', { name: 'Monday' });
  await monday.getByLabel('Monday, interval 1, to').fill('12:30');
  await monday.getByRole('button', { name: 'Monday: add hours' }).press('Enter');
  await page.keyboard.type('1330');
  await page.keyboard.press('Tab');
  await page.keyboard.type('18');
  await page.keyboard.press('Tab');
  assert.equal(await monday.getByLabel('Monday, interval 2, from').inputValue(), '13:30');
  assert.equal(await monday.getByLabel('Monday, interval 2, to').inputValue(), '18:00');
  await editor.getByRole('button', { name: 'Same to Friday' }).press('Enter');
  const friday = editor.getByRole('group', { name: 'Friday' });
  await friday.getByRole('button', { name: 'Friday: remove 13:30 to 18:00' }).press('Enter');
  await friday.getByLabel('Friday, interval 1, to').fill('08:00');
  await friday.getByRole('alert').getByText('09:00 to 08:00 ends before it begins').waitFor();
  assert.equal(await editor.getByRole('button', { name: 'Save' }).isDisabled(), true);
  await friday.getByLabel('Friday, interval 1, to').fill('16');
  await page.keyboard.press('Tab');

  await editor.getByRole('combobox', { name: 'Country' }).fill('Germany');
  await page.getByRole('option', { name: 'Germany' }).click();
  await editor.getByRole('combobox', { name: 'Region' }).fill('Bay');
  await page.getByRole('option', { name: 'Bayern' }).click();
  await editor.getByRole('button', { name: /^Add \d+ days$/ }).click();
  await editor.getByRole('button', { name: 'All added' }).waitFor();
  await editor.getByLabel('A day of your own').fill('2027-07-02');
  await editor.getByLabel('What it is').fill('Company outing');
  await editor.getByLabel('What it is').press('Enter');
  await editor.getByText('Company outing').waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.waitFor({ state: 'detached' });

  await page.getByText('Mon–Thu 09:00–12:30, 13:30–18:00 · Fri 09:00–16:00').waitFor();
  const { items } = await api<Kept>(page, '/calendars');
  assert.equal(items[0]?.isDefault, true, 'the first is the default');
  assert.ok(
    items[0].holidays.some(({ on }) => on === '2027-01-06'),
    'Epiphany is free in Bavaria',
  );
  assert.ok(items[0].holidays.some(({ name }) => name === 'Company outing'));
});

test('leave is recorded, undone, recorded again and removed, on a phone too', async () => {
  const { page: small, context } = await app.open({ ...phone, storageState: await page.context().storageState() });
  await small.goto('/settings/calendars');
  await settled(small);
  await small.getByText('Nobody is away').waitFor();
  const record = async (): Promise<void> => {
    await small.getByLabel('First day').fill('2099-06-01');
    await small.getByLabel('Last day').fill('2099-06-05');
    await small.getByLabel('Why').fill('Holiday');
    await small.getByRole('button', { name: 'Record' }).click();
    await small.getByText('1 Jun 2099 – 5 Jun 2099 · Holiday').waitFor();
  };
  await record();
  await small.getByRole('button', { name: 'Undo' }).click();
  await small.getByText('Nobody is away').waitFor();
  await record();
  assert.deepEqual(await seriousViolations(small), []);
  assert.equal(await small.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, 'nothing hangs over the edge');
  await small.getByRole('button', { name: /^Remove the leave of Lea Brandt/ }).click();
  await small.getByText('Nobody is away').waitFor();
  await context.close();
  assert.deepEqual(app.mishaps, []);
});
