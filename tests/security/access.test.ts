/**
 * Who may use which route, as a table checked in beside the code: a change of rights is seen in review as
 * a changed line of access.json. `UPDATE_ACCESS=1 npm test -- access` writes it anew.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { after, before, test } from 'node:test';
import type { Role, Route, Side, Who } from '#platform/http/route.ts';
import { listRoutes } from '#platform/http/server.ts';
import { addressOf, exampleRequest } from './asking.ts';
import { join, openWorld, type Person, setUpLea, type World } from './world.ts';

const roles: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const sides: readonly Side[] = ['marketing', 'sales', 'leadership'];
const file = joinPath(import.meta.dirname, 'access.json');

let world: World;
before(async () => {
  world = await openWorld({ limits: { streams: 0 } });
});
after(() => world.close());

/** `leads.write: owner, admin, manager (sales)`. */
function whoMay(route: Route): string {
  if (typeof route.access === 'string') return route.access === 'public' ? 'everybody, signed in or not' : 'every login';
  const { verb, may } = route.access;
  const allowed = roles.flatMap((role) => {
    const on = sides.filter((side) => may({ role, side, memberId: '', name: '', workspaceId: '' as Who['workspaceId'] }));
    return on.length === 0 ? [] : [on.length === sides.length ? role : `${role} (${on.join(', ')})`];
  });
  return `${verb}: ${allowed.join(', ')}`;
}

test('the routes and who may use them are those of access.json', () => {
  const table = Object.fromEntries(
    listRoutes(world.server)
      .map((route) => [`${route.method} ${route.path}`, whoMay(route)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  if (process.env['UPDATE_ACCESS']) writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
  assert.deepEqual(
    table,
    JSON.parse(readFileSync(file, 'utf8')),
    'rights changed: look at each line, then UPDATE_ACCESS=1 npm test -- access',
  );
});

test('each route refuses and admits each role as the table says, over HTTP', async () => {
  const lea = await setUpLea(world);
  const people = new Map<Role, Person>([['owner', lea]]);
  for (const role of roles.slice(1)) people.set(role, await join(world, lea, `The${role}`, 'sales', role));
  for (const route of listRoutes(world.server)) {
    const where = `${route.method} ${route.path}`;
    const example = exampleRequest(route);
    const ask = (person: Person | undefined) =>
      world
        .ask(person, route.method, addressOf(route, example), route.body ? { notAField: true } : undefined)
        .then((answer) => answer.statusCode);
    if (route.access === 'public') continue;
    assert.equal(await ask(undefined), 401, where);
    if (route.access === 'login') continue;
    for (const [role, person] of people) {
      if (
        route.method === 'DELETE' &&
        route.access.may({ ...person, name: '', workspaceId: '' as Who['workspaceId'] }) &&
        !route.path.includes(':')
      )
        continue;
      const allowed = route.access.may({ ...person, name: '', workspaceId: '' as Who['workspaceId'] });
      const status = await ask(person);
      if (allowed) assert.notEqual(status, 403, `${where} as ${role}`);
      else assert.equal(status, 403, `${where} as ${role}`);
    }
  }
});
