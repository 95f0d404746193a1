/** What nobody types and machines send: on every route, in every place, refused with its place and never a 500. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { listRoutes } from '#platform/http/server.ts';
import type { Identify, Identity, Route } from '#platform/http/route.ts';
import { addressOf, allSlots, exampleRequest, type Request, type Slot, withValue } from './asking.ts';
import { fillWorkspace } from './rows.ts';
import { join, openWorld, type Person, setUpLea, type World } from './world.ts';

let world: World;
let lea: Person;
let nina: Person;
/**
 * Who asks is looked up once and stays who they are: what is tried here comes after, and of tens of thousands
 * of requests most are refused before they ask the database anything else.
 */
const known = new Map<string, Promise<Identity>>();
const identify: Identify = (request) => {
  const cookie = request.headers.cookie ?? '';
  if (!known.has(cookie)) known.set(cookie, makeIdentify(world.database)(request));
  return known.get(cookie)!;
};

before(async () => {
  world = await openWorld({ limits: { streams: 0 }, identify });
  lea = await setUpLea(world);
  nina = await join(world, lea, 'Nina', 'sales', 'member');
  await fillWorkspace(world, lea.workspaceId, 'ours');
});
after(() => world.close());

/** Never fine, whatever the field means. */
const refused: Array<[string, string]> = [
  ['NUL', '"a\\u0000b"'],
  ['a lone surrogate', '"a\\ud800b"'],
  ['1e309', '1e309'],
];
/** May be fine in a field of text; must never be a 500. */
const odd: Array<[string, string]> = [
  ['an array', '["x"]'],
  ['an object', '{"a":{"b":1}}'],
  ['null', 'null'],
  ['nothing', '""'],
  ['right-to-left and zero-width', '"\\u202Eevil\\u200B\\uFEFF"'],
  ['SQL', `"'; DROP TABLE leads; --"`],
  ['a formula', '"=HYPERLINK(\\"http://evil\\")"'],
  ['a huge number', '99999999999999999999999'],
  ['a negative number', '-1'],
  ['a huge text', JSON.stringify('x'.repeat(200_000))],
  ['a prototype', '{"constructor":{"prototype":{"a":1}}}'],
  ['percent', '"%_\\\\"'],
];

const mark = '@@here@@';
const asker = (route: Route): Person | undefined => (route.access === 'public' ? undefined : route.access === 'login' ? nina : lea);

async function sendRaw(route: Route, request: Request, slot: Slot, json: string): Promise<{ status: number; body: string }> {
  const address = slot.part === 'body' ? addressOf(route, request) : addressOf(route, withValue(request, slot, JSON.parse(json)));
  if (address.length > 12_000) return { status: 414, body: '' };
  const payload =
    slot.part === 'body'
      ? JSON.stringify(withValue(request, slot, mark).body).replace(JSON.stringify(mark), json)
      : request.body && JSON.stringify(request.body);
  const person = asker(route);
  const answer = await world.server.inject({
    method: route.method,
    url: `/api/v1${address}`,
    headers: { ...(person ? { cookie: person.cookie } : {}), ...(payload ? { 'content-type': 'application/json' } : {}) },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.body };
}

test('naughty values on every route', async (context) => {
  for (const route of listRoutes(world.server)) {
    if (route.path === '/live') continue;
    await context.test(`${route.method} ${route.path}`, async () => {
      const example = exampleRequest(route);
      for (const slot of allSlots(example)) {
        const where = `${slot.part}.${slot.at.join('.')}`;
        for (const [name, json] of [...refused, ...odd]) {
          const { status, body } = await sendRaw(route, example, slot, json);
          assert.ok(status < 500, `${where} = ${name}: ${status} ${body}`);
          // An address can't carry a lone surrogate or a number beyond numbers: there they are other texts.
          const certain = refused.some(([each]) => each === name) && (slot.part === 'body' || name === 'NUL');
          if (certain) assert.equal(status, 400, `${where} = ${name}: ${status} ${body}`);
        }
      }
    });
  }
});

test('bodies that are no object of ours, on every route that takes one', async () => {
  for (const route of listRoutes(world.server)) {
    if (!route.body || route.multipart) continue;
    const example = exampleRequest(route);
    for (const payload of [
      '',
      'null',
      '[]',
      '"x"',
      '17',
      '{',
      '{"__proto__":{"a":1}}',
      '{"notAField":1}',
      `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    ]) {
      const person = asker(route);
      const answer = await world.server.inject({
        method: route.method,
        url: `/api/v1${addressOf(route, example)}`,
        headers: { ...(person ? { cookie: person.cookie } : {}), 'content-type': 'application/json' },
        payload,
      });
      assert.equal(answer.statusCode, 400, `${route.method} ${route.path} ${payload.slice(0, 40)}: ${answer.body}`);
    }
  }
});
