import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { openVisited, usualForm, type Visited } from '#tests/support/visiting.ts';
import type { Form } from './contract/forms.ts';
import type { Hook } from './contract/hooks.ts';
import type { SubmissionDetail } from './contract/submissions.ts';
import { visitorScript } from './routes/visitor-script.ts';

let v: Visited;
before(async () => {
  v = await openVisited();
});
after(() => v.close());

let nextAddress = 1;
const somebody = () => ({ address: `10.${nextAddress++}.9.7` });
type Submissions = { items: SubmissionDetail[] };
const submissionsOf = (id: string, more = '') => v.ask<Submissions>('GET', `/tracking/submissions?sourceId=${id}${more}`);

test('the script weighs less than 3 KB packed, and is a program by itself', () => {
  assert.ok(gzipSync(visitorScript, { level: 9 }).length < 3_072);
  assert.doesNotThrow(() => new Function(visitorScript));
  assert.ok(!/import|export|: string|interface/.test(visitorScript), 'nothing of TypeScript is left');
});

test('what is missing or wrong is said beside its field, and what was typed stays', async () => {
  const { status, body } = await v.fill(somebody(), { email: 'not an address', company: '<b>Acme</b>' });
  assert.equal(status, 422);
  assert.match(body, /2 things are missing or not right/);
  assert.match(body, /id="f-fullName"[^>]*aria-invalid="true"[^>]*aria-describedby="f-fullName-problem"/);
  assert.match(body, /value="&lt;b&gt;Acme&lt;\/b&gt;"/);
  assert.match(body, /value="not an address"/);
});

test('another content is another version: a submission keeps what was asked and agreed to', async () => {
  const made = await v.ask<Form>('POST', '/tracking/forms', { name: 'Versions', siteId: v.site.id, content: usualForm });
  await v.fill(somebody(), { fullName: 'Ana', email: 'ana@customer.example', consent: 'yes' }, { form: made });
  const changed = { ...usualForm, consent: { text: 'Something else.', required: true } };
  const { version } = await v.ask<Form>('PATCH', `/tracking/forms/${made.id}`, { content: changed });
  assert.equal(version, 2);
  assert.equal((await v.fill(somebody(), { fullName: 'Ben', email: 'ben@customer.example' }, { form: made })).status, 422);
  const [first] = (await submissionsOf(made.id)).items;
  const detail = await v.ask<SubmissionDetail>('GET', `/tracking/submissions/${first!.id}`);
  assert.deepEqual(detail.consent, { text: usualForm.consent.text, given: true });
  assert.deepEqual([detail.version, detail.sent], [1, { fullName: 'Ana', email: 'ana@customer.example' }]);
  const versions = await v.ask<{ items: { number: number }[] }>('GET', `/tracking/forms/${made.id}/versions`);
  assert.deepEqual(
    versions.items.map(({ number }) => number),
    [2, 1],
  );
});

test('one is led only to pages of the site', async () => {
  const content = (redirectUrl: string) => ({ ...usualForm, redirectUrl });
  for (const away of [
    'https://evil.example/',
    'https://northwind.example.evil.example/',
    'javascript:alert(1)',
    'https://northwind.example@evil.example/',
  ])
    await v.ask('POST', '/tracking/forms', { name: 'Away', siteId: v.site.id, content: content(away) }, 400);
  const led = await v.ask<Form>('POST', '/tracking/forms', {
    name: 'Led',
    siteId: v.site.id,
    content: content('https://www.northwind.example/thanks'),
  });
  const sent = await v.fill(somebody(), { fullName: 'Cleo', email: 'cleo@customer.example' }, { form: led });
  assert.deepEqual([sent.status, sent.headers['location']], [303, 'https://www.northwind.example/thanks']);
  await v.ask('PATCH', `/tracking/sites/${v.site.id}`, { domains: ['other.example'] });
  const after_ = await v.fill(somebody(), { fullName: 'Cleo', email: 'cleo2@customer.example' }, { form: led });
  assert.match(String(after_.headers['location']), /^\/f\//, 'the domain is not the site’s any more');
  await v.ask('PATCH', `/tracking/sites/${v.site.id}`, { domains: ['northwind.example'] });
});

test('a form of a campaign makes its sender a responder, once', async () => {
  const campaign = await v.ask<{ id: string }>('POST', '/campaigns', { name: 'Fair 2026' });
  const form = await v.ask<Form>('POST', '/tracking/forms', {
    name: 'Fair',
    siteId: v.site.id,
    content: { ...usualForm, campaignId: campaign.id },
  });
  for (const message of ['one', 'two']) await v.fill(somebody(), { fullName: 'Dora', email: 'dora@customer.example', message }, { form });
  await v.follow();
  assert.deepEqual(
    (await v.touchesOf('dora@customer.example')).map(({ campaign: name }) => name),
    ['Fair 2026', 'Fair 2026'],
  );
  const { rows } = await v.inside((tx) =>
    sql<{
      status: string;
      responded: boolean;
    }>`SELECT status, responded_at IS NOT NULL AS responded FROM campaign_members WHERE workspace_id = ${v.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid`.execute(
      tx,
    ),
  );
  assert.deepEqual(rows, [{ status: 'Responded', responded: true }]);
});

test('own fields of leads can be asked; what they can’t hold is said', async () => {
  await v.ask('POST', '/custom-fields', { kind: 'lead', key: 'seats', label: 'Seats', type: 'number' });
  const fields = [...usualForm.fields, { name: 'custom.seats', label: 'Seats' }];
  const form = await v.ask<Form>('POST', '/tracking/forms', { name: 'Seats', siteId: v.site.id, content: { ...usualForm, fields } });
  await v.ask(
    'POST',
    '/tracking/forms',
    { name: 'None', content: { ...usualForm, fields: [...usualForm.fields, { name: 'custom.nothing', label: 'x' }] } },
    400,
  );
  assert.equal(
    (await v.fill(somebody(), { fullName: 'Eli', email: 'eli@customer.example', 'custom.seats': 'many' }, { form })).status,
    422,
  );
  assert.equal(
    (await v.fill(somebody(), { fullName: 'Eli', email: 'eli@customer.example', 'custom.seats': '12,5' }, { form })).status,
    303,
  );
  await v.follow();
  const { items } = await v.ask<{ items: { custom: Record<string, unknown> }[] }>('GET', '/leads?q=eli@customer.example');
  assert.equal(items[0]!.custom['seats'], 12.5);
});

test('a trial tells whom it would reach and stores nothing', async () => {
  await v.fill(somebody(), { fullName: 'Flo', email: 'flo@customer.example' });
  await v.follow();
  const before_ = (await v.ask<Submissions>('GET', '/tracking/submissions?limit=200')).items.length;
  const outcome = async (values: Record<string, string>) =>
    (await v.ask<{ outcome: string }>('POST', `/tracking/forms/${v.form.id}/trial`, { values })).outcome;
  assert.match(await outcome({ fullName: 'New', email: 'new@customer.example' }), /new contact and a new lead/);
  assert.match(await outcome({ fullName: 'Flo', email: 'FLO@customer.example' }), /open lead Flo/);
  assert.match(await outcome({ email: 'x' }), /shown again/);
  assert.equal((await v.ask<Submissions>('GET', '/tracking/submissions?limit=200')).items.length, before_);
});

test('a hook is mapped from the first body that came, and makes leads once it is active', async () => {
  const made = await v.ask<{ id: string; url: string; secret: string }>('POST', '/tracking/hooks', {
    name: 'Fair app',
    proof: 'secret',
    origin: 'Fair 2026',
  });
  const send = async (body: unknown, headers: Record<string, string> = { 'accord-secret': made.secret }) =>
    (
      await v.world.server.inject({
        method: 'POST',
        url: new URL(made.url).pathname,
        headers: { 'content-type': 'application/json', ...headers },
        payload: JSON.stringify(body),
      })
    ).statusCode;
  const body = { person: { mail: 'gil@customer.example' }, fields: [{ name: 'company', value: 'Gil AG' }] };
  assert.equal(await send(body, {}), 401);
  assert.equal(await send(body), 202);
  await v.ask('PATCH', `/tracking/hooks/${made.id}`, { active: true }, 400);
  await v.ask('PATCH', `/tracking/hooks/${made.id}`, { mapping: [{ field: 'email', path: 'person[*]' }] }, 400);
  const sampled = await v.ask<Hook>('GET', `/tracking/hooks/${made.id}`);
  assert.deepEqual(
    sampled.sample?.paths.map(({ path }) => path),
    ['person.mail', 'fields[name=company].name', 'fields[name=company].value'],
  );
  const mapping = [
    { field: 'email', path: 'person.mail' },
    { field: 'company', path: 'fields[name=company].value' },
  ];
  const active = await v.ask<Hook>('PATCH', `/tracking/hooks/${made.id}`, { mapping, active: true });
  assert.deepEqual(active.reads, [
    { field: 'email', value: 'gil@customer.example' },
    { field: 'company', value: 'Gil AG' },
  ]);
  assert.deepEqual([await send(body), await send(body)], [202, 200]);
  await v.follow();
  const { items } = await v.ask<{ items: { company: string; origin: string }[] }>('GET', '/leads?q=gil@customer.example');
  assert.deepEqual(
    items.map(({ company, origin }) => [company, origin]),
    [['Gil AG', 'Fair 2026']],
  );
  const answers = JSON.stringify([await v.ask('GET', '/tracking/hooks'), await v.ask('GET', `/tracking/hooks/${made.id}`)]);
  assert.ok(!answers.includes(made.secret), 'the secret is shown once');
});

test('what tells no person fails with its reason, and can be mended', async () => {
  const { items: hooks } = await v.ask<{ items: Hook[] }>('GET', '/tracking/hooks');
  const hook = hooks.find(({ name }) => name === 'Fair app')!;
  const { secret } = await v.ask<{ secret: string }>('POST', `/tracking/hooks/${hook.id}/secret`);
  await v.world.server.inject({
    method: 'POST',
    url: `${new URL(hook.url).pathname}?secret=${secret}`,
    headers: { 'content-type': 'application/json' },
    payload: '{"person":{"mail":"hal at customer"}}',
  });
  await v.follow();
  const [failed] = (await submissionsOf(hook.id, '&state=failed')).items;
  assert.match(failed!.reason!, /“hal at customer” can’t be used/);
  const mend = (values: Record<string, string>, status?: number) =>
    v.ask('POST', `/tracking/submissions/${failed!.id}/mending`, { values }, status);
  await mend({ email: 'still wrong' }, 400);
  await mend({ email: 'hal@customer.example' });
  await v.follow();
  const detail = await v.ask<SubmissionDetail>('GET', `/tracking/submissions/${failed!.id}`);
  assert.equal(detail.state, 'taken');
  assert.deepEqual(detail.sent, { person: { mail: 'hal at customer' } });
  assert.equal(detail.values['email'], 'hal@customer.example');
  await mend({ email: 'other@customer.example' }, 409);
});
