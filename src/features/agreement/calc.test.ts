import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';

let world: World;
let vera: Person;
before(async () => {
  world = await openWorld();
  vera = await join(world, await setUpLea(world), 'Vera', 'leadership', 'viewer');
});
after(() => world.close());

const given = {
  startedAt: '2026-03-27T20:00:00Z',
  minutes: 480,
  until: '2026-04-02T10:00:00Z',
  calendar: {
    timeZone: 'Europe/Paris',
    weekly: {
      mon: [
        ['09:00', '12:30'],
        ['13:30', '18:00'],
      ],
    },
  },
};

test('a formula over HTTP answers as on the command line, also who only reads', async () => {
  const deadline = await world.ask(vera, 'POST', '/calc/deadline', { cases: [given, { ...given, minutes: 0 }] });
  assert.equal(deadline.statusCode, 200);
  assert.deepEqual(deadline.json(), { results: [{ deadline: '2026-03-30T16:00:00Z' }, { deadline: '2026-03-27T20:00:00Z' }] });
  const elapsed = await world.ask(vera, 'POST', '/calc/elapsed', { cases: [given] });
  assert.deepEqual(elapsed.json(), { results: [{ elapsedMinutes: 480 }] });
});

test('a wrong input is refused with the path of each field', async () => {
  const answer = await world.ask(vera, 'POST', '/calc/elapsed', {
    cases: [{ ...given, until: 'soon', calendar: { ...given.calendar, timeZone: 'X' } }],
  });
  assert.equal(answer.statusCode, 400);
  assert.deepEqual(
    answer.json().fields.map(({ at }: { at: string }) => at),
    ['cases.0.until', 'cases.0.calendar.timeZone'],
  );
  assert.equal((await world.ask(vera, 'POST', '/calc/nothing', { cases: [] })).statusCode, 400);
  assert.equal((await world.ask(undefined, 'POST', '/calc/elapsed', { cases: [given] })).statusCode, 401);
});
