import { randomInt } from 'node:crypto';

/** In an order nobody can foresee or reconstruct (Fisher–Yates on the system's own randomness). */
export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
