/**
 * Simulated companies of two years: fitted on the first, the second is held against what was said of it, in both
 * directions. docs/goal-plans.md is the table of hits; `UPDATE_TRUTH=1` writes it anew.
 */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fitOf } from '#engine/goals/fit.ts';
import { outlookOf } from '#engine/goals/outlook.ts';
import { quantileOf, type Spread, spreadOf } from '#engine/goals/spread.ts';
import { underWayOf } from '#engine/goals/under-way.ts';
import { sumOf, workBack } from '#engine/goals/work-back.ts';
import type { State } from '#engine/simulate/parameters.ts';
import { monthOfDay } from '#engine/time/months.ts';
import { dayNumber } from '#engine/values/calendarDay.ts';
import { asItStood, simulatedCompany, type SimulatedDeal } from '#tests/support/simulated-courses.ts';

const page = join(import.meta.dirname, '../../../docs/goal-plans.md');

const months = 24;
const leads = 4_800;
const startDay = dayNumber(2023, 1, 1);
const firstYearEnds = dayNumber(2024, 1, 1) - 1;
const secondYearEnds = dayNumber(2025, 1, 1) - 1;
const firstMonth = monthOfDay(firstYearEnds + 1);
const plan = { firstMonth, from: firstMonth, until: firstMonth + 11, monthShares: Array.from({ length: 12 }, () => 1 / 12) };
const states: readonly State[] = ['typical', 'well-aligned'];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface Told {
  readonly state: State;
  readonly seed: number;
  readonly mqls: number;
  readonly revenue: number;
  /** Revenue, from the MQLs that came. */
  readonly forward: Spread;
  /** MQLs, from the revenue that came. */
  readonly backward: Spread;
  /** In how many of the futures the middle number of MQLs reaches the revenue. */
  readonly reached: number;
}

function tell(state: State, seed: number): Told {
  const company = simulatedCompany({ seed, months, leads, state, startDay });
  const { courses, deals } = asItStood(company, firstYearEnds);
  const ofLeads = (deal: SimulatedDeal, segment: number): boolean => deal.won && deal.hasLead && deal.segment === segment;
  const bySegment = <T>(of: (segment: number) => T): T[] => [0, 1, 2].map(of);
  const amounts = bySegment((segment) => deals.filter((deal) => ofLeads(deal, segment)).map(({ amount }) => amount));
  const fit = fitOf({ courses, amounts, from: startDay, asOf: firstYearEnds });
  const underWay = underWayOf(courses, fit);
  const others = bySegment(() => []);
  const mqls = bySegment((segment) => mqlsOf(company.courses, segment));
  const outlook = outlookOf({ fit, underWay, months: 12, planFrom: 0, mqls, others });
  const targets = bySegment((segment) =>
    company.deals
      .filter((deal) => ofLeads(deal, segment) && deal.closedOn > firstYearEnds && deal.closedOn <= secondYearEnds)
      .reduce((sum, { amount }) => sum + amount, 0),
  );
  const back = workBack({ ...plan, fit, underWay, targets, wonSoFar: [0, 0, 0], runRate: [0, 0, 0], others });
  const middle = back.mqls.flat().reduce((sum, each) => sum + each, 0);
  const revenue = targets.reduce((sum, each) => sum + each, 0);
  const would = sumOf(back.revenue);
  return {
    state,
    seed,
    mqls: mqls.flat().reduce((sum, each) => sum + each, 0),
    revenue,
    forward: spreadOf(sumOf([...outlook.ofPlan, ...outlook.ofUnderWay].flat())),
    backward: { mid: middle, low: middle * quantileOf(back.together.factors, 0.1), high: middle * quantileOf(back.together.factors, 0.9) },
    reached: would.filter((each) => each >= revenue).length / would.length,
  };
}

function mqlsOf({ count, segments, days }: ReturnType<typeof simulatedCompany>['courses'], segment: number): number[] {
  const came = Array.from({ length: 12 }, () => 0);
  for (let row = 0; row < count; row++)
    if (segments[row] === segment && days[0]![row]! > firstYearEnds && days[0]![row]! <= secondYearEnds)
      came[monthOfDay(days[0]![row]!) - firstMonth]!++;
  return came;
}

const isIn = ({ low, high }: Spread, value: number): boolean => value >= low && value <= high;
const told = states.flatMap((state) => seeds.map((seed) => tell(state, seed)));
const hits = (of: (each: Told) => boolean, state: State): number => told.filter((each) => each.state === state && of(each)).length;
const forwardHits = (state: State): number => hits(({ forward, revenue }) => isIn(forward, revenue), state);
const backwardHits = (state: State): number => hits(({ backward, mqls }) => isIn(backward, mqls), state);

test('of ten companies’ second years eight at least bring what the MQLs that came made one expect, within 80 %', () => {
  for (const state of states) assert.ok(forwardHits(state) >= 8, `${state}: ${forwardHits(state)} of ${seeds.length}`);
});

test('and eight at least had the MQLs that what they brought would have asked for, within 80 %', () => {
  for (const state of states) assert.ok(backwardHits(state) >= 8, `${state}: ${backwardHits(state)} of ${seeds.length}`);
});

test('not all of them: an interval that always holds says nothing', () => {
  const all = told.length;
  const forward = states.reduce((sum, state) => sum + forwardHits(state), 0);
  assert.ok(forward < all, 'some second year lies outside');
  const width = told.reduce((sum, { forward: { low, mid, high } }) => sum + (high - low) / mid, 0) / all;
  assert.ok(width < 1, `on the mean ${width.toFixed(2)} of the middle from low to high`);
});

test('both ways agree: with the middle number of MQLs about half of the futures reach the target', () => {
  for (const { reached, seed } of told) assert.ok(reached > 0.42 && reached < 0.62, `seed ${seed}: ${reached}`);
});

const millions = (minor: number): string => (minor / 1e8).toFixed(2);
const row = ({ seed, mqls, revenue, forward, backward }: Told): string =>
  `| ${seed} | ${mqls} | ${millions(forward.low)} … ${millions(forward.mid)} … ${millions(forward.high)} | ${millions(revenue)} | ${isIn(forward, revenue) ? 'yes' : 'no'} | ${backward.low.toFixed(0)} … ${backward.mid.toFixed(0)} … ${backward.high.toFixed(0)} | ${isIn(backward, mqls) ? 'yes' : 'no'} |`;

const written = (): string => `# Worked-back plans against what came

Made by \`UPDATE_TRUTH=1 npm test -- plan-truth\`; the same test fails when it is out of date. How plans are worked back stands in [decisions/goal-plans.md](decisions/goal-plans.md).

Simulated companies ([simulator.md](simulator.md)) of ${months} months and ${leads.toLocaleString('en')} leads each. Everything is fitted on what was known at the end of month 12; of the second year nothing is known but, forward, the MQLs that came in each month, and backward, the revenue that was won by segment. Revenue is of deals won of leads with an MQL, in millions. Intervals are of 80 %: of ten, about eight should hold the truth, and two should not.

${states.map(section).join('\n\n')}

How to read it:
- The ranges are wide because a company of this size has few deals: the six to ten enterprise deals of a year are half of its revenue, and whether nine or five of them are won is chance. No method makes that go away; a plan that told one number would be wrong by as much without saying so.
- The ten per cent of deviation from year to year were chosen looking at seeds 1 to 60 of typical. Held against seeds nobody had looked at (101 to 160): forward 46 of 60 typical (77 %) and 50 of 60 well-aligned (83 %); with twice the leads 26 of 30 (87 %). Backward 54 of 60, 59 of 60 and 28 of 30: wider than it would have to be.
- Backward holds more often than it says, as what each segment brought is told it and so the mix is known, while its range is made as if it were not.
- Segments with few deals lean on the company as a whole. That draws the win rate of enterprise deals, which are truly won less often here, upwards: such a segment brings on the mean a tenth to a fifth fewer deals than its middle says. The range holds it; the sheet says how much is lent.
- The simulated years resemble each other but for chance. Real years differ more: ten per cent of deviation from one to the next is assumed on top, which no record of a single year could show.
`;

function section(state: State): string {
  const own = told.filter((each) => each.state === state);
  return `## ${state}: ${forwardHits(state)} of ${own.length} forward, ${backwardHits(state)} of ${own.length} backward

| seed | MQLs that came | revenue expected of them | revenue that came | held | MQLs that revenue asks for | held |
|---|---|---|---|---|---|---|
${own.map(row).join('\n')}`;
}

test('docs/goal-plans.md says what is so', async () => {
  if (process.env.UPDATE_TRUTH) await writeFile(page, written());
  const there = await readFile(page, 'utf8');
  // Logarithms differ in the last place between processors, and a draw that hangs on one may go the other way.
  const numbers = (text: string): number[] => [...text.matchAll(/\d+(\.\d+)?/g)].map(([number]) => Number(number));
  const plain = (text: string): string => text.replaceAll(/\d+(\.\d+)?/g, '#');
  assert.equal(plain(there), plain(written()), 'UPDATE_TRUTH=1 npm test -- plan-truth');
  const now = numbers(written());
  for (const [at, number] of numbers(there).entries())
    assert.ok(Math.abs(number - now[at]!) <= 0.02 + 0.03 * number, `${number} is ${now[at]} now: UPDATE_TRUTH=1 npm test -- plan-truth`);
});
