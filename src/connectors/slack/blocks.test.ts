import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IncomingWebhook } from '@slack/webhook';
import { everything, hostile, huge } from '#tests/support/messages.ts';
import { openSlackRoom, type Room, slackComplaints } from '#tests/support/receiving.ts';
import { slackMessage } from './blocks.ts';

const links = { base: 'https://accord.example' };
let room: Room;
before(async () => {
  room = await openSlackRoom();
});
after(() => room.close());

test('Slack’s own client posts it, and a room that keeps to Slack’s limits takes it', async () => {
  const client = new IncomingWebhook(room.address);
  for (const message of [everything(), everything(hostile), huge()])
    assert.equal((await client.send(slackMessage(message, links))).text, 'ok');
  assert.deepEqual(room.complaints, []);
});

test('the room would say so if a limit were broken', () => {
  const message = slackMessage(everything(), links);
  const header = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151), emoji: false } };
  assert.deepEqual(slackComplaints(JSON.stringify({ ...message, blocks: [header] })), ['header of 151 characters']);
  assert.deepEqual(slackComplaints(JSON.stringify({ ...message, blocks: Array.from({ length: 51 }, () => message.blocks[0]) })), [
    '51 blocks',
  ]);
  assert.deepEqual(slackComplaints(JSON.stringify({ ...message, text: 'Hi <!channel>' })), ['a mention or link in the text']);
});

test('what people wrote is nowhere read as markup', () => {
  const { text, blocks } = slackMessage(everything(hostile), links);
  assert.ok(!text.includes('<'), text);
  const written = JSON.stringify(blocks);
  assert.ok(!written.includes('mrkdwn'));
  assert.ok(written.includes('<!channel>'));
});

test('what is too long is cut, and a line says so', () => {
  const { blocks } = slackMessage(huge(), links);
  assert.ok(JSON.stringify(blocks).includes('The rest stands in Accord.'));
  assert.ok(blocks.length <= 50 && blocks.length > 5);
});

test('addresses lead into the app and nowhere else', () => {
  const away = slackMessage({ ...everything(), opens: '//evil.example/x' }, links);
  assert.ok(!JSON.stringify(away).includes('evil.example'));
  assert.ok(JSON.stringify(away).includes('https://accord.example/inbox'));
});
