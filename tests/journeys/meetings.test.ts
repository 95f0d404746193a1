import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { type Mailbox, openMailbox } from '#tests/support/receiving.ts';
import { contestedRejection } from './contested.ts';
import { faultsOf, seriousViolations } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn } from './support.ts';

/** A weekly meeting and what comes of it: Lea, who leads both sides, Mara of marketing and Sam of sales, each in a window of their own. */
let app: App;
let mailbox: Mailbox;
let lea: Page;
let mara: Page;
let sam: Page;
let rejectionId: string;
/** Address of the first meeting, and of the one a week later. */
let meeting: string;
let next: string;

before(async () => {
  mailbox = await openMailbox();
  ({ app, lea } = await openSampled({ smtpUrl: mailbox.url }));
  const [inMara, inSam, conor, chloe] = await Promise.all([
    bringIn(app, lea, 'Mara Ahlström', 'manager'),
    bringIn(app, lea, 'Sam Okonjo', 'manager'),
    bringIn(app, lea, 'Conor Engström'),
    bringIn(app, lea, 'Chloé Beaumont'),
  ]);
  [mara, sam] = [inMara.page, inSam.page];
  // On whatever hour and day this runs, mail arrives at once.
  for (const page of [lea, mara, sam]) await api(page, '/notifications/choices', { method: 'PATCH', data: { quietHours: null } });
  rejectionId = await contestedRejection(lea, conor, chloe);
});
after(async () => {
  await app?.close();
  await mailbox?.close();
});

const dialog = (page: Page): Locator => page.getByRole('dialog');
const closed = (page: Page): Promise<void> => dialog(page).waitFor({ state: 'detached' });
/** The item that everybody looks at. */
const now = (page: Page): Locator => page.getByRole('region', { name: 'Now' });
const items = (page: Page): Locator => page.locator('.agenda > li');

test('Lea sets up a rhythm, and its meetings are planned', async () => {
  await lea.goto('/meetings');
  await lea.getByRole('button', { name: 'New series' }).click();
  await lea.getByRole('menuitem', { name: 'One of our own' }).click();
  const form = dialog(lea);
  await form.getByLabel('Name', { exact: true }).fill('Smarketing in three');
  for (const name of ['Lea Brandt', 'Mara Ahlström', 'Sam Okonjo']) {
    await form.getByRole('combobox', { name: 'Teams and people' }).fill(name);
    await lea.getByRole('option', { name }).click();
  }
  await form.getByText('3 people').waitFor();
  await form.getByLabel('Name', { exact: true }).click(); // the list of people closes
  assert.deepEqual(await seriousViolations(lea), []);
  await form.getByRole('button', { name: 'Set up' }).click();
  await closed(lea);
  await lea.getByText('Smarketing in three', { exact: true }).first().waitFor();
  const series = (await api<{ items: { id: string; name: string }[] }>(lea, '/meeting-series')).items.find(
    ({ name }) => name === 'Smarketing in three',
  );
  const planned = await api<{ items: { id: string }[] }>(lea, `/meetings?seriesId=${series!.id}`);
  assert.ok(planned.items.length >= 4, 'weeks ahead');
  [meeting, next] = [`/meetings/${planned.items[0]!.id}`, `/meetings/${planned.items[1]!.id}`];
});

test('each has the address of a calendar, which other programs read', async () => {
  await mara.goto('/meetings');
  await mara.getByRole('button', { name: 'Subscribe' }).click();
  await dialog(mara).getByRole('button', { name: 'Make an address' }).click();
  const address = await dialog(mara).getByLabel('Your address').inputValue();
  const calendar = await mara.request.fetch(address);
  assert.equal(calendar.status(), 200);
  assert.match(await calendar.text(), /SUMMARY:Smarketing in three/);
  await dialog(mara).getByRole('button', { name: 'Done' }).click();
  await closed(mara);
});

test('the agenda is written from the data, and arranged by hand while others look on', async () => {
  await lea.goto(meeting);
  await lea.getByRole('button', { name: /Write it (anew|now)/ }).click();
  await lea.getByText('Written from the data.').waitFor();
  await lea
    .getByText(/rejections? .*(contested|verdict)/i)
    .first()
    .waitFor();
  const { agenda } = await api<{ agenda: { dropped: boolean }[] }>(lea, meeting);
  const before = agenda.filter(({ dropped }) => !dropped).length;
  assert.ok(before >= 3, `${before} items from the data`);

  await mara.goto(meeting);
  await mara.getByLabel('Add an item').fill('Who speaks at the fair in May');
  await mara.getByRole('button', { name: 'Add', exact: true }).click();
  await items(lea).filter({ hasText: 'Who speaks at the fair' }).getByText('added by Mara Ahlström').waitFor();
  await mara.getByRole('button', { name: /^Move item \d+: Who speaks at the fair/ }).press('Home');
  await items(lea).first().getByText('Who speaks at the fair in May').waitFor();
  await mara.getByText(`Now at place 1 of ${before + 1}.`).waitFor();
  assert.match(await mara.evaluate<string>('document.activeElement.getAttribute("aria-label")'), /^Move item 1: Who speaks/);

  const second = await lea.getByRole('button', { name: /^Move item 2: / }).boundingBox();
  const first = await lea.getByRole('button', { name: /^Move item 1: / }).boundingBox();
  await lea.mouse.move(second!.x + 5, second!.y + 5);
  await lea.mouse.down();
  await lea.mouse.move(first!.x + 5, first!.y - 60, { steps: 8 });
  await lea.mouse.up();
  await items(mara).nth(1).getByText('Who speaks at the fair in May').waitFor();

  await lea.getByRole('button', { name: /^Drop item 2: Who speaks/ }).click();
  await mara.getByText('1 item dropped').waitFor();
  await lea.getByRole('button', { name: 'Undo' }).click();
  await items(mara).nth(1).getByText('Who speaks at the fair in May').waitFor();
  assert.deepEqual(await seriousViolations(lea), []);
});

test('it is moved to now, and while it runs everybody sees the same item', async () => {
  await lea.getByRole('button', { name: 'More', exact: true }).click();
  await lea.getByRole('menuitem', { name: 'Move or change' }).click();
  const soon = new Date(Date.now() + 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' });
  await dialog(lea).getByLabel('When').fill(soon.slice(0, 16).replace(' ', 'T'));
  await dialog(lea).getByRole('button', { name: 'Keep' }).click();
  await closed(lea);
  await sam.goto(meeting);
  await sam.getByRole('heading', { name: 'Smarketing in three' }).waitFor();
  await lea.getByRole('button', { name: 'Start the meeting' }).click();
  for (const page of [mara, sam]) await now(page).waitFor();
  await lea
    .getByRole('list', { name: 'Agenda' })
    .getByRole('button', { name: /Contested leads/ })
    .click();
  for (const page of [lea, mara, sam]) {
    await now(page).getByText('Olga Falk, Falk Foods').first().waitFor();
    await now(page)
      .getByRole('timer')
      .getByText(/\d left$/)
      .waitFor();
  }
  await lea.getByText('Who was there: 3 of 3').waitFor();
});

test('they write notes together, and each sees what the others write', async () => {
  await now(mara).getByLabel('Notes').fill('Fax numbers count as no phone.');
  await until(sam, 'Fax numbers count as no phone.');
  await now(sam).getByLabel('Notes').fill('Fax numbers count as no phone.\nSam: an e-mail that answers is enough.');
  for (const page of [lea, mara]) await until(page, 'Fax numbers count as no phone.\nSam: an e-mail that answers is enough.');
});

async function until(page: Page, text: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; await page.waitForTimeout(100)) {
    const seen = await now(page).getByLabel('Notes').inputValue();
    if (seen === text) return;
    if (Date.now() > deadline) assert.equal(seen, text);
  }
}

test('the contested lead is decided on the spot, one verdict a side', async () => {
  for (const page of [mara, sam]) {
    await now(page)
      .getByRole('button', { name: /^Rule on it\s*: Olga Falk/ })
      .click();
    await dialog(page).getByLabel('Yes: the rejection is overturned').check();
    await dialog(page).getByLabel('Why', { exact: true }).fill('An address that answers is enough.');
    await dialog(page).getByRole('button', { name: 'Give the verdict' }).click();
    await closed(page);
  }
  const { ruling } = await api<{ ruling: string | null }>(lea, `/rejections/${rejectionId}`);
  assert.equal(ruling, 'overturned');
  await now(lea)
    .getByText(/overturned/)
    .first()
    .waitFor();
});

test('a clause is proposed and an action agreed, and all three see both', async () => {
  await now(sam).getByRole('button', { name: 'Propose a change' }).click();
  await sam.getByRole('menuitem', { name: 'Change a clause of the agreement' }).click();
  const form = dialog(sam);
  await form.getByRole('combobox', { name: 'Clause' }).click();
  await sam
    .getByRole('option', { name: /first attempt/i })
    .first()
    .click();
  await form.getByLabel('Within working minutes').fill('90');
  await form.getByLabel('What was decided').fill('First attempts within an hour and a half.');
  await form.getByRole('button', { name: 'Propose it' }).click();
  await closed(sam);
  await now(mara).getByText('First attempts within an hour and a half.').first().waitFor();
  await now(mara).getByText('proposed, waits for signatures').first().waitFor();
  const { versions } = await api<{ versions: { id: string; status: string }[] }>(lea, '/agreement');
  const proposed = versions.find(({ status }) => status === 'proposed');
  const { content } = await api<{ content: { clauses: { key: string; metric: { withinMinutes?: number } }[] } }>(
    lea,
    `/agreement/versions/${proposed!.id}`,
  );
  assert.equal(content.clauses.find(({ key }) => key === 'first-attempt')!.metric.withinMinutes, 90);

  await now(mara).getByRole('button', { name: 'Give an action' }).click();
  await dialog(mara).getByLabel('What will be done').fill('Ask for a direct line on the demo form');
  await dialog(mara).getByRole('combobox', { name: 'Who' }).fill('Sam');
  await mara.getByRole('option', { name: 'Sam Okonjo' }).click();
  await dialog(mara).getByRole('button', { name: 'Agree it' }).click();
  await closed(mara);
  await now(lea).getByText('Ask for a direct line on the demo form').first().waitFor();
  await now(lea).getByText('Sam Okonjo', { exact: false }).first().waitFor();
  await sam.goto('/');
  await sam.getByText('Ask for a direct line on the demo form').first().waitFor();
  await sam.goto(meeting);
});

test('the shared screen has no serious fault, in light and dark, on a desk, on a phone and in a room', async () => {
  assert.deepEqual(await faultsOf(app, sam, [meeting, `${meeting}?screen=room`]), []);
});

test('it ends: the minutes stand on its page, and arrive by mail with all three', async () => {
  mailbox.mails.length = 0;
  await lea.getByRole('button', { name: 'End the meeting' }).click();
  await dialog(lea).getByRole('button', { name: 'End it and send the minutes' }).click();
  await closed(lea);
  for (const page of [lea, mara, sam]) {
    await page.getByText('Fax numbers count as no phone.').first().waitFor();
    await page.getByText('Who was there: 3 of 3').waitFor();
  }
  const minutes = await minutesMails(3);
  assert.deepEqual(minutes.flatMap(({ recipients }) => recipients).toSorted(), ['lea@example.com', 'mara@example.com', 'sam@example.com']);
  for (const { text, html } of minutes)
    for (const said of [
      'Fax numbers count as no phone.',
      'First attempts within an hour and a half.',
      'Ask for a direct line on the demo form',
    ]) {
      assert.ok(text?.includes(said), `the text of the mail says “${said}”`);
      assert.ok(html && html.includes(said), `its page says “${said}”`);
    }
});

test('what the other side did in it is told on its page, and goes to who leads that side there', async () => {
  await sam.getByRole('button', { name: 'Give feedback' }).click();
  await dialog(sam)
    .getByText(/Mara Ahlström (leads marketing in|called) it\./)
    .waitFor();
  await dialog(sam).getByLabel('What was done').fill('The agenda had the figures of both sides on it.');
  await dialog(sam).getByText('Praise', { exact: true }).click();
  await dialog(sam).getByRole('button', { name: 'Give it', exact: true }).click();
  for (const page of [sam, mara]) await page.getByText('The agenda had the figures of both sides on it.').first().waitFor();
  await mara.goto('/feedback?view=all');
  await mara
    .getByText(/Meeting, \d+ \w+ \d{4}: /)
    .first()
    .waitFor();
  await mara.goto(meeting);
});

/** As a mail server received them. */
async function minutesMails(wanted: number): Promise<Mailbox['mails']> {
  for (const deadline = Date.now() + 90_000; ; await lea.waitForTimeout(200)) {
    const found = mailbox.mails.filter(({ subject }) => subject?.includes('Smarketing in three'));
    if (found.length >= wanted) return found;
    if (Date.now() > deadline) assert.fail(`${found.length} mails: ${mailbox.mails.map(({ subject }) => subject).join(', ')}`);
  }
}

test('the next agenda carries what is open, first; what is done leaves it', async () => {
  await lea.getByRole('link', { name: 'the next one' }).click();
  await lea.waitForURL(`**${next}`);
  await lea.getByRole('button', { name: /Write it (anew|now)/ }).click();
  await lea.getByText('Written from the data.').waitFor();
  await items(lea).getByText('Ask for a direct line on the demo form').first().waitFor();
  const told = await items(lea).allInnerTexts();
  const place = told.findIndex((text) => text.includes('Ask for a direct line on the demo form'));
  assert.ok(
    told.slice(0, place + 1).every((text) => text.includes('Open action')),
    'what is open comes before all else',
  );
  assert.equal(await lea.getByText('Olga Falk').count(), 0, 'what was decided is not talked about again');

  await sam.goto('/meetings/actions');
  await sam.getByRole('button', { name: /^Done\s*: Ask for a direct line/ }).click();
  await sam.getByText('Done: Ask for a direct line on the demo form').first().waitFor();
  await lea.getByRole('button', { name: /Write it (anew|now)/ }).click();
  await lea.getByText('Ask for a direct line on the demo form').first().waitFor({ state: 'detached' });
});

test('how meetings go is counted, and each number opens', async () => {
  await sam.goto('/meetings/health');
  await sam
    .getByRole('button', { name: /^Held, Smarketing in three/ })
    .first()
    .click();
  await dialog(sam)
    .getByRole('link', { name: /Smarketing in three/ })
    .waitFor();
  assert.deepEqual(await seriousViolations(sam), []);
  await sam.keyboard.press('Escape');
  await sam.goto('/meetings/decisions');
  await sam.getByText('First attempts within an hour and a half.').first().waitFor();
});

test('the pages of meetings have no serious fault, in light and dark, on a desk and on a phone', async () => {
  const pages = [
    ...['/meetings', '/meetings?view=month', '/meetings/actions?view=all', '/meetings/decisions', '/meetings/health'],
    ...[meeting, next],
  ];
  assert.deepEqual(await faultsOf(app, sam, pages), []);
  assert.deepEqual(app.mishaps, []);
});
