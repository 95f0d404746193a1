/** What is wrong with a plan being written, at which field, in words without ids and field names. */

import { checkPlan } from '#engine/payout/check-plan.ts';
import { type PlanContent, planContentSchema } from '#features/incentives/contract/plan-content.ts';
import type { PlanProblem } from '#features/incentives/contract/warnings.ts';
import { capitalised } from '#ui/formats.ts';

export interface FieldProblem {
  /** Place in the content, such as `components.0.threshold.at`. */
  readonly at: string;
  readonly says: string;
  /** Which part of the plan, in words. */
  readonly part: string;
}

/** What the server said, and of which content: what it alone can know is told beside what is checked here. */
export interface Answered {
  readonly content: PlanContent;
  readonly problems: readonly PlanProblem[];
}

export function problemsOf(plan: PlanContent, names: ReadonlyMap<string, string>, answered: Answered | null): FieldProblem[] {
  const say = ({ at, what, fine }: PlanProblem): FieldProblem => ({
    at,
    says: named(`${capitalised(what)}; ${fine} would be fine.`, names),
    part: partOf(plan, at, names),
  });
  const shape = planContentSchema.safeParse(plan);
  if (!shape.success)
    return shape.error.issues.map(({ path, message }) => {
      const at = path.join('.');
      return { at, says: capitalised(message), part: partOf(plan, at, names) };
    });
  const found = checkPlan(plan);
  return [...found, ...onlyKnownThere(answered)].map(say);
}

/** Names that no record has: the server's own part of its answer. */
function onlyKnownThere(answered: Answered | null): PlanProblem[] {
  if (!answered) return [];
  const here = planContentSchema.safeParse(answered.content).success ? checkPlan(answered.content) : [];
  const known = new Set(here.map(({ at, what }) => `${at} ${what}`));
  return answered.problems.filter(({ at, what }) => !known.has(`${at} ${what}`));
}

/** Members are told by name. */
const named = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(/“([0-9a-f-]{36})”/g, (_, id: string) => names.get(id) ?? 'somebody');

function partOf({ payees, components, terms, pool }: PlanContent, at: string, names: ReadonlyMap<string, string>): string {
  const [list, place] = at.split('.');
  if (list === 'components') return components[Number(place)]?.name ?? 'The parts';
  if (list === 'terms') return terms[Number(place)]?.name ?? 'Floors, caps, draws and holdbacks';
  if (list === 'payees') return names.get(payees[Number(place)]?.id ?? '') ?? 'Whom it pays';
  return list === 'pool' ? (pool?.name ?? 'The pool') : 'The plan';
}
