/** Addresses that users choose: only the public internet is reached, whatever a name says the second time. */
import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { reachable } from './addresses.ts';
import { type GuardedFetchFailed, openGuardedFetch, type TestAllowance, whyNotFetched } from './guarded-fetch.ts';

let server: Server;
let port: number;
let asked: string[] = [];
let answer: { status: number; headers: Record<string, string>; body: string } = { status: 200, headers: {}, body: 'ok' };
before(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => new Promise((resolve) => server.close(resolve)));

const body = { type: 'application/json', text: '{}' };
const named = (answers: readonly (readonly string[])[]): TestAllowance['lookup'] => {
  let time = 0;
  return (_host, _options, callback) => {
    const addresses: LookupAddress[] = answers[Math.min(time++, answers.length - 1)]!.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    callback(null, addresses);
  };
};
const refusal = async (work: Promise<unknown>): Promise<GuardedFetchFailed> =>
  work.then(
    () => assert.fail('it was reached'),
    (error: GuardedFetchFailed) => error,
  );

const inner = [
  ...[
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
  ],
  ...[
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
  ],
  ...[
    '0:0:0:0:0:ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
  ],
];
const outer = ['1.1.1.1', '52.96.0.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '2606:4700::1111', '::ffff:1.1.1.1'];

test('inner addresses in every form are refused, public ones are not', () => {
  const may = reachable([]);
  assert.deepEqual(inner.filter(may), []);
  assert.deepEqual(outer.filter(may), outer);
  assert.ok(!may('') && !may('localhost') && !may('1.1.1'));
});

test('an IPv4 address in IPv6 clothes is judged as what it is', () => {
  const may = reachable([]);
  fc.assert(
    fc.property(fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 255 }))), (parts) => {
      const [a, b, c, d] = parts as [number, number, number, number];
      const hex = (high: number, low: number): string => ((high << 8) | low).toString(16);
      assert.equal(may(`::ffff:${hex(a, b)}:${hex(c, d)}`), may(parts.join('.')));
      assert.equal(may(`::ffff:${parts.join('.')}`), may(parts.join('.')));
    }),
  );
});

test('an operator’s allowance opens what it names and nothing beside it', () => {
  const may = reachable(['10.1.2.3', '192.168.7.0/24', 'fd00::/64']);
  assert.ok(may('10.1.2.3') && may('192.168.7.9') && may('fd00::7') && may('::ffff:10.1.2.3'));
  assert.ok(!may('10.1.2.4') && !may('192.168.8.1') && !may('fd00:0:0:1::1'));
});

test('only https on its own port, without a name and password, is an address; every spelling of an inner one is seen through', () => {
  const refused = [
    ...['http://hooks.slack.com/x', 'ftp://hooks.slack.com/x', 'file:///etc/passwd', 'javascript:alert(1)', 'hooks.slack.com', ''],
    ...[
      'https://user:pass@hooks.slack.com/x',
      'https://hooks.slack.com:8080/x',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0177.0.0.1/',
      'https://0x7f.1/',
    ],
    ...[
      'https://127.1/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[fe80::1]/',
      'https://１２７.０.０.１/',
      'https://169.254.169.254/latest/',
    ],
  ];
  assert.deepEqual(
    refused.filter((address) => whyNotFetched(address) === null),
    [],
  );
  assert.equal(whyNotFetched('https://hooks.slack.com/services/T/B/x'), null);
  assert.equal(whyNotFetched('https://hooks.slack.com:443/services/T/B/x'), null);
});

test('a name that leads inside is refused when it is connected to, and so is one that does so the second time only', async () => {
  asked = [];
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']) {
    const failed = await refusal(
      openGuardedFetch([], { plain: true, lookup: named([[address]]) }).post(`http://rebind.example:${port}/`, body),
    );
    assert.deepEqual([failed.kind, failed.message], ['address', 'rebind.example is an address inside a network, which is not reached.']);
  }
  // Looked up once a request, and what is looked up is what is connected to: a second answer is never asked for.
  const fetch = openGuardedFetch(['127.0.0.1'], { plain: true, lookup: named([['127.0.0.1'], ['10.0.0.1']]) });
  assert.equal((await fetch.post(`http://rebind.example:${port}/first`, body)).status, 200);
  assert.equal((await refusal(fetch.post(`http://rebind.example:${port}/second`, body))).kind, 'address');
  assert.deepEqual(asked, ['POST /first']);
});

test('of a name with several addresses only those that may be are connected to', async () => {
  asked = [];
  const fetch = openGuardedFetch([], { addresses: ['127.0.0.1'], plain: true, lookup: named([['10.0.0.1', '::1', '127.0.0.1']]) });
  assert.equal((await fetch.post(`http://mixed.example:${port}/`, body)).status, 200);
  assert.deepEqual(asked, ['POST /']);
});

test('a redirect is told and not followed', async () => {
  asked = [];
  answer = { status: 307, headers: { location: `http://127.0.0.1:${port}/inside` }, body: '' };
  const fetch = openGuardedFetch([], { addresses: ['127.0.0.1'], plain: true });
  assert.equal((await fetch.post(`http://127.0.0.1:${port}/start`, body)).status, 307);
  assert.deepEqual(asked, ['POST /start']);
});

test('an answer is cut at 4 KiB', async () => {
  answer = { status: 200, headers: {}, body: 'x'.repeat(5_000_000) };
  const fetch = openGuardedFetch([], { addresses: ['127.0.0.1'], plain: true });
  assert.equal((await fetch.post(`http://127.0.0.1:${port}/`, body)).text.length, 4_096);
});

test('outside tests plain HTTP is not spoken, not even to an address an operator allows', async () => {
  asked = [];
  const failed = await refusal(openGuardedFetch(['127.0.0.1']).post(`http://127.0.0.1:${port}/`, body));
  assert.equal(failed.message, 'Only addresses that begin with https:// are reached.');
  assert.deepEqual(asked, []);
});

test('what went wrong is told without the address, which is a secret', async () => {
  const fetch = openGuardedFetch([], { addresses: ['127.0.0.1'], plain: true });
  const failed = await refusal(fetch.post('http://127.0.0.1:1/services/secret', body));
  assert.equal(failed.kind, 'network');
  assert.ok(!failed.message.includes('secret'), failed.message);
});
