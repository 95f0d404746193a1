import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factDetail, factTitle } from './contract/wording.ts';

const names: Record<string, string> = { sam: 'Sam Okafor' };
const nameOf = (id: string): string | null => names[id] ?? null;
const read = (kind: string, sets: Record<string, unknown> | null, body: Record<string, unknown> | null = null): string =>
  [factTitle(kind, body), factDetail(kind, sets, body, nameOf)].filter(Boolean).join(': ');

test('what happens to a lead between the sides reads as a sentence, with the comment that was given', () => {
  assert.equal(read('lead.accepted', { salAt: '2026-03-02T09:00:00Z' }), 'Accepted by sales');
  assert.equal(read('lead.routed', { ownerId: 'sam' }), 'Routed: To Sam Okafor');
  assert.equal(read('lead.claimed', { ownerId: 'sam' }), 'Claimed', 'who claimed it stands beside it');
  assert.equal(
    read('lead.rejected', { rejectedAt: '…', rejectedReason: 'the company is stated' }, { note: 'A student.' }),
    'Rejected by sales: Not met: the company is stated · A student.',
  );
  assert.equal(
    read('lead.recycled', { recycledAt: '…', recycledUntil: '2027-03-01' }, { note: 'Budget in spring.' }),
    'Back to nurture: Until 2027-03-01 · Budget in spring.',
  );
  assert.equal(read('lead.escalated', null, { kind: 'remind', outcome: 'Sam Okafor told.' }), 'Escalation: a reminder: Sam Okafor told.');
  assert.equal(read('lead.qualified', { mqlAt: '…' }, { number: 2 }), 'Met the definition of an MQL: Version 2 of the definition');
});

test('an owner who is gone is somebody', () => {
  assert.equal(read('lead.reassigned', { ownerId: 'gone' }, { note: 'Left us.' }), 'Given to somebody else: To somebody · Left us.');
});

test('other facts name their kind and the fields they set, at most six', () => {
  assert.equal(read('contact.merged', null), 'Contact merged');
  assert.equal(read('lead.recorded', { segment: 'SMB', 'custom.tier': 'A' }), 'Lead recorded: Segment, tier');
  const many = Object.fromEntries(['name', 'company', 'email', 'phone', 'title', 'country', 'city'].map((field) => [field, 'x']));
  assert.match(read('lead.recorded', many), / and 1 more$/);
});
