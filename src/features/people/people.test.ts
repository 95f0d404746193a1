import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cookieOf, inside, join, openWorld, password, type Person, personOf, setUpLea, type World } from '#tests/security/world.ts';

let world: World;
let lea: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
});
after(() => world.close());

const facts = async (kind: string): Promise<number> =>
  (await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.facts WHERE kind = $1', [kind])).length;

test('the first set-up makes an owner who is told what they may do', async () => {
  const me = (await world.ask(lea, 'GET', '/me')).json();
  assert.equal(me.member.role, 'owner');
  assert.deepEqual(
    { name: me.workspace.name, slug: me.workspace.slug, empty: me.workspace.empty },
    { name: 'Northwind', slug: 'northwind', empty: true },
  );
  assert.ok(me.may.includes('members.write'));
  assert.deepEqual((await world.ask(undefined, 'GET', '/setup')).json(), { firstRun: false });
  assert.equal(await facts('workspace.created'), 1);
});

test('Sam, known from imported data, becomes a login that keeps what Sam owns', async () => {
  const added = await world.ask(lea, 'POST', '/members', { name: 'Sam Seller', side: 'sales' });
  const memberId = added.json().id;
  const sam = await join(world, lea, 'Sam', 'sales', 'member', { memberId });
  assert.equal(sam.memberId, memberId);
  const listed = (await world.ask(sam, 'GET', '/members')).json().items.find((each: { id: string }) => each.id === memberId);
  assert.deepEqual({ name: listed.name, hasLogin: listed.hasLogin }, { name: 'Sam Seller', hasLogin: true });
  const again = await world.ask(lea, 'POST', '/invitations', { email: 'sam2@northwind.example', side: 'sales', role: 'member', memberId });
  assert.equal(again.statusCode, 409);
});

test('an invitation opens once, and not after it was withdrawn', async () => {
  const invited = (
    await world.ask(lea, 'POST', '/invitations', { email: 'ida@northwind.example', side: 'marketing', role: 'member' })
  ).json();
  const token = invited.link.split('/').at(-1);
  assert.equal((await world.ask(undefined, 'GET', `/invitations/${token}/open`)).json().workspaceName, 'Northwind');
  assert.equal(
    (await world.ask(undefined, 'POST', `/invitations/${token}/acceptance`, { name: 'Ida', password: 'short' })).statusCode,
    400,
  );
  const both = await Promise.all(
    [1, 2].map(() => world.ask(undefined, 'POST', `/invitations/${token}/acceptance`, { name: 'Ida', password })),
  );
  assert.equal(both.filter((each) => each.statusCode === 200).length, 1, both.map((each) => each.body).join());
  assert.equal((await world.ask(undefined, 'GET', `/invitations/${token}/open`)).statusCode, 410);
  const other = (await world.ask(lea, 'POST', '/invitations', { email: 'ivo@northwind.example', side: 'sales', role: 'viewer' })).json();
  assert.equal((await world.ask(lea, 'DELETE', `/invitations/${other.id}`)).statusCode, 204);
  assert.equal((await world.ask(undefined, 'GET', `/invitations/${other.link.split('/').at(-1)}/open`)).statusCode, 410);
});

test('the last owner stays, even when two owners remove each other at once', async () => {
  assert.equal((await world.ask(lea, 'PATCH', `/members/${lea.memberId}`, { role: 'admin' })).statusCode, 409);
  const otto = await join(world, lea, 'Otto', 'leadership', 'owner');
  const answers = await Promise.all([
    world.ask(lea, 'PATCH', `/members/${otto.memberId}`, { active: false }),
    world.ask(otto, 'PATCH', `/members/${lea.memberId}`, { active: false }),
  ]);
  assert.equal(answers.filter((each) => each.statusCode === 204).length, 1);
  const owners = await inside<{ id: string }>(world, lea.workspaceId, `SELECT id FROM accord.members WHERE role = 'owner' AND active`);
  assert.equal(owners.length, 1);
  if (owners[0]!.id === lea.memberId) return;
  await world.ask(otto, 'PATCH', `/members/${lea.memberId}`, { active: true });
  await world.ask(lea, 'PATCH', `/members/${otto.memberId}`, { active: false });
});

test('a changed role bites on the next request; a manager gives no more than a manager may', async () => {
  const mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  const invite = (role: string, side = 'marketing') =>
    world.ask(mara, 'POST', '/invitations', { email: 'neu@northwind.example', side, role });
  assert.equal((await invite('member')).statusCode, 201);
  assert.equal((await invite('admin')).statusCode, 403);
  assert.equal((await invite('member', 'sales')).statusCode, 403);
  assert.equal((await world.ask(lea, 'PATCH', `/members/${mara.memberId}`, { role: 'viewer' })).statusCode, 204);
  assert.equal((await invite('member')).statusCode, 403);
  assert.equal(await facts('member.roleChanged'), 1);
  await world.ask(lea, 'PATCH', `/members/${mara.memberId}`, { active: false });
  assert.equal((await world.ask(mara, 'GET', '/members')).statusCode, 403);
  assert.equal((await world.ask(mara, 'GET', '/me')).json().member, null);
});

test('a password reset works once, ends other sessions, and tells nothing about unknown addresses', async () => {
  const { makeReset } = await import('./actions/passwords.ts');
  const rita = await join(world, lea, 'Rita', 'sales', 'member');
  const asked = await Promise.all(
    ['rita@northwind.example', 'nobody@northwind.example'].map((email) => world.ask(undefined, 'POST', '/password-resets', { email })),
  );
  assert.deepEqual(
    asked.map((each) => [each.statusCode, each.body]),
    [
      [202, '{}'],
      [202, '{}'],
    ],
  );
  const made = await makeReset(world.database, 'RITA@northwind.example');
  const both = await Promise.all(
    [1, 2].map(() => world.ask(undefined, 'PUT', `/password-resets/${made!.token}`, { password: 'another good password' })),
  );
  assert.deepEqual(both.map((each) => each.statusCode).sort(), [204, 410]);
  assert.equal((await world.ask(rita, 'GET', '/me')).statusCode, 401);
  assert.equal((await world.ask(undefined, 'POST', '/session', { email: 'rita@northwind.example', password })).statusCode, 401);
  assert.equal(
    (await world.ask(undefined, 'POST', '/session', { email: 'rita@northwind.example', password: 'another good password' })).statusCode,
    200,
  );
});

test('sessions: a new one at each sign-in, dead at sign-out, listed and ended', async () => {
  const first = await world.ask(undefined, 'POST', '/session', { email: 'lea@northwind.example', password });
  const one = personOf(first);
  const second = await world.ask(one, 'POST', '/session', { email: 'lea@northwind.example', password });
  assert.notEqual(cookieOf(first), cookieOf(second));
  assert.equal((await world.ask(one, 'GET', '/me')).statusCode, 401);
  const two = personOf(second);
  const sessions = (await world.ask(two, 'GET', '/sessions')).json().items;
  assert.equal(sessions.filter((each: { current: boolean }) => each.current).length, 1);
  const mine = sessions.find((each: { current: boolean }) => each.current);
  assert.equal((await world.ask(two, 'DELETE', `/sessions/${mine.id}`)).statusCode, 204);
  assert.equal((await world.ask(two, 'GET', '/me')).statusCode, 401);
});

test('an API token does what its scopes name and its maker may, until it is revoked', async () => {
  const made = await world.ask(lea, 'POST', '/api-tokens', { name: 'Reports', scopes: ['read', 'teams.write'] });
  const { id, token } = made.json();
  assert.match(token, /^accord_[0-9a-f]{32}_[0-9a-f]{64}$/);
  const bearer = { authorization: `Bearer ${token}` };
  const by = (method: string, path: string, body?: unknown) =>
    world.ask(undefined, method, path, body, bearer).then((answer) => answer.statusCode);
  assert.equal(await by('GET', '/members'), 200);
  assert.equal(await by('POST', '/teams', { name: 'By token', side: 'sales' }), 201);
  assert.equal(await by('POST', '/members', { name: 'X', side: 'sales' }), 403);
  assert.equal(await by('GET', '/me'), 403);
  assert.equal((await world.ask(lea, 'POST', '/api-tokens', { name: 'Bad', scopes: ['apiTokens.write'] })).statusCode, 400);
  assert.ok(!(await world.ask(lea, 'GET', '/api-tokens')).body.includes(token.slice(-64)));
  assert.equal((await world.ask(lea, 'DELETE', `/api-tokens/${id}`)).statusCode, 204);
  assert.equal(await by('GET', '/members'), 401);
});

test('one login works in several workspaces and sees one at a time', async () => {
  const made = await world.ask(lea, 'POST', '/workspaces', { name: 'Northwind', timeZone: 'UTC', currency: 'USD' });
  assert.equal(made.statusCode, 201);
  assert.equal(made.json().workspace.slug, 'northwind-2');
  assert.equal((await world.ask(lea, 'GET', '/members')).json().items.length, 1);
  const [first] = made.json().workspaces;
  const back = await world.ask(lea, 'POST', '/session/workspace', { workspaceId: first.id });
  assert.equal(back.json().workspace.id, first.id);
  assert.ok((await world.ask(lea, 'GET', '/members')).json().items.length > 1);
  assert.equal(
    (await world.ask(lea, 'POST', '/session/workspace', { workspaceId: '01990000-0000-7000-8000-000000000000' })).statusCode,
    404,
  );
});

test('teams hold members of this workspace, under one name each', async () => {
  const made = await world.ask(lea, 'POST', '/teams', { name: 'Hunters', side: 'sales', members: [lea.memberId] });
  assert.equal(made.statusCode, 201);
  assert.equal((await world.ask(lea, 'POST', '/teams', { name: 'hunters', side: 'sales' })).statusCode, 409);
  assert.equal(
    (await world.ask(lea, 'PATCH', `/teams/${made.json().id}`, { members: ['01990000-0000-7000-8000-000000000000'] })).statusCode,
    404,
  );
  assert.deepEqual((await world.ask(lea, 'GET', '/me')).json().member.teams, [{ id: made.json().id, name: 'Hunters' }]);
  assert.equal((await world.ask(lea, 'DELETE', `/teams/${made.json().id}`)).statusCode, 204);
});
