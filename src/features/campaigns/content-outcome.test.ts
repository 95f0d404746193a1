/** What came of content, counted by hand: use by member, reached leads, won deals, and leads with it against leads without. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#platform/db/ids.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { inside, type Person } from '#tests/security/world.ts';
import type { AssetOutcome } from './contract/content-uses.ts';
import { cellsOfCompared, comparedLeads, drawnShare, drawOf, usedLeads } from './queries/used-leads.ts';

let company: Company;
let people: Company['people'];
let assetId: string;
before(async () => {
  company = await openHandingOver();
  people = company.people;
  assetId = await added();
});
after(() => company.close());

const query = <T extends object>(text: string, values: unknown[] = []) => inside<T>(company, company.workspaceId, text, values);
const added = async (): Promise<string> =>
  (
    await company.ask(people.mara, 'POST', '/library', {
      title: 'Prices',
      kind: 'pricing',
      version: { url: 'https://a.example', validFrom: '2025-01-01' },
    })
  ).json().id;
const outcome = async (id = assetId): Promise<AssetOutcome> => {
  const answer = await company.ask(people.sue, 'GET', `/library/${id}/outcome`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const follow = async (url: string) => (await company.ask(people.sue, 'GET', url.replace('/api/v1', ''))).json();

interface Made {
  readonly owner: Person;
  readonly won?: boolean;
  readonly segment?: string | null;
  /** Days after becoming an SQL until it was used; none: not used. */
  readonly usedAfter?: number;
  /** Days after becoming an SQL until it was decided; none: not decided. */
  readonly decidedAfter?: number;
}

/** Leads that became SQLs on 1 March 2026, and uses of the asset for them. */
async function make(asset: string, made: readonly Made[]): Promise<string[]> {
  const [{ id: versionId }] = (await query<{ id: string }>('SELECT id FROM accord.asset_versions WHERE asset_id = $1', [asset])) as [
    { id: string },
  ];
  const ids: string[] = [];
  for (const { owner, won = false, segment = 'SMB', usedAfter, decidedAfter } of made) {
    const id = newId();
    const over = decidedAfter === undefined ? null : `2026-03-01T10:00:00Z`;
    await query(
      `INSERT INTO accord.leads (workspace_id, id, name, segment, owner_id, opened_at, mql_at, sql_at, won_at, lost_at)
       VALUES ($1, $2, 'Lead', $3, $4, '2026-02-01', '2026-02-10', '2026-03-01T10:00:00Z',
         CASE WHEN $5 THEN $6::timestamptz + make_interval(days => $7::int) END, CASE WHEN NOT $5 THEN $6::timestamptz + make_interval(days => $7::int) END)`,
      [company.workspaceId, id, segment, owner.memberId, won, over, decidedAfter ?? 0],
    );
    if (usedAfter !== undefined)
      await query(
        `INSERT INTO accord.content_uses (workspace_id, id, asset_id, version_id, member_id, way, lead_id, used_at)
         VALUES ($1, $2, $3, $4, $5, 'call', $6, '2026-03-01T10:00:00Z'::timestamptz + make_interval(days => $7::int))`,
        [company.workspaceId, newId(), asset, versionId, owner.memberId, id, usedAfter],
      );
    ids.push(id);
  }
  return ids;
}

const reps = () => [people.sam, people.sue, people.hal];
/** So many for each of three reps, the first of them won. */
const each = (n: number, won: number, more: Partial<Made>): Made[] =>
  reps().flatMap((owner) => Array.from({ length: n }, (_, at) => ({ owner, won: at < won, decidedAfter: 30, ...more })));

test('nothing used is told as nothing, without a comparison', async () => {
  const empty = await outcome(await added());
  assert.deepEqual(
    [empty.uses, empty.reached, empty.wonDeals, empty.wonAmount, empty.difference, empty.used.share],
    [0, 0, 0, '0', null, null],
  );
  assert.match(empty.why!, /Too few to say: it takes 40 .* There are 0 with it/);
  assert.deepEqual((await follow(empty.compared.recordsUrl)).items, []);
});

test('with few it is too few to say, with the counts and intervals of both sides', async () => {
  const few = await added();
  await make(few, [...each(3, 2, { usedAfter: 5, segment: 'Few' }), ...each(4, 1, { segment: 'Few' })]);
  const { difference, why, used, compared } = await outcome(few);
  assert.equal(difference, null);
  assert.match(why!, /There are 9 with it \(6 won\) and 12 without \(3 won\)/);
  assert.deepEqual([used.leads, used.won, compared.leads, compared.won], [9, 6, 12, 3]);
  // Wilson, 6 of 9: 0.354 to 0.879.
  assert.ok(Math.abs(used.low! - 0.354) < 0.001 && Math.abs(used.high! - 0.879) < 0.001, JSON.stringify(used));
});

test('enough are compared within stage and segment; every number opens into its leads', async () => {
  const used = await make(assetId, [
    ...each(16, 8, { usedAfter: 10 }),
    // Not decided yet, used only after it was decided, and of a segment that nobody else is of.
    { owner: people.sam, usedAfter: 3 },
    { owner: people.sam, usedAfter: 60, decidedAfter: 30, won: true },
    { owner: people.sam, usedAfter: 10, decidedAfter: 30, won: true, segment: 'Alone' },
  ]);
  await make(assetId, [
    ...each(20, 5, {}),
    // Decided before the others had seen anything; of another segment; not decided.
    { owner: people.sam, decidedAfter: 9, won: true },
    { owner: people.sam, decidedAfter: 30, won: true, segment: 'Enterprise' },
    { owner: people.sam },
  ]);
  const told = await outcome();
  assert.deepEqual([told.used.leads, told.used.won], [49, 25], 'the one alone is told, but not compared');
  assert.deepEqual([told.compared.leads, told.compared.won], [60, 15]);
  assert.deepEqual([told.undecided, told.withoutMatch], [1, 1]);
  assert.equal(told.difference!.value, 24 / 48 - 15 / 60);
  assert.ok(told.difference!.low > 0.05 && told.difference!.high < 0.43, JSON.stringify(told.difference));
  assert.equal(told.why, null);
  const records = await follow(`${told.used.recordsUrl}&limit=200`);
  assert.equal(records.total, 49);
  assert.ok(records.items.every(({ leadId, stage }: { leadId: string; stage: string }) => used.includes(leadId) && stage === 'sql'));
  assert.equal(records.items.filter(({ won }: { won: boolean }) => won).length, 25);
  const compared = await follow(`${told.compared.recordsUrl}&limit=200`);
  assert.deepEqual([compared.total, compared.items.filter(({ won }: { won: boolean }) => won).length], [60, 15]);
  const pieces: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page = await follow(`${told.compared.recordsUrl}&limit=17${next && `&cursor=${next}`}`);
    pieces.push(...page.items.map(({ leadId }: { leadId: string }) => leadId));
    next = page.next;
  }
  assert.equal(new Set(pieces).size, 60);
});

test('a lead that went through several compared stages counts as one', async () => {
  const id = await added();
  await make(id, each(1, 0, { usedAfter: 10, segment: 'Two' }));
  // The same segment used at the stage before: between MQL and SQL.
  await make(id, each(1, 0, { usedAfter: -5, segment: 'Two' }));
  await make(id, each(4, 1, { segment: 'Two' }));
  const { compared } = await outcome(id);
  assert.deepEqual([compared.leads, compared.won], [12, 3]);
  const stages = (await follow(compared.recordsUrl)).items.map(({ stage }: { stage: string }) => stage);
  assert.deepEqual(new Set(stages), new Set(['mql', 'sql']), 'at one of its stages each');
});

test('of very many decided leads a part is drawn, the same each time', async () => {
  const drawn = await company.within(async (tx, workspaceId) => {
    const { decided } = await usedLeads(tx, workspaceId, assetId);
    const part = await drawOf(tx, workspaceId, 60);
    const count = async (draw: number) =>
      (await cellsOfCompared(tx, comparedLeads(workspaceId, assetId, decided, draw))).reduce((sum, { leads }) => sum + leads, 0);
    return { share: drawnShare(part), some: await count(part), again: await count(part), all: await count(await drawOf(tx, workspaceId)) };
  });
  assert.ok(drawn.share > 0 && drawn.share < 0.6, `${drawn.share}`);
  assert.equal(drawn.all, 60);
  assert.ok(drawn.some < 50 && drawn.some === drawn.again, `${drawn.some} of 60 at ${drawn.share}`);
});

test('by member and in all: uses, opened links, reached, and deals won after the use, each once', async () => {
  const id = await added();
  const [leadA, leadB] = [await company.passed(), await company.passed()];
  const deal = async (fields: object) =>
    (
      await company.ask(people.sam, 'POST', '/deals', {
        name: 'Deal',
        ownerId: people.sam.memberId,
        openedAt: '2026-03-01T10:00:00Z',
        ...fields,
      })
    ).json().id as string;
  const future = '2199-01-01T10:00:00Z';
  const won = (amount: string, more: object = {}) => deal({ status: 'won', amount, currency: 'EUR', closedAt: future, ...more });
  const [d1] = [await won('10000', { leadId: leadA })];
  const alone = await won('500');
  await deal({ status: 'won', amount: '999', currency: 'EUR', closedAt: '2026-04-01T10:00:00Z', leadId: leadB });
  await deal({ status: 'lost', amount: '999', currency: 'EUR', closedAt: future, leadId: leadB });
  const yen = await won('7', { currency: 'JPY' });
  const use = async (who: Person, body: object) =>
    (await company.ask(who, 'POST', `/library/${id}/uses`, body)).json() as { id: string; link: string | null };
  const opened = await use(people.sam, { way: 'link', leadId: leadA });
  await use(people.sam, { way: 'link', leadId: leadB });
  await use(people.sam, { way: 'call', dealId: d1 });
  await use(people.sue, { way: 'meeting', dealId: d1 });
  await use(people.sue, { way: 'call', dealId: alone });
  await use(people.sue, { way: 'call', dealId: yen });
  await query(`UPDATE accord.content_uses SET used_at = used_at - interval '1 minute' WHERE asset_id = $1`, [id]);
  const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', accept: 'text/html' };
  for (let times = 0; times < 2; times++) await company.server.inject({ url: new URL(opened.link!).pathname, headers: browser });
  const told = await outcome(id);
  assert.deepEqual([told.uses, told.links, told.shown, told.opens, told.reached], [6, 2, 4, 2, 3]);
  assert.deepEqual([told.wonDeals, told.wonAmount, told.withoutAmount], [3, '10500', 1]);
  assert.deepEqual(
    told.byMember.map(({ member, uses, links, shown, opened: opens, reached, won: deals }) => [
      member.name,
      uses,
      links,
      shown,
      opens,
      reached,
      deals,
    ]),
    [
      ['Sam', 3, 2, 1, 1, 1, 1],
      ['Sue', 3, 0, 3, 0, 3, 3],
    ].toSorted((one, other) => String(one[0]).localeCompare(String(other[0]))),
  );
  assert.equal((await follow(told.dealsUrl)).total, 3);
  const bySam = await follow(told.byMember.find(({ member }) => member.name === 'Sam')!.usesUrl);
  assert.equal(bySam.total, 3);
  for (const { usesUrl, dealsUrl, opened: openedBy, won: wonBy } of told.byMember) {
    assert.equal((await follow(`${usesUrl}&which=opened`)).total, openedBy);
    assert.equal((await follow(dealsUrl)).total, wonBy);
  }
  assert.equal((await follow(`${told.usesUrl}?which=reached`)).total, 5, 'the opened link and the four shown');
  assert.equal((await follow(`${told.usesUrl}?which=opened`)).total, 1);
  const item = (await company.ask(people.sam, 'GET', `/library/${id}`)).json();
  assert.deepEqual([item.uses, item.users, item.opens], [6, 2, 2]);
});
