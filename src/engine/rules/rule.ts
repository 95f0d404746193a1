/**
 * The grammar of a definition's rule: data, never code. One reading of it runs in JavaScript for one record
 * (`evaluate.ts`), another in the database for a million (`features/agreement/queries/rule-sql.ts`); a
 * property test holds the two together.
 *
 * A comparison with something not stated is false, but for `blank` (true), `ne` and `notIn` (true: it is not that value).
 */

export type Scalar = string | number | boolean;

export const comparisons = ['eq', 'ne', 'in', 'notIn', 'gte', 'lte', 'between', 'contains', 'blank', 'notBlank'] as const;
export type Comparison = (typeof comparisons)[number];

/** `lead`: the lead itself; `account`, `contact`: what it belongs to; `touch`: within a touch rule only. */
export const ruleSubjects = ['lead', 'account', 'contact', 'touch'] as const;
export type RuleSubject = (typeof ruleSubjects)[number];

export interface FieldCondition {
  readonly of: RuleSubject;
  /** A field of the record by its camelCase name, or `custom.<key>`. */
  readonly field: string;
  readonly is: Comparison;
  /** One value; a list for `in` and `notIn`; two for `between` (both included); none for `blank` and `notBlank`. */
  readonly value?: Scalar | readonly Scalar[] | undefined;
}

/** How many touches of the lead (its own, and its contact's that name no lead) meet all of `where`. */
export interface TouchCondition {
  readonly touches: {
    readonly where: readonly FieldCondition[] /** Before the moment of judging; null: ever before it. */;
    readonly withinDays: number | null;
  };
  readonly is: 'gte' | 'lte';
  readonly value: number;
}

/** Whether the lead has entered a stage by the moment of judging. */
export interface StageCondition {
  readonly stage: string;
  readonly is: 'reached' | 'notReached';
}

/** Revenue of the lead's account up to the moment of judging, in minor units of the workspace's currency; refunds and contractions count negative. */
export interface RevenueCondition {
  readonly revenue: { readonly withinDays: number | null };
  readonly is: 'gte' | 'lte';
  /** Decimal string of minor units. */
  readonly value: string;
}

/** A scorecard: the points of all conditions that hold, added up. */
export interface PointsCondition {
  readonly points: readonly { readonly when: Rule; readonly points: number }[];
  readonly is: 'gte' | 'lte';
  readonly value: number;
}

export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | FieldCondition
  | TouchCondition
  | StageCondition
  | RevenueCondition
  | PointsCondition;

/** Nested at most so deep, with at most so many conditions in all: larger rules are refused. */
export const ruleLimits = { depth: 6, conditions: 60, values: 200 } as const;

/**
 * The clauses of a definition, by which a rejection names what was not met: the members of a rule's outermost `all`,
 * or the rule itself. `path` is stable within a version: `all.2`, or `rule`.
 */
export function clausesOf(rule: Rule): { path: string; rule: Rule }[] {
  return 'all' in rule ? rule.all.map((each, at) => ({ path: `all.${at}`, rule: each })) : [{ path: 'rule', rule }];
}
