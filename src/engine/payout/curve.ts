/** Payout curves: straight between their points, nothing before the first, flat after the last. Exact. */

import { decimalFraction, type Fraction } from '../values/fraction.ts';
import type { Curve } from './plan.ts';
import { compared } from './quantity.ts';

/** What a curve pays at a value, percent. Linear interpolation: p₁ + (v − a₁)(p₂ − p₁) ÷ (a₂ − a₁). */
export function paysAt(curve: Curve, value: Fraction): Fraction {
  const points = curve.map(({ at, pays }) => ({ at: decimalFraction(at), pays: decimalFraction(pays) }));
  const next = points.findIndex(({ at }) => compared(at, value) > 0);
  if (next === 0) return { numerator: 0n, denominator: 1n };
  if (next < 0) return points.at(-1)!.pays;
  return between(points[next - 1]!, points[next]!, value);
}

interface Point {
  readonly at: Fraction;
  readonly pays: Fraction;
}

function between(one: Point, other: Point, value: Fraction): Fraction {
  const way = minus(value, one.at);
  const [whole, rise] = [minus(other.at, one.at), minus(other.pays, one.pays)];
  const risen = {
    numerator: way.numerator * whole.denominator * rise.numerator,
    denominator: way.denominator * whole.numerator * rise.denominator,
  };
  return plus(one.pays, risen);
}

const plus = (one: Fraction, other: Fraction): Fraction => ({
  numerator: one.numerator * other.denominator + other.numerator * one.denominator,
  denominator: one.denominator * other.denominator,
});
const minus = (one: Fraction, other: Fraction): Fraction => plus(one, { ...other, numerator: -other.numerator });
