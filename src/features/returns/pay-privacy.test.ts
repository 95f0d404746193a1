/**
 * Nobody sees pay who may not. All programme costs here are whole thousands and no sum of pay is one, so that any sum
 * with pay in it shows; every route of returns is asked by people who may not see it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, type Person } from '#tests/security/world.ts';
import { cost, type LedgerWorld, openLedger, refused } from '#tests/support/ledger.ts';
import { returnsRoutes } from './routes.ts';

let world: LedgerWorld;
let vera: Person;
let ada: Person;
let hidden: string;
let recurring: string;
let keyId: string;
const word = 'CANARY';
const pay = {
  side: 'sales',
  people: 6,
  supplier: `${word} payroll`,
  description: `${word} of Sam`,
  segment: `${word} segment`,
  channel: `${word} channel`,
};

before(async () => {
  world = await openLedger();
  const { lea, sam, post, send } = world;
  vera = await join(world, lea, 'Vera', 'leadership', 'viewer');
  ada = await join(world, lea, 'Ada', 'leadership', 'member');
  for (const month of ['2025-01', '2025-02', '2025-03', '2025-04']) {
    await post({ occurredOn: `${month}-05`, amount: '40000' });
    await post({ occurredOn: `${month}-06`, side: 'sales', category: 'travel', amount: '20000' });
    hidden = await post({ ...pay, occurredOn: `${month}-25`, category: 'salaries', amount: '5000777', memberId: sam.memberId });
    await post({ ...pay, occurredOn: `${month}-26`, category: 'commissions', amount: '300333', people: 1 });
  }
  await post({ ...pay, occurredOn: '2025-04-27', category: 'salaries', amount: '100333', currency: 'CHF' });
  recurring = (
    await send(lea, 'POST', '/costs/recurring', {
      ...cost,
      ...pay,
      occurredOn: undefined,
      every: 'month',
      startsOn: '2025-04-28',
      category: 'salaries',
      amount: '70777',
    })
  ).id;
  const budget = { side: 'sales', campaignId: null, teamId: null };
  await send(lea, 'PUT', '/budgets', {
    lines: [
      { ...budget, month: '2025-01', category: 'salaries', amount: '5100777' },
      { ...budget, month: '2025-01', category: null, amount: '9900777' },
      { ...budget, month: '2025-01', category: 'travel', amount: '25000' },
    ],
  });
  const content = {
    applies: {},
    onto: 'segment',
    by: 'fixed',
    shares: [
      { target: 'SMB', weight: '50' },
      { target: 'Enterprise', weight: '50' },
    ],
  };
  keyId = (await send(lea, 'POST', '/allocation-keys', { name: 'Half and half', content, effectiveFrom: '2025-01' })).keyId;
  for (const month of ['2025-01', '2025-02', '2025-03'])
    assert.equal((await world.ask(lea, 'POST', `/periods/${month}/closing`)).statusCode, 204);
});
after(() => world.close());

const months = ['2025-01', '2025-04'];
const groupings = ['none', 'month', 'quarter', 'side', 'category', 'campaign', 'team', 'segment', 'channel', 'account', 'supplier'];
/** What each route is asked, beyond its bare address. */
const asked: Record<string, () => string[]> = {
  '/costs': () => [
    '?limit=200',
    '?limit=200&sort=booked',
    '?state=unbooked',
    '?state=live',
    '?category=salaries',
    `?q=${word}`,
    `?supplier=${word}`,
    `?by=supplier&group=${encodeURIComponent(JSON.stringify(pay.supplier))}`,
    '?currency=CHF',
  ],
  '/costs.csv': () => ['', '?category=salaries', `?q=${word}`],
  '/costs/summary': () =>
    groupings.flatMap((by) => [`?by=${by}`, `?by=${by}&allocated=true`, `?by=${by}&side=sales`, `?by=${by}&category=commissions`]),
  '/budgets': () => ['', '?side=sales', '?category=salaries'],
  '/budgets/variance': () => ['none', 'month', 'side', 'category', 'campaign', 'team'].map((by) => `?start=2025-01&end=2025-12&by=${by}`),
  '/allocation-keys/:keyId/applied': () => months.map((month) => `?month=${month}`),
};
const filled = (path: string): string[] =>
  path.includes(':month')
    ? months.map((month) => path.replace(':month', month))
    : [
        path
          .replace(':keyId', keyId)
          .replace('/costs/recurring/:id', `/costs/recurring/${recurring}`)
          .replace('/costs/:id', `/costs/${hidden}`)
          .replace(/:\w+/g, hidden),
      ];

/** Every GET of returns, with what it answered. */
async function crawl(person: Person): Promise<{ path: string; body: string }[]> {
  const answers: { path: string; body: string }[] = [];
  for (const route of returnsRoutes.filter(({ method }) => method === 'GET'))
    for (const path of filled(route.path))
      for (const query of asked[route.path]?.() ?? ['', '?start=2025-01-01&end=2025-12-31', '?start=2025-01-01&end=2025-12-31&by=month']) {
        const answer = await world.ask(person, 'GET', path + query);
        assert.ok(answer.statusCode < 500, `${path}${query}: ${answer.body}`);
        answers.push({ path: path + query, body: answer.body });
      }
  return answers;
}

/** Amounts (decimal strings of four digits and more, for a rate is none; in CSV with two decimals) that are no whole thousand: some pay is in them. And the word. */
function tellsPay(body: string): string[] {
  const amounts = body.startsWith('{')
    ? amountsIn(JSON.parse(body))
    : [...body.matchAll(/(?<=,)-?\d+\.\d\d(?=,)/g)].map(([cell]) => cell.replace('.', ''));
  return [...amounts.filter((amount) => BigInt(amount) % 1000n !== 0n), ...(body.includes(word) ? [word] : [])];
}

function amountsIn(value: unknown): string[] {
  // An interval is computed from a sum that is looked at beside it.
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => (key === 'uncertainty' ? [] : amountsIn(each)));
  return typeof value === 'string' && /^-?\d{4,}$/.test(value) ? [value] : [];
}

test('who may see pay finds it in these very answers', async () => {
  const found = (await crawl(world.sam)).filter(({ body }) => tellsPay(body).length > 0).map(({ path }) => path.split('?')[0]);
  for (const path of [
    '/costs',
    '/costs.csv',
    '/costs/summary',
    '/costs/recurring',
    '/periods',
    '/budgets',
    '/budgets/variance',
    `/costs/${hidden}`,
  ])
    assert.ok(found.includes(path), `${path} shows no pay to the head of sales: the canary is no use`);
});

test('who may not see it finds nothing of it in any answer of returns', async () => {
  for (const person of [world.mara, world.max, world.sue, vera, ada])
    for (const { path, body } of await crawl(person)) {
      // The one exception is what is released on purpose: a whole closed quarter of six people.
      const text = path.startsWith('/costs/summary') ? JSON.stringify({ ...JSON.parse(body), releasedPay: [] }) : body;
      assert.deepEqual(tellsPay(text), [], `${person.side} ${person.role} ${path}`);
    }
});

test('pay that one may not see is not there: not by its id, not to be taken back, not to be ended', async () => {
  for (const person of [world.mara, world.max]) refused(await world.ask(person, 'GET', `/costs/${hidden}`), 404, /no such entry/);
  refused(await world.ask(world.mara, 'POST', `/costs/${hidden}/reversal`, { reason: 'x' }), 404, /no such entry/);
  refused(await world.ask(world.mara, 'POST', `/costs/recurring/${recurring}/end`), 404, /no such recurring/);
  assert.equal((await world.get(world.max, `/costs?category=salaries`)).total, 0);
  assert.equal((await world.get(world.mara, '/exchange-rates')).wanted.length, 0);
  assert.equal((await world.send(world.mara, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-04-01', rate: '1' })).booked, 0);
});

test('pay of a side is recorded and budgeted by its own head, by leadership, and by nobody else', async () => {
  const given = { ...cost, ...pay, category: 'salaries', occurredOn: '2025-05-01' };
  refused(await world.ask(world.mara, 'POST', '/costs', given), 403, /head of sales/);
  refused(
    await world.ask(world.mara, 'POST', '/costs/recurring', { ...given, occurredOn: undefined, every: 'month', startsOn: '2025-05-01' }),
    403,
    /head of sales/,
  );
  refused(
    await world.ask(world.mara, 'PUT', '/budgets', { lines: [{ month: '2025-05', side: 'sales', amount: '1' }] }),
    403,
    /head of sales/,
  );
  assert.equal((await world.ask(world.sam, 'POST', '/costs', given)).statusCode, 201);
  assert.equal((await world.ask(world.mara, 'POST', '/costs', { ...given, side: 'marketing' })).statusCode, 201);
});

test('a whole closed quarter of five people or more is told as one sum; nothing finer, nothing open', async () => {
  const summary = async (query: string, person = world.max) => (await world.get(person, `/costs/summary?${query}`)).releasedPay;
  const whole = await summary('start=2025-01-01&end=2025-12-31');
  const first = whole.find(({ quarter, side }: Record<string, string>) => quarter === '2025-Q1' && side === 'sales');
  assert.deepEqual([first.amount, first.people, first.whyNot], [String(3 * (5_000_777 + 300_333)), 6, null]);
  const second = whole.find(({ quarter, side }: Record<string, string>) => quarter === '2025-Q2' && side === 'sales');
  assert.deepEqual([second.amount, second.people], [null, null]);
  assert.match(second.whyNot, /not all of its months are closed/);
  assert.deepEqual(
    await summary('start=2025-01-02&end=2025-12-31'),
    whole.filter(({ quarter }: Record<string, string>) => quarter !== '2025-Q1'),
  );
  assert.deepEqual(await summary('start=2025-01-01&end=2025-12-31&segment=SMB'), []);
  assert.deepEqual(await summary('start=2025-01-01&end=2025-12-31', world.lea), []);
  assert.ok((await summary('', world.mara)).every(({ side }: Record<string, string>) => side === 'sales'));
});
