/** Whether a plan makes sense: what `readPlan` can't tell from its shape. A plan with problems can't be computed or signed. */

import { checkComponent } from './check-component.ts';
import { checkPool } from './check-pool.ts';
import { picks } from './payees.ts';
import type { Payee, PayeeFilter, Plan, Term } from './plan.ts';
import type { Problem } from './reading.ts';

/** @param plan in the form of its type (`readPlan`) @returns where, what is wrong and what would be fine; empty when it can be computed */
export function checkPlan(plan: Plan): Problem[] {
  return [
    ...repeatedIds('payees', plan.payees),
    ...plan.payees.flatMap(checkPayee),
    ...repeatedIds('components', namedParts(plan)),
    ...plan.components.flatMap((component, at) => [
      ...checkFilter(plan, component.for, `components.${at}.for`),
      ...checkComponent(plan, component, `components.${at}`),
    ]),
    ...plan.terms.flatMap((term, at) => [...checkFilter(plan, term.for, `terms.${at}.for`), ...checkTerm(term, `terms.${at}`)]),
    ...checkOnce(plan, 'draw'),
    ...checkOnce(plan, 'holdback'),
    ...(plan.pool === null ? [] : [...checkFilter(plan, plan.pool.members, 'pool.members'), ...checkPool(plan, plan.pool)]),
  ];
}

const namedParts = ({ components, terms, pool }: Plan): readonly { readonly id: string }[] => [
  ...components,
  ...terms,
  ...(pool === null ? [] : [pool]),
];

function repeatedIds(at: string, parts: readonly { readonly id: string }[]): Problem[] {
  const ids = parts.map(({ id }) => id);
  const twice = new Set(ids.toSorted().filter((id, place, sorted) => id === sorted[place - 1]));
  return [...twice].map((id) => ({ at, what: `the id “${id}” stands twice`, fine: 'an id of its own for each' }));
}

function checkPayee({ quotas, startedOn, endedOn, ramp }: Payee, place: number): Problem[] {
  const at = `payees.${place}`;
  const problems: Problem[] = [];
  for (const [name, quota] of Object.entries(quotas))
    if (Number(quota) === 0) problems.push({ at: `${at}.quotas.${name}`, what: 'is 0', fine: 'a quota above 0, or none' });
  for (const [month, share] of ramp.entries())
    if (Number(share) === 0) problems.push({ at: `${at}.ramp.${month}`, what: 'is 0', fine: 'a share above 0 %' });
  if (startedOn !== null && endedOn !== null && endedOn < startedOn)
    problems.push({ at: `${at}.endedOn`, what: `${endedOn} is before ${startedOn}`, fine: 'a last day not before the first' });
  return problems;
}

function checkFilter({ payees }: Plan, filter: PayeeFilter, at: string): Problem[] {
  const known = new Set(payees.map(({ id }) => id));
  const unknown = filter.payees.filter((id) => !known.has(id));
  const problems: Problem[] = unknown.map((id) => ({ at: `${at}.payees`, what: `“${id}” is no payee`, fine: 'ids of payees of the plan' }));
  if (unknown.length === 0 && !payees.some((payee) => picks(filter, payee)))
    problems.push({ at, what: 'picks nobody', fine: 'sides, roles and payees that somebody in the plan meets' });
  return problems;
}

function checkTerm(term: Term, at: string): Problem[] {
  if (term.kind !== 'holdback' || term.lostAfterDays === null || term.lostAfterDays > term.afterDays) return [];
  return [
    {
      at: `${at}.lostAfterDays`,
      what: `${term.lostAfterDays} is not after ${term.afterDays}`,
      fine: 'more days than until it is released',
    },
  ];
}

/** Two draws, or two holdbacks, of one payee would each have to know of the other. */
function checkOnce({ payees, terms }: Plan, kind: Term['kind']): Problem[] {
  const such = terms.filter((term) => term.kind === kind);
  const twice = payees.find((payee) => such.filter((term) => picks(term.for, payee)).length > 1);
  if (!twice) return [];
  return [
    { at: 'terms', what: `“${twice.id}” has more than one ${kind}`, fine: `one ${kind} a payee; pick others by sides, roles or payees` },
  ];
}
