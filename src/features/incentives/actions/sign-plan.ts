import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewPlanSignature } from '../contract/sign-off.ts';
import { headsWanted, missingHeads, waysToSign, type Way } from '../policy/signing.ts';
import { lockVersion, sidesWithHead, type VersionRow, versionsOfPlan } from '../queries/plan-rows.ts';
import { todayOf } from '../queries/today.ts';
import { recordPlanFact } from './plan-facts.ts';
import { signedHash } from '../policy/signed-hash.ts';
import { firstFrom } from './propose-plan.ts';

/**
 * Signs a version: a payee their own part, a head for their side, the sponsor the whole. With the last of the three
 * heads it counts; a payee who has not signed isn't paid by it until they do.
 * @throws Problem forbidden (not theirs to sign), conflict (signed already; not what was read)
 */
export async function signPlan(tx: Tx, who: Who, id: string, given: NewPlanSignature): Promise<void> {
  const version = await lockVersion(tx, who.workspaceId, id);
  const found = waysToSign(who, await signingCaseOf(tx, who, version), given.signsAs);
  if (found.whyNot !== null) throw new Problem(found.code, found.whyNot);
  const way = found.ways.find(({ signsAs }) => signedHash(version, signsAs, who.memberId) === given.contentHash);
  if (!way) throw new Problem('conflict', 'This is not what you read: look at it again before you sign.');
  refuseOther(version, who.memberId);
  await writeSignature(tx, who, version, way, given.contentHash);
  const signatures = [...version.signatures, { signsAs: way.signsAs, member: { id: who.memberId, name: who.name } }];
  if (
    version.status === 'proposed' &&
    missingHeads({ status: version.status, wants: headsWanted(version.content), signatures }).length === 0
  )
    await markSigned(tx, who, version);
}

export async function signingCaseOf(tx: Tx, who: Who, version: VersionRow) {
  return {
    status: version.status,
    payeeIds: version.content.payees.map(({ id }) => id),
    wants: headsWanted(version.content),
    signatures: version.signatures,
    canSign: await sidesWithHead(tx, who.workspaceId),
  };
}

/** What was proposed and what stands there must be one. */
function refuseOther(version: VersionRow, memberId: string): void {
  if (signedHash(version, 'sponsor', memberId) !== version.contentHash)
    throw new Problem('conflict', 'What stands here is no longer what was proposed: withdraw it and propose it anew.');
}

async function writeSignature(tx: Tx, who: Who, version: VersionRow, { signsAs, onBehalf }: Way, contentHash: string): Promise<void> {
  await sql`INSERT INTO incentive_signatures (workspace_id, id, version_id, signs_as, member_id, on_behalf, content_hash, signed_at)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${version.id}::uuid, ${signsAs}, ${who.memberId}::uuid, ${onBehalf}, ${contentHash}, clock_timestamp())`.execute(
    tx,
  );
  await recordPlanFact(tx, who, version, 'signedBy', { signsAs, onBehalf, contentHash });
}

/** A later version signed after its day counts from the first period that begins after it was signed: never backwards. */
async function markSigned(tx: Tx, who: Who, version: VersionRow): Promise<void> {
  const agreed = version.effectiveFrom ?? '';
  const isLater = (await versionsOfPlan(tx, who.workspaceId, version.planId)).some(({ status }) => status === 'signed');
  const today = await todayOf(tx, who.workspaceId);
  const inForceFrom = isLater && agreed < today ? firstFrom(today, version.periodKind) : agreed;
  await sql`UPDATE incentive_plan_versions SET status = 'signed', signed_at = clock_timestamp(), in_force_from = ${inForceFrom}::date
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${version.id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, version, 'signed', { effectiveFrom: version.effectiveFrom, inForceFrom, contentHash: version.contentHash });
}
