import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { join, openStranger, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { defineField } from './actions/custom-fields.ts';
import { recordFields } from './actions/record-fields.ts';
import { sortFieldsOf, type Condition } from './contract/lists.ts';
import type { ShownRecord } from './queries/columns.ts';
import { countRecords, listMatchingIds, listRecords, type Caps, type ListAsk } from './queries/lists.ts';
import { listValues, searchRecords } from './queries/lookups.ts';

let world: World;
let lea: Person;
let sam: Person;
let mara: Person;
let stranger: Person;
let workspaceId: WorkspaceId;
let teamId: string;
let all: ShownRecord[];

/** Everything is gathered, or everything is walked. */
const gather: Caps = { indexed: 10_000, unindexed: 10_000 };
const walk: Caps = { indexed: 0, unindexed: 0 };

const origins = ['Website', 'Webinar', 'Old fair', null];
const names = ['Anna Lindt', 'Ännchen O’Neil', 'anna-lindt', 'Sam Okafor', 'Zoë', '100% Ltd', 'A_b', null];
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  sam = await join(world, lea, 'Sam', 'sales', 'member');
  mara = await join(world, lea, 'Mara', 'marketing', 'member');
  stranger = await openStranger(world, lea);
  workspaceId = lea.workspaceId as WorkspaceId;
  teamId = (await world.ask(lea, 'POST', '/teams', { name: 'North', side: 'sales', members: [sam.memberId] })).json().id;
  await inside(async (tx) => {
    await defineField(tx, workspaceId, { kind: 'lead', key: 'points', label: 'Points', type: 'number' });
    for (let i = 0; i < 240; i++) await recordFields(tx, workspaceId, { kind: 'lead', sets: leadSets(i), memberId: null });
  });
  await world.ask(stranger, 'POST', '/leads', { name: 'Anna of Contoso', origin: 'Website', openedAt: '2026-01-05T00:00:00Z' });
  all = await everything({ sort: '-openedAt' }, gather);
});
after(() => world.close());

function leadSets(i: number): Record<string, unknown> {
  const opened = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ hours: 12 * (i % 20) });
  return {
    name: pick(names, i * 7 + (i >> 3)),
    company: pick(['Acme', 'ACME Group', 'Nordlicht', null], i >> 2),
    origin: pick(origins, i * 5 + (i >> 4)),
    segment: pick(['SMB', 'Enterprise', null], i),
    ownerId: pick([sam.memberId, mara.memberId, null], i >> 1),
    openedAt: i % 9 === 0 ? null : opened.toString(),
    mqlAt: i % 3 === 0 ? opened.add({ hours: 2 }).toString() : null,
    value: i % 4 === 0 ? String((i % 8) * 100) : null,
    'custom.points': i % 5 === 0 ? i % 7 : null,
  };
}

const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.database.inWorkspace(workspaceId, work);

/** All pages of a list, one after the other. */
async function everything(ask: ListAsk, caps: Caps, limit = 7): Promise<ShownRecord[]> {
  const items: ShownRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await inside((tx) =>
      listRecords(tx, workspaceId, 'lead', { ...ask, limit, ...(cursor === undefined ? {} : { cursor }) }, caps),
    );
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const idsOf = (records: readonly { id: string }[]) => records.map((record) => record.id);

test('pages visit every lead once, in order, through ties and blanks, whichever way they are read', async () => {
  assert.equal(all.length, 240);
  for (const field of sortFieldsOf.lead)
    for (const sort of [field, `-${field}`]) {
      const gathered = await everything({ sort }, gather, 41);
      const walked = await everything({ sort }, walk, 61);
      assert.deepEqual(idsOf(walked), idsOf(gathered), sort);
      assert.equal(new Set(idsOf(walked)).size, 240, sort);
      const blank = walked.map((record) => record[field] === null);
      assert.deepEqual(
        blank,
        blank.toSorted((one, other) => Number(one) - Number(other)),
        `${sort}: blanks come last`,
      );
    }
});

test('the newest come first, ties by id', () => {
  const dated = all.filter((record) => record.openedAt !== null);
  for (const [index, record] of dated.entries()) {
    const next = dated[index + 1];
    if (next) assert.ok(String(record.openedAt) > String(next.openedAt) || (record.openedAt === next.openedAt && record.id > next.id));
  }
});

const textValue = fc.constantFrom('Website', 'Old fair', 'nothing', 'SMB');
const condition = fc
  .oneof(
    fc.record({ field: fc.constantFrom('origin', 'segment'), is: fc.constantFrom('eq' as const, 'ne' as const), value: textValue }),
    fc.record({
      field: fc.constantFrom('origin', 'segment'),
      is: fc.constant('in' as const),
      value: fc.array(textValue, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      field: fc.constantFrom('origin', 'ownerId', 'mqlAt', 'value', 'custom.points'),
      is: fc.constantFrom('blank' as const, 'notBlank' as const),
    }),
    fc.record({
      field: fc.constantFrom('value'),
      is: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const),
      value: fc.constantFrom('0', '400', '700'),
    }),
    fc.record({
      field: fc.constant('custom.points'),
      is: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const, 'ne' as const),
      value: fc.integer({ min: 0, max: 6 }),
    }),
    fc.record({
      field: fc.constantFrom('name', 'company'),
      is: fc.constant('contains' as const),
      value: fc.constantFrom('nn', '%', '_', 'ACME', 'ä'),
    }),
    fc.record({ field: fc.constant('stage'), is: fc.constant('in' as const), value: fc.constant(['mql', 'inquiry']) }),
    fc.record({
      field: fc.constant('stage'),
      is: fc.constantFrom('eq' as const, 'ne' as const),
      value: fc.constantFrom('mql', 'inquiry', 'won'),
    }),
  )
  .map((one) => one as Condition);

/** What a condition says, in plain words of JavaScript. */
function holds(record: ShownRecord, { field, is, value }: Condition): boolean {
  const held = field.startsWith('custom.') ? ((record.custom as Record<string, unknown>)[field.slice(7)] ?? null) : record[field];
  const number = (one: unknown) => Number(one);
  if (is === 'blank') return held === null;
  if (is === 'notBlank') return held !== null;
  if (is === 'ne') return held === null || String(held) !== String(value);
  if (held === null) return false;
  if (is === 'eq') return String(held) === String(value);
  if (is === 'in') return (value as unknown[]).includes(held);
  if (is === 'gte') return number(held) >= number(value);
  if (is === 'lte') return number(held) <= number(value);
  return String(held).toLowerCase().includes(String(value).toLowerCase());
}

test('a filter lists exactly what it says, whichever way it is read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('-openedAt', 'name', 'value'),
      fc.constantFrom(gather, walk),
      async (conditions, sort, caps) => {
        const ask = { filter: { all: conditions }, sort };
        const expected = new Set(idsOf(all.filter((record) => conditions.every((one) => holds(record, one)))));
        assert.deepEqual(new Set(idsOf(await everything(ask, caps, 60))), expected);
        assert.deepEqual(await inside((tx) => countRecords(tx, workspaceId, 'lead', ask)), { total: expected.size, isAtLeast: false });
        assert.deepEqual(new Set(await inside((tx) => listMatchingIds(tx, workspaceId, 'lead', ask, 1000))), expected);
      },
    ),
    { numRuns: 80 },
  );
});

test('one of several values is read in order of time too', async () => {
  const ask = { filter: { all: [{ field: 'origin', is: 'in' as const, value: ['Website', 'Old fair'] }] }, sort: '-openedAt' };
  assert.deepEqual(idsOf(await everything(ask, walk)), idsOf(await everything(ask, gather)));
  const team = { filter: { all: [{ field: 'teamId', is: 'eq' as const, value: teamId }] } };
  assert.deepEqual(idsOf(await everything(team, walk)), idsOf(all.filter((record) => record.ownerId === sam.memberId)));
});

test('a day means the whole day where the company is', async () => {
  const day = '2026-01-04'; // begins at 2026-01-03T23:00Z in Berlin
  const listed = await everything({ filter: { all: [{ field: 'openedAt', is: 'between', value: [day, day] }] } }, gather);
  const expected = all.filter(
    (record) => record.openedAt !== null && String(record.openedAt) >= '2026-01-03T23:00' && String(record.openedAt) < '2026-01-04T23:00',
  );
  assert.ok(expected.length > 0);
  assert.deepEqual(idsOf(listed), idsOf(expected));
});

test('search begins with the text, in name, company and address', async () => {
  const found = await everything({ q: 'ANNA l' }, gather);
  assert.ok(found.length > 0);
  assert.ok(
    found.every((record) => /^anna.lindt/i.test(String(record.name))),
    JSON.stringify(found.map((record) => record.name)),
  );
  assert.deepEqual(idsOf(await everything({ q: 'anna l' }, walk)), idsOf(found));
  const companies = await everything({ q: 'acme' }, gather);
  assert.equal(companies.length, all.filter((record) => String(record.company).toLowerCase().startsWith('acme')).length);
  assert.deepEqual(await everything({ q: '%' }, gather), []);
});

test('another workspace’s leads are in no list, count, search or list of values', async () => {
  assert.equal((await everything({ q: 'anna of' }, gather)).length, 0);
  assert.deepEqual(await inside((tx) => searchRecords(tx, workspaceId, 'anna of')), []);
  const values = await inside((tx) => listValues(tx, workspaceId, 'lead', 'origin'));
  assert.equal(values.items.find((value) => value.value === 'Website')?.count, all.filter((record) => record.origin === 'Website').length);
  assert.equal(values.items.find((value) => value.value === null)?.count, all.filter((record) => record.origin === null).length);
  assert.equal((await world.ask(stranger, 'GET', '/leads')).json().total, 1);
});

test('what a list can’t be asked is refused with the place and the reason', async () => {
  const asks: ListAsk[] = [
    { sort: 'landingPage' },
    { cursor: 'AAAA' },
    { filter: { all: [{ field: 'shoeSize', is: 'eq', value: 44 }] } },
    { filter: { all: [{ field: 'openedAt', is: 'contains', value: '2026' }] } },
    { filter: { all: [{ field: 'origin', is: 'gte', value: 'A' }] } },
    { filter: { all: [{ field: 'value', is: 'between', value: ['1'] }] } },
    { filter: { all: [{ field: 'ownerId', is: 'eq', value: "' OR 1=1 --" }] } },
    { filter: { all: [{ field: 'custom.nothing', is: 'blank' }] } },
    { filter: { all: [{ field: 'stage', is: 'eq', value: 'sold' }] } },
  ];
  for (const ask of asks)
    await assert.rejects(
      inside((tx) => listRecords(tx, workspaceId, 'lead', ask)),
      (error: unknown) => error instanceof Problem && error.code === 'bad-input' && error.fields !== undefined,
      JSON.stringify(ask),
    );
  const page = await inside((tx) => listRecords(tx, workspaceId, 'lead', { sort: 'name', limit: 5 }));
  await assert.rejects(
    inside((tx) => listRecords(tx, workspaceId, 'lead', { sort: '-name', cursor: page.next! })),
    Problem,
    'a cursor belongs to its order',
  );
});
