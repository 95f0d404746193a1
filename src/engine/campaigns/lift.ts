/**
 * What taking part changed: outcomes of leads whose reps took part against comparable leads (same campaign, same
 * segment) whose reps took none.
 *
 * Difference of shares over strata: Mantel–Haenszel weights n1·n0 ÷ n (N. Mantel, W. Haenszel, 1959; S. Greenland,
 * J. M. Robins, 1985). Interval: T. Sato's variance (Biometrics 45, 1989), which holds for few large and for many
 * sparse strata alike, inverted as a score interval (B. Klingenberg, Statistics in Medicine 33, 2014). Leads of one rep
 * resemble each other: where they differ by rep more than by chance, the interval is widened to the rep-by-rep variance.
 */

/** Leads of one rep in one stratum. */
export interface LiftCell {
  readonly stratum: string;
  readonly rep: string;
  readonly tookPart: boolean;
  readonly leads: number;
  /** Of them, those with the outcome. */
  readonly reached: number;
}

export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Side {
  readonly leads: number;
  readonly reached: number;
  readonly reps: number;
}

export interface LiftResult {
  /** In strata that have both. */
  readonly worked: Side;
  readonly compared: Side;
  readonly strata: number;
  /** Leads in strata that have only one of both. */
  readonly leftOut: number;
  /** Share with − share without; null: too few to say. */
  readonly difference: Range | null;
  /** difference × leads worked. */
  readonly extra: Range | null;
  readonly tooFew: string | null;
}

/** Below these nothing is said. Two reps a side: with one, the difference is one between persons. */
export const liftMinima = { reps: 2, leads: 40, reached: 5 } as const;

/** @returns the same for cells in any order */
export function liftOf(cells: readonly LiftCell[]): LiftResult {
  const strata = strataOf(cells);
  const usable = strata.filter(isUsable);
  const worked = sideOf(usable, 'worked');
  const compared = sideOf(usable, 'compared');
  const leftOut = strata.filter((stratum) => !isUsable(stratum)).reduce((sum, { n1, n0 }) => sum + n1 + n0, 0);
  const tooFew = whatIsTooFew(worked, compared);
  const difference = tooFew === null ? differenceOf(usable) : null;
  const extra = difference && scaled(difference, worked.leads);
  return { worked, compared, strata: usable.length, leftOut, difference, extra, tooFew };
}

// ── strata ──────────────────────────────────────────────────────────────────

interface Stratum {
  readonly cells: readonly LiftCell[];
  /** Leads and outcomes with participation, and without. */
  readonly n1: number;
  readonly y1: number;
  readonly n0: number;
  readonly y0: number;
}

function strataOf(cells: readonly LiftCell[]): Stratum[] {
  const byName = Map.groupBy(
    cells.filter(({ leads }) => leads > 0),
    ({ stratum }) => stratum,
  );
  return [...byName].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => stratumOf(each));
}

function stratumOf(given: readonly LiftCell[]): Stratum {
  const cells = oneARep(given);
  const [worked, compared] = [cells.filter(({ tookPart }) => tookPart), cells.filter(({ tookPart }) => !tookPart)];
  return { cells, n1: sum(worked, 'leads'), y1: sum(worked, 'reached'), n0: sum(compared, 'leads'), y0: sum(compared, 'reached') };
}

/** In the order of reps, so that sums are the same to the last digit whatever order cells come in. */
function oneARep(cells: readonly LiftCell[]): LiftCell[] {
  const byRep = Map.groupBy(cells, ({ rep, tookPart }) => `${rep} ${tookPart}`);
  return [...byRep]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, each]) => ({ ...each[0]!, leads: sum(each, 'leads'), reached: sum(each, 'reached') }));
}

const sum = (cells: readonly LiftCell[], what: 'leads' | 'reached'): number => cells.reduce((total, cell) => total + cell[what], 0);
const isUsable = ({ n1, n0 }: Stratum): boolean => n1 > 0 && n0 > 0;

function sideOf(strata: readonly Stratum[], side: 'worked' | 'compared'): Side {
  const cells = strata.flatMap((stratum) => stratum.cells.filter(({ tookPart }) => tookPart === (side === 'worked')));
  return { leads: sum(cells, 'leads'), reached: sum(cells, 'reached'), reps: new Set(cells.map(({ rep }) => rep)).size };
}

function whatIsTooFew(worked: Side, compared: Side): string | null {
  const { reps, leads, reached } = liftMinima;
  if (worked.reps < reps) return `Fewer than ${reps} reps with comparable leads took part.`;
  if (compared.reps < reps) return `Fewer than ${reps} reps with comparable leads took no part.`;
  if (worked.leads < leads) return `Only ${worked.leads} comparable leads were worked by who took part; it takes ${leads}.`;
  if (compared.leads < leads) return `Only ${compared.leads} comparable leads were worked by who took no part; it takes ${leads}.`;
  const all = worked.reached + compared.reached;
  const rest = worked.leads + compared.leads - all;
  if (all < reached) return `Only ${all} of these leads reached it; it takes ${reached}.`;
  return rest < reached ? `All but ${rest} of these leads reached it.` : null;
}

// ── the difference ──────────────────────────────────────────────────────────

/** 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

function differenceOf(strata: readonly Stratum[]): Range {
  const weight = strata.reduce((total, stratum) => total + weightOf(stratum), 0);
  const value = strata.reduce((total, stratum) => total + weightOf(stratum) * gap(stratum), 0) / weight;
  const [p, q] = satoSums(strata);
  const score = scoreInterval(value, p / weight ** 2, q / weight ** 2);
  const variance = (value * p + q) / weight ** 2;
  // None is left where all of one side reached it and none of the other did.
  const wider = variance > 0 ? Math.sqrt(Math.max(1, varianceByRep(strata, weight) / variance)) : 1;
  return { value, low: Math.max(-1, value - wider * (value - score.low)), high: Math.min(1, value + wider * (score.high - value)) };
}

const weightOf = ({ n1, n0 }: Stratum): number => (n1 * n0) / (n1 + n0);
const gap = ({ n1, y1, n0, y0 }: Stratum): number => y1 / n1 - y0 / n0;

/** Sato's: variance = (difference · ΣP + ΣQ) ÷ (Σ weight)². */
function satoSums(strata: readonly Stratum[]): [p: number, q: number] {
  let [p, q] = [0, 0];
  for (const { n1, y1, n0, y0 } of strata) {
    const n = n1 + n0;
    p += (n1 ** 2 * y0 - n0 ** 2 * y1 + (n1 * n0 * (n0 - n1)) / 2) / n ** 2;
    q += (y1 * (n0 - y0) + y0 * (n1 - y1)) / (2 * n);
  }
  return [p, q];
}

/** All δ with (value − δ)² ≤ z² · (δ·p + q). */
function scoreInterval(value: number, p: number, q: number): { low: number; high: number } {
  const middle = value + (z ** 2 * p) / 2;
  const spread = Math.sqrt(Math.max(0, middle ** 2 - value ** 2 + z ** 2 * q));
  return { low: middle - spread, high: middle + spread };
}

/** How much the reps' own sums scatter about what their strata would have them be. */
function varianceByRep(strata: readonly Stratum[], weight: number): number {
  const pulls = new Map<string, number>();
  for (const stratum of strata) {
    const { n1, y1, n0, y0 } = stratum;
    for (const { rep, tookPart, leads, reached } of stratum.cells) {
      const off = tookPart ? (reached - (leads * y1) / n1) / n1 : -(reached - (leads * y0) / n0) / n0;
      pulls.set(rep, (pulls.get(rep) ?? 0) + (weightOf(stratum) / weight) * off);
    }
  }
  const reps = pulls.size;
  return ([...pulls.values()].reduce((total, pull) => total + pull ** 2, 0) * reps) / (reps - 1);
}

const scaled = ({ value, low, high }: Range, by: number): Range => ({ value: value * by, low: low * by, high: high * by });

export const liftFormula =
  'difference = Σ w·(p₁ − p₀) ÷ Σ w over campaign × segment, w = n₁·n₀ ÷ (n₁ + n₀); 95 % score interval on Sato’s variance, widened where reps differ more than chance; extra = difference × leads worked';

export const liftCaveats: readonly string[] = [
  'Nobody drew lots for who takes part: reps who do may be better, or get better leads. A difference is a hint, not a proof.',
  'Leads are compared within campaign and segment; what else sets them apart is not known.',
];
