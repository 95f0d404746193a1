import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { WorkspaceId } from '#platform/db/database.ts';
import { openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { defineField } from './actions/custom-fields.ts';
import { archiveRecord, restoreRecord } from './actions/edit-records.ts';
import { recordFields } from './actions/record-fields.ts';
import { applySets, fold, type Sets } from './contract/fold.ts';
import { statedValues } from './queries/columns.ts';
import { getRow, listFacts } from './queries/records.ts';

let world: World;
let lea: Person;
let workspaceId: WorkspaceId;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  workspaceId = lea.workspaceId as WorkspaceId;
  await world.database.inWorkspace(workspaceId, (tx) =>
    defineField(tx, workspaceId, { kind: 'lead', key: 'tier', label: 'Tier', type: 'text' }),
  );
});
after(() => world.close());

test('a later value wins, null clears, what is not mentioned stays', () => {
  assert.deepEqual(applySets({ name: 'Acme', city: 'Bonn' }, { city: null, country: 'DE' }), { name: 'Acme', country: 'DE' });
  assert.deepEqual(
    fold([{ sets: { name: 'A' } }, { sets: null }, { sets: { name: 'B', 'custom.tier': 'A' } }, { sets: { 'custom.tier': null } }]),
    { name: 'B' },
  );
});

test('folding the same facts in two parts gives the same', () => {
  const sets = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer(), { nil: null }));
  fc.assert(
    fc.property(fc.array(sets), fc.nat(), (all, cut) => {
      const facts = all.map((one) => ({ sets: one as Sets }));
      const at = cut % (facts.length + 1);
      assert.deepEqual(fold([{ sets: fold(facts.slice(0, at)) }, ...facts.slice(at)]), fold(facts));
    }),
  );
});

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((value) => value.trim() !== '' && !value.includes('\0') && value.isWellFormed());
const instant = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000 + (seconds % 1000)).toString());
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const edit = fc.record(
  {
    name: maybe(text),
    company: maybe(text),
    email: maybe(fc.constantFrom('sam@northwind.example', 'MARA@Northwind.example')),
    phone: maybe(fc.constantFrom('+49 30 901820', '030 901820', 'ask Sam')),
    openedAt: maybe(instant),
    mqlAt: maybe(instant),
    wonAt: maybe(instant),
    recycledUntil: maybe(fc.constantFrom('2026-02-28', '2027-01-01')),
    cycle: maybe(fc.integer({ min: 1, max: 9 })),
    value: maybe(fc.bigInt({ min: 0n, max: 9_000_000_000_000_000n }).map(String)),
    currency: maybe(fc.constantFrom('EUR', 'JPY')),
    'custom.tier': maybe(text),
  },
  { requiredKeys: [] },
);

test('after any edits a record’s row is the fold of its facts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 6, arbitrary: edit }, { weight: 1, arbitrary: fc.constantFrom('archive', 'restore') }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (steps) => {
        await world.database.inWorkspace(workspaceId, async (tx) => {
          const { id } = await recordFields(tx, workspaceId, { kind: 'lead', sets: { name: 'Sam Okafor' }, memberId: lea.memberId });
          for (const step of steps) {
            const call = { kind: 'lead' as const, id, memberId: lea.memberId };
            if (step === 'archive') await archiveRecord(tx, workspaceId, call);
            else if (step === 'restore') await restoreRecord(tx, workspaceId, call);
            else await recordFields(tx, workspaceId, { ...call, sets: step as Sets });
          }
          const facts = await listFacts(tx, workspaceId, 'lead', id, { limit: 200 });
          assert.deepEqual(statedValues('lead', await getRow(tx, workspaceId, 'lead', id)), fold(facts.items.toReversed()));
        });
      },
    ),
    { numRuns: 40 },
  );
});
