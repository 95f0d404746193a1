import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meaningfulWords } from './likeness.ts';
import { type Grouped, type Link, themesOf } from './themes.ts';

const item = (id: string, text: string, more: Partial<Grouped> = {}): Grouped => ({
  ...{ id, day: 100, toSide: 'sales', subjectKind: 'followUp', tags: [], clauses: [], text },
  ...more,
});
const ids = (items: readonly Grouped[], links: readonly Link[] = [], today = 110): string[] =>
  themesOf(items, links, today).map((theme) => theme.items.map(({ id }) => id).join());

const slow = [
  item('a', 'The first call to the webinar lead was made after nine days.'),
  item('b', 'First call after six days, though the lead came from the webinar.'),
  item('c', 'Webinar leads wait: this one got its first call on day eight.'),
];
const notes = item('d', 'The notes in the hand-off say nothing about the budget we asked for.');

test('words lose accents, fillers and endings', () => {
  assert.deepEqual(
    [...meaningfulWords('The calls were CALLED; companies, Zürich, the follow-ups').keys()],
    ['call', 'company', 'zurich', 'follow', 'ups'],
  );
});

test('what says alike is one theme, what doesn’t is another', () => {
  assert.deepEqual(ids([...slow, notes]), ['a,b,c', 'd']);
});

test('three in thirty days recur; two, or three of which one is old, don’t', () => {
  const recurs = (items: readonly Grouped[], today: number) => themesOf(items, [], today)[0]!.recurs;
  assert.equal(recurs(slow, 129), true);
  assert.equal(recurs(slow, 130), false);
  assert.equal(recurs(slow.slice(1), 110), false);
});

test('another side’s or another kind of thing’s feedback is another theme, however alike', () => {
  assert.deepEqual(
    ids([slow[0]!, item('e', slow[0]!.text, { toSide: 'marketing' }), item('f', slow[0]!.text, { subjectKind: 'campaign' })]),
    ['a', 'e', 'f'],
  );
});

test('a shared tag or clause tips what words alone leave apart', () => {
  const pair = (more: Partial<Grouped>) => [
    item('a', 'No phone number for the lead.', more),
    item('b', 'Bounced mail, contact gone.', more),
  ];
  assert.deepEqual(ids(pair({})), ['a', 'b']);
  assert.deepEqual(ids(pair({ tags: ['Contact details'], clauses: ['0.all.2'] })), ['a,b']);
});

test('people join and part; a parting holds against likeness', () => {
  assert.deepEqual(ids([...slow, notes], [{ oneId: 'a', otherId: 'd', together: true }]), ['a,b,c,d']);
  assert.deepEqual(ids(slow, [{ oneId: 'a', otherId: 'c', together: false }]).sort(), ['a,b', 'c']);
});

test('a theme’s words are those most of it shares, the rarest first', () => {
  assert.ok(['webinar', 'first', 'call', 'days'].every((word) => themesOf([...slow, notes], [], 110)[0]!.words.includes(word)));
});

test('each stands in one theme, in whichever order they come', () => {
  const some = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 60 }),
      toSide: fc.constantFrom('sales', 'marketing'),
      subjectKind: fc.constantFrom('lead', 'campaign'),
      text: fc
        .array(fc.constantFrom('call', 'late', 'budget', 'webinar', 'phone', 'brief', 'deck'), { maxLength: 5 })
        .map((words) => words.join(' ')),
    }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(some, fc.integer(), (made, seed) => {
      const items = made.map((each, at) => ({ ...each, id: `i${String(at).padStart(2, '0')}`, tags: [], clauses: [] }));
      const themes = themesOf(items, [], 60);
      assert.deepEqual(themes.flatMap(({ items: all }) => all.map(({ id }) => id)).sort(), items.map(({ id }) => id).sort());
      const turned = [...items.slice(Math.abs(seed) % (items.length + 1)), ...items.slice(0, Math.abs(seed) % (items.length + 1))];
      assert.deepEqual(themesOf(turned, [], 60), themes);
    }),
  );
});
