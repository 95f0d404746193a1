/** A newcomer's first afternoon, from an empty workspace to the first definition proposed, by what the screens say alone. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { diagnosisQuestions } from '#features/rollout/contract/diagnosis.ts';
import { faultsOf } from './faults.ts';
import { api, type App, openApp, setUp, settled } from './support.ts';

let app: App;
let page: Page;
const seconds: { step: string; seconds: string }[] = [];

before(async () => {
  app = await openApp();
  ({ page } = await app.open());
});
after(() => {
  console.table(seconds);
  return app?.close();
});

let stuck = false;

/** A step of the afternoon, timed: what the product takes, without the time somebody thinks and types. After one that fails the rest can't be. */
function step(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    assert.equal(stuck, false, 'a step before it failed');
    stuck = true;
    const began = performance.now();
    await work();
    seconds.push({ step: name, seconds: ((performance.now() - began) / 1000).toFixed(1) });
    stuck = false;
  });
}

const day = 86_400_000;
const dayAgo = (days: number): string => new Date(Date.now() - days * day).toISOString().slice(0, 10);

/** As a CRM exports them, in the columns of the examples: a lead every other day over sixteen months, and deals of which every third was won. */
function exports(): { name: string; mimeType: string; buffer: Buffer }[] {
  const leads = ['Lead ID,Name,Company,Email,Origin,Segment,Created on,MQL,SAL,SQL,Rejected on,Owner'];
  for (let at = 1; at <= 240; at++) {
    const opened = at * 2;
    const [mql, sal, sql] = [at % 3 === 0, at % 6 === 0, at % 12 === 0];
    const on = (is: boolean, later: number): string => (is ? dayAgo(Math.max(opened - later, 1)) : '');
    const rejected = on(mql && !sal, 3);
    leads.push(
      `L-${at},Person ${at},Company ${at} GmbH,person@company${at}.example,${at % 2 ? 'Website' : 'Event'},${at % 4 ? 'SMB' : 'Mid-market'},${dayAgo(opened)},${on(mql, 1)},${on(sal, 2)},${on(sql, 9)},${rejected},`,
    );
  }
  const deals = ['Deal ID,Deal name,Amount,Currency,Status,Created on,Closed,Lost reason'];
  for (let at = 1; at <= 60; at++)
    deals.push(
      `D-${at},Company ${at * 4}: platform,${8000 + at * 50}.00,EUR,${at % 3 ? 'lost' : 'won'},${dayAgo(at * 8 + 30)},${dayAgo(at * 8)},${at % 3 ? 'No budget' : ''}`,
    );
  return [
    { name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(`${leads.join('\n')}\n`) },
    { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(`${deals.join('\n')}\n`) },
  ];
}

const open = (title: string) => page.locator('.start-deed.is-open').getByRole('heading', { name: new RegExp(title) });

step('set up the workspace', () => setUp(page));

step('choose to begin step by step', async () => {
  await page.getByRole('button', { name: /Begin step by step/ }).click();
  await page.getByRole('heading', { name: 'Your first afternoon' }).waitFor();
  await page.getByText('Five tasks, about an hour and a half').waitFor();
  await open('One number').waitFor();
});

step('name the one number, and sign the charter', async () => {
  await page.getByText('Nothing is on record yet to say what it was').waitFor();
  await page.getByLabel('What it should be (%)').fill('40');
  await page.getByLabel('Why now').fill('Leads rot between us.');
  await page.getByRole('button', { name: 'Write and sign it' }).click();
  await open('The diagnosis').waitFor();
});

for (const side of ['marketing', 'sales'] as const)
  step(`fill in the sheet of ${side}`, async () => {
    await page.getByRole('button', { name: `Sheet of ${side}` }).click();
    const sheet = page.getByRole('dialog', { name: `Sheet of ${side}` });
    await sheet.getByText('10 sentences are not answered.').waitFor();
    for (const [at, { text }] of diagnosisQuestions.entries())
      await sheet
        .getByRole('group', { name: text })
        .getByLabel(String(side === 'sales' && at === 4 ? 1 : 4))
        .check();
    await sheet.getByRole('button', { name: 'Keep the sheet' }).click();
    await sheet.waitFor({ state: 'detached' });
  });

step('load leads and deals', async () => {
  await open('Your data').waitFor();
  const example = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Example leads.csv' }).click();
  assert.equal((await example).suggestedFilename(), 'leads.csv');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await page.getByLabel('Files to import').setInputFiles(exports());
  await page.waitForURL(/imports\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: /Try it/ }).click();
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
  await page.getByRole('button', { name: 'Run the import' }).click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
});

step('come back, see the baseline, and keep it', async () => {
  const strip = page.getByRole('complementary', { name: 'Your first afternoon' });
  await strip.getByText('First afternoon: 3 of 5 done.').waitFor();
  await strip.getByRole('link', { name: 'Back to the tasks' }).click();
  await open('The baseline').waitFor();
  await page
    .getByText(/\d+\.\d % to \d+\.\d % \(95 %\)/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Keep it as the baseline' }).click();
  await open('The first definition').waitFor();
});

step('propose the first definition', async () => {
  await page.getByRole('button', { name: 'Write down what an MQL is' }).click();
  await page.getByText(/Where this comes from/).waitFor();
  await page.getByRole('button', { name: 'Keep draft' }).click();
  await page.getByRole('button', { name: 'Propose', exact: true }).click();
  await page.getByRole('dialog', { name: 'Propose MQL, version 1' }).getByRole('button', { name: 'Propose', exact: true }).click();
  await page.getByText('Proposed. Both heads can sign it now.').waitFor();
  await page.getByRole('link', { name: 'Back to the tasks' }).click();
  await page.getByText('All five tasks are done.').waitFor();
});

test('what was done is on record: the first three gates are met, and the fourth is under way', async () => {
  assert.equal(stuck, false, 'a step before it failed');
  const { steps, next } = await api<{ next: string; steps: { step: string; state: string; sentence: string }[] }>(page, '/rollout');
  const states = steps.slice(0, 4).map(({ step: name, state }) => [name, state]);
  assert.deepEqual(
    [states, next],
    [
      [
        ['sponsor', 'through'],
        ['diagnosis', 'through'],
        ['data', 'through'],
        ['language', 'begun'],
      ],
      'language',
    ],
  );
  const { baseline, charter } = await api<{ baseline: { value: string }; charter: { aim: string } }>(page, '/rollout/charter');
  assert.ok(Number(baseline.value) > 0.25 && Number(baseline.value) < 0.42, baseline.value);
  assert.equal(charter.aim, '0.4');
});

test('the whole way says so at a glance, the next step is large, and its material is printed and saved', async () => {
  assert.equal(stuck, false, 'a step before it failed');
  await page.getByRole('link', { name: 'The whole way' }).click();
  await page.getByText('3 of 14 steps are through. Next: one language.').waitFor();
  await page.getByRole('heading', { name: 'Next, step 4: One language' }).waitFor();
  await page.getByText('What an MQL is waits for signatures.').first().waitFor();
  await page.getByRole('link', { name: 'The diagnosis' }).click();
  await page
    .getByText(/disagree most on “Leads that are passed are good enough to be worked\.”: marketing is 3 of 5 points more content/)
    .waitFor();
  await page.getByRole('button', { name: 'Invitation' }).click();
  await page.getByText(/how sales and marketing work together at Nordwind GmbH/).waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  assert.equal((await saved).suggestedFilename(), 'diagnosis invitation.md');
});

test('axe finds nothing serious on the way, light and dark, on a desk and on a phone', async () => {
  await settled(page);
  assert.deepEqual(await faultsOf(app, page, ['/rollout', '/rollout/start', '/rollout/sponsor', '/rollout/diagnosis']), []);
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
