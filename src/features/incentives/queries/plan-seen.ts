import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { seesAllPay, type Sight } from '../policy/access.ts';
import { partSeen, type PartOf } from '../policy/plan-part.ts';
import type { PlanPart } from '../contract/plans.ts';
import { getVersion, type VersionRow } from './plan-rows.ts';
import { sightOf } from './sight.ts';

export interface SeenVersion {
  readonly version: VersionRow;
  readonly sight: Sight;
  readonly part: { readonly name: PlanPart; readonly of: PartOf };
}

/** What somebody sees of a version; null: nothing. A draft is its makers' until it is proposed. */
export function seenPart(sight: Sight, version: Pick<VersionRow, 'content' | 'proposedAt'>): SeenVersion['part'] | null {
  const isHead = sight.pay.marketing || sight.pay.sales;
  if (version.proposedAt === null && !isHead && !seesAllPay(sight)) return null;
  return partSeen(sight, version.content);
}

/** @throws Problem not-found, forbidden for whom nothing in it concerns */
export async function getSeenVersion(tx: Tx, who: Who, id: string): Promise<SeenVersion> {
  const version = await getVersion(tx, who.workspaceId, id);
  const sight = await sightOf(tx, who);
  const part = seenPart(sight, version);
  if (!part)
    throw new Problem(
      'forbidden',
      'A plan is read by whom it pays, once it is proposed, their managers, the heads of their side, leadership and auditors.',
    );
  return { version, sight, part };
}
