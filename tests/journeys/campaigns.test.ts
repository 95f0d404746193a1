import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, settled } from './support.ts';

let app: App;
/** Lea leads both sides; Mara is marketing's head, Jana a rep. */
let lea: Page;
let mara: Page;
let jana: Page;
let janaId: string;
let campaign: string;

before(async () => {
  // A year and a half: its last campaigns run today.
  ({ app, lea } = await openSampled());
  await workedTogether();
  ({ page: mara } = await bringIn(app, lea, 'Mara Ahlström', 'manager'));
  ({ page: jana, id: janaId } = await bringIn(app, lea, 'Jana Großmann'));
});
after(() => app?.close());

/** Proposals are the last of what the sample's campaigns have. */
async function workedTogether(): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await lea.waitForTimeout(200)) {
    const { items } = await api<{ items: unknown[] }>(lea, '/proposals?state=all');
    if (items.length > 0) return;
    if (Date.now() > deadline) assert.fail('The sample’s campaigns are not there within a minute.');
  }
}

test('marketing plans a campaign, publishes its brief and asks a rep for a part', async () => {
  await mara.goto('/campaigns?new=1');
  const dialog = mara.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name *' }).fill('Breakfast in Leeds');
  await dialog.getByRole('button', { name: /^(Create|Save|Add)/ }).click();
  await mara.waitForURL(/campaigns\/[0-9a-f-]{36}/);
  campaign = mara.url().match(/[0-9a-f-]{36}/)![0];
  await mara.getByRole('button', { name: 'Begin a plan' }).click();
  await mara.getByLabel('Message').fill('An hour with a planner of ours, on their own numbers.');
  await mara.getByRole('button', { name: 'Add a point' }).click();
  await mara.getByLabel('Say, line 1', { exact: true }).fill('Start with the delay they told us about.');
  await mara.getByRole('button', { name: 'Save as a draft' }).click();
  await mara.getByRole('button', { name: 'Publish the brief' }).click();
  await mara.getByRole('heading', { name: 'The brief, version 1' }).waitFor();
  await mara.getByText('Parts', { exact: true }).click();
  await mara.getByRole('button', { name: 'Ask for a part' }).click();
  const asking = mara.getByRole('dialog', { name: 'Ask for a part' });
  await asking.getByRole('combobox', { name: 'Part', exact: true }).click();
  await mara.getByRole('option', { name: 'Follow up responders' }).click();
  await asking.getByRole('combobox', { name: 'Reps' }).fill('Jana');
  await mara.getByRole('option', { name: 'Jana Großmann' }).click();
  await asking.getByLabel('How many people followed up').fill('1');
  await asking.getByRole('button', { name: 'Ask', exact: true }).click();
  await mara.getByText('Jana Großmann').first().waitFor();
});

test('the rep finds the part on Today, accepts it, reads the brief, and the campaign is launched', async () => {
  await jana.goto('/');
  const part = jana.getByRole('article', { name: 'Follow up responders, Jana Großmann' }).filter({ hasText: 'Breakfast in Leeds' });
  await part.getByRole('button', { name: 'Accept' }).click();
  await jana.getByRole('link', { name: /Read the brief of Breakfast in Leeds/ }).click();
  await jana.getByRole('button', { name: 'I have read the brief' }).click();
  await mara.goto(`/campaigns/${campaign}`);
  await mara.getByText('Acknowledged:').waitFor();
  assert.match(await mara.getByText('Acknowledged:').locator('..').innerText(), /Jana Großmann/);
  await mara.getByRole('button', { name: 'Launch' }).click();
  await mara.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await mara.getByText('Launched', { exact: true }).first().waitFor();
});

test('who responded waits until a person tries them', async () => {
  const { items } = await api<{ items: { campaign: { id: string }; person: { name: string; leadId: string | null } }[] }>(
    mara,
    '/campaigns/follow-up?of=all',
  );
  const { campaign: ran, person } = items.find((item) => item.person.leadId !== null)!;
  await mara.goto(`/campaigns/${ran.id}?part=follow-up`);
  // Not the list of members below, which keeps them.
  const followUp = mara.locator('section').filter({ has: mara.getByRole('heading', { name: /responded and wait/ }) });
  const waiting = followUp.getByRole('link', { name: person.name, exact: true });
  await waiting.first().waitFor();
  const before = await waiting.count();
  await api(jana, '/touches', { method: 'POST', data: call(person.leadId!, ran.id) });
  for (const deadline = Date.now() + 60_000; (await waiting.count()) >= before; await mara.waitForTimeout(100))
    if (Date.now() > deadline) assert.fail(`${person.name} still waits a minute after the call.`);
});

const call = (leadId: string, campaignId: string) => ({
  ...{ kind: 'call', side: 'sales', direction: 'out', outcome: 'connected', leadId, campaignId, memberId: janaId },
  occurredAt: new Date(Date.now() - 60_000).toISOString(),
});

test('a call counts as evidence of the rep’s part, and opens', async () => {
  const { items } = await api<{ items: { id: string }[] }>(lea, '/leads?limit=1');
  await api(mara, `/campaigns/${campaign}/members`, { method: 'POST', data: { leadIds: [items[0]!.id], status: 'Invited' } });
  await api(jana, '/touches', { method: 'POST', data: call(items[0]!.id, campaign) });
  await jana.goto(`/campaigns/${campaign}?part=effect`);
  const row = jana.getByRole('region', { name: 'By person' }).getByRole('row', { name: /Jana Großmann/ });
  await row.getByRole('button').click();
  await jana
    .getByRole('dialog')
    .getByText(/connected/)
    .waitFor();
});

test('participation and lift of a campaign of the past are told with what they rest on', async () => {
  const { campaigns } = await api<{ campaigns: { campaign: { id: string }; counts: { evidenced: number } | null }[] }>(
    lea,
    '/campaigns/participation',
  );
  const joint = campaigns.toSorted((one, other) => (other.counts?.evidenced ?? 0) - (one.counts?.evidenced ?? 0))[0]!;
  await mara.goto(`/campaigns/${joint.campaign.id}?part=effect`);
  await settled(mara);
  const teams = mara.getByRole('region', { name: 'By team' });
  assert.match(await teams.getByRole('row', { name: /^All reps/ }).innerText(), /\d+ %/);
  const sql = mara.getByRole('region', { name: 'Lift: SQL' });
  assert.match(await sql.innerText(), /comparable, without a part|too few/i);
});

test('the rep asks for something, and sees marketing’s answer', async () => {
  await jana.goto('/campaigns/proposals');
  await jana.getByRole('button', { name: 'Propose something' }).click();
  const asking = jana.getByRole('dialog', { name: 'Propose something' });
  await asking.getByLabel('In one line').fill('A page about spare parts');
  await asking.getByRole('button', { name: 'Propose', exact: true }).click();
  await jana.getByText('A page about spare parts').first().waitFor();
  await mara.goto('/campaigns/proposals?sort=newest');
  await mara.getByText('A page about spare parts').first().click();
  const drawer = mara.getByRole('dialog').first();
  await drawer.getByRole('button', { name: 'Decline' }).click();
  const answer = mara.getByRole('dialog').filter({ hasText: 'Decline' }).last();
  await answer.getByRole('textbox').last().fill('Service writes it; see their page.');
  await answer.getByRole('button', { name: 'Decline' }).click();
  await jana.getByText('Service writes it; see their page.').first().waitFor();
});

test('every page of campaigns is by the rules, on every screen', async () => {
  const pages = [
    '/campaigns',
    `/campaigns/${campaign}`,
    `/campaigns/${campaign}?part=parts`,
    `/campaigns/${campaign}?part=effect`,
    '/campaigns/calendar',
    '/campaigns/proposals',
    '/campaigns/library',
  ];
  assert.deepEqual(await faultsOf(app, mara, pages), []);
  assert.deepEqual(app.mishaps, []);
});
