import { sql } from 'kysely';
import type { RoleVerb } from '#engine/campaigns/states.ts';
import { roleCan } from '#engine/campaigns/states.ts';
import { todayOf } from '#features/handoff/queries/days.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { whyNotRole } from '../policy/roles.ts';
import { getRoleRow, type RoleRow, versionOf } from '../queries/role-rows.ts';
import { roleCase } from '../queries/roles.ts';
import { refuse } from './hold-plan.ts';

/**
 * Holds a part for a verb: of two who act at once the second finds what the first made of it.
 * @param version of what was looked at
 * @throws Problem not-found, forbidden, conflict (moved since, or not from where it stands)
 */
export async function holdRole(tx: Tx, who: Who, verb: RoleVerb, id: string, version: string | undefined): Promise<RoleRow> {
  const row = await getRoleRow(tx, who.workspaceId, id, true);
  refuse(whyNotRole(verb, who, roleCase(row), await todayOf(tx, who.workspaceId)));
  if (version !== undefined && version !== versionOf(row)) throw new Problem('conflict', 'This part changed since you looked at it.');
  return row;
}

/** Writes where a verb leads, with its fact. @param sets further columns of `campaign_roles` */
export async function moveRole(tx: Tx, who: Who, row: RoleRow, verb: RoleVerb, sets: Sql, body: Record<string, unknown>): Promise<void> {
  await sql`UPDATE campaign_roles SET state = ${roleCan[verb].to}, changed_at = clock_timestamp(), ${sets}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: `campaignRole.${happened[verb]}`,
    subjectKind: 'campaignRole',
    subjectId: row.id,
    memberId: who.memberId,
    body: { campaignId: row.campaign.id, ...body },
  });
}

const happened: Readonly<Record<RoleVerb, string>> = {
  accept: 'accepted',
  decline: 'declined',
  counterpropose: 'counterproposed',
  takeCounter: 'counterTaken',
  refuseCounter: 'counterRefused',
  withdraw: 'withdrawn',
};
