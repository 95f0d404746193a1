/** What the company's own records say about a plan, beside what the engine warns of. */

import { warningsOf } from '#engine/payout/warnings.ts';
import { checkPlan } from '#engine/payout/check-plan.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { PlanProblem, PlanWarning } from '../contract/warnings.ts';
import { metricsOf, type PartOf } from '../policy/plan-part.ts';
import { type PayeeMember, sidesWithHead } from './plan-rows.ts';
import { unknownNames } from './plan-names.ts';

export interface Checked {
  readonly problems: readonly PlanProblem[];
  readonly warnings: readonly PlanWarning[];
}

/** @param members the plan's payees by id @param late the day it counts from, where that is before today */
export async function checkContent(
  tx: Tx,
  workspaceId: WorkspaceId,
  content: PlanContent,
  members: ReadonlyMap<string, PayeeMember>,
  late: string | null = null,
): Promise<Checked> {
  const problems = [...checkPlan(content), ...(await unknownNames(tx, workspaceId, content))];
  const heads = await sidesWithHead(tx, workspaceId);
  const warnings = [
    ...(problems.length === 0 ? warningsOf(content).map((each) => ({ ...each, payees: [...each.payees] })) : []),
    ...peopleWarnings(content, members),
    ...(['marketing', 'sales'] as const)
      .filter((side) => !heads[side])
      .map((side) =>
        warning('nobodySigns', '', `no head of ${side} has a login, so the sponsor would sign for ${side}`, `a head of ${side} who signs`),
      ),
    ...(content.pool !== null && !metricsOf(content).some(({ from }) => from === 'clauses')
      ? [
          warning(
            'noClauses',
            'pool.opens',
            'the pool asks for no clause of the agreement',
            'what each side promised the other as its conditions',
          ),
        ]
      : []),
    ...(late === null
      ? []
      : [
          warning(
            'beginsBeforeSigned',
            'effectiveFrom',
            `it counts from ${late}, before everybody has signed it`,
            'a day ahead: people work differently once they know',
          ),
        ]),
  ];
  return { problems, warnings };
}

function peopleWarnings(content: PlanContent, members: ReadonlyMap<string, PayeeMember>): PlanWarning[] {
  const which = (is: (member: PayeeMember) => boolean): string[] =>
    content.payees.flatMap(({ id }) => {
      const member = members.get(id);
      return member && is(member) ? [id] : [];
    });
  const without = which(({ active, hasLogin }) => active && !hasLogin);
  const left = which(({ active }) => !active);
  return [
    ...(without.length > 0
      ? [
          warning(
            'noLogin',
            'payees',
            'some have no login, so they can’t sign, and who has not signed isn’t paid',
            'an invitation for each of them',
            without,
          ),
        ]
      : []),
    ...(left.length > 0
      ? [warning('leftCompany', 'payees', 'some are no longer active here', 'a last day for each of them, or a plan without them', left)]
      : []),
  ];
}

export const warning = (code: PlanWarning['code'], at: string, what: string, better: string, payees: string[] = []): PlanWarning => ({
  code,
  at,
  what,
  better,
  payees,
});

/** Warnings about people leave out whom the asker doesn't see, and with them those that are about nobody else. */
export function warningsSeen(warnings: readonly PlanWarning[], content: PlanContent, part: PartOf): PlanWarning[] {
  const shown = new Set(content.payees.filter(part.shows).map(({ id }) => id));
  return warnings.flatMap((each) => {
    const payees = each.payees.filter((id) => shown.has(id));
    return each.payees.length > 0 && payees.length === 0 ? [] : [{ ...each, payees }];
  });
}
