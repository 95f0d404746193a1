/**
 * Every route × every id of another workspace, in path, query and body: nothing of it is told, nothing of
 * it changes, nothing of ours comes to point at it. All rows of a workspace bear one id (rows.ts), so that a
 * request that names it names a record of every kind. Routes and tables added later are covered by their
 * schemas; a route for which no request can be made fails here.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listRoutes } from '#platform/http/server.ts';
import type { Route } from '#platform/http/route.ts';
import { addressOf, exampleRequest, idSlots, nobodysId, type Request, type Slot, withValue } from './asking.ts';
import { type Filled, fillWorkspace } from './rows.ts';
import { watchWrites } from './watch.ts';
import { inside, openStranger, openWorld, type Person, setUpLea, type World } from './world.ts';

/** In every text of the other workspace. */
const canary = 'canary7f3a';

let world: World;
let lea: Person;
let stranger: Person;
let ours: Filled;
let theirs: Filled;
before(async () => {
  world = await openWorld({ limits: { streams: 0 } });
  lea = await setUpLea(world);
  stranger = await openStranger(world, lea);
  ours = await fillWorkspace(world, lea.workspaceId, 'ours');
  theirs = await fillWorkspace(world, stranger.workspaceId, canary);
});
after(() => world.close());

const tables = (): string[] => [...theirs.keys()];

/** A hash of everything in the other workspace, and of who may sign in there. */
async function stateOfTheirs(): Promise<string> {
  const parts = tables().map(
    (table) => `SELECT '${table}' AS name, md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash FROM accord.${table} t`,
  );
  const rows = await inside<{ name: string; hash: string }>(world, stranger.workspaceId, parts.join(' UNION ALL '));
  const gate = await inside(
    world,
    stranger.workspaceId,
    `SELECT w::text FROM accord.workspaces w WHERE id = $1 UNION ALL SELECT token_hash::text || workspace_id FROM accord.sessions WHERE login_id = $2 UNION ALL SELECT g::text FROM accord.gate_tokens g WHERE workspace_id = $1`,
    [stranger.workspaceId, stranger.loginId],
  );
  return JSON.stringify([rows, gate]);
}

/** Tables of ours in which one of these ids stands. */
async function pointingAt(ids: readonly string[]): Promise<string[]> {
  const parts = tables().map((table) => `SELECT '${table}' AS name FROM accord.${table} t WHERE t::text ~ $1`);
  const rows = await inside<{ name: string }>(world, lea.workspaceId, parts.join(' UNION '), [ids.join('|')]);
  return rows.map((row) => row.name);
}

async function send(route: Route, request: Request): Promise<{ status: number; body: string }> {
  const answer = await world.ask(lea, route.method, addressOf(route, request), route.body ? request.body : undefined);
  return { status: answer.statusCode, body: answer.body };
}

/** Ids that a slot may name: of every row of theirs, their workspace, their member and a session of theirs. */
async function foreignIds(): Promise<string[]> {
  const [session] = await inside<{ id: string }>(
    world,
    stranger.workspaceId,
    `SELECT encode(substring(token_hash FROM 1 FOR 16), 'hex') AS id FROM accord.sessions WHERE login_id = $1`,
    [stranger.loginId],
  );
  return [...new Set(theirs.values().filter(Boolean)), stranger.workspaceId, stranger.memberId, session!.id];
}

/** Every place that takes an id filled with ours, so that one of theirs beside them is reached. */
function onOurs(request: Request): Request {
  return idSlots(request).reduce((made, slot) => withValue(made, slot, ours.get('members')), request);
}

async function replay(route: Route, request: Request, slot: Slot): Promise<void> {
  const { status, body } = await send(route, request);
  const where = `${addressOf(route, request)} ${slot.part}.${slot.at.join('.')}`;
  assert.ok(status < 500, `${where}: ${status} ${body}`);
  assert.ok(!body.includes(canary) && !body.includes('Contoso'), `${where} tells: ${body}`);
  assert.notEqual(status, 403, `${where}: 403 tells that it exists`);
  if (slot.part !== 'params') return;
  // Where the rest of the path is ours, its state may stand against it first: against an id that nobody has as well.
  const alike = status === 409 && (await send(route, withValue(request, slot, nobodysId))).status === 409;
  assert.ok(status === 404 || status === 400 || alike, `${where}: ${status} ${body}`);
}

test('another workspace’s id opens, tells and changes nothing on any route', async (context) => {
  const foreign = await foreignIds();
  const untouched = await stateOfTheirs();
  const watch = await watchWrites(world, foreign);
  context.after(() => watch.close());
  let asked = 0;
  for (const route of listRoutes(world.server)) {
    if (route.access === 'public') continue;
    await context.test(`${route.method} ${route.path}`, async () => {
      const example = exampleRequest(route);
      const own = onOurs(example);
      for (const slot of idSlots(example)) {
        await Promise.all(foreign.map((id) => replay(route, withValue(own, slot, id), slot)));
        asked += foreign.length;
      }
      assert.deepEqual(await watch.take(), [], 'something of theirs changed, or something of ours points at theirs');
    });
  }
  assert.ok(asked > 100, `only ${asked} requests: this proves nothing`);
  // The watch is no judge of itself: once, at the end, every table is looked at.
  assert.equal(await stateOfTheirs(), untouched, 'something of theirs changed');
  assert.deepEqual(await pointingAt(foreign), [], 'something of ours points at theirs');
});

test('lists and exports, asked for everything, tell nothing of another workspace', async () => {
  const failed: string[] = [];
  for (const route of listRoutes(world.server)) {
    if (route.method !== 'GET' || route.access === 'public' || route.path === '/live') continue;
    const example = exampleRequest(route);
    const plain = await send(route, { ...example, query: {} });
    const full = await send(route, example);
    for (const { status, body } of [plain, full]) {
      if (status >= 500) failed.push(`${route.path}: ${body}`);
      assert.ok(!body.includes(canary), `${route.path} tells: ${body.slice(0, 300)}`);
    }
  }
  assert.deepEqual(failed, []);
});
