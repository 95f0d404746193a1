import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { simulate } from '#engine/simulate/simulate.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { inside, join, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import { importCalendars } from './actions/import-calendars.ts';
import { agreementCommands } from './commands.ts';
import { calendarFile } from './contract/calendars.ts';
import { loadCalendars, workingTimes } from './queries/calendars.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'member');
});
after(() => world.close());
beforeEach(async () => {
  await inside(world, lea.workspaceId, 'DELETE FROM accord.member_calendars');
  for (const table of ['calendars', 'absences', 'lead_backlog', 'facts'])
    await inside(world, lea.workspaceId, `DELETE FROM accord.${table}`);
});

const workspaceId = (): WorkspaceId => lea.workspaceId as WorkspaceId;
const ms = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const weekly = {
  mon: [
    ['09:00', '12:30'],
    ['13:30', '18:00'],
  ],
  tue: [['08:00', '16:00']],
};
const berlin = { name: 'Berlin', timeZone: 'Europe/Berlin', weekly };
const calendars = async (): Promise<{ items: Record<string, unknown>[]; assumed: Record<string, unknown> | null }> =>
  (await world.ask(sam, 'GET', '/calendars')).json();
const add = async (body: object, who = mara): Promise<string> => {
  const answer = await world.ask(who, 'POST', '/calendars', body);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
};
const kinds = async (): Promise<string[]> =>
  (await inside<{ kind: string }>(world, lea.workspaceId, 'SELECT kind FROM accord.facts ORDER BY recorded_at')).map(({ kind }) => kind);
const notes = async (): Promise<{ everything: boolean; lead_id: string | null }[]> =>
  inside(world, lea.workspaceId, 'SELECT everything, lead_id FROM accord.lead_backlog ORDER BY lead_id');
const times = () =>
  world.database.inWorkspace(workspaceId(), async (tx) => {
    const loaded = await loadCalendars(tx, workspaceId());
    return { loaded, ...workingTimes(loaded) };
  });

suite('calendars', () => {
  test('before anybody sets one, a working week in the workspace’s zone is assumed and said', async () => {
    const { items, assumed } = await calendars();
    assert.deepEqual(items, []);
    assert.equal(assumed?.timeZone, 'Europe/Berlin');
    const { of } = await times();
    assert.equal(of(sam.memberId).elapsed(ms('2026-06-01T00:00:00Z'), ms('2026-06-08T00:00:00Z')), 40 * 3_600_000);
    assert.equal(of(null).isOpen(ms('2026-06-01T07:00:00Z')), true, 'nine in Berlin');
  });

  test('the first becomes the default; there is always exactly one', async () => {
    const first = await add(berlin);
    const second = await add({ ...berlin, name: 'Lisbon', timeZone: 'Europe/Lisbon' });
    assert.deepEqual(
      (await calendars()).items.map(({ id, isDefault }) => [id, isDefault]),
      [
        [first, true],
        [second, false],
      ],
    );
    assert.equal((await calendars()).assumed, null);
    assert.equal((await world.ask(mara, 'PATCH', `/calendars/${second}`, { isDefault: true })).statusCode, 204);
    assert.deepEqual(
      (await calendars()).items.map(({ id, isDefault }) => [id, isDefault]),
      [
        [second, true],
        [first, false],
      ],
    );
    assert.equal((await world.ask(mara, 'PATCH', `/calendars/${second}`, { isDefault: false })).statusCode, 409);
    assert.equal((await world.ask(mara, 'DELETE', `/calendars/${second}`)).statusCode, 409, 'not while there are others');
    assert.equal((await world.ask(mara, 'DELETE', `/calendars/${first}`)).statusCode, 204);
    assert.equal(
      (await world.ask(mara, 'DELETE', `/calendars/${second}`)).statusCode,
      204,
      'the last one goes, and the week is assumed again',
    );
    assert.equal((await calendars()).assumed?.isDefault, true);
    assert.deepEqual(await kinds(), ['calendar.added', 'calendar.added', 'calendar.changed', 'calendar.archived', 'calendar.archived']);
    assert.equal((await notes()).length, 5);
    assert.ok((await notes()).every(({ everything }) => everything));
  });

  test('two at once leave one default', async () => {
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => add({ ...berlin, name, isDefault: true })));
    assert.equal((await calendars()).items.filter(({ isDefault }) => isDefault).length, 1);
  });

  test('a change keeps what it doesn’t name', async () => {
    const id = await add({
      ...berlin,
      country: 'DE',
      region: 'BE',
      holidays: [
        { on: '2026-12-25', name: 'Christmas' },
        { on: '2026-05-01', name: 'May' },
      ],
    });
    assert.equal(
      (
        await world.ask(mara, 'PATCH', `/calendars/${id}`, {
          weekly: {
            sat: [
              ['14:00', '24:00'],
              ['10:00', '12:00'],
            ],
          },
        })
      ).statusCode,
      204,
    );
    const [kept] = (await calendars()).items;
    assert.deepEqual(kept, {
      id,
      name: 'Berlin',
      timeZone: 'Europe/Berlin',
      weekly: {
        mon: [],
        tue: [],
        wed: [],
        thu: [],
        fri: [],
        sat: [
          ['10:00', '12:00'],
          ['14:00', '24:00'],
        ],
        sun: [],
      },
      country: 'DE',
      region: 'BE',
      holidays: [
        { on: '2026-05-01', name: 'May' },
        { on: '2026-12-25', name: 'Christmas' },
      ],
      isDefault: true,
      members: [],
    });
  });

  test('members work by their own, the others by the default; without it they are back there', async () => {
    const [home, away] = [await add(berlin), await add({ ...berlin, name: 'New York', timeZone: 'America/New_York' })];
    assert.equal(
      (await world.ask(mara, 'PUT', `/calendars/${away}/members`, { memberIds: [sam.memberId, mara.memberId] })).statusCode,
      204,
    );
    const monday = ms('2026-06-01T14:00:00Z'); // 10:00 in New York, 16:00 in Berlin
    assert.deepEqual([(await times()).of(sam.memberId).nextOpening(monday + 3 * 3_600_000)], [ms('2026-06-01T17:30:00Z')]);
    assert.equal((await world.ask(mara, 'PUT', `/calendars/${away}/members`, { memberIds: [mara.memberId] })).statusCode, 204);
    assert.equal((await times()).of(sam.memberId).isOpen(ms('2026-06-01T17:30:00Z')), false);
    assert.equal((await world.ask(mara, 'DELETE', `/calendars/${away}`)).statusCode, 204);
    const { loaded, of, named, default: usual } = await times();
    assert.equal(loaded.idOfMember.size, 0);
    assert.equal(of(mara.memberId), usual);
    assert.ok(named(away), 'a signed version may still name what was put away');
    assert.equal(named(home), usual);
    assert.equal(named(newId()), undefined);
  });

  test('what can’t be is refused with its place', async () => {
    await add(berlin);
    const refused = async (body: object): Promise<string> =>
      (await world.ask(mara, 'POST', '/calendars', { ...berlin, name: 'X', ...body })).body;
    assert.match(await refused({ name: 'BERLIN' }), /There is a calendar “BERLIN” already/);
    assert.match(await refused({ timeZone: 'Mars/Olympus' }), /timeZone: This is no time zone/);
    assert.match(
      await refused({
        weekly: {
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      }),
      /weekly.mon: 11:00 to 13:00 overlaps/,
    );
    assert.equal((await world.ask(mara, 'PUT', `/calendars/${newId()}/members`, { memberIds: [] })).statusCode, 404);
    assert.equal((await world.ask(sam, 'POST', '/calendars', berlin)).statusCode, 403, 'heads keep calendars');
  });

  test('holidays of a country and region, whole days off only', async () => {
    const ask = async (query: string) => (await world.ask(sam, 'GET', `/calendars/holidays?${query}`)).json();
    const bavaria = await ask('country=DE&region=BY&from=2026&to=2027');
    const days = new Map<string, string>(bavaria.items.map((item: { on: string; name: string }) => [item.on, item.name]));
    assert.equal(days.get('2026-04-06'), 'Easter Monday');
    assert.ok(days.has('2026-01-06') && days.has('2027-12-26'), 'Epiphany is free in Bavaria');
    assert.ok(!days.has('2026-12-24') && !days.has('2026-02-14'), 'neither half days nor Valentine’s');
    assert.ok(bavaria.regions.some(({ code }: { code: string }) => code === 'BE'));
    const berliners = await ask('country=DE&region=BE&from=2026&to=2026');
    assert.ok(!berliners.items.some(({ on }: { on: string }) => on === '2026-01-06'));
    const none = await ask('from=2026&to=2026');
    assert.deepEqual(none.items, []);
    assert.ok(none.countries.length > 100);
    assert.equal((await world.ask(sam, 'GET', '/calendars/holidays?country=ZZ&from=2026&to=2026')).statusCode, 400);
    assert.equal((await world.ask(sam, 'GET', '/calendars/holidays?country=DE&from=2027&to=2026')).statusCode, 400);
  });
});

suite('leave', () => {
  const leave = (person: Person, more: object = {}) => ({
    memberId: person.memberId,
    startsAt: '2100-06-01T00:00:00+02:00',
    endsAt: '2100-06-03T00:00:00+02:00',
    reason: 'Surgery',
    ...more,
  });

  test('oneself, and heads for all; why is told to them alone', async () => {
    assert.equal((await world.ask(sam, 'POST', '/absences', leave(mara))).statusCode, 403);
    assert.equal((await world.ask(sam, 'POST', '/absences', leave(sam))).statusCode, 201);
    const hers = await world.ask(lea, 'POST', '/absences', leave(mara, { startsAt: '2100-05-01T00:00:00Z' }));
    const seen = async (who: Person) =>
      (await world.ask(who, 'GET', '/absences'))
        .json()
        .items.map((item: Record<string, unknown>) => [(item.member as { name: string }).name, item.reason, item.mayRemove]);
    assert.deepEqual(await seen(sam), [
      ['Mara', null, false],
      ['Sam', 'Surgery', true],
    ]);
    assert.deepEqual(await seen(mara), [
      ['Mara', 'Surgery', true],
      ['Sam', 'Surgery', true],
    ]);
    assert.equal((await world.ask(sam, 'DELETE', `/absences/${hers.json().id}`)).statusCode, 403);
    assert.equal((await world.ask(mara, 'DELETE', `/absences/${hers.json().id}`)).statusCode, 204);
    assert.equal((await world.ask(mara, 'DELETE', `/absences/${hers.json().id}`)).statusCode, 404);
    assert.deepEqual(await kinds(), ['absence.recorded', 'absence.recorded', 'absence.removed']);
    const facts = await inside<{ body: string }>(world, lea.workspaceId, 'SELECT body::text FROM accord.facts');
    assert.ok(
      facts.every(({ body }) => !body.includes('Surgery')),
      'facts are read by many',
    );
  });

  test('working time leaves it out', async () => {
    await world.ask(sam, 'POST', '/absences', leave(sam, { startsAt: '2026-06-01T00:00:00Z', endsAt: '2026-06-02T22:00:00Z' }));
    const { of } = await times();
    assert.equal(of(sam.memberId).nextOpening(ms('2026-06-01T00:00:00Z')), ms('2026-06-03T07:00:00Z'));
    assert.equal(of(mara.memberId).nextOpening(ms('2026-06-01T00:00:00Z')), ms('2026-06-01T07:00:00Z'));
  });

  test('pages follow each other, over ones too', async () => {
    for (const month of ['01', '02', '03'])
      await world.ask(
        sam,
        'POST',
        '/absences',
        leave(sam, { startsAt: `2026-${month}-01T00:00:00Z`, endsAt: `2026-${month}-02T00:00:00Z` }),
      );
    const page = async (query: string) => (await world.ask(sam, 'GET', `/absences?${query}`)).json();
    const first = await page('past=true&limit=2');
    const second = await page(`past=true&limit=2&cursor=${encodeURIComponent(first.next)}`);
    assert.deepEqual(
      [...first.items, ...second.items].map(({ startsAt }) => startsAt.slice(0, 7)),
      ['2026-03', '2026-02', '2026-01'],
    );
    assert.equal(second.next, null);
    assert.equal((await world.ask(sam, 'GET', '/absences?cursor=0000-01-01T00:00:00Z_x')).statusCode, 400);
  });

  test('only the leads whose clocks it touches are followed anew', async () => {
    const [held, over, elses] = [newId(), newId(), newId()];
    const handoff = (leadId: string, owner: Person, state: string) =>
      inside(
        world,
        lea.workspaceId,
        `INSERT INTO accord.handoffs (workspace_id, lead_id, state, owner_id, started_at) VALUES ($1, $2, $3, $4, '2026-02-01')`,
        [lea.workspaceId, leadId, state, owner.memberId],
      );
    await handoff(held, sam, 'waiting');
    await handoff(over, sam, 'rejected');
    await handoff(elses, mara, 'waiting');
    await world.ask(sam, 'POST', '/absences', leave(sam));
    assert.deepEqual(
      (await notes()).map(({ lead_id }) => lead_id),
      [held],
    );
    await inside(world, lea.workspaceId, 'DELETE FROM accord.lead_backlog');
    await world.ask(sam, 'POST', '/absences', leave(sam, { startsAt: '2026-02-02T00:00:00Z', endsAt: '2026-02-03T00:00:00Z' }));
    assert.deepEqual(
      (await notes()).map(({ lead_id }) => lead_id).sort(),
      [held, over].sort(),
      'what is over is judged anew when the past changes',
    );
  });
});

suite('a calendar file', () => {
  const file = {
    calendars: [
      { ...berlin, weekly: { monday: weekly.mon, tuesday: weekly.tue }, holidays: [{ day: '2026-12-25', name: 'Christmas' }] },
      { ...berlin, name: 'Lisbon', timeZone: 'Europe/Lisbon' },
    ],
    members: [
      { member: 'sam@northwind.example', calendar: 'Lisbon' },
      { member: 'nobody@northwind.example', calendar: 'Lisbon' },
    ],
    leave: [
      { member: 'SAM@northwind.example', from: '2026-07-01', to: '2026-07-02', kind: 'holiday' },
      { member: 'sam@northwind.example', from: '2026-08-03', to: '2026-08-03', kind: 'sick' },
      { member: 'ghost@northwind.example', from: '2026-08-03', to: '2026-08-03', kind: 'sick' },
    ],
  };
  const bringIn = (content: unknown) =>
    world.database.inWorkspace(workspaceId(), (tx) => importCalendars(tx, workspaceId(), calendarFile.parse(content)));

  test('brings in calendars, members and leave; the same again changes nothing', async () => {
    const strangers = ['ghost@northwind.example', 'nobody@northwind.example'];
    assert.deepEqual(await bringIn(file), {
      calendars: { added: 2, changed: 0, same: 0 },
      assigned: 1,
      absences: { added: 2, same: 0 },
      unknown: strangers,
    });
    const before = [await calendars(), await kinds(), await notes()];
    assert.deepEqual(await bringIn(file), {
      calendars: { added: 0, changed: 0, same: 2 },
      assigned: 0,
      absences: { added: 0, same: 2 },
      unknown: strangers,
    });
    assert.deepEqual([await calendars(), await kinds(), await notes()], before);
    const { of } = await times();
    assert.equal(of(sam.memberId).isWorkingDay('2026-08-03'), false, 'a Monday of sickness');
    assert.equal(of(sam.memberId).isWorkingDay('2026-08-04'), true);
    const { items } = (await world.ask(lea, 'GET', '/absences?past=true')).json();
    const day = items.find(({ reason }: { reason: string }) => reason === 'sick');
    assert.deepEqual([day.startsAt, day.endsAt], ['2026-08-02T23:00:00Z', '2026-08-03T23:00:00Z'], 'whole days of Lisbon');
  });

  test('a changed file changes its calendars', async () => {
    await bringIn(file);
    const [first, second] = file.calendars;
    const { calendars: counts } = await bringIn({ ...file, calendars: [{ ...first, holidays: [] }, second] });
    assert.deepEqual(counts, { added: 0, changed: 1, same: 1 });
  });

  test('the command tells what came in and what is wrong with a file', async () => {
    const folder = await mkdtemp(joinPath(tmpdir(), 'accord-calendars-'));
    try {
      const run = async (content: string, json = false) => {
        const [out, err]: [string[], string[]] = [[], []];
        const path = joinPath(folder, 'calendar.json');
        await writeFile(path, content);
        const command = agreementCommands.find(({ name }) => name === 'calendars')!;
        if (command.needs !== 'workspace') throw new Error('needs a workspace');
        const io = {
          json,
          watched: false,
          progress: () => {},
          out: (line: string) => void out.push(line),
          err: (line: string) => void err.push(line),
          database: world.database,
          workspaceId: workspaceId(),
          workspace: { id: workspaceId(), name: 'Northwind', slug: 'northwind', timeZone: 'Europe/Berlin', currency: 'EUR', country: null },
        };
        return { code: await command.run({ values: {}, positionals: [path] }, io), out, err };
      };
      const told = await run(JSON.stringify(file));
      assert.equal(told.code, 1, 'somebody is unknown');
      assert.match(told.out.join('\n'), /calendars: 2 added, 0 changed, 0 as before/);
      assert.match(told.err.join('\n'), /nobody@northwind.example/);
      assert.deepEqual(JSON.parse((await run(JSON.stringify(file), true)).out[0]!).calendars, { added: 0, changed: 0, same: 2 });
      await assert.rejects(
        run('{"calendars":[{"name":"X","timeZone":"Nowhere","weekly":{}}]}'),
        /calendars\.0\.timeZone: This is no time zone/,
      );
      await assert.rejects(run('nothing'), /is not JSON/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('the simulator’s own file is one', () => {
    const running = simulate({ seed: 3, months: 2, leads: 30, state: 'typical', startDay: 20_089 });
    let step = running.next();
    while (!step.done) step = running.next();
    const parsed = calendarFile.parse(JSON.parse(JSON.stringify(step.value.calendar)));
    assert.deepEqual(
      parsed.calendars.map(({ name }) => name),
      ['Berlin', 'Lisbon'],
    );
    assert.ok(parsed.members.length > 10 && parsed.leave.length > 10);
  });
});
