/** Where a goal stands against its pace. Exact: amounts are bigint, shares are held against each other as fractions. */

import { decimalOf, type Fraction } from '#engine/agreement/pace.ts';

export type Direction = 'atLeast' | 'atMost';

export interface FlowPace {
  /** `target × workingdays(1..d) ÷ workingdays(period)`. */
  readonly ideal: Fraction;
  /** value − ideal. */
  readonly gap: Fraction;
  /** gap ÷ target in percent, above 0 is better; two decimals. Null for a target of 0. */
  readonly gapPercent: string | null;
  /** Per working day; null where no day is left, or gone. */
  readonly neededADay: Fraction | null;
  readonly soFarADay: Fraction | null;
}

export interface FlowStanding {
  readonly target: bigint;
  readonly value: bigint;
  readonly direction: Direction;
  readonly workingDays: number;
  readonly workingDaysGone: number;
}

export function flowPace({ target, value, direction, workingDays, workingDaysGone }: FlowStanding): FlowPace {
  const by = BigInt(Math.max(1, workingDays));
  const ideal = { of: target * BigInt(workingDaysGone), by };
  const gap = { of: value * by - ideal.of, by };
  const left = workingDays - workingDaysGone;
  const missing = target > value ? target - value : 0n;
  return {
    ideal,
    gap,
    gapPercent: target === 0n ? null : decimalOf({ of: (direction === 'atLeast' ? gap.of : -gap.of) * 100n, by: by * target }, 2),
    neededADay: left > 0 ? { of: missing, by: BigInt(left) } : null,
    soFarADay: workingDaysGone > 0 ? { of: value, by: BigInt(workingDaysGone) } : null,
  };
}

export type State = 'ahead' | 'onPace' | 'behind' | 'reached' | 'missed' | 'notStarted' | 'unknown';

export interface StateAsked {
  readonly direction: Direction;
  readonly hasBegun: boolean;
  readonly hasEnded: boolean;
  /** Above 0 is better, in percent of the target; null: there is no value. */
  readonly gapPercent: number | null;
  readonly tolerancePercent: number;
  /** The target is met by what is there. */
  readonly isMet: boolean;
  /** What is met stays met: a sum that only grows, held against a target to be reached. */
  readonly staysMet: boolean;
}

export function stateOf(asked: StateAsked): State {
  if (!asked.hasBegun) return 'notStarted';
  if (asked.gapPercent === null) return 'unknown';
  if (asked.hasEnded) return asked.isMet ? 'reached' : 'missed';
  if (asked.isMet && asked.staysMet) return 'reached';
  if (asked.gapPercent < -asked.tolerancePercent) return 'behind';
  return asked.gapPercent > asked.tolerancePercent ? 'ahead' : 'onPace';
}
