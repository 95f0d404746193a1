import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CostAnswer, CostRecords } from '#features/alignment/contract/cost.ts';
import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import type { IndexRecords } from '#features/alignment/contract/index-records.ts';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, settled } from './support.ts';

let app: App;
/** Lea leads the company; Mara and Sam lead marketing and sales; Conor is an SDR. */
let lea: Page;
let mara: Page;
let sam: Page;
let conor: Page;
let conorId: string;
/** The last day the sample knows of: the index of today would look at a quarter in which it stood still. */
let asOf: string;

before(async () => {
  ({ app, lea } = await openSampled());
  const people = await Promise.all([
    bringIn(app, lea, 'Mara Ahlström', 'manager'),
    bringIn(app, lea, 'Sam Okonjo', 'manager'),
    bringIn(app, lea, 'Conor Engström'),
  ]);
  [mara, sam, conor] = [people[0].page, people[1].page, people[2].page];
  conorId = people[2].id;
  ({ asOf } = await api<CostAnswer>(lea, '/alignment/cost'));
});
after(() => app?.close());

const dialog = (page: Page) => page.getByRole('dialog');
const post = <T>(page: Page, path: string, data: unknown): Promise<T> => api<T>(page, path, { method: 'POST', data });
/** As the server counts them, after `/api/v1`. */
const asked = (url: string): string => url.replace(/^\/api\/v1/, '');

test('a leader reads what not working together costs, and opens a cause to its leads and its formula', async () => {
  const { causes, total } = await api<CostAnswer>(lea, '/alignment/cost');
  const cause = causes.find(({ amount, of }) => amount !== null && of === 'lead')!;
  const records = await api<CostRecords>(lea, asked(cause.recordsUrl!));
  assert.equal(records.sum.amount, cause.amount, 'what its records carry is what it costs');
  await lea.goto('/alignment');
  await lea.getByRole('link', { name: 'Cost of misalignment' }).click();
  await lea.getByText(/^Not working together cost about/).waitFor();
  await lea
    .getByRole('img', { name: /, between / })
    .first()
    .waitFor();
  const untold = causes.filter(({ amount }) => amount === null);
  assert.equal(total.without.length, untold.length);
  for (const { label, whyNot } of untold) {
    const row = lea.getByRole('region', { name: 'Causes' }).getByRole('row', { name: new RegExp(`^${label}`) });
    assert.ok((await row.innerText()).includes(whyNot!), `${label} says why it has no amount`);
  }
  await lea.getByRole('button', { name: new RegExp(`^${cause.label}: [\\d,]+ leads?$`) }).click();
  const drawer = dialog(lea);
  await drawer.getByText(cause.formula.replace('Σ ', '')).waitFor(); // small, a sigma is another letter at the end of a word
  await drawer.getByText(cause.basis).waitFor();
  const heading = drawer.getByRole('heading', { name: new RegExp(`^${records.total.toLocaleString('en-GB')} leads?, `) });
  await heading.waitFor();
  const first = records.items[0]!;
  await drawer
    .getByRole('row', { name: new RegExp(first.name) })
    .getByText(first.why)
    .first()
    .waitFor();
  await drawer.getByRole('link', { name: first.name }).first().click();
  await lea.waitForURL(`**/leads/${first.id}`);
});

test('one month of a cause opens into the leads of that month', async () => {
  await lea.goto('/alignment/cost');
  const cell = lea.getByRole('region', { name: 'Cost by cause and month' }).locator('tbody tr').first().getByRole('button').first();
  const said = /: ([\d,]+) leads?, between/.exec((await cell.getAttribute('aria-label'))!)![1]!;
  await cell.click();
  await dialog(lea)
    .getByRole('heading', { name: new RegExp(`^${said} leads?, `) })
    .waitFor();
});

test('an assumption is changed, every number follows, and it is taken back', async () => {
  const before = await api<CostAnswer>(lea, '/alignment/cost');
  await lea.goto('/alignment/cost?assumptions=open');
  const save = dialog(lea).getByRole('button', { name: 'Save' });
  await dialog(lea).getByText('Nothing is changed yet.').waitFor();
  assert.equal(await save.isDisabled(), true);
  await dialog(lea).getByLabel('Enough are attempts').fill('2');
  await save.click();
  await lea.getByText('The assumptions are set; every number is counted by them.').waitFor();
  const during = await api<CostAnswer>(lea, '/alignment/cost');
  assert.equal(during.agreed.attempts, 2);
  const early = (of: CostAnswer) => BigInt(of.causes.find(({ cause }) => cause === 'tooFewAttempts')!.amount ?? '0');
  assert.ok(early(during) < early(before), 'fewer attempts are enough, so fewer leads were given up too early');
  await lea.getByRole('button', { name: 'Undo' }).click();
  await lea.waitForResponse((answer) => answer.url().includes('/alignment/cost?') && answer.ok());
  assert.equal((await api<CostAnswer>(lea, '/alignment/cost')).total.amount, before.total.amount);
});

test('a leader reads the index, opens a number to its records and its formula', async () => {
  const index = await api<IndexAnswer>(lea, `/alignment/index?on=${asOf}`);
  const points = index.activities.flatMap(({ components }) => components).reduce((sum, each) => sum + (each.points ?? 0), 0);
  assert.ok(Math.abs(points - index.score!) < 0.005, 'the points of the parts are the index');
  await lea.goto(`/alignment?on=${asOf}`);
  await lea.getByText(index.says).waitFor();
  const activity = index.activities.find(({ activity }) => activity === 'share')!;
  await lea.getByRole('img', { name: new RegExp(`^${activity.label}: ${Math.round(activity.score!)} of 100`) }).waitFor();
  await lea.getByRole('button', { name: new RegExp(`^${activity.label}`) }).click();
  const component = activity.components.find(({ recordsUrl, sharePercent }) => recordsUrl !== null && sharePercent !== null)!;
  const records = await api<IndexRecords>(lea, asked(component.recordsUrl!));
  assert.deepEqual([records.sum.count, records.sum.of], [component.count, component.of]);
  const parts = lea.getByRole('region', { name: `Parts of “${activity.label}”` });
  await parts.getByRole('button', { name: `${component.label}: ` }).click();
  const drawer = dialog(lea);
  await drawer.getByText(component.formula).waitFor();
  await drawer.getByText(component.formulaAt).waitFor();
  await drawer
    .getByRole('heading', { name: `: ${component.count.toLocaleString('en-GB')} of ${component.of.toLocaleString('en-GB')} met` })
    .waitFor();
  await drawer.getByRole('link', { name: records.items[0]!.name }).first().click();
  await lea.waitForURL(`**${records.items[0]!.opens}`);
});

test('what moved it adds up to its change; what is not measured says so and is not zero', async () => {
  const index = await api<IndexAnswer>(lea, `/alignment/index?on=${asOf}`);
  const { moved, activities } = index;
  assert.ok(Math.abs(moved.lines.reduce((sum, { points }) => sum + points, 0) - moved.change!) < 0.005);
  await lea.goto(`/alignment?on=${asOf}`);
  await lea.getByRole('heading', { name: /^What moved it since / }).waitFor();
  for (const { label, score } of activities)
    if (score === null) await lea.getByRole('img', { name: `${label}: not measured yet` }).waitFor();
  const without = activities.find(({ components }) => components.some(({ score }) => score === null))!;
  await lea.getByRole('button', { name: new RegExp(`^${without.label}`) }).click();
  await lea.getByText('Not measured yet.').first().waitFor();
  const [next] = index.next;
  assert.ok(next, 'something is open that would move it');
  await lea.getByRole('button', { name: next.label }).last().click();
  await dialog(lea).getByText(next.label).first().waitFor();
});

test('a rep reads the same index and scoreboard, and no pay', async () => {
  const ofLea = await api<CostAnswer>(lea, '/alignment/cost');
  const ofConor = await api<CostAnswer>(conor, '/alignment/cost');
  const hours = ofLea.causes.find(({ cause }) => cause === 'rejectedHours')!;
  assert.ok(hours.amount !== null, 'who may see pay is told what the hours cost');
  assert.equal(ofConor.causes.find(({ cause }) => cause === 'rejectedHours')!.amount, null);
  await conor.goto('/alignment/cost');
  await conor.getByText(/What an hour costs rests on pay, which you may not see/).waitFor();
  const shown = await conor.locator('#content').innerText();
  assert.ok(!shown.includes(/about (\S+),/.exec(hours.says!)![1]!), 'the amount stands nowhere on the page');
  await conor.goto('/alignment/cost?assumptions=open');
  await dialog(conor)
    .getByText(/The assumptions are set by the heads/)
    .waitFor();
  assert.equal(await dialog(conor).getByRole('button', { name: 'Save' }).isDisabled(), true);
  const boards = await Promise.all([lea, conor].map((page) => api<{ index: { score: number | null } }>(page, '/alignment/scoreboard')));
  assert.equal(boards[0]!.index.score, boards[1]!.index.score);
  await conor.goto('/scoreboard');
  await conor.getByRole('region', { name: 'The two sides together' }).getByRole('link', { name: 'The index' }).click();
  await conor.getByRole('heading', { name: 'Alignment', level: 1 }).waitFor();
});

test('Today is one list of what only its reader can move: what is due first, then by what hangs on it', async () => {
  await leadForConor('Ada Lindqvist');
  const { items } = await api<{ items: { id: string }[] }>(
    lea,
    `/leads?limit=1&filter=${encodeURIComponent(JSON.stringify({ all: [{ field: 'ownerId', is: 'eq', value: conorId }] }))}`,
  );
  const behaviour = 'The first call was made on the ninth day.';
  await post(mara, '/feedback', { tone: 'criticism', subjectKind: 'lead', subjectId: items[0]!.id, behaviour, nextTime: 'Call sooner.' });
  await conor.goto('/');
  const list = conor.getByRole('list', { name: 'What only you can move' });
  await list.getByRole('link', { name: /^Leads Ada Lindqvist/ }).waitFor();
  await list.getByRole('link', { name: /ninth day/ }).waitFor();
  await list.getByRole('link', { name: /numbers of this month to guess/ }).waitFor();
  const rows = await list
    .locator('> li')
    .evaluateAll((found) => found.map((each) => ({ urgency: (each as HTMLElement).dataset['urgency'], text: each.textContent ?? '' })));
  const rank = rows.map(({ urgency }) => ['overdue', 'today', 'later'].indexOf(urgency ?? ''));
  assert.deepEqual(
    rank,
    rank.toSorted((one, other) => one - other),
  );
  const at = (words: RegExp): number => rows.findIndex(({ text }) => words.test(text));
  assert.match(rows[at(/^LeadsAda Lindqvist/)]!.text, /due in/, 'a lead has its clock');
  assert.ok(at(/^LeadsAda Lindqvist/) < at(/ninth day/), 'a lead goes before a colleague');
  assert.ok(at(/ninth day/) < at(/to guess/), 'a colleague goes before what is only worth knowing');
  await list.getByRole('link', { name: /^Leads Ada Lindqvist/ }).click();
  await conor.waitForURL('**/inbox?**');
  await conor.getByRole('heading', { name: 'Ada Lindqvist' }).first().waitFor();
});

/** Somebody asks for a demo, and Conor is who gets such leads. */
async function leadForConor(name: string): Promise<void> {
  const leave = await api<{ items: { id: string }[] }>(lea, `/absences?memberId=${conorId}`);
  for (const { id } of leave.items) await api(lea, `/absences/${id}`, { method: 'DELETE' }); // on whatever day this runs, Conor is there
  const campaign = await post<{ id: string }>(lea, '/campaigns', { name: 'Demo days' });
  const when = { of: 'lead', field: 'campaignId', is: 'in', value: [campaign.id] };
  const rules = [{ name: 'Who asks for a demo', when, to: { memberId: conorId } }];
  await api(lea, '/routing', { method: 'PUT', data: { rules, workingHoursOnly: false } });
  const now = new Date().toISOString();
  const email = 'ada@falk.example';
  const lead = { name, company: 'Falk Foods', email, phone: '+49 30 1234567', campaignId: campaign.id, openedAt: now };
  const { id } = await post<{ id: string }>(lea, '/leads', lead);
  await post(lea, '/touches', { leadId: id, side: 'customer', kind: 'form', direction: 'in', subject: 'Demo asked for', occurredAt: now });
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await lea.waitForTimeout(100)) {
    const { items } = await api<{ items: { leadId: string; next: unknown }[] }>(conor, '/inbox?of=me&limit=200');
    if (items.some(({ leadId, next }) => leadId === id && next !== null)) return;
  }
  assert.fail('Conor did not get the lead within half a minute.');
}

test('every page of it is sound in light, in the dark and on a phone', async () => {
  const pages = [
    '/',
    `/alignment?on=${asOf}&at=goals`,
    `/alignment?on=${asOf}&component=leadsWorked`,
    '/alignment/cost',
    '/alignment/cost?cause=slowFirstTouch',
    '/alignment/cost?assumptions=open',
    '/scoreboard',
  ];
  assert.deepEqual(await faultsOf(app, sam, pages), []);
  await settled(lea);
  assert.deepEqual(app.mishaps, []);
});
