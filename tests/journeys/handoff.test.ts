import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { faultsOf, seriousViolations } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, settled } from './support.ts';

let app: App;
/** Lea, who owns the workspace. */
let lea: Page;
/** Mara, head of marketing; Conor, an SDR; Sam, head of sales, and Chloé of marketing, who judge. Each has a window of their own. */
let mara: Page;
let conor: Page;
let sam: Page;
let chloe: Page;
let campaignId: string;

before(async () => {
  ({ app, lea } = await openSampled());
  await agreeOnOneMinute();
  const people = await Promise.all([
    bringIn(app, lea, 'Mara Ahlström', 'manager'),
    bringIn(app, lea, 'Sam Okonjo', 'manager'),
    bringIn(app, lea, 'Conor Engström'),
    bringIn(app, lea, 'Chloé Beaumont'),
  ]);
  [mara, sam, conor, chloe] = [people[0].page, people[1].page, people[2].page, people[3].page];
  const leave = await api<{ items: { id: string }[] }>(lea, `/absences?memberId=${people[2].id}`);
  for (const { id } of leave.items) await api(lea, `/absences/${id}`, { method: 'DELETE' }); // on whatever day this runs, Conor is there
  ({ id: campaignId } = await post<{ id: string }>('/campaigns', { name: 'Demo days', ownerId: people[0].id }));
  const when = { of: 'lead', field: 'campaignId', is: 'in', value: [campaignId] };
  const rules = [{ name: 'Who asks for a demo', when, to: { memberId: people[2].id } }];
  await api(lea, '/routing', { method: 'PUT', data: { rules, workingHoursOnly: false } });
});
after(() => app?.close());

const post = <T>(path: string, data: unknown): Promise<T> => api<T>(lea, path, { method: 'POST', data });

/** A first attempt within a minute, day and night. Lea signs on behalf of both heads, who have no login yet. */
async function agreeOnOneMinute(): Promise<void> {
  const day = [['00:00', '24:00']];
  const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [name, day]));
  const calendar = await post<{ id: string }>('/calendars', { name: 'Day and night', timeZone: 'Europe/Berlin', weekly });
  const { inForce } = await api<{ inForce: { content: AgreementContent } }>(lea, '/agreement');
  const clauses = inForce.content.clauses.map((clause) =>
    clause.key === 'first-attempt'
      ? { ...clause, metric: { kind: 'firstAttempt', withinMinutes: 1 }, calendar: calendar.id, ladder: clause.ladder.slice(0, 2) }
      : clause,
  );
  const { id } = await post<{ id: string }>('/agreement/versions', { content: { ...inForce.content, clauses } });
  const effectiveFrom = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date());
  await post(`/agreement/versions/${id}/proposal`, { effectiveFrom });
  const { contentHash } = await api<{ contentHash: string }>(lea, `/agreement/versions/${id}`);
  for (const side of ['marketing', 'sales']) await post(`/agreement/versions/${id}/signatures`, { side, contentHash });
}

/** Somebody asks for a demo on the website. */
async function arrives(name: string): Promise<string> {
  const now = new Date().toISOString();
  const phone = '+49 30 1234567';
  const { id } = await post<{ id: string }>('/leads', {
    name,
    company: 'Falk Foods',
    email: 'x@falk.example',
    phone,
    campaignId,
    openedAt: now,
  });
  await post('/touches', { leadId: id, side: 'customer', kind: 'form', direction: 'in', subject: 'Demo asked for', occurredAt: now });
  return id;
}

/** A row of Conor's inbox. */
const row = (name: RegExp) => conor.getByRole('region', { name: 'Leads' }).getByRole('button', { name });
const clockOf = (page: Page, title: string) => page.getByRole('list', { name: 'Clocks' }).getByRole('listitem').filter({ hasText: title });

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await conor.keyboard.press(key);
}

/** As somebody does who has no mouse: a dialog that has just opened gives focus to its first field once more when it has faded in. */
async function tabTo(what: string): Promise<void> {
  const isThere = () => conor.evaluate<boolean>(`document.activeElement.matches('${what}')`);
  for (let presses = 0; presses < 30; presses += 1) {
    if (await isThere()) {
      await conor.waitForTimeout(400);
      if (await isThere()) return;
    }
    await press('Tab');
  }
  assert.fail(`${what} can’t be reached by keyboard.`);
}

const dialog = (page: Page) => page.getByRole('dialog');
/** The dialog closes; one that stays is told with what it says. */
const closed = async (page: Page): Promise<void> => {
  try {
    await dialog(page).waitFor({ state: 'detached' });
  } catch (error) {
    throw new Error(`The dialog stays: ${await dialog(page).innerText()}`, { cause: error });
  }
};

let leadId: string;

test('a lead qualifies and comes to Conor’s inbox while he looks on, with why', async () => {
  await conor.goto('/inbox');
  await settled(conor);
  leadId = await arrives('Olga Falk');
  await row(/^Olga Falk.*To accept.*First attempt/).waitFor(); // above all others: it is due first
  await press('j', 'k');
  await conor.getByRole('heading', { name: 'Olga Falk' }).waitFor();
  await conor.getByRole('list', { name: 'Clauses of the definition' }).getByText('The company is stated').waitFor();
  await conor.getByText(/Form.* · Demo asked for/).waitFor();
  await conor.getByText(/Mara Ahlström is on it in marketing/).waitFor();
  await conor.getByText(/Routed to Conor Engström/).waitFor();
  await conor.getByText(/^Rule “Who asks for a demo” holds: the campaign is .*Demo days/).waitFor();
});

test('axe finds nothing serious between the sides, light and dark, on a desk and on a phone', async () => {
  const pages = ['/inbox', '/attainment', '/attainment/evidence', '/speed', '/speed/who', '/settings/routing', `/leads/${leadId}`];
  assert.deepEqual(await faultsOf(app, sam, pages), []);
});

test('nobody calls within the minute: Conor is reminded and his head told; the call that comes is late', async () => {
  const { items } = await api<{ items: { clause: string; dueAt: string }[] }>(conor, `/leads/${leadId}/clocks`);
  const dueAt = Date.parse(items.find(({ clause }) => clause === 'first-attempt')?.dueAt ?? '');
  await conor.waitForTimeout(Math.max(0, dueAt - Date.now()) + 1);
  await app.tick();
  await conor.getByText('Reminded: Conor Engström').waitFor();
  await conor.getByText('Told the manager: Sam Okonjo').waitFor();
  await clockOf(conor, 'First attempt').getByText('Missed').waitFor();

  await press('a');
  await row(/^Olga Falk.*Being worked/).waitFor(); // and the next one is shown
  await press('k');
  await conor.getByRole('heading', { name: 'Olga Falk' }).waitFor();
  await press('t');
  await dialog(conor).waitFor();
  await tabTo('[type=datetime-local]');
  await press('Enter');
  await closed(conor);
  await clockOf(conor, 'First attempt').getByText('Late').waitFor();
  await clockOf(conor, 'First attempt')
    .getByText(/^Call by Conor Engström: No answer.*, after \d+ min of working time/)
    .waitFor();
});

test('Conor rejects it by clause; Mara sees it come, contests, and is not the one who judges', async () => {
  await mara.goto('/rejections');
  await mara.getByText('Nothing to answer').waitFor();
  await press('r');
  await dialog(conor).waitFor();
  await press('Space');
  assert.deepEqual(await seriousViolations(conor), []);
  await tabTo('textarea');
  await conor.keyboard.type('The number rings at a fax machine.');
  await tabTo('[type=submit]');
  await press('Enter');
  await closed(conor);
  await press('o');
  await conor.getByRole('heading', { name: 'Hand-off: rejected' }).waitFor();

  await mara.getByText('The number rings at a fax machine.').waitFor();
  await mara.getByRole('button', { name: 'Contest' }).click();
  await mara.getByLabel('Why the definition was met').fill('Her e-mail is there: we can reach her.');
  await dialog(mara).getByRole('button', { name: 'Contest' }).click();
  await mara.getByText('Nothing to answer').waitFor();
  await mara.getByText('To judge', { exact: true }).click();
  await mara.getByText('You answered this rejection. Somebody who is not involved judges.').waitFor();
  await conor.getByRole('heading', { name: 'Hand-off: contested' }).waitFor();
});

test('one of each side judges; Conor has it back and Mara sees why', async () => {
  for (const judge of [chloe, sam]) {
    await judge.goto('/rejections?tab=toJudge');
    await judge.getByRole('button', { name: 'Judge' }).click();
    await judge.getByLabel('Yes: the rejection is overturned').check();
    await judge.getByLabel('Why', { exact: true }).fill('An address is enough.');
    await judge.getByRole('button', { name: 'Give the verdict' }).click();
    await closed(judge);
  }
  await conor.getByRole('heading', { name: 'Hand-off: being worked' }).waitFor();
  await mara.getByText('Nothing to judge').waitFor();
  await mara.getByText('All', { exact: true }).click();
  await mara.getByText('Overturned', { exact: true }).waitFor();
  await mara.getByText('Sam Okonjo for sales: overturned').waitFor();
});

test('Conor recycles it; when its day comes Mara begins a new cycle, which is back in his inbox', async () => {
  await mara.goto(`/leads/${leadId}`);
  await mara.getByRole('heading', { name: 'Hand-off: being worked' }).waitFor();
  await press('g', 'b');
  await row(/^Olga Falk/).waitFor();
  while (!(await conor.getByRole('heading', { name: 'Olga Falk' }).isVisible())) await press('j');
  await press('c');
  await dialog(conor).waitFor();
  await conor.keyboard.type('Their budget opens in spring.');
  await conor.getByLabel('Until').fill('2099-03-01');
  await tabTo('[type=submit]');
  await press('Enter');
  await closed(conor);

  await mara.getByRole('heading', { name: 'Hand-off: recycled' }).waitFor();
  await mara.getByText('Back to nurture until 1 Mar 2099.').waitFor();
  await mara.getByRole('button', { name: 'Start a new cycle' }).click();
  await mara.getByRole('link', { name: 'a new cycle' }).click();
  await mara.getByRole('heading', { name: 'Hand-off: to accept' }).waitFor();
  await row(/^Olga Falk.*To accept/).waitFor();
});

test('it is accepted, talked to, confirmed and won, and Mara sees it', async () => {
  await press('j', 'k'); // it is the first
  await conor.getByRole('heading', { name: 'Hand-off: to accept' }).waitFor();
  await conor.getByText(/Form.* · Demo asked for/).waitFor(); // what it saw in the earlier cycle
  await press('a');
  await mara.getByRole('heading', { name: 'Hand-off: being worked' }).waitFor();
  await row(/^Olga Falk.*Being worked/).waitFor();
  await press('k');
  await conor.getByRole('heading', { name: 'Olga Falk' }).waitFor();
  await press('t');
  await dialog(conor).waitFor();
  await press('Tab', 'ArrowDown', 'ArrowUp', 'Enter');
  assert.equal(await conor.getByRole('combobox', { name: 'Outcome' }).inputValue(), 'Connected');
  await tabTo('[type=submit]');
  await press('Enter');
  await closed(conor);
  await conor.getByRole('button', { name: 'Confirm opportunity (SQL)', exact: true }).waitFor();
  await press('q');
  await dialog(conor).waitFor();
  await conor.keyboard.type('A plan for two plants this year.');
  await tabTo('[type=submit]');
  await press('Enter');
  await mara.getByRole('heading', { name: 'Hand-off: opportunity' }).waitFor();

  const cycle = new URL(mara.url()).pathname.split('/').at(-1);
  const deal = { name: 'Two plants', leadId: cycle, status: 'open', amount: '4800000', currency: 'EUR' };
  const { id } = await api<{ id: string }>(conor, '/deals', { method: 'POST', data: deal });
  await api(conor, `/deals/${id}`, { method: 'PATCH', data: { sets: { status: 'won' } } });
  await mara.getByRole('list', { name: 'Stages' }).getByRole('listitem').filter({ hasText: 'Won', hasNotText: 'not yet' }).waitFor();
});

test('axe finds nothing serious in rejections, light and dark, on a desk and on a phone', async () => {
  assert.deepEqual(await faultsOf(app, chloe, ['/', '/rejections?tab=all', '/rejections?tab=quality', `/leads/${leadId}`]), []);
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
