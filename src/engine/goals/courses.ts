/** The courses of leads through the stages of a chain, and the settled cohorts in them: what rates and lags are taken from. */

/** Stands where a lead never was: later than any day, as in the funnel's columns. */
export const never = 0x3fffffff;

export interface LeadCourses {
  readonly count: number;
  /** By row, the number of its segment. */
  readonly segments: ArrayLike<number>;
  readonly segmentCount: number;
  /** By stage of the chain, first to last, by row: days since 1970-01-01, or `never`. */
  readonly days: readonly ArrayLike<number>[];
  /** By row: the day it left the chain (lost, rejected, recycled, disqualified), or `never`. */
  readonly gone: ArrayLike<number>;
}

/** What is looked at: entries from the first day on, everything up to the last one. */
export interface Lookback {
  readonly from: number;
  readonly asOf: number;
}

/** Leads that entered a stage long enough ago to have had their time: how many went on, after how many days. */
export interface SettledCohort {
  readonly entered: number;
  readonly reached: number;
  /** Days until the next stage of those that reached it, ascending. */
  readonly lags: Int32Array;
  /** Days until the exit of those that left instead, ascending. */
  readonly exits: Int32Array;
  /** First and last day of entry that count. */
  readonly from: number;
  readonly until: number;
  /** Days within which nearly all that go on do so. */
  readonly window: number;
}

/** Nine of ten and half the rest: later ones hardly change a rate, and waiting for them would leave no cohort. */
const settledShare = 0.95;
/** Fewer lags say nothing about how long to wait: then those of the whole company do. */
const fewestLags = 8;
/** No cohort is waited for longer than this share of the time there is. */
const mostOfTime = 0.5;

/** From one stage to the next: a cohort by segment, and that of all segments together last. */
export function settledCohorts(courses: LeadCourses, stage: number, { from, asOf }: Lookback): SettledCohort[] {
  const rows = rowsBySegment(courses, stage, from, asOf);
  const all = rows.flat();
  const ofCompany = windowOf(courses, stage, all, asOf) ?? longest(entriesOf(courses, stage, all), asOf);
  return [...rows, all].map((each) => {
    const window = windowOf(courses, stage, each, asOf) ?? ofCompany;
    return cohortOf(courses, stage, each, { from, until: asOf - window, window, asOf });
  });
}

function rowsBySegment({ count, segments, segmentCount, days }: LeadCourses, stage: number, from: number, asOf: number): number[][] {
  const rows = Array.from({ length: segmentCount }, (): number[] => []);
  const entered = days[stage]!;
  for (let row = 0; row < count; row++) if (entered[row]! >= from && entered[row]! <= asOf) rows[segments[row]!]!.push(row);
  return rows;
}

/** Days of entry, ascending. */
const entriesOf = ({ days }: LeadCourses, stage: number, rows: readonly number[]): Int32Array =>
  Int32Array.from(rows, (row) => days[stage]![row]!).sort();

/**
 * Within how many days nearly all of those go on that do at all: among the earlier half of the entries, whose later
 * ones are hardly cut off. Null where too few did.
 */
function windowOf(courses: LeadCourses, stage: number, rows: readonly number[], asOf: number): number | null {
  const [entered, next] = [courses.days[stage]!, courses.days[stage + 1]!];
  const entries = entriesOf(courses, stage, rows);
  const middle = entries[Math.floor(entries.length / 2)] ?? asOf;
  const lags: number[] = [];
  for (const row of rows) if (entered[row]! <= middle && next[row]! <= asOf) lags.push(Math.max(0, next[row]! - entered[row]!));
  if (lags.length < fewestLags) return null;
  const sorted = Int32Array.from(lags).sort();
  return Math.min(sorted[Math.ceil(sorted.length * settledShare) - 1]!, longest(entries, asOf));
}

/** Half of the time since entries began in earnest: a few strays long ago don't count. */
const longest = (entries: Int32Array, asOf: number): number =>
  Math.floor((asOf - (entries[Math.floor(entries.length / 10)] ?? asOf)) * mostOfTime);

function cohortOf(
  { days, gone }: LeadCourses,
  stage: number,
  rows: readonly number[],
  { from, until, window, asOf }: { from: number; until: number; window: number; asOf: number },
): SettledCohort {
  const [entered, next] = [days[stage]!, days[stage + 1]!];
  const lags: number[] = [];
  const exits: number[] = [];
  let count = 0;
  for (const row of rows) {
    if (entered[row]! > until) continue;
    count++;
    if (next[row]! <= asOf) lags.push(Math.max(0, next[row]! - entered[row]!));
    else if (gone[row]! <= asOf) exits.push(Math.max(0, gone[row]! - entered[row]!));
  }
  return {
    entered: count,
    reached: lags.length,
    lags: Int32Array.from(lags).sort(),
    exits: Int32Array.from(exits).sort(),
    from,
    until,
    window,
  };
}
