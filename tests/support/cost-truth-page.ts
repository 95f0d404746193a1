/** docs/misalignment-cost.md, from what simulated companies' costs were told to be and what is true of them. */

import { causeTable, type CauseName } from '#engine/alignment/cost/causes.ts';
import { type State, stateNames } from '#engine/simulate/parameters.ts';

/** Whole units of the currency. */
export interface Held {
  readonly truth: number;
  readonly amount: number;
  readonly low: number;
  readonly high: number;
}

export const comparisons = {
  never: 'leads never worked: `neverWorked` + `campaignsNotFollowed`',
  late: 'late first touch: `slowFirstTouch` + `beyondCapacity`',
  few: '`tooFewAttempts`',
  fits: '`fitsRejected`',
  churn: '`churnedAgainstIcp`',
  hours: 'rep hours on all rejected leads',
  spend: 'spend on campaign leads never worked',
  total: 'total, where the truth has a counterpart',
} as const;
export type Comparison = keyof typeof comparisons;
export const compared = Object.keys(comparisons) as Comparison[];

export interface Compared {
  readonly state: State;
  readonly seed: number;
  readonly held: Readonly<Record<Comparison, Held>>;
  readonly first: CauseName | null;
  /** The greatest amount. */
  readonly largest: CauseName;
}

export const holds = ({ truth, low, high }: Held): boolean => truth >= low && truth <= high;

export function writtenTruth(
  all: readonly Compared[],
  { leads, months, version }: { leads: number; months: number; version: string },
): string {
  const numbers = all.map(({ seed }) => seed);
  const [first, seeds] = [Math.min(...numbers), new Set(numbers).size];
  const heldOut = `Seeds ${first} to ${first + seeds - 1}: on none of them was a formula, a width or a threshold chosen, and none was looked at before. (Those of [misalignment-cost.md](misalignment-cost.md) had a part in choosing.)\n\n`;
  return `# The cost of misalignment against the truth${first > 1 ? ': seeds held out' : ''}

${first > 1 ? heldOut : ''}Made by \`UPDATE_TRUTH=${first} npm test -- cost-truth\` (formulas ${version}). The simulator knows what was lost (\`costOfMisalignment\` in truth.json, formulas in [simulator.md](simulator.md)); the product sees the files such a company would have, imported, with a signed contract (first attempt within 30 working minutes, 6 attempts) and a signed definition of the ideal customer. It is told none of the simulator's parameters. ${seeds} seeds of each state, ${leads.toLocaleString('en')} leads over ${months} months; how it is told: [decisions/misalignment-cost.md](decisions/misalignment-cost.md).

## In how many of ${seeds} seeds the range holds the truth

| | ${stateNames.join(' | ')} |
|---|${stateNames.map(() => '---|').join('')}
${compared.map((each) => `| ${comparisons[each]} | ${stateNames.map((state) => `${ofState(all, state).filter(({ held }) => holds(held[each])).length}`).join(' | ')} |`).join('\n')}

## Estimate ÷ truth, mean over the seeds (± half of the range ÷ estimate)

| | ${stateNames.join(' | ')} |
|---|${stateNames.map(() => '---|').join('')}
${compared.map((each) => `| ${comparisons[each]} | ${stateNames.map((state) => ratioText(ofState(all, state), each)).join(' | ')} |`).join('\n')}

## Which cause is named first

| state | named first (seeds) | greatest amount (seeds) |
|---|---|---|
${stateNames.map((state) => `| ${state} | ${countText(ofState(all, state).map(({ first }) => first))} | ${countText(ofState(all, state).map(({ largest }) => largest))} |`).join('\n')}

Named first is the cause furthest above its threshold (\`engine/alignment/cost/causes.ts\`) that is above it even at the low end of its range; none where none is.

## The total, seed by seed

Thousands, as low – **estimate** – high; truth. A cause without a counterpart in the truth is in neither.

| seed | ${stateNames.join(' | ')} |
|---|${stateNames.map(() => '---|').join('')}
${[...new Set(all.map(({ seed }) => seed))].map((seed) => `| ${seed} | ${stateNames.map((state) => totalText(ofState(all, state).find((each) => each.seed === seed))).join(' | ')} |`).join('\n')}

How to read it:
- What is lost on a lead is an expectation; the company sees wins, which are draws of it. A range must hold what these draws can do: the fewer wins, the wider it is (sales slow wins a tenth of what it could).
- \`beyondCapacity\` has no counterpart of its own: the simulator counts what was late by lead, not why. Together with \`slowFirstTouch\` it has.
- \`dealsLostForMarketing\` has none either: truth.json adds up the whole amounts of these deals, which stand beside the cause as “amounts of these deals” and are equal to the unit; what would have been won of them, nobody simulated.
- The rep hours' minutes are equal to the unit; the range is that of what an hour costs by the ledger, held against the simulator's 48.
- The spend on campaign leads never worked stands beside \`campaignsNotFollowed\` and is not added: had the leads been followed up, it would have been spent as well.
- Fit is judged by what is on record, which is wrong for one account in twenty: a customer who looks like a fit and leaves as a misfit is not seen.
- In \`retention-bleeding\` the greatest amount is not the illness, in truth as here: of first-year money, attempts left out cost more than customers who leave. What is out of the ordinary is what is named.
`;
}

const ofState = (all: readonly Compared[], of: State): Compared[] => all.filter(({ state }) => state === of);

function ratioText(some: readonly Compared[], each: Comparison): string {
  const told = some.map(({ held }) => held[each]).filter(({ truth, amount }) => truth > 0 && amount > 0);
  if (told.length === 0) return '–';
  // Of sums: a truth of next to nothing in one seed would make its ratio anything.
  const sum = (of: (held: Held) => number): number => told.reduce((all, held) => all + of(held), 0);
  return `${(sum(({ amount }) => amount) / sum(({ truth }) => truth)).toFixed(2)} ± ${(sum(({ low, high }) => high - low) / 2 / sum(({ amount }) => amount)).toFixed(2)}`;
}

function countText(causes: readonly (CauseName | null)[]): string {
  const counts = Map.groupBy(causes, (cause) => cause);
  return [...counts]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([cause, some]) => `${cause === null ? 'none' : causeTable[cause].label} (${some.length})`)
    .join(', ');
}

function totalText(one: Compared | undefined): string {
  if (!one) return '';
  const { truth, amount, low, high } = one.held.total;
  const thousands = (units: number): string => Math.round(units / 1000).toLocaleString('en');
  return `${thousands(low)} – **${thousands(amount)}** – ${thousands(high)}; ${thousands(truth)}${holds(one.held.total) ? '' : ' ✗'}`;
}
