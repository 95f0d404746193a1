import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OutcomeCell, outcomeOf, stageAt, strataOf, tooFewWords } from './content-outcome.ts';

const cell = (used: boolean, owner: string, leads: number, won: number, segment = 'SMB'): OutcomeCell => ({
  stage: 'sql',
  segment,
  owner,
  used,
  leads,
  won,
});

test('the stage at a moment is the furthest entered by then', () => {
  const times = { inquiry: 10, mql: 20, sal: null, sql: 40, deal: null };
  assert.deepEqual(
    [5, 10, 25, 40].map((at) => stageAt(times, at)),
    [null, 'inquiry', 'mql', 'sql'],
  );
});

test('leads are compared within stage and segment, after the median wait of the used ones', () => {
  const lead = (segment: string | null, waited: number) => ({ stage: 'sql' as const, segment, waited });
  assert.deepEqual(strataOf([lead('SMB', 30), lead('SMB', 10), lead('SMB', 14), lead('SMB', 20), lead(null, 5)]), [
    { stage: 'sql', segment: 'SMB', waited: 17 },
    { stage: 'sql', segment: null, waited: 5 },
  ]);
});

test('worked by hand: 24 of 48 won with it, 12 of 48 without, is 25 points', () => {
  const result = outcomeOf([
    ...['a', 'b', 'c'].map((rep) => cell(true, rep, 16, 8)),
    ...['a', 'b', 'c'].map((rep) => cell(false, rep, 16, 4)),
  ]);
  assert.equal(result.difference?.value, 0.25);
  // Two plain proportions of 48: 0.25 ± 1.96·√(0.25/48 + 0.1875/48) = 0.063..0.437; the score interval is a little narrower.
  assert.ok(
    Math.abs(result.difference.low - 0.063) < 0.02 && Math.abs(result.difference.high - 0.437) < 0.02,
    JSON.stringify(result.difference),
  );
  assert.equal(tooFewWords(result), null);
});

test('with fewer it is too few to say, and the counts are told', () => {
  const result = outcomeOf([cell(true, 'a', 12, 6), cell(false, 'b', 30, 6)]);
  assert.equal(result.difference, null);
  assert.match(tooFewWords(result)!, /There are 12 with it \(6 won\) and 30 without \(6 won\)/);
});
