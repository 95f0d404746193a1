import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everything, hostile, huge } from '#tests/support/messages.ts';
import { teamsComplaints } from '#tests/support/receiving.ts';
import { teamsMessage } from './card.ts';

const links = { base: 'https://accord.example' };

test('Microsoft’s own parser finds nothing wrong with it', () => {
  for (const message of [everything(), everything(hostile), huge()])
    assert.deepEqual(teamsComplaints(JSON.stringify(teamsMessage(message, links))), []);
});

test('the parser would say so if something were wrong', () => {
  const sent = teamsMessage(everything(), links);
  const [attachment] = sent.attachments;
  const broken = {
    ...attachment.content,
    body: [{ type: 'RichTextBlok' }, { type: 'ColumnSet', columns: 7 }],
    actions: [{ type: 'Action.OpenUrl' }],
  };
  assert.ok(teamsComplaints(JSON.stringify({ ...sent, attachments: [{ ...attachment, content: broken }] })).length >= 2);
});

test('what people wrote stands in runs, which no program reads as Markdown', () => {
  const [{ content }] = teamsMessage(everything(hostile), links).attachments;
  const kinds = [...JSON.stringify(content).matchAll(/"type":"([^"]+)"/g)].map(([, kind]) => kind);
  assert.deepEqual(new Set(kinds), new Set(['AdaptiveCard', 'RichTextBlock', 'TextRun', 'ColumnSet', 'Column', 'Action.OpenUrl']));
});

test('it keeps below what Teams takes, and says that there is more', () => {
  const text = JSON.stringify(teamsMessage(huge(), links));
  assert.ok(Buffer.byteLength(text) <= 21_000, String(Buffer.byteLength(text)));
  assert.ok(text.includes('The rest stands in Accord.'));
});
