/** Which touches lead to which conversions, on small companies where it can be said by hand. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AttributedCompany, openAttributed } from '#tests/support/attributed.ts';
import { recordRate } from './actions/rates.ts';
import { mergeRecords } from '#features/records/actions/merge-records.ts';

let companies: Awaited<ReturnType<typeof openAttributed>>;
before(async () => void (companies = await openAttributed()));
after(() => companies.close());

const on = (day: string, hour = 9): string => `2026-${day}T${String(hour).padStart(2, '0')}:00:00Z`;

interface Lind {
  readonly company: AttributedCompany;
  readonly account: string;
  readonly ada: string;
  readonly leadId: string;
}

/** Lind AB with its contact Ada and her lead of 2 March. */
async function lind(settings: { currency?: string } = {}): Promise<Lind> {
  const company = await companies.make(settings);
  const account = await company.record('account', { name: 'Lind AB', segment: 'Mid-market' });
  const ada = await company.record('contact', { fullName: 'Ada Lind', accountId: account });
  const leadId = await company.record('lead', { name: 'Ada’s request', contactId: ada, accountId: account, openedAt: on('03-02') });
  return { company, account, ada, leadId };
}

const won = (sets: Record<string, unknown> = {}) => ({
  name: 'Planner',
  status: 'won',
  openedAt: on('03-10'),
  closedAt: on('04-01'),
  amount: '1200000',
  currency: 'EUR',
  ...sets,
});

test('a won deal takes the account’s touches up to its moment; what comes after is open', async () => {
  const { company, account, ada, leadId } = await lind();
  await company.record('deal', won({ accountId: account, leadId }));
  await company.touch(on('03-01'), 'Paid Search', { leadId });
  await company.touch(on('03-02'), 'Email', { contactId: ada });
  await company.touch(on('03-09'), 'Referral', { accountId: account });
  await company.touch(on('04-01'), 'Direct', { leadId });
  await company.touch(on('04-01', 10), 'Display', { leadId });
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Paid Search > Email > Referral > Direct', 'Lind AB → …: Display']);
  assert.deepEqual(await company.credit('first'), { 'Paid Search': '1200000', Email: '0', Referral: '0', Direct: '0' });
  // W: the lead was opened on 2 March with the e-mail, the deal on 10 March after the referral.
  assert.deepEqual(await company.credit('w'), { 'Paid Search': '360000', Email: '360000', Referral: '360000', Direct: '120000' });
  assert.deepEqual(
    await company.credit('z'),
    { 'Paid Search': '300000', Email: '300000', Referral: '300000', Direct: '300000' },
    'full path: nothing between, a quarter each',
  );
  assert.deepEqual(await company.credit('linear'), { 'Paid Search': '300000', Email: '300000', Referral: '300000', Direct: '300000' });
  const answer = await company.answer();
  assert.equal(answer.total.value, '1200000');
  assert.equal(answer.total.openJourneys, 1);
  for (const model of answer.models.filter(({ kind }) => kind === 'rule')) assert.equal(model.difference, '0', model.model);
  assert.deepEqual(await company.strays(), []);
});

test('touches older than the look-back don’t count', async () => {
  const { company, account, leadId } = await lind();
  await company.record('deal', won({ accountId: account, leadId }));
  await company.touch('2025-10-03T09:00:00Z', 'Display', { leadId });
  await company.touch('2025-10-03T08:59:59Z', 'Events', { leadId });
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Display'], '180 days before 1 April, to the second');
  await company.set({ lookBackDays: 30 });
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner:']);
  const answer = await company.answer();
  assert.deepEqual([answer.unattributed.conversions, answer.unattributed.value, answer.rows], [1, '1200000', []]);
  assert.equal(answer.models[0]!.difference, '0');
  assert.deepEqual(await company.strays(), []);
});

test('two deals of one account share touches; each is credited its own amount', async () => {
  const { company, account, leadId } = await lind();
  await company.touch(on('03-01'), 'Paid Search', { leadId });
  await company.record('deal', won({ accountId: account, leadId, closedAt: on('03-20'), amount: '1000' }));
  await company.touch(on('03-25'), 'Email', { leadId });
  await company.record('deal', won({ name: 'More Planner', accountId: account, closedAt: on('04-20'), amount: '301' }));
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Paid Search', 'Lind AB → More Planner: Paid Search > Email']);
  assert.deepEqual(await company.credit('linear'), { 'Paid Search': '1151', Email: '150' }, 'the odd unit goes to the earlier touch');
});

test('a deal that is lost, then won, then lost again', async () => {
  const { company, account, leadId } = await lind();
  await company.touch(on('03-01'), 'Paid Search', { leadId });
  const deal = await company.record('deal', won({ accountId: account, leadId, status: 'lost' }));
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → …: Paid Search']);
  await company.record('deal', { status: 'won' }, deal);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Paid Search']);
  assert.equal((await company.answer()).total.value, '1200000');
  await company.record('deal', { status: 'lost' }, deal);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → …: Paid Search']);
  assert.equal((await company.answer()).total.conversions, 0);
  assert.deepEqual(await company.strays(), []);
});

test('a touch taken out of account earns nothing any more', async () => {
  const { company, account, leadId } = await lind();
  const first = await company.touch(on('03-01'), 'Paid Search', { leadId });
  await company.touch(on('03-02'), 'Email', { leadId });
  await company.record('deal', won({ accountId: account, leadId }));
  await company.follow();
  assert.deepEqual(await company.credit('first'), { 'Paid Search': '1200000', Email: '0' });
  await company.voidTouch(first);
  await company.follow();
  assert.deepEqual(await company.credit('first'), { Email: '1200000' });
  assert.deepEqual(await company.strays(), []);
});

test('merged contacts and accounts are one unit, and two again when the merge is taken back', async () => {
  const { company, account, ada, leadId } = await lind();
  const other = await company.record('account', { name: 'Lind Aktiebolag' });
  const twin = await company.record('contact', { fullName: 'A. Lind' });
  await company.touch(on('03-01'), 'Display', { accountId: other });
  await company.touch(on('03-03'), 'Events', { contactId: twin });
  await company.touch(on('03-05'), 'Email', { leadId });
  await company.record('deal', won({ accountId: account, leadId }));
  await company.follow();
  assert.deepEqual(await company.journeys(), ['A. Lind → …: Events', 'Lind AB → Planner: Email', 'Lind Aktiebolag → …: Display']);
  const merge = (kind: 'account' | 'contact', survivorId: string, otherId: string) =>
    company.inside((tx) => mergeRecords(tx, company.workspaceId, { kind, survivorId, otherId, memberId: company.memberId }));
  await merge('contact', ada, twin);
  await merge('account', account, other);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Display > Events > Email']);
  assert.deepEqual(await company.strays(), []);
  await company.record('account', { mergedInto: null }, other);
  await company.record('contact', { mergedInto: null }, twin);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['A. Lind → …: Events', 'Lind AB → Planner: Email', 'Lind Aktiebolag → …: Display']);
  assert.deepEqual(await company.strays(), []);
});

test('a contact that comes to an account brings its touches along', async () => {
  const { company, account } = await lind();
  const ben = await company.record('contact', { fullName: 'Ben Berg' });
  await company.touch(on('03-03'), 'Events', { contactId: ben });
  await company.record('deal', won({ accountId: account }));
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Ben Berg → …: Events', 'Lind AB → Planner:']);
  await company.record('contact', { accountId: account }, ben);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Events']);
  await company.record('contact', { accountId: null }, ben);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Ben Berg → …: Events', 'Lind AB → Planner:']);
  assert.deepEqual(await company.strays(), []);
});

test('on every basis: whose touches make one journey', async () => {
  const { company, account, ada, leadId } = await lind();
  const ben = await company.record('contact', { fullName: 'Ben Berg', accountId: account });
  const second = await company.record('lead', { name: 'Ben’s request', contactId: ben, openedAt: on('03-05') });
  const dealId = await company.record('deal', won({ contactId: ada, leadId }));
  await company.touch(on('03-01'), 'Display', { accountId: account });
  await company.touch(on('03-02'), 'Email', { contactId: ada });
  await company.touch(on('03-03'), 'Paid Search', { leadId });
  await company.touch(on('03-04'), 'Referral', { leadId: second });
  await company.touch(on('03-11'), 'Events', { dealId });
  await company.follow();
  const journeysBy = async (basis: 'account' | 'contact' | 'lead' | 'deal') => {
    await company.set({ basis });
    const journeys = await company.journeys();
    assert.deepEqual(await company.strays(), [], basis);
    const answer = await company.answer();
    assert.equal(answer.total.value, '1200000', basis);
    for (const model of answer.models.filter(({ kind }) => kind === 'rule')) assert.equal(model.difference, '0', `${basis} ${model.model}`);
    return journeys;
  };
  assert.deepEqual(await journeysBy('account'), ['Lind AB → Planner: Display > Email > Paid Search > Referral > Events']);
  assert.deepEqual(await journeysBy('contact'), [
    'Ada Lind → Planner: Email > Paid Search > Events',
    'Ben Berg → …: Referral',
    'Lind AB → …: Display',
  ]);
  assert.deepEqual(await journeysBy('lead'), [
    'Ada’s request → Planner: Email > Paid Search > Events',
    'Ben’s request → …: Referral',
    'Lind AB → …: Display',
  ]);
  assert.deepEqual(await journeysBy('deal'), [
    'Ben’s request → …: Referral',
    'Lind AB → …: Display',
    'Planner → Planner: Email > Paid Search > Events',
  ]);
});

test('every kind of conversion ends the journey at its own moment, with the value it has', async () => {
  const { company, account, leadId } = await lind();
  await company.record('lead', { mqlAt: on('03-03'), sqlAt: on('03-06'), value: '50000', currency: 'EUR' }, leadId);
  await company.record('deal', won({ accountId: account, leadId }));
  await company.touch(on('03-01'), 'Display', { leadId });
  await company.touch(on('03-05'), 'Email', { leadId });
  await company.touch(on('03-08'), 'Events', { leadId });
  await company.touch(on('03-20'), 'Direct', { leadId });
  await company.follow();
  const by = async (conversion: 'won' | 'deal' | 'sql' | 'mql') => {
    await company.set({ conversion });
    assert.deepEqual(await company.strays(), [], conversion);
    return [...(await company.journeys()), (await company.answer()).total.value];
  };
  assert.deepEqual(await by('won'), ['Lind AB → Planner: Display > Email > Events > Direct', '1200000']);
  assert.deepEqual(await by('deal'), ['Lind AB → Planner: Display > Email > Events', 'Lind AB → …: Direct', '1200000']);
  // The lead learned its value from the deal when it was won.
  const value = (await company.value(`SELECT value FROM leads WHERE id = '${leadId}'`))!;
  assert.deepEqual(await by('sql'), ['Lind AB → Ada’s request: Display > Email', 'Lind AB → …: Events > Direct', value]);
  assert.deepEqual(await by('mql'), ['Lind AB → Ada’s request: Display', 'Lind AB → …: Email > Events > Direct', value]);
});

test('where a unit has no deal at all, its leads’ own times of winning count', async () => {
  const { company, leadId } = await lind();
  await company.touch(on('03-01'), 'Display', { leadId });
  await company.record('lead', { wonAt: on('03-09'), value: '900', currency: 'EUR' }, leadId);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Ada’s request: Display']);
  assert.deepEqual(await company.credit('last'), { Display: '900' });
});

test('whose touches count is a matter of the setting; a note and an automatic reply never are an interaction', async () => {
  const { company, account, leadId } = await lind();
  await company.record('deal', won({ accountId: account, leadId }));
  await company.touch(on('03-01'), 'Email', { leadId, side: 'marketing', kind: 'email', automated: true });
  await company.touch(on('03-02'), null, { leadId, side: 'sales', kind: 'call', direction: 'out' });
  await company.touch(on('03-03'), null, { leadId, side: 'sales', kind: 'email', automated: true });
  await company.touch(on('03-04'), 'Email', { leadId, kind: 'email', automated: true });
  await company.touch(on('03-05'), null, { leadId, side: 'sales', kind: 'note' });
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Email > Sales calls']);
  await company.set({ automated: true });
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Email > Sales calls > Sales e-mails > Email']);
  await company.set({ sides: ['sales'] });
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Sales calls']);
});

test('a deal in another currency counts by the rate of its day; without one it counts, without an amount, and is named', async () => {
  const { company, account, leadId } = await lind();
  await company.touch(on('03-01'), 'Display', { leadId });
  await company.record('deal', won({ accountId: account, leadId, amount: '10000', currency: 'CHF' }));
  await company.record('deal', won({ name: 'Yen', accountId: account, amount: '10000', currency: 'JPY' }));
  await company.record('deal', won({ name: 'Free', accountId: account, amount: null, currency: null }));
  await company.rows(`INSERT INTO exchange_rates (workspace_id, id, currency, into_currency, on_day, rate) VALUES
    (:ws, accord.new_id(), 'CHF', 'EUR', '2026-04-01', 1.05), (:ws, accord.new_id(), 'CHF', 'EUR', '2026-04-02', 2)`);
  await company.follow();
  const answer = await company.answer();
  assert.equal(answer.total.conversions, 3);
  assert.equal(answer.total.value, '10500');
  assert.deepEqual(answer.notes, [
    '1 conversion in JPY has no exchange rate for the day: counted as conversions, without an amount.',
    '1 conversion states no amount: counted as conversions, without one.',
  ]);
  const rate = { currency: 'JPY', onDay: '2026-03-31', rate: '0.006', source: null };
  await company.inside((tx) => recordRate(tx, company.who, rate as Parameters<typeof recordRate>[2]));
  await company.follow();
  assert.equal((await company.answer()).total.value, '16500', '10,000 yen are 60 euros');
  assert.deepEqual(await company.strays(), []);
});

test('the company’s own rules group channels; a campaign’s channel stands in for a touch that states none', async () => {
  const { company, account, leadId } = await lind();
  const campaignId = await company.record('campaign', { name: 'Spring fair', channel: 'Events' });
  await company.record('deal', won({ accountId: account, leadId }));
  await company.touch(on('03-01'), 'cpc', { leadId, campaignId });
  await company.touch(on('03-02'), null, { leadId, kind: 'event', campaignId });
  await company.touch(on('03-03'), null, { leadId, kind: 'chat' });
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Paid Search > Events > Unassigned']);
  await company.set({ ownRules: [{ group: 'Fairs', all: [{ field: 'campaign', is: 'contains', value: 'FAIR' }] }] });
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Fairs > Fairs > Unassigned']);
  await company.record('campaign', { name: 'Spring' }, campaignId);
  await company.follow();
  assert.deepEqual(await company.journeys(), ['Lind AB → Planner: Paid Search > Events > Unassigned'], 'a renamed campaign is read anew');
  assert.deepEqual(await company.credit('linear', { by: 'campaign' }), { Spring: '800000', 'No campaign': '400000' });
  assert.deepEqual(await company.strays(), []);
});

test('by lead, a contact’s deal that came of no lead has the touches that name the contact alone', async () => {
  const { company, account, ada } = await lind();
  await company.set({ basis: 'lead' });
  await company.record('deal', won({ name: 'More seats', accountId: account, contactId: ada }));
  await company.touch(on('03-20'), 'Email', { contactId: ada });
  await company.follow();
  const journeys = await company.journeys();
  assert.ok(journeys.includes('Ada Lind → More seats: Email'), journeys.join('\n'));
  assert.ok(journeys.includes('Ada’s request → …: Email'), journeys.join('\n'));
  await company.touch(on('03-21'), 'Direct', { contactId: ada });
  await company.follow();
  assert.ok((await company.journeys()).includes('Ada Lind → More seats: Email > Direct'));
  assert.deepEqual(await company.strays(), []);
});
