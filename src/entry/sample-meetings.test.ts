/** What the sample company says to itself is there once, by the features' own actions, and quickly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { readHealth } from '#features/cadence/queries/health.ts';
import { newId } from '#platform/db/ids.ts';
import type { Who } from '#platform/http/route.ts';
import { inside, openWorld, type World } from '#tests/security/world.ts';
import { hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import type { SamplePeople } from './sample-campaigns.ts';
import { meetTogether } from './sample-meetings.ts';

let world: World;
let company: ManyColleagues;
let people: SamplePeople;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Mara', side: 'marketing', role: 'manager' },
    { name: 'Sam', side: 'sales', role: 'manager' },
    ...['Ann', 'Ben', 'Cleo'].map((name) => ({ name, side: 'sales' as const })),
  ]);
  const whos = company.people.map(
    ({ memberId, name, side, role }): Who => ({ workspaceId: company.workspaceId, memberId, name, side, role }),
  );
  people = { mara: whos[0]!, sam: whos[1]!, reps: whos.slice(2), everybody: whos };
  await world.database.inWorkspace(company.workspaceId, async (tx) => {
    const campaigns = [newId(), newId()];
    for (const id of campaigns)
      await sql`INSERT INTO campaigns (workspace_id, id, name, owner_id) VALUES (${company.workspaceId}, ${id}, 'Fair', ${people.mara.memberId})`.execute(
        tx,
      );
    for (let lead = 0; lead < 8; lead++)
      await sql`INSERT INTO leads (workspace_id, id, name, owner_id, campaign_id, opened_at)
        VALUES (${company.workspaceId}, ${newId()}, 'Ada Lind', ${people.reps[lead % 3]!.memberId}, ${campaigns[0]!}, now())`.execute(tx);
  });
});
after(() => world.close());

const count = async (table: string, where = 'true'): Promise<number> =>
  (
    await inside<{ n: number }>(
      world,
      company.workspaceId,
      `SELECT count(*)::int AS n FROM accord.${table} WHERE workspace_id = '${company.workspaceId}' AND ${where}`,
    )
  )[0]!.n;

test('eight weeks of meetings with what came of them, one to come, ten pieces of feedback; done twice, once', async () => {
  for (let times = 0; times < 2; times++) {
    await meetTogether(world.database, people);
    assert.deepEqual(
      [
        await count('meetings', `status = 'held'`),
        await count('meetings', `status = 'notHeld'`),
        (await count('meetings', `status = 'planned'`)) > 4,
      ],
      [7, 1, true],
    );
    // What would be done in days to come is open on some days of the week.
    assert.deepEqual([await count('decisions'), await count('actions')], [6, 12]);
    assert.ok((await count('actions', `status = 'open'`)) >= 4);
    assert.equal(await count('actions', 'closed_at > now()'), 0);
    assert.equal(await count('feedback'), 10);
    assert.ok((await count('feedback', `state = 'confirmed'`)) >= 3 && (await count('feedback', `state = 'disagreed'`)) === 1);
  }
  const { overall } = await world.database.inWorkspace(company.workspaceId, (tx) => readHealth(tx, company.workspaceId, {}));
  assert.deepEqual([overall.due, overall.held, overall.deciding], [8, 7, 7]);
});
