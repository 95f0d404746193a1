import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, until } from './support.ts';

let app: App;
/** Lea owns the workspace; Mara leads marketing; Conor is an SDR. */
let lea: Page;
let mara: Page;
let conor: Page;
let lead: { id: string; name: string };

before(async () => {
  ({ app, lea } = await openSampled());
  const people = await Promise.all([bringIn(app, lea, 'Mara Ahlström', 'manager'), bringIn(app, lea, 'Conor Engström')]);
  [mara, conor] = people.map(({ page }) => page) as [Page, Page];
  const { items } = await api<{ items: { id: string; name: string }[] }>(lea, '/leads?limit=1');
  lead = items[0]!;
  for (const page of [mara, conor]) await api(page, '/notifications/reading', { method: 'POST', data: {} });
});
after(() => app?.close());

const bell = (page: Page) => page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('button', { name: /^Notices/ });
/** What rings does so on the page that is open: nothing is loaded anew. */
const rings = (page: Page) =>
  page
    .getByRole('navigation', { name: 'Main', exact: true })
    .getByRole('button', { name: /^Notices \d+ unread$/ })
    .waitFor();

test('the sample company is not silent: its people have announced, commented and been told', async () => {
  await lea.goto('/notices');
  await lea.getByText(/notices? you have not read/).waitFor();
  await lea.getByRole('link', { name: /mentions you on the page Scoreboard/ }).click();
  await lea.waitForURL('**/scoreboard#comment-*');
  await lea.getByText('nobody was at a desk').waitFor();
});

test('a mention picked by keyboard rings with whom it means, and opens where it stands', async () => {
  await conor.goto('/');
  await conor.getByRole('heading', { name: 'Today' }).waitFor();
  await mara.goto(`/leads/${lead.id}`);
  const field = mara.getByRole('textbox', { name: 'Write a comment' });
  await field.click();
  await field.pressSequentially('Please call them, @conor');
  await mara.getByRole('option', { name: /Conor Engström/ }).waitFor();
  await field.press('Enter');
  await field.pressSequentially('today.');
  assert.equal(await field.inputValue(), 'Please call them, @Conor Engström today.');
  await field.press('Control+Enter');
  await mara.getByText('Please call them, @Conor Engström today.').waitFor();
  await until(mara, `document.querySelector('.composer textarea').value === ''`);

  await rings(conor);
  await bell(conor).click();
  await conor.getByRole('link', { name: `Mara Ahlström mentions you on the lead ${lead.name}` }).click();
  await conor.waitForURL(`**/leads/${lead.id}#comment-*`);
  await conor.getByText('Please call them, @Conor Engström today.').waitFor();
  const { items } = await api<{ items: { kind: string }[] }>(conor, '/notifications?view=unread');
  assert.ok(!items.some(({ kind }) => kind === 'mention'), 'what was opened is read');
});

test('a comment is changed and taken back by whoever wrote it, on the other’s screen too', async () => {
  const field = conor.getByRole('textbox', { name: 'Write a comment' });
  await field.fill('I called tehm.');
  await conor.getByRole('button', { name: 'Comment', exact: true }).click();
  await conor.getByRole('button', { name: /^Change: comment of Conor/ }).click();
  await conor.getByRole('textbox', { name: 'Change the comment' }).fill('I called them.');
  await conor.getByRole('button', { name: 'Save' }).click();
  await mara.getByText('I called them.').waitFor();
  await conor
    .getByRole('button', { name: /^Take back: comment of Conor/ })
    .first()
    .click();
  await mara.getByText('Conor Engström took a comment back.').waitFor();
  assert.equal(await mara.getByText('I called them.').count(), 0);
});

test('an announcement asks everybody it is meant for, until each has acknowledged it', async () => {
  await mara.goto('/notices/announcements');
  await mara.getByRole('button', { name: 'Announce something' }).click();
  const form = mara.getByRole('dialog');
  await form.getByLabel('Title').fill('The fair is in March');
  await form.getByLabel('What there is to know').fill('Keep the week free.');
  await form.getByPlaceholder('Everybody').click();
  await mara.getByRole('option', { name: 'Conor Engström' }).click();
  await form.getByLabel('Title').click();
  await form.getByRole('button', { name: 'Announce', exact: true }).click();
  await mara.getByText('0 of 1 have acknowledged it').waitFor();

  // The sample's own announcement may be older and stand first in the banner.
  await conor.goto('/notices/announcements?view=open');
  const card = conor.locator('.announcement', { hasText: 'The fair is in March' });
  await card.getByRole('button', { name: 'Acknowledge' }).click();
  await card.waitFor({ state: 'detached' });
  await mara.getByText('1 of 1 have acknowledged it').waitFor();
  await mara.getByRole('button', { name: 'Who has not yet: The fair is in March' }).click();
  await mara.getByRole('dialog').getByText('Conor Engström').first().waitFor();
  assert.equal(await mara.getByRole('dialog').getByText('not yet').count(), 0);
});

test('what somebody chose not to hear stays quiet, and what they still want to hear rings', async () => {
  await api(conor, '/notifications/reading', { method: 'POST', data: {} });
  await conor.goto('/settings/notices');
  await conor.getByRole('checkbox', { name: 'Mentions: in the app' }).uncheck();
  await conor.getByText('Kept.').waitFor();
  await mara.goto(`/leads/${lead.id}`);
  const field = mara.getByRole('textbox', { name: 'Write a comment' });
  await field.pressSequentially('@conor');
  await mara.getByRole('option', { name: /Conor Engström/ }).click();
  await field.pressSequentially('again.');
  await mara.getByRole('button', { name: 'Comment', exact: true }).click();
  await mara.getByText('@Conor Engström again.').waitFor();
  await api(mara, '/announcements', {
    method: 'POST',
    data: { title: 'Another', text: 'Read this.', audience: { members: [await memberId(conor)] } },
  });
  await rings(conor);
  await conor.goto('/notices');
  await conor.getByRole('link', { name: /Mara Ahlström announces: Another/ }).waitFor();
  const { items } = await api<{ items: { title: string }[] }>(conor, '/notifications?view=unread');
  assert.ok(items.some(({ title }) => title === 'Mara Ahlström announces: Another'));
  assert.ok(!items.some(({ title }) => title.includes('mentions you')));
});

test('nothing of it breaks the rules of accessibility or the width of a phone, light and dark', async () => {
  const { items } = await api<{ items: { id: string; title: string }[] }>(mara, '/announcements?view=mine');
  const announcement = items.find(({ title }) => title === 'The fair is in March')!;
  const paths = ['/notices', `/notices/announcements?at=${announcement.id}`, '/settings/notices', `/leads/${lead.id}#comments`];
  assert.deepEqual(await faultsOf(app, mara, paths), []);
  assert.deepEqual(app.mishaps, []);
});

const memberId = async (page: Page): Promise<string> => (await api<{ member: { id: string } }>(page, '/me')).member.id;
