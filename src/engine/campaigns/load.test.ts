import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber } from '../values/calendarDay.ts';
import { audienceClashes, loadByWeek, type LoadRole } from './load.ts';

const day = (text: string): number => {
  const [year, month, date] = text.split('-').map(Number);
  return dayNumber(year!, month!, date!);
};
const role = (memberId: string, from: string, to: string, campaignId = 'k'): LoadRole => ({
  ...{ memberId, campaignId, kind: 'calls', from: day(from), to: day(to) },
});

test('a part stands in every week from its first day to its last, by Mondays', () => {
  const load = loadByWeek([role('sam', '2026-10-01', '2026-10-12')], day('2026-09-01'), day('2026-12-31'));
  assert.deepEqual(
    load.get('sam')!.map(({ week, roles }) => [week, roles]),
    [
      ['2026-09-28', 1],
      ['2026-10-05', 1],
      ['2026-10-12', 1],
    ],
  );
});

test('parts of one week add up, and nothing stands outside the period', () => {
  const roles = [role('sam', '2026-10-05', '2026-10-06'), role('sam', '2026-10-07', '2026-10-30', 'm')];
  const weeks = loadByWeek(roles, day('2026-10-05'), day('2026-10-18')).get('sam')!;
  assert.deepEqual(
    weeks.map(({ week, roles: count, campaignIds }) => [week, count, campaignIds]),
    [
      ['2026-10-05', 2, ['k', 'm']],
      ['2026-10-12', 1, ['m']],
    ],
  );
});

test('days before 1970 have Mondays as well', () => {
  assert.deepEqual(
    loadByWeek([role('sam', '1969-12-31', '1969-12-31')], day('1969-12-01'), day('1970-01-31')).get('sam')![0]!.week,
    '1969-12-29',
  );
});

test('the same people within a week is a clash, once a pair; others, and a week later, is none', () => {
  const use = (campaignId: string, audienceKey: string | null, ...days: string[]) => ({ campaignId, audienceKey, days: days.map(day) });
  const clashes = audienceClashes([
    use('a', 'germans', '2026-10-01', '2026-10-20'),
    use('b', 'germans', '2026-10-07', '2026-10-21'),
    use('c', 'french', '2026-10-01'),
    use('d', 'germans', '2026-11-01'),
    use('e', null, '2026-10-01'),
    use('f', null, '2026-10-01'),
  ]);
  assert.deepEqual(clashes, [{ week: '2026-09-28', campaignIds: ['a', 'b'] }]);
});
