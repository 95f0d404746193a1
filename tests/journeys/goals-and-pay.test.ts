import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { payPeriodBefore } from '#features/incentives/contract/plan-periods.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { fieldPaths, maximalPlan } from '#tests/support/maximal-plan.ts';
import { faultsOf } from './faults.ts';
import { openSampled } from './sampled.ts';
import { api, type App, bringIn, settled } from './support.ts';

let app: App;
/** Lea owns the workspace; Mara and Sam lead marketing and sales; Conor is an SDR. */
let lea: Page;
let mara: Page;
let sam: Page;
let conor: Page;
let payees: { mara: string; conor: string };

before(async () => {
  ({ app, lea } = await openSampled());
  const people = await Promise.all([
    bringIn(app, lea, 'Mara Ahlström', 'manager'),
    bringIn(app, lea, 'Sam Okonjo', 'manager'),
    bringIn(app, lea, 'Conor Engström'),
  ]);
  [mara, sam, conor] = people.map(({ page }) => page) as [Page, Page, Page];
  payees = { mara: people[0].id, conor: people[2].id };
});
after(() => app?.close());

const dialog = (page: Page) => page.getByRole('dialog').last();
const idIn = (page: Page): string => /\/([0-9a-f-]{36})/.exec(new URL(page.url()).pathname)![1]!;
/** A choice of Mantine's: opened by its label, chosen by what it says. */
async function choose(page: Page, within: ReturnType<typeof dialog> | Page, label: string, option: string): Promise<void> {
  await within
    .getByRole('combobox', { name: label })
    .or(within.getByRole('textbox', { name: label }))
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The plan that the next tests sign. */
let goalPlan: string;

test('a plan of goals is drafted from the company’s own past, with what it takes and whether it can be kept', async () => {
  await mara.goto('/goals/plans/new');
  await mara.getByText('Next quarter', { exact: true }).click();
  await mara.getByRole('textbox', { name: 'Title' }).fill('What we win next quarter');
  const revenue = mara.getByRole('region', { name: 'Revenue', exact: true });
  await revenue.getByRole('textbox', { name: /^Target/ }).fill('900000');
  await revenue.getByRole('button', { name: 'Add below Revenue' }).click();
  const added = mara.getByRole('region', { name: 'this goal' });
  await added.getByRole('textbox', { name: 'Goal' }).fill('Leads that fit');
  const fitting = mara.getByRole('region', { name: 'Leads that fit' });
  await choose(mara, fitting as never, 'Counted by', 'MQLs');
  await fitting.getByRole('textbox', { name: 'Target' }).fill('240');
  await mara.getByRole('heading', { name: 'What that takes' }).waitFor();
  await mara.getByRole('heading', { name: 'Can it be kept?' }).waitFor();
  await mara.getByRole('button', { name: 'Keep draft' }).click();
  await mara.getByText('Draft kept.').waitFor();
  await mara.getByRole('heading', { name: 'What we win next quarter, version 1' }).waitFor();
  goalPlan = idIn(mara);
  await mara
    .getByText(/To win .* takes about .* MQLs/)
    .first()
    .waitFor();
  await mara.getByText(/Revenue: Won value of at least €900,000/).waitFor();
});

test('both heads read the same sheet and sign it; then its goals count', async () => {
  await mara.getByRole('button', { name: 'Propose', exact: true }).click();
  await dialog(mara).getByRole('button', { name: 'Propose' }).click();
  await mara.getByRole('button', { name: 'Sign for Marketing' }).click();
  await dialog(mara).getByRole('button', { name: 'Sign for Marketing' }).click();
  await mara.getByText('Signed.', { exact: true }).waitFor();

  await sam.goto('/');
  await sam.getByRole('link', { name: /Sign “What we win next quarter”/ }).click();
  const sheet = sam.getByRole('region', { name: 'Worked-back sheet by month' });
  await sheet.getByRole('row', { name: /^Together/ }).waitFor();
  assert.equal(await sheet.locator('tbody tr').count(), 3);
  // A rate opens into the leads it was counted over.
  await sam
    .getByRole('region', { name: 'Rates by segment' })
    .getByRole('button', { name: /MQL → SQL/ })
    .first()
    .click();
  await dialog(sam).getByRole('table').getByRole('link').first().waitFor();
  await sam.keyboard.press('Escape');
  await sam.getByRole('button', { name: 'Sign for Sales' }).click();
  await dialog(sam).getByText('Both sides sign the same goals and the same sheet').waitFor();
  await dialog(sam).getByRole('button', { name: 'Sign for Sales' }).click();
  await sam.getByText('Signed.', { exact: true }).waitFor();
  const signed = await api<{ status: string; signatures: { side: string }[] }>(sam, `/goals/plans/${goalPlan}`);
  assert.deepEqual([signed.status, signed.signatures.map(({ side }) => side).sort()], ['signed', ['marketing', 'sales']]);
});

test('a goal opens into its course, what would close its gap, and the records it counts', async () => {
  await conor.goto('/goals');
  await settled(conor);
  await conor.getByRole('button', { name: 'Revenue', exact: true }).click();
  await dialog(conor)
    .getByRole('heading', { name: /What would (close the gap|bring more)/ })
    .waitFor();
  await dialog(conor)
    .getByRole('button', { name: /^Won value:/ })
    .click();
  await dialog(conor)
    .getByRole('heading', { name: /^\d+ deals?/ })
    .waitFor();
  await dialog(conor).getByRole('link').first().waitFor();
});

test('what-if shows the plan’s range before and after', async () => {
  await sam.goto('/goals/what-if');
  await settled(sam);
  const pick = sam
    .getByRole('combobox', { name: 'Every lead tried within' })
    .or(sam.getByRole('textbox', { name: 'Every lead tried within' }))
    .first();
  await pick.click();
  await sam.getByRole('option', { name: /^an hour/ }).click();
  await sam.getByText('What each does by itself').waitFor();
  await sam
    .getByRole('region', { name: 'Before and after' })
    .getByRole('row', { name: /^Won value/ })
    .waitFor();
});

/** The version of the plan of pay, and the run that pays by it. */
let payPlan: string;
let run: string;
const lastHalf = payPeriodBefore(new Date().toISOString().slice(0, 10), 'half');

/** Two payees instead of all, and gates that a company at its beginning can keep: what is tested is the way, not the amount. */
async function narrowed(): Promise<void> {
  const { content } = await api<{ content: PlanContent }>(lea, `/incentive-plan-versions/${payPlan}`);
  const low = (of: NonNullable<PlanContent['pool']>['opens']['marketing']) => of.map((gate) => ({ ...gate, value: '1' }));
  const pool = content.pool!;
  const { marketing, sales } = pool.opens;
  assert.ok(marketing.length > 0 && sales.length > 0, 'the template’s pool is gated by both sides');
  await api(lea, `/incentive-plan-versions/${payPlan}`, {
    method: 'PATCH',
    data: {
      content: {
        ...content,
        payees: [
          { ...content.payees[0]!, id: payees.mara, side: 'marketing', role: 'marketer' },
          { ...content.payees[0]!, id: payees.conor, side: 'sales', role: 'rep' },
        ],
        pool: { ...pool, opens: { ...pool.opens, marketing: low(marketing), sales: low(sales) } },
      },
    },
  });
}

test('a pool gated by both sides is made from good practice, and a shadow run shows what it would have paid', async () => {
  await lea.goto('/incentives/plans');
  await lea.getByRole('button', { name: 'New plan' }).click();
  await dialog(lea)
    .getByRole('button', { name: /Joint pool/ })
    .click();
  await lea.waitForURL(/incentives\/plans\/[0-9a-f-]{36}/);
  await lea.getByRole('textbox', { name: 'Name' }).first().fill('Won together');
  await choose(lea, lea, 'Pays for', 'half a year');
  await lea.getByRole('button', { name: 'Save the draft' }).click();
  await lea.getByText('Saved.').waitFor();
  payPlan = idIn(lea);
  await narrowed();
  await lea.goto(`/incentives/plans/${payPlan}`);
  await lea.getByRole('button', { name: 'Shadow run' }).click();
  await dialog(lea).getByRole('button', { name: 'Compute' }).click();
  await lea.waitForURL(/incentives\/runs/);
  await settled(lea);
  if (!/runs\/[0-9a-f-]{36}/.test(lea.url())) await lea.getByRole('link', { name: lastHalf.label }).first().click();
  await lea.getByText('A shadow run shows what a plan would have paid. Nothing of it is ever paid.').waitFor();
  await lea.getByRole('heading', { name: 'Won together: the pool' }).waitFor();
});

/** A plan with every part, and one that is made by hand. */
let everything: string;

test('a plan with threshold, kicker, split, ramp and window is made by hand, says so, and is tried on what is on record', async () => {
  await lea.goto('/incentives/plans');
  await lea.getByRole('button', { name: 'New plan' }).click();
  await choose(lea, dialog(lea), 'Whom it pays first', 'Conor Engström');
  await dialog(lea).getByRole('button', { name: 'Begin empty' }).click();
  await lea.getByRole('textbox', { name: 'Name' }).first().fill('By hand');
  const person = lea.getByRole('group', { name: 'Conor Engström' });
  await person.getByRole('textbox', { name: 'Role' }).fill('sdr');
  await person.getByText(/^More/).click();
  await person.getByRole('textbox', { name: /^Ramp/ }).fill('25, 50');
  await lea.getByRole('button', { name: 'Add a part' }).click();
  await lea.getByRole('menuitem', { name: /^Rate/ }).click();

  const rate = lea.getByRole('region', { name: 'Commission' });
  await rate.getByText('More for counts of Commission').click();
  await rate.getByRole('button', { name: 'Shared between roles of counts of Commission' }).click();
  await rate.getByRole('textbox', { name: 'Share (%)' }).first().fill('70');
  await rate.getByText('Is not 100 % together').waitFor();
  await rate.getByRole('textbox', { name: 'Share (%)' }).last().fill('30');
  await rate.getByText('€7,000 to who owns it, €3,000 to the SDR who qualified it').waitFor();
  await rate.getByText('More for Commission').click();
  await rate.getByRole('button', { name: 'Threshold of Commission' }).click();
  await rate.getByRole('textbox', { name: 'Nothing below (EUR)' }).fill('1,000');
  await rate.getByRole('button', { name: 'Window of Commission' }).click();
  await rate.getByRole('button', { name: 'Kicker of Commission' }).click();
  await rate.getByRole('textbox', { name: /^Pays, of what was earned/ }).fill('120');
  await rate.getByRole('textbox', { name: /^For example, somebody brings/ }).fill('900');
  await rate.getByText('Nothing yet for €900: pay begins at €1,000').waitFor();
  await lea.getByRole('button', { name: 'Save the draft' }).click();
  await lea.getByText('Saved.').waitFor();
  for (const words of [
    /5 % of the amount of won deals, credited to who owns it \(70 %\) and the SDR who qualified it \(30 %\); added up over the quarter; nothing below €1,000/,
    /While the lowest attainment of what sales owes is at least 95 %: 120 % of it/,
    /quotas rise by month: 25 %, 50 %, then all/,
  ])
    await lea.getByText(words).waitFor();

  await lea.getByRole('button', { name: 'Shadow run' }).click();
  const lastMonth = payPeriodBefore(new Date().toISOString().slice(0, 10), 'month');
  await choose(lea, dialog(lea), `From, through ${lastMonth.label}`, lastMonth.label);
  await dialog(lea).getByRole('button', { name: 'Compute' }).click();
  await lea.getByText('A shadow run shows what a plan would have paid. Nothing of it is ever paid.').waitFor();
});

test('the editor has a field for every value that a plan can hold', async () => {
  const { items } = await api<{ items: { id: string; side: string }[] }>(lea, '/members');
  const [ae, sdr, lead] = items.filter(({ side }) => side === 'sales').map(({ id }) => id);
  const { clauses } = await api<{ clauses: { key: string; side: string }[] }>(lea, '/incentive-plans/measured');
  const clause = clauses.find(({ side }) => side === 'sales')!.key;
  const content = maximalPlan({ ae: ae!, sdr: sdr!, lead: lead!, marketer: payees.mara }, clause);
  ({ id: everything } = await api<{ id: string }>(lea, '/incentive-plans', { method: 'POST', data: { content } }));
  await lea.goto(`/incentives/plans/${everything}?edit=1`);
  await lea.getByRole('region', { name: 'Together' }).waitFor();
  const there = new Set(await lea.evaluate<string[]>(`[...document.querySelectorAll('[data-at]')].map((each) => each.dataset.at)`));
  assert.deepEqual(
    [...new Set(fieldPaths(content))].filter((path) => !there.has(path)),
    [],
  );
});

test('it is proposed, and signed by whom it pays, both heads and the sponsor', async () => {
  await lea.goto(`/incentives/plans/${payPlan}`);
  await lea.getByRole('button', { name: 'Propose', exact: true }).click();
  await choose(lea, dialog(lea), 'It counts from', lastHalf.label);
  await dialog(lea).getByRole('button', { name: 'Propose' }).click();
  await lea.getByRole('button', { name: 'Sign', exact: true }).waitFor();
  for (const page of [mara, mara, conor, sam, lea]) {
    await page.goto(`/incentives/plans/${payPlan}`);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('Signed.', { exact: true }).waitFor();
  }
  await lea.getByText('In force').or(lea.getByText('Signed')).first().waitFor();
  const { status, signOffs } = await api<{ status: string; signOffs: { signedAt: string | null }[] }>(
    lea,
    `/incentive-plan-versions/${payPlan}`,
  );
  assert.deepEqual([status, signOffs.length, signOffs.every(({ signedAt }) => signedAt !== null)], ['signed', 2, true]);
});

test('the half-year is run, approved by two who didn’t start it, and locked', async () => {
  await lea.goto('/incentives/runs');
  await lea.getByRole('button', { name: 'Run a period' }).click();
  await choose(lea, dialog(lea), 'Plans that pay by', 'Half-year');
  await dialog(lea).getByRole('button', { name: 'Compute' }).click();
  await lea.waitForURL(/incentives\/runs\/[0-9a-f-]{36}/);
  run = idIn(lea);
  await lea.getByRole('heading', { name: `Pay, ${lastHalf.label}` }).waitFor();
  const lock = lea.getByRole('button', { name: /^Lock/ });
  assert.match(await lock.innerText(), /not now: Two people must approve it/);
  for (const page of [sam, mara]) {
    await page.goto(`/incentives/runs/${run}`);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved.', { exact: true }).waitFor();
  }
  await lea.getByText('Approved by two (2 of 2)').waitFor();
  await lea.getByRole('button', { name: 'Lock', exact: true }).click();
  await dialog(lea).getByRole('button', { name: 'Lock' }).click();
  await lea.getByText('Locked. The commissions are in the ledger.').waitFor();
  await lea.getByRole('link', { name: 'Download for payroll' }).waitFor();
  await lea.getByRole('heading', { name: 'In the ledger' }).waitFor();
});

test('the rep’s statement opens into what it rests on; a doubted line is answered with a correction', async () => {
  await conor.goto('/incentives');
  await conor.getByRole('link', { name: new RegExp(lastHalf.label) }).click();
  const lines = conor.getByRole('region', { name: 'Lines of the statement' });
  await lines
    .getByRole('button', { name: /behind “/ })
    .first()
    .click();
  const drawer = dialog(conor);
  await drawer.getByRole('region', { name: 'What it rests on' }).getByRole('row').nth(1).waitFor();
  await drawer.getByText(/Won together, version 1/).waitFor();
  await drawer.getByRole('button', { name: 'Dispute this line' }).click();
  await dialog(conor).getByLabel('What is wrong with it').fill('The trade fair’s deal was shared with me and is missing.');
  await dialog(conor).getByRole('button', { name: 'Dispute', exact: true }).click();
  await conor.getByText('Disputed. An answer is due within five working days.').waitFor();

  await sam.goto('/');
  await sam.getByRole('link', { name: /Answer Conor Engström/ }).click();
  const card = sam.getByRole('article', { name: `Conor Engström, ${lastHalf.label}` });
  await card.getByRole('button', { name: 'Answer', exact: true }).click();
  await dialog(sam).getByLabel('is wrong: correct it in the next run').check();
  await dialog(sam)
    .getByLabel(/By how much more/)
    .fill('120.50');
  await dialog(sam).getByLabel('Answer').last().fill('Right: the credit was agreed in the brief.');
  await dialog(sam).getByRole('button', { name: 'Answer', exact: true }).click();
  await sam.getByText('Agreed. The next run has the correction.').waitFor();

  await conor.goto('/incentives/disputes');
  await conor.getByText('Corrected', { exact: true }).first().waitFor();
  await conor.getByText(/120\.50 in the next run/).waitFor();
});

test('the rep’s own pay is seen by the rep, and not the marketer’s', async () => {
  const { items } = await api<{ items: { payee: { id: string } }[] }>(conor, `/statements?runId=${run}`);
  assert.deepEqual(
    items.map(({ payee }) => payee.id),
    [payees.conor],
  );
  const refused = await conor.request.get(`${app.base}/api/v1/payout-runs/${run}/statements/${payees.mara}`);
  assert.ok(refused.status() === 403 || refused.status() === 404, String(refused.status()));
});

async function pagesOfBoth(): Promise<string[]> {
  const { goals } = await api<{ goals: { id: string }[] }>(lea, '/goals');
  return [
    '/goals',
    `/goals?goal=${goals[0]!.id}`,
    `/goals/plans/${goalPlan}`,
    '/goals/plans/new',
    '/goals/what-if',
    '/incentives',
    '/incentives/plans',
    `/incentives/plans/${payPlan}`,
    `/incentives/plans/${everything}?edit=1`,
    '/incentives/runs',
    `/incentives/runs/${run}`,
    `/incentives/statements/${run}~${payees.conor}`,
    '/incentives/disputes',
  ];
}

test('axe finds nothing serious on any page of goals and pay, light and dark, on a desk and on a phone', async () => {
  assert.deepEqual(await faultsOf(app, lea, await pagesOfBoth()), []);
});

test('no page met an error or a refused script', () => assert.deepEqual(app.mishaps, []));
