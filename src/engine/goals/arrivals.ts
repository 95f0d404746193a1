/** How many come a working day, from what came in the past, and how much months differ. */

import { drawCount, drawFactor, type Draws, drawGamma, drawVarianceFactor } from './draws.ts';
import { overdispersionOfCounts } from './overdispersion.ts';

/** Four weeks: long enough that weekdays and paydays even out. */
export const blockDays = 28;

export interface PastBlock {
  readonly count: number;
  readonly workingDays: number;
}

export interface ArrivalRate {
  /** A working day, from the latest blocks. */
  readonly aDay: number;
  /** Blocks and counts that the rate rests on. */
  readonly blocks: number;
  readonly count: number;
  readonly workingDays: number;
  /** Of a block's own factor, whose mean is 1. */
  readonly variance: number;
  readonly freedom: number;
}

/** The level is that of the latest half year; how much blocks differ is seen from all. */
export const levelBlocks = 6;
export const fewestBlocks = 3;

/** @param past oldest first */
export function arrivalRateOf(past: readonly PastBlock[]): ArrivalRate {
  const level = past.slice(-levelBlocks);
  const [count, workingDays] = [sum(level.map((each) => each.count)), sum(level.map((each) => each.workingDays))];
  const usual = past.length === 0 ? 0 : sum(past.map((each) => each.workingDays)) / past.length;
  // As if each block had had as many working days.
  const even = past.map((each) => (each.workingDays > 0 ? (each.count * usual) / each.workingDays : 0));
  const { variance, freedom } = overdispersionOfCounts(even);
  return { aDay: workingDays > 0 ? count / workingDays : 0, blocks: level.length, count, workingDays, variance, freedom };
}

/** A rate as it may be, and how much its blocks differ. */
export interface DrawnRate {
  readonly aDay: number;
  readonly variance: number;
}

export function drawRate({ aDay, count, workingDays, blocks, variance, freedom }: ArrivalRate, draws: Draws): DrawnRate {
  if (workingDays <= 0) return { aDay: 0, variance: 0 };
  const drawn = freedom < 1 ? 0 : Math.min(1, variance * drawVarianceFactor(freedom, draws));
  const byChance = drawGamma(count + 0.5, draws) / workingDays;
  // What the blocks of the level had of their own, too.
  return { aDay: aDay === 0 ? byChance : byChance * drawFactor(drawn / Math.max(1, blocks), draws), variance: drawn };
}

/** By week: how many come. @param workingDays of each week ahead */
export function drawArrivals({ aDay, variance }: DrawnRate, workingDays: readonly number[], draws: Draws): number[] {
  let factor = 1;
  return workingDays.map((days, week) => {
    if (week % 4 === 0) factor = drawFactor(variance, draws);
    return drawCount(aDay * days * factor, draws);
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
