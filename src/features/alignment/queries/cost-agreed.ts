/** What “prompt” and “often enough” mean: stated by the company, else by a clause in force, else as is usual. */

import type { Clause } from '#engine/agreement/clause.ts';
import type { SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { CostAnswer } from '../contract/cost.ts';
import type { CostAssumptions } from '../contract/cost-settings.ts';

const usual = { promptMinutes: 30, attempts: 6 } as const;

export function agreedFollowUp(
  { promptMinutes, attempts }: Pick<CostAssumptions, 'promptMinutes' | 'attempts'>,
  agreement: SignedAgreement | undefined,
): CostAnswer['agreed'] {
  const clauses = agreement?.content.clauses ?? [];
  const first = clauses.flatMap((clause) => (clause.metric.kind === 'firstAttempt' ? { clause, is: clause.metric.withinMinutes } : []));
  const often = clauses.flatMap((clause) => (clause.metric.kind === 'persistence' ? { clause, is: clause.metric.attempts } : []));
  const [prompt, promptFrom] = decide(
    promptMinutes,
    strictest(first, (one, other) => one < other),
    usual.promptMinutes,
  );
  const [enough, attemptsFrom] = decide(
    attempts,
    strictest(often, (one, other) => one > other),
    usual.attempts,
  );
  return { promptMinutes: prompt, promptFrom, attempts: enough, attemptsFrom };
}

interface Promised {
  readonly clause: Clause;
  readonly is: number;
}

const strictest = (promised: readonly Promised[], isStricter: (one: number, other: number) => boolean): Promised | undefined =>
  promised.reduce<Promised | undefined>((found, each) => (found === undefined || isStricter(each.is, found.is) ? each : found), undefined);

const decide = (stated: number | null, promised: Promised | undefined, otherwise: number): [number, string] =>
  stated !== null
    ? [stated, 'as stated in the assumptions']
    : promised
      ? [promised.is, `clause “${promised.clause.title}”`]
      : [otherwise, 'as is usual: no clause and no assumption says otherwise'];
