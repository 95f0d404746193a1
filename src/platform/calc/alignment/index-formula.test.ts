import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compute } from '../formula.ts';
import { alignmentIndexFormula } from './index-formula.ts';

interface Answer {
  readonly score: number | null;
  readonly measuredPercent: number;
  readonly activities: Record<string, number | null>;
  readonly components: { component: string; points: number }[];
  readonly change: number | null;
  readonly moved: { component: string | null; points: number }[];
  readonly next: { component: string; gain: number }[];
  readonly beneath: string[];
}
const ask = async (given: object): Promise<Answer> => (await compute(alignmentIndexFormula, structuredClone(given))) as Answer;
const hundredths = (all: readonly { points: number }[]): number => all.reduce((sum, { points }) => sum + Math.round(points * 100), 0);

test('the example: points add up to the index, what moved it to the change', async () => {
  const answer = await ask(alignmentIndexFormula.example as object);
  // (15 × 87.719 + 35 × 36.364 + 25 × 100) ÷ 75; before: (15 × 96.491 + 35 × 27.273) ÷ 50.
  assert.deepEqual([answer.score, answer.change, answer.measuredPercent], [67.85, 19.81, 12.5]);
  assert.equal(hundredths(answer.components), 6785);
  assert.equal(hundredths(answer.moved), 1981);
  assert.deepEqual(answer.next, [{ component: 'campaignLeadsFollowed', gain: 8.48 }]);
  assert.deepEqual(answer.beneath, ['campaignLeadsFollowed']);
  assert.equal(answer.activities['share'], null);
});

test('nothing measured has no index', async () => {
  const { score, change, moved, next } = await ask({ now: {} });
  assert.deepEqual([score, change, moved, next], [null, null, [], []]);
});

test('what is wrong is named by its field', async () => {
  for (const [given, at] of [
    [{ now: { happiness: { count: 1, of: 2 } } }, /now/],
    [{ now: { leadsWorked: { count: 3, of: 2 } } }, /now\.leadsWorked.*at most as many met as due/],
    [{ now: { leadsWorked: { count: 1.5, of: 2 } } }, /now\.leadsWorked\.count.*a whole number/],
    [{ now: {}, open: { leadsWorked: { count: 1, of: 2 } } }, /open\.leadsWorked/],
  ] as const)
    await assert.rejects(ask(given), at, JSON.stringify(given));
});
