/**
 * Deals lost for reasons that marketing owns. Had the lead been the right one and told the right thing, the deal would
 * have been won as often as deals of its segment that were not lost for such a reason: not for certain.
 */

import { poisson } from '../../attribution/bootstrap-draw.ts';
import { Chance } from '../../simulate/chance.ts';
import { Tally } from './range.ts';

export interface ClosedDeal {
  readonly id: string;
  readonly leadId: string | null;
  readonly segment: string | null;
  readonly state: 'won' | 'lost';
  /** Epoch milliseconds. */
  readonly closedAt: number;
  /** Minor units; null where it isn't stated. */
  readonly amount: number | null;
  readonly lostReason: string | null;
}

export interface LostDeal {
  readonly deal: ClosedDeal;
  readonly amount: number;
  /** Of deals of its segment that were not lost for such a reason. */
  readonly winRate: number;
}

export interface LostDeals {
  readonly records: readonly LostDeal[];
  readonly tallies: ReadonlyMap<string, Tally>;
  /** What was at stake: the amounts themselves. */
  readonly atStake: number;
  readonly basis: { readonly won: number; readonly lost: number };
}

export interface LostDealsQuestion {
  readonly isMarketings: (reason: string) => boolean;
  /** The part of the answer a deal is in; null: in none, or counted already with its lead. */
  readonly partOf: (deal: ClosedDeal) => string | null;
  readonly draws: number;
  readonly seed: number;
}

const fewest = { closed: 30, won: 10 } as const;
/** As in `worth.ts`. */
const borrowed = 12;

/** Words in which a lost deal says that it should never have been one, or was promised something else. */
const marketingsWords =
  /expectation|promis|misle?d|\bfit\b|\bicp\b|wrong (audience|target|company|lead)|not (the |our )?(ideal|target)|unqualified/i;
export const looksMarketings = (reason: string): boolean => marketingsWords.test(reason);

/** @returns a sentence that says what is missing, where there is too little */
export function lostForMarketing(deals: readonly ClosedDeal[], asked: LostDealsQuestion): LostDeals | string {
  const isOne = ({ state, lostReason }: ClosedDeal): boolean => state === 'lost' && lostReason !== null && asked.isMarketings(lostReason);
  const others = deals.filter((deal) => !isOne(deal));
  const won = others.filter(({ state }) => state === 'won').length;
  if (deals.length < fewest.closed || won < fewest.won)
    return `not enough data yet: ${deals.length} deals closed (${fewest.closed} are needed), ${won} of them won (${fewest.won})`;
  const counts = countBySegment(others);
  const rates = [ratesOf(counts), ...Array.from({ length: asked.draws }, (_, draw) => ratesOf(drawn(counts, asked.seed, draw)))];
  const records: LostDeal[] = [];
  const tallies = new Map<string, Tally>();
  for (const deal of deals) {
    const part = isOne(deal) && deal.amount !== null ? asked.partOf(deal) : null;
    if (part === null) continue;
    const rate = rates[0]!(deal.segment);
    const amount = Math.round(deal.amount! * rate);
    let tally = tallies.get(part);
    if (!tally) tallies.set(part, (tally = new Tally(rates.length)));
    tally.record(amount);
    rates.forEach((of, draw) => (tally.sums[draw]! += draw === 0 ? amount : deal.amount! * of(deal.segment)));
    records.push({ deal, amount, winRate: rate });
  }
  return { records, tallies, atStake: records.reduce((sum, { deal }) => sum + deal.amount!, 0), basis: { won, lost: others.length - won } };
}

type Counts = ReadonlyMap<string | null, { readonly won: number; readonly lost: number }>;

function countBySegment(deals: readonly ClosedDeal[]): Counts {
  const counts = new Map<string | null, { won: number; lost: number }>();
  for (const { segment, state } of deals) {
    const count = counts.get(segment) ?? { won: 0, lost: 0 };
    counts.set(segment, { ...count, [state]: count[state] + 1 });
  }
  return counts;
}

function drawn(counts: Counts, seed: number, draw: number): Counts {
  const chance = new Chance(seed).reseed(3, draw);
  const random = (): number => chance.next();
  return new Map([...counts].map(([segment, { won, lost }]) => [segment, { won: poisson(won, random), lost: poisson(lost, random) }]));
}

function ratesOf(counts: Counts): (segment: string | null) => number {
  const all = [...counts.values()].reduce((sum, { won, lost }) => ({ won: sum.won + won, lost: sum.lost + lost }), { won: 0, lost: 0 });
  const overall = all.won / Math.max(1, all.won + all.lost);
  return (segment) => {
    const { won, lost } = counts.get(segment) ?? { won: 0, lost: 0 };
    return (won + borrowed * overall) / (won + lost + borrowed);
  };
}
