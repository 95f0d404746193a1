import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingIn, movedField, newDraft, unaskedFields, withContent, withField, withNewField, withoutField } from './formDraft.ts';

const draft = { ...newDraft(null), name: 'Demo' };
const names = (of: typeof draft): string[] => of.content.fields.map(({ name }) => name);

test('fields move one place, and stay at the ends', () => {
  assert.deepEqual(names(movedField(draft, 1, -1)), ['email', 'fullName', 'company', 'message']);
  assert.deepEqual(names(movedField(draft, 0, -1)), names(draft));
  assert.deepEqual(names(movedField(draft, 3, 1)), names(draft));
});

test('what is asked is no longer offered, and is offered again when taken out', () => {
  const own = [{ key: 'size', label: 'Size' }];
  assert.ok(unaskedFields(draft, own).some(({ value }) => value === 'custom.size'));
  const asked = withNewField(draft, 'custom.size', 'Size');
  assert.ok(!unaskedFields(asked, own).some(({ value }) => value === 'custom.size'));
  assert.ok(unaskedFields(withoutField(asked, 4), own).some(({ value }) => value === 'custom.size'));
});

test('a form says what it still needs', () => {
  assert.equal(missingIn(draft), null);
  assert.match(missingIn({ ...draft, name: ' ' })!, /name/);
  assert.match(missingIn(withField(draft, 1, { required: false }))!, /e-mail/);
  assert.match(missingIn(withField(draft, 0, { label: '' }))!, /label/);
  assert.match(missingIn(withContent(draft, { consent: { text: ' ', required: true } }))!, /agrees/);
});
