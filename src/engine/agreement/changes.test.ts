import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Calendar } from '#engine/calendar/calendar.ts';
import { changesOf, sentenceChanges, type VersionText } from './changes.ts';
import type { AgreementContent, Clause } from './clause.ts';

const names = { calendars: { 'cal-1': 'Support desk' }, teams: {}, fields: {} };
const everything = { segments: [], channels: [], origins: [], teams: [] };
const firstAttempt = (minutes: number, more: Partial<Clause> = {}): Clause => ({
  ...{
    key: 'first-attempt',
    side: 'sales',
    title: 'First attempt',
    metric: { kind: 'firstAttempt', withinMinutes: minutes },
    targetPercent: 90,
  },
  ...{ scope: everything, calendar: 'rep', excuses: [], ladder: [], consequence: '', ...more },
});
const quality: Clause = { ...firstAttempt(1), key: 'quality', side: 'marketing', title: 'Quality', metric: { kind: 'quality' } };
const week: Calendar = { timeZone: 'Europe/Berlin', weekly: { mon: [['09:00', '17:00']] }, holidays: ['2026-05-01'] };

const version = (
  clauses: readonly Clause[],
  more: Partial<AgreementContent> = {},
  calendars: VersionText['calendars'] = { default: week },
): VersionText => ({
  content: { preamble: '', clauses, reviewSamplePercent: 10, reachedOutcomes: ['connected'], ...more },
  calendars,
});

test('a version against itself changes nothing, in whatever order its clauses stand', () => {
  const changes = changesOf(version([quality, firstAttempt(60)]), version([firstAttempt(60), quality]), names);
  assert.deepEqual(changes, { general: [], added: [], removed: [], changed: [] });
});

test('clauses come, go and change by their key, each said in full', () => {
  const { added, removed, changed } = changesOf(
    version([quality, firstAttempt(60)]),
    version([firstAttempt(30), { ...quality, key: 'quality-2' }]),
    names,
  );
  assert.deepEqual([added.length, removed.length], [1, 1]);
  assert.match(added[0]!, /^Quality: Of the leads/);
  assert.deepEqual(
    changed.map(({ key, before, after }) => [key, /within (\d+)/.exec(before)?.[1], /within (\d+)/.exec(after)?.[1]]),
    [['first-attempt', '60', '30']],
  );
});

test('what stands outside the clauses is told as well', () => {
  const after = version([quality], { preamble: 'We agree.', reviewSamplePercent: 20, reachedOutcomes: ['connected', 'replied'] });
  assert.deepEqual(changesOf(version([quality]), after, names).general, [
    { what: 'Preamble', before: '', after: 'We agree.' },
    { what: 'Agreed rejections judged as well', before: '10 %', after: '20 %' },
    { what: 'Outcomes that reached the lead', before: 'connected', after: 'connected, replied' },
  ]);
});

test('a holiday that moved is told though their number is the same; a calendar that came is new', () => {
  const moved = { default: { ...week, holidays: ['2026-05-04'] }, 'cal-1': week };
  assert.deepEqual(changesOf(version([quality]), version([quality], {}, moved), names).general, [
    {
      what: 'Calendar of the workspace',
      before: 'Mon 09:00–17:00 (Europe/Berlin), 1 holiday, among them 2026-05-01',
      after: 'Mon 09:00–17:00 (Europe/Berlin), 1 holiday, among them 2026-05-04',
    },
    { what: 'Calendar “Support desk”', before: 'not used', after: 'Mon 09:00–17:00 (Europe/Berlin), 1 holiday' },
  ]);
});

test('clauses of a definition are told apart by what they say', () => {
  assert.deepEqual(sentenceChanges(['a', 'b'], ['b', 'c']), { added: ['c'], removed: ['a'], kept: ['b'] });
});
