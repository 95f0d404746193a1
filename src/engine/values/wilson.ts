/** 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

/**
 * The 95 % interval of a share (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
 * Inference", 1927): unlike p ± z·s it stays within 0..1 and holds for few observations and shares near 0.
 * @returns null where it is of nothing
 */
export function wilsonInterval({ hits, of }: { readonly hits: number; readonly of: number }): { low: number; high: number } | null {
  if (of === 0) return null;
  const share = hits / of;
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const centre = share + (z * z) / (2 * of);
  const by = 1 + (z * z) / of;
  return {
    low: hits === 0 ? 0 : (centre - spread) / by,
    high: hits === of ? 1 : (centre + spread) / by,
  };
}
