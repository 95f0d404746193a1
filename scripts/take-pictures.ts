/**
 * Takes docs/pictures/*.png: every page of the sample company on a desktop, in the dark and on a phone.
 * `node scripts/take-pictures.ts [name…]`, after the web app is built (`npx vite build`). With names only those pages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openSample } from '#tests/journeys/sampled.ts';
import { api, desktop, openApp, password, phone, setUp, settled } from '#tests/journeys/support.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
mkdirSync(folder, { recursive: true });

const app = await openApp({ size: { months: 18, leads: 6000 } });
const { page, context } = await app.open();
await page.goto('/');
await page.waitForURL('**/set-up');
await page.screenshot({ path: join(folder, 'set-up.png') });
await setUp(page);
await page.screenshot({ path: join(folder, 'welcome.png') });
await openSample(page);

await handedOver(page);
await journeysBuilt(page);
await rejectSome(await signedIn('Sam Okonjo'), await signedIn('Mara Ahlström'));
const named = process.argv.slice(2);
const pages = Object.entries(await pagesOf(page)).filter(([name]) => named.length === 0 || named.includes(name));
const storageState = await context.storageState();
for (const [look, options] of [
  ['desktop', desktop],
  ['dark', { ...desktop, colorScheme: 'dark' }],
  ['phone', phone],
] as const) {
  const opened = await app.open({ ...options, storageState });
  for (const [name, path] of pages) {
    await opened.page.goto(path);
    await settled(opened.page);
    await opened.page.waitForTimeout(500); // charts are drawn
    await opened.page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    process.stdout.write(`${name}-${look}.png\n`);
  }
  await opened.context.close();
}
await app.close();

/** Waits until every lead's clocks are computed: they follow the import, some thousands at a time. */
async function handedOver(asked: Page): Promise<void> {
  const countAll = async () => JSON.stringify((await api<{ counts: unknown }>(asked, '/inbox?of=all&limit=1')).counts);
  for (let before = '', now = await countAll(); now !== before || !/"waiting":[1-9]/.test(now); now = await countAll()) {
    before = now;
    await asked.waitForTimeout(5000);
  }
}

/** Waits until the journeys are built and every model has answered. */
async function journeysBuilt(asked: Page): Promise<void> {
  for (;;) {
    const { freshness, models } = await api<{
      freshness: { building: unknown; waiting: number };
      models: { estimate: { state: string } | null }[];
    }>(asked, '/attribution?by=channel');
    const answered = models.length > 0 && models.every(({ estimate }) => estimate === null || estimate.state === 'ready');
    if (!freshness.building && freshness.waiting === 0 && answered) return;
    await asked.waitForTimeout(2000);
  }
}

/** One of the sample company's people, invited by Lea, in a window of their own. */
async function signedIn(name: string): Promise<Page> {
  const { items } = await api<{ items: { id: string; name: string; email: string; side: string; role: string }[] }>(page, '/members');
  const { id, email, side, role } = items.find((member) => member.name === name)!;
  const invited = await api<{ link: string }>(page, '/invitations', { method: 'POST', data: { email, name, side, role, memberId: id } });
  const opened = await app.open();
  await opened.page.goto(invited.link);
  const token = new URL(invited.link).pathname.split('/').at(-1);
  await api(opened.page, `/invitations/${token}/acceptance`, { method: 'POST', data: { name, password } });
  return opened.page;
}

/** The sample company has nothing to answer or to judge yet: a few leads sent back, in every state of due process. */
async function rejectSome(sam: Page, mara: Page): Promise<void> {
  const { items } = await api<{ items: { leadId: string }[] }>(sam, '/inbox?of=all&state=waiting&limit=4');
  const said = [
    { clause: 0, comment: 'The address bounces, and the number is that of the fair’s hotel.' },
    { clause: 1, comment: 'A student who writes a thesis.', answer: 'agreed', because: 'True. The form now asks where one works.' },
    {
      clause: 2,
      comment: 'Says she never heard of us.',
      answer: 'contested',
      because: 'She asked for prices twice in a week: see the timeline.',
    },
    { clause: 0, comment: 'The e-mail has a typo.', answer: 'mended', because: 'Put right from the card she gave us at the fair.' },
  ];
  for (const [at, { leadId }] of items.entries()) {
    const { clause, comment, answer, because } = said[at]!;
    const { rejectBy } = await api<{ rejectBy: { clauses: { path: string }[] } }>(sam, `/leads/${leadId}/handoff`);
    const data = { clauses: [rejectBy.clauses[clause]!.path], comment };
    const { rejections } = await api<{ rejections: { id: string }[] }>(sam, `/leads/${leadId}/rejection`, { method: 'POST', data });
    const path = `/rejections/${rejections[0]!.id}/answer`;
    if (answer) await api(mara, path, { method: 'POST', data: { answer, comment: because } });
  }
}

/** Records with something on them: a won lead, its account, its deal. */
async function pagesOf(asked: Page): Promise<Record<string, string>> {
  const filter = (field: string, value: string) => encodeURIComponent(JSON.stringify({ all: [{ field, is: 'eq', value }] }));
  const first = async (path: string): Promise<Record<string, string>> =>
    (await api<{ items: Record<string, string>[] }>(asked, path)).items[0] ?? {};
  const lead = await first(`/leads?limit=1&filter=${filter('stage', 'won')}`);
  const deal = await first(`/deals?limit=1&sort=-closedAt&filter=${filter('status', 'won')}`);
  const [contact, campaign, run] = [
    await first('/contacts?limit=1'),
    await first('/campaigns?limit=1&sort=startsOn'),
    await first('/imports?limit=1'),
  ];
  const agreement = await api<{ inForce: { id: string } }>(asked, '/agreement');
  const { conversions } = await api<{ conversions: { unitId: string; place: number; touches: number }[] }>(
    asked,
    '/attribution/credits?by=channel&limit=20',
  );
  const { campaigns } = await api<{ campaigns: { id: string; roles: { asked: number } }[] }>(asked, '/campaigns/calendar');
  const joint = campaigns.toSorted((one, other) => other.roles.asked - one.roles.asked)[0]!.id;
  const took = await api<{ campaigns: { campaign: { id: string }; counts: { evidenced: number } | null }[] }>(
    asked,
    '/campaigns/participation',
  );
  const measured = took.campaigns.toSorted((one, other) => (other.counts?.evidenced ?? 0) - (one.counts?.evidenced ?? 0))[0]!.campaign.id;
  const plan = (await api<{ items: { latest: { id: string } }[] }>(asked, '/incentive-plans')).items[0]!.latest.id;
  const paid = (await api<{ items: { id: string }[] }>(asked, '/payout-runs')).items[0]!;
  const statement = (await api<{ items: { id: string; sums: { amount: string }[] }[] }>(asked, '/statements')).items.toSorted(
    (one, other) => Number(other.sums[0]?.amount ?? 0) - Number(one.sums[0]?.amount ?? 0),
  )[0]!.id;
  const journey = conversions.toSorted((one, other) => other.touches - one.touches)[0]!;
  return {
    today: '/',
    inbox: '/inbox',
    rejections: '/rejections?tab=all',
    'lead-quality': '/rejections?tab=quality',
    agreement: '/agreement',
    definition: '/agreement/definitions/mql',
    contract: `/agreement/contracts/${agreement.inForce.id}`,
    attainment: '/attainment',
    evidence: '/attainment/evidence',
    speed: '/speed',
    'handoff-matrix': '/speed/who',
    return: '/returns',
    figures: '/returns/figures',
    'what-changed': '/returns/figures?part=changes',
    attribution: '/returns/attribution',
    paths: '/returns/attribution?part=paths',
    journey: `/returns/journeys/${journey.unitId}/${journey.place}`,
    'channel-groups': '/returns/attribution/channels',
    retention: '/returns/retention?by=segment',
    costs: '/returns/costs',
    'allocation-keys': '/returns/costs/settings/keys',
    budget: '/returns/budget',
    periods: '/returns/periods',
    goals: '/goals',
    'what-if': '/goals/what-if',
    'campaign-calendar': '/campaigns/calendar',
    'campaign-plan': `/campaigns/${joint}`,
    'campaign-parts': `/campaigns/${joint}?part=parts`,
    'campaign-effect': `/campaigns/${measured}?part=effect`,
    proposals: '/campaigns/proposals',
    library: '/campaigns/library',
    pay: '/incentives',
    'pay-plans': '/incentives/plans',
    'pay-plan': `/incentives/plans/${plan}`,
    'payout-runs': '/incentives/runs',
    'payout-run': `/incentives/runs/${paid.id}`,
    statement: `/incentives/statements/${statement}`,
    disputes: '/incentives/disputes',
    feedback: '/feedback',
    pulse: '/feedback/pulse',
    meetings: '/meetings',
    'meeting-actions': '/meetings/actions',
    'meeting-health': '/meetings/health',
    notices: '/notices',
    announcements: '/notices/announcements',
    rollout: '/rollout',
    tracking: '/settings/tracking',
    alignment: '/alignment',
    'alignment-parts': '/alignment?at=goals',
    'alignment-records': '/alignment?component=leadsWorked',
    'misalignment-cost': '/alignment/cost',
    'misalignment-cause': '/alignment/cost?cause=slowFirstTouch',
    scoreboard: '/scoreboard?windowDays=90',
    records: `/scoreboard?records=${encodeURIComponent('by=none&from=mql&to=won&mode=cohort&which=reached')}`,
    leads: '/leads',
    accounts: '/accounts',
    contacts: '/contacts',
    deals: '/deals',
    campaigns: '/campaigns',
    lead: `/leads/${lead['id']}`,
    account: `/accounts/${deal['accountId']}`,
    contact: `/contacts/${contact['id']}`,
    deal: `/deals/${deal['id']}`,
    campaign: `/campaigns/${campaign['id']}`,
    duplicates: '/duplicates?kind=contacts',
    imports: '/imports',
    import: `/imports/${run['id']}`,
    members: '/settings/members',
    teams: '/settings/teams',
    calendars: '/settings/calendars',
    routing: '/settings/routing',
    tokens: '/settings/tokens',
    workspace: '/settings/workspace',
    'my-account': '/settings/account',
    about: '/settings/about',
  };
}
