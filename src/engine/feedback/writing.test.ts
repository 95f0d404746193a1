import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adviseOn, type AdviceKind, type Draft, longestDraft } from './writing.ts';

const good: Draft = {
  tone: 'criticism',
  situation: 'On 3 March, the lead of Ada Lind from the webinar',
  behaviour: 'The first call was made nine days after the lead was passed.',
  impact: 'She had signed with another vendor two days before.',
  nextTime: 'Please hand a lead back on the first day when the week is full.',
};
const kindsOf = (draft: Partial<Draft>, people: readonly string[] = []): AdviceKind[] =>
  adviseOn({ ...good, ...draft }, people).map(({ kind }) => kind);

test('feedback that names a case, what was done, what came of it and what is wanted gets no advice', () => {
  assert.deepEqual(adviseOn(good, ['Sam Reed', 'Mara Voss']), []);
});

test('nothing written yet, nothing to say', () => {
  assert.deepEqual(adviseOn({ tone: 'criticism', situation: '', behaviour: ' ', impact: '', nextTime: '' }), []);
});

test('a person instead of a behaviour is found: by name, by “you are”, by “they’re”', () => {
  for (const behaviour of [
    'Sam is slow with leads from events.',
    'You are slow with my leads.',
    'They’re too slow with these leads.',
    'sam reed was no help with this lead',
  ])
    assert.deepEqual(kindsOf({ behaviour }, ['Sam Reed']), ['namesPerson'], behaviour);
  assert.deepEqual(kindsOf({ behaviour: 'Sam called on the ninth day, and you were asked twice.' }, ['Sam Reed']), []);
});

test('character, always and never, and heat are found where they stand', () => {
  assert.deepEqual(kindsOf({ behaviour: 'The follow-up was lazy and late again.' }), ['judgesCharacter']);
  assert.deepEqual(kindsOf({ impact: 'Sales doesn’t care what becomes of it.' }), ['judgesCharacter']);
  assert.deepEqual(kindsOf({ behaviour: 'Leads from the fair are never called back.' }), ['absolute']);
  assert.deepEqual(kindsOf({ behaviour: 'This happens every time there is a fair.' }), ['absolute']);
  assert.deepEqual(kindsOf({ behaviour: 'Nine days for a call is ridiculous.' }), ['heated']);
  assert.deepEqual(kindsOf({ nextTime: 'CALL THEM the SAME DAY, please' }), ['heated']);
  assert.deepEqual(kindsOf({ impact: 'The customer was gone by then!!' }), ['heated']);
  assert.equal(adviseOn({ ...good, behaviour: 'It was a Never-ending wait' })[0]?.found, undefined, 'part of another word');
});

test('the field’s own capitals are not shouting', () => {
  assert.deepEqual(kindsOf({ impact: 'The ROMI and the ROAS of the EMEA programme look worse than they are.' }), []);
});

test('what is missing is named where it belongs', () => {
  assert.deepEqual(kindsOf({ situation: '' }), ['noExample']);
  assert.deepEqual(kindsOf({ impact: 'Bad.' }), ['noImpact']);
  assert.deepEqual(kindsOf({ nextTime: '' }), ['asksNothing']);
  assert.deepEqual(kindsOf({ nextTime: '', behaviour: 'Could the first call be made on the day it is passed?' }), []);
});

test('praise is asked for its example and what it did, and for nothing else', () => {
  assert.deepEqual(kindsOf({ tone: 'praise', situation: '', nextTime: '', behaviour: 'You are always the best.' }), ['noExample']);
});

test('too long is said once, at the longest field', () => {
  const [advice, ...more] = adviseOn({ ...good, impact: 'It took a while. '.repeat(80) });
  assert.deepEqual([advice!.kind, advice!.field, more.length], ['tooLong', 'impact', 0]);
  assert.ok(good.impact.length < longestDraft);
});

test('whatever is written, it answers, and what it found stands in the field it names', () => {
  const text = fc.oneof(fc.string({ maxLength: 300 }), fc.lorem(), fc.string({ unit: 'binary', maxLength: 100 }));
  fc.assert(
    fc.property(
      fc.record({ situation: text, behaviour: text, impact: text, nextTime: text }),
      fc.array(text, { maxLength: 3 }),
      (texts, people) => {
        for (const { field, found } of adviseOn({ tone: 'criticism', ...texts }, people))
          if (found !== null && !people.some((person) => person.startsWith(found)))
            assert.ok(texts[field].replace(/\s+/g, ' ').toLowerCase().includes(found.split(' ')[0]!.toLowerCase()));
      },
    ),
  );
});
