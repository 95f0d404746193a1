/** What an MQL costs: spend ÷ MQLs over months, and how far that may be from the truth. */

export interface CostMonth {
  /** Minor units. */
  readonly spend: number;
  readonly mqls: number;
}

export interface UnitCost {
  /** Minor units. */
  readonly mean: number;
  /** Its standard error ÷ mean. */
  readonly error: number;
  readonly months: number;
}

/** A ratio of sums, its error by leaving out each month in turn (jackknife). Null without spend, MQLs or a second month. */
export function unitCostOf(months: readonly CostMonth[]): UnitCost | null {
  const used = months.filter(({ spend, mqls }) => spend > 0 || mqls > 0);
  const [spend, mqls] = [sum(used.map((each) => each.spend)), sum(used.map((each) => each.mqls))];
  if (used.length < 2 || spend <= 0 || mqls <= 0) return null;
  const without = used.map((each) => (spend - each.spend) / Math.max(1, mqls - each.mqls));
  const middle = sum(without) / used.length;
  const square = (sum(without.map((each) => (each - middle) ** 2)) * (used.length - 1)) / used.length;
  const mean = spend / mqls;
  return { mean, error: Math.sqrt(square) / mean, months: used.length };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
