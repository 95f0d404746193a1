/**
 * The chance of something by traits: a logistic regression whose coefficients are held near 0, so that a trait few have
 * says little (ridge penalty; S. le Cessie, J. C. van Houwelingen, Ridge estimators in logistic regression, 1992).
 */

import type { Draws } from '#engine/returns/marginal.ts';
import { normalQuantile } from '#engine/simulate/numbers.ts';

/** Observations with the same traits. */
export interface TraitGroup {
  /** Codes from 1; 0 is what all share. */
  readonly traits: readonly number[];
  readonly of: number;
  readonly hits: number;
}

export interface Logistic {
  /** By code of a trait; 0: what all share. */
  readonly coefficients: Float64Array;
  /** Coefficients as they might be as well: from their normal approximation. */
  drawn(draws: Draws): Float64Array;
}

/** 1 ÷ variance of a coefficient before anything is seen: two thirds of them within ± 0.5. */
const penalty = 4;
const rounds = 8;

/** @param count of codes, 0 included */
export function fitLogistic(groups: readonly TraitGroup[], count: number): Logistic {
  const coefficients = new Float64Array(count);
  for (let round = 0; round < rounds; round++) {
    const { slope, curvature } = slopesAt(groups, coefficients);
    const step = solved(factored(curvature, count), slope);
    for (let code = 0; code < count; code++) coefficients[code]! += step[code]!;
  }
  const factor = factored(slopesAt(groups, coefficients).curvature, count);
  return {
    coefficients,
    drawn(draws) {
      const noise = backward(
        factor,
        Float64Array.from({ length: count }, () => normal(draws)),
      );
      return coefficients.map((each, code) => each + noise[code]!);
    },
  };
}

/** A standard normal deviate. */
export const normal = (draws: Draws): number => normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, draws.next())));

/** 1 ÷ (1 + e^−Σ). */
export function chanceOf(traits: readonly number[], coefficients: Float64Array): number {
  let sum = coefficients[0]!;
  for (const code of traits) sum += coefficients[code]!;
  return 1 / (1 + Math.exp(-sum));
}

function slopesAt(groups: readonly TraitGroup[], coefficients: Float64Array): { slope: Float64Array; curvature: Float64Array } {
  const count = coefficients.length;
  const slope = new Float64Array(count);
  const curvature = new Float64Array(count * count);
  for (const { traits, of, hits } of groups) {
    const chance = chanceOf(traits, coefficients);
    const weight = of * chance * (1 - chance);
    const codes = [0, ...traits];
    for (const one of codes) {
      slope[one]! += hits - of * chance;
      for (const other of codes) curvature[one * count + other]! += weight;
    }
  }
  for (let code = 0; code < count; code++) {
    const held = code === 0 ? 1e-6 : penalty;
    slope[code]! -= held * coefficients[code]!;
    curvature[code * count + code]! += held;
  }
  return { slope, curvature };
}

/** Lower triangle L with L·Lᵀ = the matrix (Cholesky), row by row. */
function factored(matrix: Float64Array, count: number): Float64Array {
  const lower = matrix.slice();
  for (let row = 0; row < count; row++)
    for (let column = 0; column <= row; column++) {
      let left = lower[row * count + column]!;
      for (let at = 0; at < column; at++) left -= lower[row * count + at]! * lower[column * count + at]!;
      lower[row * count + column] = row === column ? Math.sqrt(left) : left / lower[column * count + column]!;
    }
  return lower;
}

function solved(lower: Float64Array, right: Float64Array): Float64Array {
  const count = right.length;
  const solution = right.slice();
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < row; at++) solution[row]! -= lower[row * count + at]! * solution[at]!;
    solution[row]! /= lower[row * count + row]!;
  }
  return backward(lower, solution);
}

/** Solves Lᵀ·x = the right side. */
function backward(lower: Float64Array, right: Float64Array): Float64Array {
  const count = right.length;
  const solution = right.slice();
  for (let row = count - 1; row >= 0; row--) {
    for (let at = row + 1; at < count; at++) solution[row]! -= lower[at * count + row]! * solution[at]!;
    solution[row]! /= lower[row * count + row]!;
  }
  return solution;
}
