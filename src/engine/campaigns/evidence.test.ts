import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CampaignTouch, isEvidenceOf, isPart } from './evidence.ts';
import { fulfilmentOf, roleCan, roleKinds, roleStates } from './states.ts';

const touch = (more: Partial<CampaignTouch> = {}): CampaignTouch => ({
  side: 'sales',
  kind: 'call',
  direction: 'out',
  automated: null,
  subject: null,
  at: Date.parse('2026-10-05T10:00:00Z'),
  ...more,
});
const [before, after] = [Date.parse('2026-10-01T00:00:00Z'), Date.parse('2026-10-09T00:00:00Z')];

test('a call counts for calls, before and after the response', () => {
  for (const respondedAt of [null, before, after]) assert.equal(isEvidenceOf('calls', touch(), respondedAt), true);
  assert.equal(isEvidenceOf('calls', touch({ kind: 'email' }), null), false);
});

test('inviting is before the response, following up after it', () => {
  assert.deepEqual(
    [null, before, after].map((respondedAt) => [
      isEvidenceOf('inviteList', touch(), respondedAt),
      isEvidenceOf('followUp', touch(), respondedAt),
    ]),
    [
      [true, false],
      [false, true],
      [true, false],
    ],
  );
});

test('what came in, machines and other sides are no evidence', () => {
  for (const wrong of [
    { direction: 'in' },
    { automated: true },
    { side: 'customer' },
    { side: 'marketing' },
    { subject: 'Automatic reply: Invitation' },
  ])
    for (const kind of roleKinds) assert.equal(isEvidenceOf(kind, touch(wrong), null), false, JSON.stringify(wrong));
  assert.equal(isEvidenceOf('event', touch({ kind: 'webinar', direction: 'in' }), null), true);
});

test('content is no touch', () => {
  assert.equal(isEvidenceOf('content', touch({ kind: 'content' }), null), false);
});

test('a touch that names the campaign is a part, a note or what came in is none', () => {
  assert.equal(isPart(touch({ kind: 'message' })), true);
  assert.equal(isPart(touch({ kind: 'event', direction: null })), true);
  assert.equal(isPart(touch({ kind: 'note' })), false);
  assert.equal(isPart(touch({ kind: 'email', direction: 'in' })), false);
});

test('done by evidence, missed only when its day is over, owed only when accepted', () => {
  const role = { state: 'accepted', wanted: 2, dueOn: '2026-10-10' } as const;
  assert.equal(fulfilmentOf(role, 2, '2026-12-01'), 'done');
  assert.equal(fulfilmentOf(role, 1, '2026-10-10'), 'open');
  assert.equal(fulfilmentOf(role, 1, '2026-10-11'), 'missed');
  assert.equal(fulfilmentOf({ ...role, dueOn: null }, 1, '2099-01-01'), 'open');
  for (const state of roleStates) if (state !== 'accepted') assert.equal(fulfilmentOf({ ...role, state }, 9, '2026-10-01'), null);
});

test('no verb leaves a part where it stands, and what is over stays', () => {
  for (const { from, to } of Object.values(roleCan)) {
    assert.ok(!(from as readonly string[]).includes(to));
    for (const state of ['declined', 'withdrawn'] as const) assert.ok(!from.includes(state));
  }
});
