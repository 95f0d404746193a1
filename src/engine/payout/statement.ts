/**
 * What comes out: lines that each open to the facts, the results and the numbers of the rule. Amounts are bigint minor
 * units here; `jsonOf` makes them decimal texts, which is their form in JSON and in what is hashed.
 */

import type { Condition } from './plan.ts';
import type { Side } from './sides.ts';

/** One plan version's answer for one period, as known from the evidence it was given. */
export interface Entitlement {
  readonly period: string;
  /** The plan version's name as it was passed in. */
  readonly version: string;
  readonly currency: string;
  /** By payee, then in the plan's order. */
  readonly lines: readonly Line[];
  readonly pool: PoolOutcome | null;
  /** What is carried on, for payees where it isn't 0. */
  readonly balances: readonly Balance[];
  /** Why something pays nothing though it might be expected to: no quota, a result not known yet. */
  readonly notes: readonly Note[];
}

/** What a payee still owes of draws, and what is withheld, at the end of the period. */
export interface Balance {
  readonly payee: string;
  readonly drawn: bigint;
  readonly withheld: bigint;
}

export interface Note {
  /** Null: of everybody. */
  readonly payee: string | null;
  readonly component: string;
  readonly what: string;
}

export interface Line {
  readonly payee: string;
  /** The period it is paid for. */
  readonly period: string;
  /** Id of the component, term or pool. */
  readonly component: string;
  /** Its name in the plan. */
  readonly name: string;
  /** Minor units. */
  readonly amount: bigint;
  readonly rule: Rule;
  /** What it rests on; a fact's `credit` is minor units of money, or millionths of a counted thing. */
  readonly facts: readonly { readonly id: string; readonly credit: bigint }[];
  /** Ids of joint results, and of facts of objectives, that decided it. */
  readonly results: readonly string[];
}

export type LineKind = Rule['kind'];

/** The numbers a line was computed with; `explain.ts` says them in a sentence. Percents are decimal texts. */
export type Rule =
  | {
      readonly kind: 'rate' | 'overlay';
      readonly percent: string | null;
      /** Minor units for each. */
      readonly each: bigint | null;
      readonly by: 'amount' | 'count';
      /** Credit in this tier: minor units, or millionths of a thing. */
      readonly credit: bigint;
      /** Of it what came in earlier periods of the window and is paid only now: a threshold was reached. */
      readonly earlier: bigint;
      /** Where a tier counts from the first in a longer window: what earlier periods paid of it. */
      readonly paidEarlier: bigint;
      /** Place of the tier, from 0, and where it begins. */
      readonly tier: number;
      readonly from: string;
      readonly until: string | null;
      readonly tiersBy: 'credit' | 'attainment';
      readonly marginal: boolean;
      /** After ramp and days, in the credit's unit. */
      readonly quota: bigint | null;
      /** The payee's credit of the window up to here. */
      readonly total: bigint;
    }
  /** Credit that earns nothing, for the threshold is beyond it: an amount of 0 that says so. */
  | {
      readonly kind: 'below';
      readonly by: 'amount' | 'count';
      readonly credit: bigint;
      /** As the plan tells it, and in the credit's unit. */
      readonly threshold: string;
      readonly tiersBy: 'credit' | 'attainment';
      readonly at: bigint;
    }
  | {
      readonly kind: 'bonus';
      readonly target: bigint;
      /** To two decimals; the calculation is exact. */
      readonly metric: string;
      readonly pays: string;
    }
  | {
      readonly kind: 'mbo';
      readonly objective: string;
      readonly objectiveName: string;
      readonly target: bigint;
      readonly percent: string;
      readonly by: string | null;
      readonly recordedAt: string;
    }
  | {
      readonly kind: 'spif';
      readonly percent: string | null;
      readonly each: bigint | null;
      readonly by: 'amount' | 'count';
      readonly credit: bigint;
      /** What the budget left out. */
      readonly beyondBudget: bigint;
    }
  | {
      readonly kind: 'gate' | 'kicker';
      /** What it was applied to. */
      readonly of: bigint;
      readonly percent: string;
      readonly condition: ConditionOutcome;
    }
  | { readonly kind: 'floor'; readonly of: bigint; readonly at: bigint }
  | { readonly kind: 'cap'; readonly of: bigint; readonly at: bigint; readonly per: 'period' | 'year'; readonly earlier: bigint }
  | { readonly kind: 'draw'; readonly of: bigint; readonly at: bigint; readonly recoverable: boolean }
  /** `balance`: before this recovery. */
  | { readonly kind: 'recovery'; readonly of: bigint; readonly balance: bigint }
  | { readonly kind: 'holdback'; readonly of: bigint; readonly percent: string }
  /** `withheldIn`: the period of the holdback. */
  | { readonly kind: 'release'; readonly withheldIn: string }
  /** Withheld and not released: an amount of 0 that says so. */
  | { readonly kind: 'lost'; readonly withheldIn: string; readonly withheld: bigint }
  | {
      readonly kind: 'pool';
      /** What is shared, and this payee's key over that of all who share it, as whole numbers in proportion. */
      readonly shared: bigint;
      readonly key: bigint;
      readonly keys: bigint;
      /** Of whom it is shared: a side's part, or everybody's. */
      readonly among: Side | 'all';
      readonly days: number | null;
    }
  /** What an earlier period should have paid as known now, less what was posted for it. */
  | {
      readonly kind: 'correction';
      readonly period: string;
      readonly was: bigint;
      readonly is: bigint;
      readonly because: readonly Because[];
    };

/** `fact`: null where no fact is the cause. */
export interface Because {
  readonly fact: string | null;
  readonly result: string | null;
  readonly reason: CorrectionReason;
  /** When the cause became known; null where that isn't told. */
  readonly recordedAt: string | null;
}

export const correctionReasons = ['late', 'clawback', 'mistake', 'changed', 'result', 'carried'] as const;
/**
 * `late`: recorded after that period was posted. `clawback`: cancelled within the days agreed. `mistake`: was never true.
 * `changed`: credited otherwise. `result`: a joint result was revised. `carried`: something before that period changed
 * (a draw's balance, a window's credit, a budget), or who was there when.
 */
export type CorrectionReason = (typeof correctionReasons)[number];

/** A condition and how it came out. */
export interface ConditionOutcome {
  readonly condition: Condition;
  readonly held: boolean;
  /** To at most four decimals, in the metric's unit; null when it isn't known. */
  readonly value: string | null;
  /** Ids of the results it was read from. */
  readonly results: readonly string[];
}

export interface PoolOutcome {
  readonly component: string;
  /** Before the gates. */
  readonly fund: bigint;
  /** The curve's percent, to two decimals; null without a curve. */
  readonly factorPercent: string | null;
  readonly marketing: readonly ConditionOutcome[];
  readonly sales: readonly ConditionOutcome[];
  readonly opened: 'both' | 'onlyMarketing' | 'onlySales' | 'neither';
  readonly openPercent: string;
  /** What is shared. */
  readonly paid: bigint;
  /** Of it what nobody could be given, for want of a key. */
  readonly unshared: bigint;
  /** Ids of the results of the fund. */
  readonly results: readonly string[];
}

/** A payee's lines of one run. */
export interface Statement {
  readonly payee: string;
  readonly period: string;
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly total: bigint;
}

/** A line as it was posted by an earlier run: of its rule only for which period it was owed. */
export type PostedLine = Pick<Line, 'payee' | 'period' | 'component' | 'name' | 'amount' | 'facts' | 'results'> & {
  readonly rule: { readonly kind: Exclude<LineKind, 'correction'> } | { readonly kind: 'correction'; readonly period: string };
};

/** The same with every bigint as a decimal text. */
export type JsonOf<T> = T extends bigint
  ? string
  : T extends readonly (infer Item)[]
    ? readonly JsonOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: JsonOf<T[Key]> }
      : T;
