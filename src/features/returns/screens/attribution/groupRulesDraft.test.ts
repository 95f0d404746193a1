import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelRule, type ChannelRule } from '#features/returns/contract/channel-groups.ts';
import { draftOf, gapsOf, moved, newCondition, newRule, ruleWords, rulesOf, sameRules } from './groupRulesDraft.ts';

const partner: ChannelRule = {
  group: 'Partner',
  all: [
    { field: 'source', is: 'contains', value: 'reseller' },
    { field: 'medium', is: 'blank' },
  ],
};

test('rules come back from the draft as they went in, and fit what the server takes', () => {
  const back = rulesOf(draftOf([partner]));
  assert.deepEqual(back, [partner]);
  assert.ok(back.every((rule) => channelRule.safeParse(rule).success));
});

test('a rule without a group, a condition or a value is not finished, and says which it lacks', () => {
  const [nameless, empty, blank] = [newRule(), { ...newRule([]), group: 'A' }, { ...newRule(), group: 'B' }];
  assert.deepEqual(
    [...gapsOf([nameless, empty, blank]).values()],
    ['Name the group.', 'Say at least one condition.', 'A condition has no value yet.'],
  );
  assert.equal(gapsOf(draftOf([partner])).size, 0);
});

test('a value that is left over is not sent once the field is asked to be blank', () => {
  const rule = { ...newRule([{ ...newCondition('source', 'x'), is: 'blank' as const }]), group: 'None' };
  assert.deepEqual(rulesOf([rule])[0]!.all, [{ field: 'source', is: 'blank' }]);
});

test('rules are the same however their fields are ordered, and not in another order of theirs', () => {
  const turned = { all: partner.all.map(({ value, is, field }) => ({ ...(value && { value }), is, field })), group: 'Partner' };
  const second = { ...partner, group: 'Second' };
  assert.ok(sameRules([partner, second], [turned, second]));
  assert.ok(!sameRules([partner, second], [second, partner]));
});

test('a rule moves by one place and stays where it can’t', () => {
  const draft = draftOf([partner, { ...partner, group: 'Second' }]);
  assert.deepEqual(
    moved(draft, 0, 1).map(({ group }) => group),
    ['Second', 'Partner'],
  );
  assert.equal(moved(draft, 0, -1), draft);
  assert.equal(moved(draft, 1, 1), draft);
});

test('a rule reads as a sentence', () => {
  assert.equal(ruleWords(draftOf([partner])[0]!), 'Source contains “reseller” and medium is blank');
});
