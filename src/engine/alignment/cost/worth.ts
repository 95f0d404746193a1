/**
 * What an SQL brings: `P(won | segment) × mean amount of the segment's deals`, held against how won deals differ in
 * amount from all, and by quality. Deals that are still open count for as long as they are known (Aalen and Johansen's
 * estimator of what is won in the end beside what is lost; O. Aalen, S. Johansen, 1978).
 */

/** One SQL, or the deal that became of it. */
export interface SqlCourse {
  readonly segment: number;
  readonly half: 0 | 1;
  /** Days from the SQL to the end of its course, or to the last day on record. */
  readonly days: number;
  readonly end: 'won' | 'lost' | 'open';
  /** Minor units; null where it isn't stated. */
  readonly amount: number | null;
}

/** So many deals of the whole company stand beside those of each segment, so that two or three deals make no rate. */
const borrowed = 12;
/** So many wins at 1 hold the ratio of won to all amounts, and so many the factor of a half. */
const heldBy = 20;

/**
 * @param courses in order of their days
 * @param weights how often each counts: 1, or a draw
 * @returns minor units by segment × 2 + half
 */
export function worthOfSql(courses: readonly SqlCourse[], weights: Float64Array, segments: number): Float64Array {
  const rates = winRates(courses, weights, segments);
  const amounts = meanAmounts(courses, weights, segments);
  const ratio = ratioOfWon(courses, weights, amounts);
  const halves = ([0, 1] as const).map((half) => halfFactor(courses, weights, rates, half));
  return Float64Array.from({ length: segments * 2 }, (_, at) => rates[at >> 1]! * amounts[at >> 1]! * ratio * halves[at & 1]!);
}

function winRates(courses: readonly SqlCourse[], weights: Float64Array, segments: number): Float64Array {
  const sizes = new Float64Array(segments);
  courses.forEach(({ segment }, at) => (sizes[segment]! += weights[at]!));
  const won = wonInTheEnd(courses, weights, sizes);
  const all = sum(sizes);
  const overall = all === 0 ? 0 : won.reduce((total, rate, segment) => total + rate * sizes[segment]!, 0) / all;
  return won.map((rate, segment) => (rate * sizes[segment]! + borrowed * overall) / (sizes[segment]! + borrowed));
}

function wonInTheEnd(courses: readonly SqlCourse[], weights: Float64Array, sizes: Float64Array): Float64Array {
  const atRisk = sizes.slice();
  const open = sizes.map(() => 1);
  const won = sizes.map(() => 0);
  courses.forEach(({ segment, end }, at) => {
    const weight = weights[at]!;
    if (weight === 0) return;
    const share = weight / atRisk[segment]!;
    if (end === 'won') won[segment]! += open[segment]! * share;
    if (end !== 'open') open[segment]! *= Math.max(0, 1 - share);
    atRisk[segment]! -= weight;
  });
  return won;
}

function meanAmounts(courses: readonly SqlCourse[], weights: Float64Array, segments: number): Float64Array {
  const sums = new Float64Array(segments);
  const counts = new Float64Array(segments);
  courses.forEach(({ segment, amount }, at) => {
    if (amount === null) return;
    sums[segment]! += weights[at]! * amount;
    counts[segment]! += weights[at]!;
  });
  const overall = sum(counts) === 0 ? 0 : sum(sums) / sum(counts);
  return sums.map((total, segment) => (counts[segment] === 0 ? overall : total / counts[segment]!));
}

/** Amounts of won deals ÷ the mean amounts of their segments. */
function ratioOfWon(courses: readonly SqlCourse[], weights: Float64Array, amounts: Float64Array): number {
  let [won, expected] = [heldBy, heldBy];
  courses.forEach(({ segment, end, amount }, at) => {
    if (end !== 'won' || amount === null || amounts[segment] === 0) return;
    won += (weights[at]! * amount) / amounts[segment]!;
    expected += weights[at]!;
  });
  return won / expected;
}

function halfFactor(courses: readonly SqlCourse[], weights: Float64Array, rates: Float64Array, half: 0 | 1): number {
  let [won, expected] = [heldBy, heldBy];
  courses.forEach((course, at) => {
    if (course.half !== half || course.end === 'open') return;
    if (course.end === 'won') won += weights[at]!;
    expected += weights[at]! * rates[course.segment]!;
  });
  return won / expected;
}

const sum = (numbers: Float64Array): number => numbers.reduce((all, each) => all + each, 0);
