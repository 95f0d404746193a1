import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compute } from '../formula.ts';
import { beforeAfterFormula } from './formula.ts';

interface Answer {
  readonly whyNot: string | null;
  readonly effect: { value: number; low: number; high: number; chance: number } | null;
  readonly slope: { low: number; high: number } | null;
}
const example = beforeAfterFormula.example as { start: number; weeks: { week: number; pilot: number; comparison: number }[] };
const ask = async (given: object): Promise<Answer> => (await compute(beforeAfterFormula, structuredClone(given))) as Answer;

test('the example: four more from the start on, and no other slope', async () => {
  const { whyNot, effect, slope } = await ask(example);
  assert.ok(whyNot === null && effect && slope);
  assert.ok(effect.low <= 4 && 4 <= effect.high && effect.low > 2 && effect.chance < 0.01, JSON.stringify(effect));
  assert.ok(slope.low < 0 && 0 < slope.high);
});

test('what both groups do alike changes nothing', async () => {
  const moved = example.weeks.map(({ week, pilot, comparison }) => ({
    week,
    pilot: pilot + week ** 2,
    comparison: comparison + week ** 2,
  }));
  const [plain, other] = [await ask(example), await ask({ ...example, weeks: moved })];
  assert.ok(Math.abs(plain.effect!.value - other.effect!.value) < 1e-8);
});

test('of too few weeks it says so, and what is wrong is named', async () => {
  assert.deepEqual(await ask({ ...example, weeks: example.weeks.slice(0, 15) }), {
    ...{ whyNot: 'Too few weeks to say: 12 before and 3 after the start; 12 and 8 are needed.', effect: null, level: null, slope: null },
    autocorrelation: null,
  });
  await assert.rejects(ask({ ...example, weeks: example.weeks.toReversed() }), /later than the week before/);
  await assert.rejects(ask({ ...example, begin: 0 }), /begin/);
});
