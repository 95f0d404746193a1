/** Objectives: the target is shared by their weights (largest remainder), each part times its result, rounded once. */

import { allocate } from '../../values/allocate.ts';
import type { Fact } from '../evidence.ts';
import type { Mbo } from '../plan.ts';
import { percentOf, percentUnits } from '../quantity.ts';
import { type Draft, draft, note, type Person, type Scope } from '../scope.ts';
import { targetOf } from './target.ts';

export function mboLines(scope: Scope, person: Person, component: Mbo): Draft[] {
  const target = targetOf(scope, person, component);
  if (target === null || target === 0n) return [];
  const parts =
    allocate(
      target,
      component.objectives.map(({ weightPercent }) => percentUnits(weightPercent)),
    ) ?? [];
  return component.objectives.flatMap((objective, at) => {
    const result = scope.objectives.get(objectiveKey(person.payee.id, objective.id, scope.period.key));
    if (!result) note(scope, person.payee.id, component.id, `“${objective.name}” has no result recorded for this period`);
    return result ? [objectiveLine(objective, parts[at]!, result)] : [];
  });
}

export const objectiveKey = (payee: string, objective: string, period: string): string => `${payee}\n${objective}\n${period}`;

function objectiveLine({ id, name }: Mbo['objectives'][number], target: bigint, { id: fact, percent, by, recordedAt }: Fact): Draft {
  const result = percent ?? '0';
  return draft(percentOf(target, result), { kind: 'mbo', objective: id, objectiveName: name, target, percent: result, by, recordedAt }, [
    { id: fact, credit: 0n },
  ]);
}
