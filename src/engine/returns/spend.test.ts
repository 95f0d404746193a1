import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalFraction } from '#engine/values/fraction.ts';
import { campaignRoi, roas, romi } from './spend.ts';

test('golden: 150 of margin for 100 spent is a ROMI of 50 %; 400 of revenue a ROAS of 4', () => {
  assert.equal(romi({ contribution: 15_000n, spend: 10_000n, wins: null }).value, 0.5);
  assert.equal(roas({ revenue: 40_000n, spend: 10_000n, wins: null }).value, 4);
  assert.equal(campaignRoi({ revenue: 40_000n, grossMargin: decimalFraction('0.8'), spend: 10_000n, wins: null }).value, 2.2);
});

test('what just comes back is 0, what never comes back is −100 %', () => {
  assert.equal(romi({ contribution: 7n, spend: 7n, wins: null }).value, 0);
  assert.equal(romi({ contribution: 0n, spend: 7n, wins: 0 }).value, -1);
});

test('where nothing was spent it is not a number, and says so', () => {
  for (const figure of [
    romi({ contribution: 5n, spend: 0n, wins: 1 }),
    roas({ revenue: 5n, spend: 0n, wins: null }),
    campaignRoi({ revenue: 0n, grossMargin: decimalFraction('1'), spend: 0n, wins: 0 }),
  ])
    assert.deepEqual([figure.value, figure.reason], [null, 'not a number: nothing was spent']);
  assert.equal(roas({ revenue: 5n, spend: -1n, wins: null }).reason, 'not a number: more was taken back than spent');
});

test('few wins give a wide range: 4 wins could have been 1.09 to 10.24', () => {
  const { range, small } = romi({ contribution: 400n, spend: 100n, wins: 4 });
  assert.equal(small, true);
  assert.deepEqual([range!.low.toFixed(2), range!.high!.toFixed(2)], ['0.09', '9.24']);
  const loss = romi({ contribution: -400n, spend: 100n, wins: 4 });
  assert.ok(loss.range!.low < loss.range!.high!);
});
