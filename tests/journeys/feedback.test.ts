import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn } from './support.ts';

const day = 86_400_000;

let app: App;
/** Lea owns the workspace; Mara and Sam lead marketing and sales; Conor is an SDR, Chloé and Dilan are of marketing. */
let lea: Page;
let mara: Page;
let sam: Page;
let conor: Page;
let chloe: Page;
let dilan: Page;
let lead: { id: string; name: string };

before(async () => {
  ({ app, lea } = await openSampled());
  const people = await Promise.all([
    bringIn(app, lea, 'Mara Ahlström', 'manager'),
    bringIn(app, lea, 'Sam Okonjo', 'manager'),
    bringIn(app, lea, 'Conor Engström'),
    bringIn(app, lea, 'Chloé Beaumont'),
    bringIn(app, lea, 'Dilan Moreau'),
  ]);
  [mara, sam, conor, chloe, dilan] = people.map(({ page }) => page) as [Page, Page, Page, Page, Page];
  // The sample's own feedback is about its youngest leads.
  const { items } = await api<{ items: { id: string; name: string }[] }>(lea, '/leads?limit=100');
  lead = items.at(-1)!;
  await api(lea, `/leads/${lead.id}`, { method: 'PATCH', data: { sets: { ownerId: people[2].id } } });
});
after(() => app?.close());

const post = <T>(page: Page, path: string, data: unknown): Promise<T> => api<T>(page, path, { method: 'POST', data });
const soon = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const dialog = (page: Page) => page.getByRole('dialog');

test('criticism of a real lead is written with help, answered with an action, and settled by who gave it', async () => {
  await mara.goto(`/leads/${lead.id}`);
  await mara.getByRole('button', { name: 'Give feedback' }).click();
  const form = dialog(mara);
  await form.getByText('Conor Engström has the lead.').waitFor();
  await form.getByLabel('What was done').fill('Conor is always late with my leads');
  await form.getByText('This says what somebody is.').waitFor();
  await form.getByText('“always”').waitFor();
  await form.getByLabel('What was done').fill('The first call was made on the ninth day.');
  await form.getByText('“always”').waitFor({ state: 'detached' });
  await form.getByLabel('Situation').fill(`${lead.name}, from the webinar in March`);
  await form.getByLabel('What came of it').fill('The company had signed elsewhere by then.');
  await form.getByLabel('Next time').fill('Please hand a lead back when the week is full.');
  await form.getByText('This can be answered').waitFor();
  await form.getByRole('button', { name: 'Give it', exact: true }).click();
  await mara.getByText('Given. You are told when it is answered.').waitFor();

  await conor.goto('/');
  await conor.getByRole('link', { name: /The first call was made on the ninth day/ }).click();
  await conor.getByRole('button', { name: 'Accept, with an action' }).click();
  const answer = dialog(conor).last();
  await answer.getByLabel('What will be done').fill('I hand leads back on the day.');
  await answer.getByRole('button', { name: 'Accept, with an action' }).click();
  await conor.getByText('Accepted. Whoever gave it decides').waitFor();
  await conor.getByText(/Action of Conor Engström by .*: I hand leads back on the day\./).waitFor();

  await mara.goto('/feedback?view=toSettle');
  await mara.getByRole('button', { name: `Lead: ${lead.name}` }).click();
  await mara.getByRole('button', { name: 'It is settled', exact: true }).click();
  await dialog(mara).last().getByLabel('What you want to add').fill('Thank you.');
  await dialog(mara).last().getByRole('button', { name: 'It is settled', exact: true }).click();
  await mara.getByText('Settled.', { exact: true }).waitFor();
  await conor.goto('/feedback?view=received');
  const settledRow = conor.getByRole('listitem').filter({ hasText: `Lead: ${lead.name}` });
  await settledRow.getByText('Settled', { exact: true }).waitFor();
});

test('anonymous feedback waits, is shown with others without a name, is answered, and answered back', async () => {
  const toAnswer = async () => (await api<{ items: unknown[] }>(conor, '/feedback?view=toAnswer')).items.length;
  const before = await toAnswer();
  await mara.goto(`/leads/${lead.id}`);
  await mara.getByRole('button', { name: 'Give feedback' }).click();
  await dialog(mara).getByLabel('What was done').fill('Leads of my campaign lie for days.');
  await dialog(mara).getByLabel('Give it anonymously').check();
  await dialog(mara).getByText('by a receipt that only this browser keeps').waitFor();
  await dialog(mara).getByRole('button', { name: 'Give it anonymously' }).click();
  const kept = await mara.getByText(/feedback\/anonymous#[\w-]{43}/).textContent();
  await mara.getByRole('button', { name: 'Done' }).click();
  for (const page of [chloe, dilan])
    await post(page, '/feedback', {
      ...{ tone: 'criticism', subjectKind: 'lead', subjectId: lead.id, behaviour: 'Nobody writes back.', anonymous: true },
      receipt: randomBytes(32).toString('base64url'),
    });
  assert.equal(await toAnswer(), before, 'it waits');
  await app.turnHour(Date.now());

  await conor.goto('/feedback');
  await conor
    .getByText(/^Anonymous/)
    .first()
    .waitFor();
  assert.equal(await conor.getByText(/^Anonymous/).count(), 3);
  await conor
    .getByRole('listitem')
    .filter({ hasText: 'Leads of my campaign lie for days.' })
    .getByRole('button', { name: `Lead: ${lead.name}` })
    .click();
  await conor.getByRole('button', { name: 'Explain' }).click();
  await dialog(conor).last().getByLabel('Why it was so').fill('Two of us were ill.');
  await dialog(conor).last().getByRole('button', { name: 'Explain' }).click();
  await conor.getByText('Explained.', { exact: true }).waitFor();

  // By the link, in another browser: the receipt is all it takes.
  const { page: elsewhere } = await app.open({ storageState: await chloe.context().storageState() });
  await elsewhere.goto(new URL(kept!).pathname + new URL(kept!).hash);
  await elsewhere.getByText('Two of us were ill.').waitFor();
  await elsewhere.context().close();

  await mara.goto('/feedback/anonymous');
  await mara.getByText('Two of us were ill.').waitFor();
  await mara.getByLabel('Write without being known').fill('I did not know. All right.');
  await mara.getByRole('button', { name: 'It is settled' }).click();
  await mara.getByText('You say it is settled, waits to be shown: I did not know. All right.').waitFor();
  await app.turnHour(Date.now() + day);
  await conor.goto('/feedback?view=received');
  await conor.getByRole('listitem').filter({ hasText: 'Settled' }).filter({ hasText: 'Leads of my campaign' }).getByRole('button').click();
  await conor.getByText('I did not know. All right.').waitFor();
  await conor.getByText('Whoever gave it says it is settled').waitFor();
});

/** One pulse, answered by these and closed. @returns its id */
async function pulse(title: string, answers: readonly (readonly [Page, number])[]): Promise<string> {
  const { id } = await post<{ id: string }>(lea, '/pulses', {
    title,
    closesOn: soon(6),
    questions: [{ key: 'trust', text: 'The other side keeps what it promises.' }],
  });
  for (const [page, trust] of answers) await post(page, `/pulses/${id}/answers`, { scores: { trust }, text: '' });
  await app.turnHour(Date.now() + 7 * day);
  return id;
}

test('a pulse is answered on its page; of four answers nothing is told, of five the mean', async () => {
  await lea.goto('/feedback/pulse');
  await lea.getByRole('button', { name: 'Open a pulse' }).first().click();
  await dialog(lea).getByLabel('Title').fill('First pulse');
  await dialog(lea).getByLabel('Questions, one a line').fill('The other side keeps what it promises.');
  await dialog(lea).getByRole('button', { name: 'Open it' }).click();
  await lea.getByText('Open. Everybody who can write is asked on Today.').waitFor();
  for (const page of [mara, sam, conor]) {
    await page.goto('/');
    await page.getByRole('link', { name: /First pulse waits for your answers/ }).click();
    await page.getByRole('radio', { name: '4' }).check();
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('You have answered “First pulse”.').waitFor();
  }
  const { items } = await api<{ items: { id: string }[] }>(chloe, '/pulses');
  await post(chloe, `/pulses/${items[0]!.id}/answers`, { scores: { trust: 2 }, text: 'We are four.' });
  await app.turnHour(Date.now() + 7 * day);
  await mara.goto('/feedback/pulse');
  await mara.getByText('Too few people answered here').waitFor();
  assert.equal(await mara.getByText('We are four.').count(), 0);

  await pulse('Second pulse', [
    [mara, 4],
    [sam, 4],
    [conor, 4],
    [chloe, 2],
    [dilan, 2],
  ]);
  await mara.goto('/feedback/pulse');
  await mara.getByText('5 people answered in this group.').waitFor();
  await mara.getByRole('cell', { name: '3.20' }).waitFor();
});

test('whoever tries to subtract finds nothing: the sixth answer can’t be worked out by any choice of groups', async () => {
  const id = await pulse('Third pulse', [
    [mara, 3],
    [sam, 3],
    [conor, 3],
    [chloe, 3],
    [dilan, 3],
    [lea, 1],
  ]);
  const told: string[] = [];
  for (const side of ['', 'side=marketing', 'side=sales', 'side=leadership'])
    for (const standing of ['', 'standing=heads', 'standing=others']) {
      const search = [side, standing].filter(Boolean).join('&');
      const { cell } = await api<{ cell: { answers: number | null } }>(sam, `/pulses/${id}/results?${search}`);
      if (cell.answers !== null) told.push(search);
    }
  assert.deepEqual(told, [''], 'all six together, and no part of them');
  await sam.goto(`/feedback/pulse?pulse=${id}&side=leadership`);
  await sam.getByText('Too few people answered here').waitFor();
  await sam.goto(`/feedback/pulse?pulse=${id}&side=sales&standing=others`);
  await sam.getByText('At most two at once.').waitFor();
  assert.equal(await sam.getByLabel('Team').first().isDisabled(), true);
});

test('a number is guessed before it is seen, and stands beside the guess', async () => {
  await conor.goto('/feedback/perception');
  const card = conor.getByRole('region', { name: 'Win rate' });
  await card.getByLabel('What share of the deals that closed was won?').fill('40');
  await card.getByRole('button', { name: 'Guess, then see it' }).click();
  await card.getByText(/You said 40 %|No deal closed/).waitFor();
  await conor
    .getByRole('region', { name: 'Speed to lead' })
    .getByRole('button', { name: /Just show it/ })
    .click();
  await conor
    .getByRole('region', { name: 'Speed to lead' })
    .getByText(/You did not guess|No lead was tried/)
    .waitFor();
});

test('the pages of feedback have no serious fault, in light and dark, on a desk and on a phone', async () => {
  const pages = [
    '/feedback?view=all',
    '/feedback/themes',
    '/feedback/health',
    '/feedback/pulse',
    '/feedback/perception',
    '/feedback/anonymous',
    `/leads/${lead.id}`,
  ];
  assert.deepEqual(await faultsOf(app, sam, pages), []);
  assert.deepEqual(app.mishaps, []);
});
