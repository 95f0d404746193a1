/**
 * Parts of either sign that add up to a whole amount, each made whole so that they still do: cut towards 0, and the
 * units left go one each to the parts that lost most in their direction, the earlier first. So no part is a whole unit
 * off, a part of 0 stays 0, and turning all signs turns those of the result.
 * @param numerators parts over one denominator, which their sum is a multiple of
 */
export function wholeParts(numerators: readonly bigint[], denominator: bigint): bigint[] {
  const parts = numerators.map((each) => each / denominator);
  const cut = numerators.map((each) => each % denominator);
  const left = cut.reduce((sum, each) => sum + each, 0n) / denominator;
  const unit = left < 0n ? -1n : 1n;
  const order = [...cut.keys()].sort((a, b) => (cut[a] === cut[b] ? a - b : cut[a]! * unit > cut[b]! * unit ? -1 : 1));
  for (const at of order.slice(0, Number(left * unit))) parts[at]! += unit;
  return parts;
}
