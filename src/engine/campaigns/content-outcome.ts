/**
 * What came of content: leads for which it was used against comparable leads for which it was not. Comparable: same
 * segment, and went through the stage in which the content was first used, still undecided as long after entering it as
 * the used ones were (median). The comparison itself is that of `lift.ts`.
 */

import { type LiftCell, type LiftResult, liftMinima, liftOf } from './lift.ts';

export const outcomeStages = ['inquiry', 'mql', 'sal', 'sql', 'deal'] as const;
export type OutcomeStage = (typeof outcomeStages)[number];

/** Epoch milliseconds, null where a stage was not entered or is not known. */
export type StageTimes = Readonly<Record<OutcomeStage, number | null>>;

/** The furthest stage entered by a moment; null: none is known. */
export function stageAt(times: StageTimes, at: number): OutcomeStage | null {
  return outcomeStages.findLast((stage) => times[stage] !== null && times[stage] <= at) ?? null;
}

export interface UsedLead {
  readonly stage: OutcomeStage;
  readonly segment: string | null;
  /** From entering the stage until the content was first used, in milliseconds. */
  readonly waited: number;
}

/** What leads are compared within, and how long one must have been undecided there to be comparable. */
export interface OutcomeStratum {
  readonly stage: OutcomeStage;
  readonly segment: string | null;
  /** Median, milliseconds. */
  readonly waited: number;
}

export function strataOf(leads: readonly UsedLead[]): OutcomeStratum[] {
  const groups = Map.groupBy(leads, ({ stage, segment }) => JSON.stringify([stage, segment]));
  return [...groups.values()].map((group) => ({
    stage: group[0]!.stage,
    segment: group[0]!.segment,
    waited: medianOf(group.map(({ waited }) => waited)),
  }));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Leads that are decided, by stratum and owner. */
export interface OutcomeCell extends Pick<OutcomeStratum, 'stage' | 'segment'> {
  readonly owner: string | null;
  readonly used: boolean;
  readonly leads: number;
  readonly won: number;
}

export function outcomeOf(cells: readonly OutcomeCell[]): LiftResult {
  return liftOf(
    cells.map(
      ({ stage, segment, owner, used, leads, won }): LiftCell => ({
        stratum: JSON.stringify([stage, segment]),
        rep: owner ?? '',
        tookPart: used,
        leads,
        reached: won,
      }),
    ),
  );
}

/** Null: enough to say. */
export function tooFewWords({ worked, compared, difference }: LiftResult): string | null {
  if (difference !== null) return null;
  const { leads, reps, reached } = liftMinima;
  return `Too few to say: it takes ${leads} decided leads with it and ${leads} comparable ones without, of ${reps} reps each, and ${reached} of both won and not won. There are ${worked.leads} with it (${worked.reached} won) and ${compared.leads} without (${compared.reached} won).`;
}

export const outcomeFormula =
  'difference = Σ w·(won₁ ÷ n₁ − won₀ ÷ n₀) ÷ Σ w over stage × segment, w = n₁·n₀ ÷ (n₁ + n₀); n₁ decided leads after a use, n₀ decided leads of the same stage and segment without; 95 % score interval on Sato’s variance';
export const outcomeCaveat =
  'Reps choose for whom they use content, and may choose those who buy anyway: a difference is a hint, not a proof.';
