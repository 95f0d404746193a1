/**
 * Which part of what was late or never worked came of too much at once, by the company's own past: leads of one rep
 * that came while few others waited are held against those that came while many did. Only a difference that chance
 * doesn't explain counts; where reps are slow whatever comes, there is none.
 */

import type { CostLead } from './lead.ts';
import { millisecondsADay } from './lead.ts';

/** Leads are parted by load into so many groups of one size. */
const groups = 10;
/** Standard errors beyond which a difference is one: nine groups are held against the first, so two would be too few. */
const clearly = 3;
/** A group with fewer tells nothing. */
const fewestLeads = 30;

/**
 * How many other leads of the same rep waited when each came, or came within a day after: a batch is a load from its
 * first lead on. Those that nobody ever worked are no load.
 */
export function loadsOf(leads: readonly CostLead[]): Int32Array {
  const byRep = new Map<string | null, { came: number[]; done: number[] }>();
  for (const { rep, passedAt, actedAt } of leads) {
    if (actedAt === null) continue;
    let own = byRep.get(rep);
    if (!own) byRep.set(rep, (own = { came: [], done: [] }));
    own.came.push(passedAt);
    own.done.push(actedAt);
  }
  const sorted = new Map(
    [...byRep].map(([rep, { came, done }]) => [rep, { came: Float64Array.from(came).sort(), done: Float64Array.from(done).sort() }]),
  );
  return Int32Array.from(leads, ({ rep, passedAt, actedAt }) => {
    const own = sorted.get(rep);
    if (!own) return 0;
    const itself = actedAt === null ? 0 : 1;
    return Math.max(0, countBelow(own.came, passedAt + millisecondsADay) - countBelow(own.done, passedAt) - itself);
  });
}

/** How many numbers are below or at one. */
function countBelow(sorted: Float64Array, most: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of a group of leads: how much was lost of each on average, 0..1. */
interface Lost {
  readonly mean: number;
  readonly count: number;
}

export interface LoadShares {
  /** The group of a load. */
  groupOf(load: number): number;
  /** By group: the part that the load explains, 0..1, and its standard error. */
  readonly explained: readonly { readonly share: number; readonly error: number }[];
}

/**
 * @param loads of the leads that are held against each other
 * @param lost how much of each was lost, 0..1
 */
export function sharesByLoad(loads: Int32Array, lost: Float64Array): LoadShares {
  const cuts = cutsOf(loads);
  const groupOf = (load: number): number => cuts.filter((cut) => load > cut).length;
  const byGroup = Array.from({ length: cuts.length + 1 }, () => ({ sum: 0, count: 0 }));
  lost.forEach((each, at) => {
    const group = byGroup[groupOf(loads[at]!)]!;
    group.sum += each;
    group.count++;
  });
  const means = byGroup.map(({ sum, count }): Lost => ({ mean: count === 0 ? 0 : sum / count, count }));
  const deviation = deviationOf(lost);
  return { groupOf, explained: means.map((mean) => explainedBy(mean, means[0]!, deviation)) };
}

/** The highest load of each group but the last; fewer groups where many have the same load. */
function cutsOf(loads: Int32Array): number[] {
  if (loads.length < groups * fewestLeads) return [];
  const sorted = loads.toSorted();
  const cuts = Array.from({ length: groups - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / groups)]!);
  return [...new Set(cuts)].filter((cut) => cut < sorted.at(-1)!);
}

function deviationOf(lost: Float64Array): number {
  const mean = lost.reduce((sum, each) => sum + each, 0) / Math.max(1, lost.length);
  return Math.sqrt(lost.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, lost.length - 1));
}

/** @param deviation of all leads: a group in which nothing was lost says nothing of how much might have been by chance */
function explainedBy({ mean, count }: Lost, light: Lost, deviation: number): { share: number; error: number } {
  const [error, ofLight] = [deviation / Math.sqrt(count), deviation / Math.sqrt(light.count)];
  const difference = mean - light.mean;
  if (!(difference > clearly * Math.hypot(error, ofLight)) || mean <= 0) return { share: 0, error: 0 };
  // Of 1 − light ÷ mean, by the first terms of its series.
  return { share: difference / mean, error: Math.hypot(ofLight, (light.mean * error) / mean) / mean };
}
