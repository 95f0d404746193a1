import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compute } from '../formula.ts';
import { misalignmentCostFormula } from './formula.ts';

interface Answer {
  readonly causes: Record<string, { amount: string | null; low: string | null; high: string | null; count: number; whyNot: string | null }>;
  readonly total: { amount: string };
  readonly reached: { halfAnHour: number; week: number } | null;
}
const example = misalignmentCostFormula.example as { leads: object[]; hourlyCost: string };
const ask = async (given: object): Promise<Answer> => (await compute(misalignmentCostFormula, structuredClone(given))) as Answer;

test('the example: leads of a fair left lying, others tried after two days and twice only', async () => {
  const { causes, total, reached } = await ask(example);
  assert.equal(causes.campaignsNotFollowed!.count, 40);
  // 90 of 210 reached ones became SQLs, 30 of 90 SQLs were won at 10,000.00.
  const worth = (90 / 210) * (1 / 3) * 1_000_000;
  const each = Number(causes.campaignsNotFollowed!.amount) / 40;
  assert.ok(each > 0.8 * worth && each < 1.1 * worth, `${each} ${worth}`);
  assert.deepEqual([causes.slowFirstTouch!.count, causes.rejectedHours!.amount], [90, '0']);
  assert.ok(reached!.halfAnHour > reached!.week);
  const sum = Object.values(causes).reduce((all, { amount }) => all + BigInt(amount ?? '0'), 0n);
  assert.equal(BigInt(total.amount), sum);
});

test('of too little it says so', async () => {
  const { causes, total, reached } = await ask({ leads: [{ passedDaysAgo: 50 }] });
  assert.match(causes.neverWorked!.whyNot!, /^not enough data yet/);
  assert.deepEqual([total.amount, reached], ['0', null]);
});

test('what is wrong is named by field', async () => {
  for (const [given, at] of [
    [{ leads: [{}] }, 'passedDaysAgo'],
    [{ leads: [{ passedDaysAgo: 1, count: 0 }] }, 'count'],
    [{ leads: [{ passedDaysAgo: 1, count: 100_000 }, { passedDaysAgo: 1 }] }, 'leads'],
    [{ ...example, hourlyCost: 48 }, 'hourlyCost'],
    [{ ...example, speed: 1 }, 'speed'],
  ] as const)
    await assert.rejects(ask(given), new RegExp(at));
});
