/**
 * How a lead's readiness to answer fades with the delay of the first attempt. Two laws, both falling to a floor: by
 * halves (exponential), and in proportion to one over the time (hyperbolic: fast at first, slow later). Which of them a
 * company's leads follow, and how fast, its own trials say.
 */

export type ShapeKind = 'halving' | 'hyperbolic';
export interface Shape {
  readonly kind: ShapeKind;
  /** Hours in which half of what fades is gone. */
  readonly hours: number;
}

/** What is left after a delay of what fades: 1 at none. */
export const leftAfter = ({ kind, hours }: Shape, delay: number): number =>
  kind === 'halving' ? 2 ** (-delay / hours) : 1 / (1 + delay / hours);

const kinds: readonly ShapeKind[] = ['halving', 'hyperbolic'];
/** From 2 hours to 13 days. */
const halves = Array.from({ length: 16 }, (_, step) => 2 * 1.4 ** step);

/**
 * The shapes that can be told apart by leads of which one in twenty was tried within `quickHours`: nobody can see a
 * half-life much shorter than the shortest delay there is.
 */
export function shapesFor(quickHours: number): Shape[] {
  const least = Math.min(quickHours / 2, 60);
  return kinds.flatMap((kind) => halves.filter((hours) => hours >= least).map((hours) => ({ kind, hours })));
}
