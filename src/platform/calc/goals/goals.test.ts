import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compute } from '../formula.ts';
import { paceFormula, workBackFormula } from './formulas.ts';

test('seven of twenty working days gone: thirty of a hundred are five behind', async () => {
  assert.deepEqual(await compute(paceFormula, paceFormula.example), {
    results: [{ ideal: '35', gap: '-5', gapPercent: '-5', neededADay: '5.384615', soFarADay: '4.285714' }],
  });
});

test('seven customers at five per cent ask for 140 leads, and the range says how sure that is', async () => {
  const { results } = (await compute(workBackFormula, workBackFormula.example)) as {
    results: { won: string; stages: { stage: string; needed: string; low: string; high: string }[] }[];
  };
  const [{ won, stages }] = results as [(typeof results)[number]];
  assert.deepEqual([won, stages[0]!.stage, stages[0]!.needed], ['7', 'Lead', '140']);
  assert.ok(Number(stages[0]!.low) < 120 && Number(stages[0]!.high) > 165, JSON.stringify(stages));
});

test('more records make it surer, and more steps keep their order', async () => {
  const of = async (times: number) => {
    const steps = [
      { from: 'MQL', entered: 1_000 * times, reached: 200 * times },
      { from: 'SQL', entered: 200 * times, reached: 50 * times },
    ];
    const { results } = (await compute(workBackFormula, { cases: [{ revenue: '1000000', averageDeal: '100000', steps }] })) as {
      results: { stages: { stage: string; needed: string; low: string; high: string }[] }[];
    };
    return results[0]!.stages;
  };
  const [few, many] = [await of(1), await of(100)];
  assert.deepEqual(
    few.map(({ stage, needed }) => [stage, needed]),
    [
      ['MQL', '200'],
      ['SQL', '40'],
    ],
  );
  const width = ({ low, high }: { low: string; high: string }): number => Number(high) - Number(low);
  assert.ok(width(few[0]!) > 5 * width(many[0]!));
});

test('what can’t be is refused with where', async () => {
  await assert.rejects(
    compute(paceFormula, { cases: [{ target: '1', value: '0', workingDays: 1, workingDaysGone: 2 }] }),
    /workingDaysGone/,
  );
  await assert.rejects(
    compute(workBackFormula, { cases: [{ revenue: '1', averageDeal: '0', steps: [{ from: 'MQL', entered: 2, reached: 3 }] }] }),
    /averageDeal/,
  );
});
