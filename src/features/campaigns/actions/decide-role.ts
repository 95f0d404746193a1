/** What who asked does with a part: takes another one, asks for the first again, takes it back. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { counterAnswer, withdrawal } from '../contract/roles.ts';
import { holdRole, moveRole } from './move-role.ts';

/** Taken: the part is what the rep proposed, and accepted. Not taken: the rep is asked again for the first. */
export async function answerCounter(tx: Tx, who: Who, id: string, { take, note, version }: z.output<typeof counterAnswer>): Promise<void> {
  const verb = take ? 'takeCounter' : 'refuseCounter';
  const row = await holdRole(tx, who, verb, id, version);
  if (take) await refuseSecond(tx, who, row.campaign.id, row.member.id, row.counterKind!, id);
  const decided = sql`decided_by = ${who.memberId}::uuid, decided_at = clock_timestamp(), taken = ${take}, decision_note = ${note}`;
  const taken = take ? sql`, kind = counter_kind, wanted = counter_wanted` : sql`, answered_at = NULL`;
  await moveRole(tx, who, row, verb, sql`${decided}${taken}`, { note, kind: row.counterKind, wanted: row.counterWanted });
}

async function refuseSecond(tx: Tx, who: Who, campaignId: string, memberId: string, kind: string, id: string): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM campaign_roles r WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.campaign_id = ${campaignId}::uuid
    AND r.member_id = ${memberId}::uuid AND r.kind = ${kind} AND r.id <> ${id}::uuid AND r.state IN ('asked', 'counterproposed', 'accepted')`.execute(
      tx,
    );
  if (rows.length > 0) throw new Problem('conflict', 'They have such a part in this campaign already: take that one back first.');
}

export async function withdrawRole(tx: Tx, who: Who, id: string, { reason, version }: z.output<typeof withdrawal>): Promise<void> {
  const row = await holdRole(tx, who, 'withdraw', id, version);
  await moveRole(
    tx,
    who,
    row,
    'withdraw',
    sql`decided_by = ${who.memberId}::uuid, decided_at = clock_timestamp(), taken = NULL, decision_note = ${reason}`,
    { reason, from: row.state },
  );
}
