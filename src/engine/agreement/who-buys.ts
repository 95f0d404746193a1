/** Which groups of leads buy: for a first description of the ideal customer. */

import { enoughPast } from './lead-value.ts';

export interface BuyingRate {
  readonly name: string;
  readonly leads: number;
  readonly won: number;
}

/** One-sided confidence of 95 %. */
const z = 1.645;

/**
 * Leaves out the groups that clearly buy less often than all together: those whose rate, even at the upper end of its
 * uncertainty (Wilson's score interval), stays below the mean. Groups too small to tell are left out too.
 * @returns names in the order given; none when nobody is left out, for then the groups tell nothing
 */
export function groupsThatBuy(groups: readonly BuyingRate[]): string[] {
  const telling = groups.filter(({ leads }) => leads >= enoughPast.leads);
  const leads = telling.reduce((sum, each) => sum + each.leads, 0);
  const won = telling.reduce((sum, each) => sum + each.won, 0);
  if (won === 0) return [];
  const buying = telling.filter((each) => upperRate(each) >= won / leads);
  return buying.length === telling.length ? [] : buying.map(({ name }) => name);
}

/** Upper end of Wilson's interval for won ÷ leads (E. B. Wilson, 1927). */
function upperRate({ leads, won }: BuyingRate): number {
  const rate = won / leads;
  const square = (z * z) / leads;
  return (rate + square / 2 + z * Math.sqrt((rate * (1 - rate)) / leads + square / (4 * leads))) / (1 + square);
}
