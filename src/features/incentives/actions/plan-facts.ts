import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { planCan, whyNotFrom } from '../contract/states.ts';
import { whyNotDraft } from '../policy/access.ts';
import { sightOf } from '../queries/sight.ts';
import type { VersionRow } from '../queries/plan-rows.ts';

/** That something was done with a version. What it pays whom is not in it: facts are read by more people than pay is. */
export async function recordPlanFact(
  tx: Tx,
  who: Who,
  version: Pick<VersionRow, 'id' | 'planId' | 'number'>,
  verb: string,
  body: Record<string, unknown> = {},
): Promise<void> {
  await recordFact(tx, who.workspaceId, {
    kind: `incentivePlan.${verb}`,
    subjectKind: 'incentivePlan',
    subjectId: version.id,
    memberId: who.memberId,
    body: { planId: version.planId, number: version.number, ...body },
  });
}

/** @throws Problem conflict where the version's state doesn't allow the verb, saying what would */
export function refuseUnless(version: Pick<VersionRow, 'status'>, verb: keyof typeof planCan): void {
  const reason = whyNotFrom(planCan[verb], version.status);
  if (reason !== null) throw new Problem('conflict', reason);
}

/** @throws Problem forbidden */
export async function refuseStrangers(tx: Tx, who: Who, content: VersionRow['content']): Promise<void> {
  const reason = whyNotDraft(await sightOf(tx, who), content.payees);
  if (reason !== null) throw new Problem('forbidden', reason);
}
