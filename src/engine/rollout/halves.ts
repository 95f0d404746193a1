import { Chance } from '#engine/simulate/chance.ts';

/** Two halves drawn by chance (Fisher and Yates); the same seed draws the same. Of an odd number one more is in the comparison. */
export function drawHalves(keys: readonly string[], seed: number): { pilot: string[]; comparison: string[] } {
  const drawn = keys.toSorted();
  const chance = new Chance(seed).reseed(0, drawn.length);
  for (let at = drawn.length - 1; at > 0; at--) {
    const other = Math.floor(chance.next() * (at + 1));
    [drawn[at], drawn[other]] = [drawn[other]!, drawn[at]!];
  }
  const half = Math.floor(drawn.length / 2);
  return { pilot: drawn.slice(0, half), comparison: drawn.slice(half) };
}
