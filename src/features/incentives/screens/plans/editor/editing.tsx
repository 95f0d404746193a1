import { createContext, useContext } from 'react';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { Measured } from '../asking.ts';
import type { FieldProblem } from './problems.ts';

/** What every field of the editor may ask for. */
interface Editing {
  readonly plan: PlanContent;
  readonly measured: Measured;
  /** Members by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly problems: readonly FieldProblem[];
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('A field of a plan stands outside its editor.');
  return editing;
}

/** What is wrong at a place; `under`: or anywhere below it. */
export function useProblem(at: string, under = false): string | null {
  const found = useEditing().problems.filter((each) => each.at === at || (under && each.at.startsWith(`${at}.`)));
  return found.length === 0 ? null : [...new Set(found.map(({ says }) => says))].join(' ');
}

/** What is wrong with several fields together; said to who listens as well. */
export function ProblemNote({ at, under = false }: { at: string; under?: boolean }) {
  const problem = useProblem(at, under);
  return problem === null ? null : (
    <p className="bad small-print" role="alert" data-at={at} tabIndex={-1}>
      {problem}
    </p>
  );
}

/** Brings a field into sight and puts the keyboard there: the place itself, else the nearest that holds it. */
export function goToField(at: string): void {
  for (let place = at; place !== ''; place = place.split('.').slice(0, -1).join('.')) {
    const found = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(place)}"]`);
    if (!found) continue;
    const field = found.matches('[tabindex]') ? found : (found.querySelector<HTMLElement>('input:not([type="hidden"]), button') ?? found);
    field.focus();
    found.scrollIntoView({ block: 'center' });
    return;
  }
}
