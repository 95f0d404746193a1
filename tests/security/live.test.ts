/** Live streams over a real port: what they tell, to whom, and how soon they end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { listen } from '#platform/http/listen.ts';
import { join, openStranger, openWorld, type Person, setUpLea, type World } from './world.ts';

let world: World;
let lea: Person;
let address: string;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  address = await listen(world.server, { port: 0, host: '127.0.0.1' });
});
after(() => world.close());

interface Stream {
  heard: string[];
  ended: Promise<void>;
}

async function openStream(person: Person): Promise<Stream> {
  const answer = await fetch(`${address.replace('localhost', '127.0.0.1')}/api/v1/live`, { headers: { cookie: person.cookie } });
  assert.equal(answer.headers.get('content-type'), 'text/event-stream');
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const heard: string[] = [];
  const read = async (): Promise<void> => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      for (const [, kind] of chunk.matchAll(/"kind":"(\w+)"/g)) heard.push(kind!);
    }
  };
  const stream = { heard, ended: read().catch(() => {}) };
  await setTimeout(300);
  return stream;
}

/** Well before the second for which changes are gathered, and long enough for a busy machine. */
async function heardAtOnce(stream: Stream, kind: string): Promise<void> {
  for (let waited = 0; waited < 700 && !stream.heard.includes(kind); waited += 20) await setTimeout(20);
  assert.ok(stream.heard.includes(kind), `heard ${stream.heard.join()} within 700 ms`);
}

const within = async (ended: Promise<void>, millis: number): Promise<boolean> =>
  Promise.race([ended.then(() => true), setTimeout(millis, false)]);

test('a stream tells of one’s own workspace, gathered, and ends within five seconds of losing access', async () => {
  const sam = await join(world, lea, 'Sam', 'sales', 'member');
  const stranger = await openStranger(world, lea);
  const [mine, theirs] = [await openStream(sam), await openStream(stranger)];
  await Promise.all(Array.from({ length: 20 }, (_, index) => world.ask(lea, 'POST', '/teams', { name: `Team ${index}`, side: 'sales' })));
  await setTimeout(2_500);
  const told = mine.heard.filter((kind) => kind === 'team').length;
  assert.ok(told >= 1 && told <= 3, `${told} events for twenty changes`);
  assert.deepEqual(theirs.heard, []);
  await world.ask(lea, 'PATCH', `/members/${sam.memberId}`, { active: false });
  assert.ok(await within(mine.ended, 5_000), 'still open after five seconds');
  assert.ok(!(await within(theirs.ended, 10)), 'the other stream goes on');
});

test('the first change after a quiet while is told at once, though another kind was told just before', async () => {
  const tom = await join(world, lea, 'Tom', 'sales', 'member');
  await setTimeout(1_200);
  const stream = await openStream(tom);
  stream.heard.length = 0;
  await world.ask(lea, 'POST', '/teams', { name: 'Team South', side: 'sales' });
  await heardAtOnce(stream, 'team');
  await world.ask(lea, 'POST', '/accounts', { name: 'Costa Lda' });
  await heardAtOnce(stream, 'account');
});

test('closing the server ends the streams at once', async () => {
  const stream = await openStream(lea);
  const closed = world.server.close();
  assert.ok(await within(stream.ended, 2_000));
  assert.ok(
    await within(
      closed.then(() => {}),
      2_000,
    ),
  );
});
