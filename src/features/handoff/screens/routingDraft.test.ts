import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RoutingAnswer } from '#features/handoff/contract.ts';
import type { Team } from '#ui/api/members.ts';
import { contentOf, draftOf, gapsOf, moved, openQueue, shareOf, withShare } from './routingDraft.ts';

const team = (id: string, side: Team['side']): Team => ({ id, name: id, side, members: [] });
const row = (id: string): RoutingAnswer['rotation'][number] => ({
  member: { id, name: id },
  team: null,
  weight: 1,
  capacity: null,
  open: 0,
  given: 0,
  lastGivenAt: null,
  out: null,
  next: false,
  removal: null,
});
const always = { all: [] };

describe('The routing under edit', () => {
  test('begins switched off, with the only team of sales as the place for all', () => {
    const draft = draftOf(undefined, [team('growth', 'marketing'), team('inside', 'sales')]);
    assert.deepEqual([draft.on, draft.otherwise], [false, { teamId: 'inside', memberId: null }]);
    assert.deepEqual(draftOf(undefined, [team('inside', 'sales'), team('outside', 'sales')]).otherwise, openQueue);
  });

  test('is sent without keys, without those who left, and without shares that say nothing', () => {
    const draft = withShare(withShare(draftOf(undefined, []), { memberId: 'kim', weight: 2, capacity: null }), {
      memberId: 'gone',
      weight: 3,
      capacity: 5,
    });
    const whole = { ...draft, rules: [{ key: 'a', name: ' DACH ', when: always, to: openQueue }] };
    const content = contentOf(withShare(whole, { memberId: 'sam', weight: 1, capacity: null }), [row('kim'), row('sam')]);
    assert.deepEqual(content.members, [{ memberId: 'kim', weight: 2, capacity: null }]);
    assert.deepEqual(content.rules, [{ name: 'DACH', when: always, to: openQueue }]);
  });

  test('a share is one’s own or the usual', () => {
    const draft = withShare(draftOf(undefined, []), { memberId: 'kim', weight: 2, capacity: 20 });
    assert.deepEqual(shareOf(draft, 'kim').capacity, 20);
    assert.deepEqual(shareOf(draft, 'sam'), { memberId: 'sam', weight: 1, capacity: null });
    assert.equal(withShare(draft, { memberId: 'kim', weight: 1, capacity: null }).members.length, 1);
  });

  test('rules move within their list and no further', () => {
    const rules = ['a', 'b', 'c'].map((key) => ({ key, name: key, when: always, to: openQueue }));
    const order = (from: number, by: -1 | 1): string =>
      moved(rules, from, by)
        .map(({ key }) => key)
        .join('');
    assert.deepEqual([order(0, 1), order(2, -1), order(0, -1), order(2, 1)], ['bac', 'acb', 'abc', 'abc']);
  });

  test('what is missing is said of the rule that misses it', () => {
    const gap = { of: 'lead', field: 'country', is: 'eq', value: '' } as const;
    const rules = [
      { key: 'a', name: ' ', when: always, to: openQueue },
      { key: 'b', name: 'DACH', when: gap, to: openQueue },
      { key: 'c', name: 'All', when: always, to: openQueue },
    ];
    assert.deepEqual(
      [...gapsOf({ ...draftOf(undefined, []), rules })],
      [
        ['a', 'Give the rule a name.'],
        ['b', 'A condition is not finished.'],
      ],
    );
  });
});
