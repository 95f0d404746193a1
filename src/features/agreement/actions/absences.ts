import { sql } from 'kysely';
import type { z } from 'zod';
import { noteChangedLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { newAbsence } from '../contract/calendars.ts';
import { mayKeepLeaveOf } from '../policy.ts';
import { leadsInTimeOf } from '../queries/absences.ts';

/** Leave of oneself, or of anybody by a head. @throws Problem not-found, forbidden */
export async function recordAbsence(tx: Tx, who: Who, given: z.output<typeof newAbsence>): Promise<{ id: string }> {
  const { rows } = await sql`SELECT 1 FROM members WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${given.memberId}`.execute(tx);
  if (rows.length === 0) throw notFound('member');
  refuseOthersLeave(who, given.memberId);
  const id = newId();
  await sql`INSERT INTO absences (workspace_id, id, member_id, starts_at, ends_at, reason, recorded_by)
    VALUES (${who.workspaceId}::uuid, ${id}, ${given.memberId}, ${given.startsAt}, ${given.endsAt}, ${given.reason}, ${who.memberId})`.execute(
    tx,
  );
  await tellOfAbsence(tx, who, 'absence.recorded', { id, ...given });
  return { id };
}

/** @throws Problem not-found, forbidden */
export async function removeAbsence(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql<{ memberId: string; startsAt: string; endsAt: string }>`
    SELECT member_id AS "memberId", starts_at AS "startsAt", ends_at AS "endsAt" FROM absences
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id} AND removed_at IS NULL FOR UPDATE`.execute(tx);
  const absence = rows[0];
  if (!absence) throw notFound('absence');
  refuseOthersLeave(who, absence.memberId);
  await sql`UPDATE absences SET removed_at = now() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}`.execute(tx);
  await tellOfAbsence(tx, who, 'absence.removed', { id, ...absence });
}

function refuseOthersLeave(who: Who, memberId: string): void {
  if (!mayKeepLeaveOf(who, memberId)) throw new Problem('forbidden', 'Leave of others is kept by heads; you can keep your own.');
}

async function tellOfAbsence(
  tx: Tx,
  who: Who,
  kind: string,
  { id, memberId, startsAt, endsAt }: { id: string; memberId: string; startsAt: string; endsAt: string },
): Promise<void> {
  await recordFact(tx, who.workspaceId, {
    kind,
    subjectKind: 'absence',
    subjectId: id,
    memberId: who.memberId,
    // Why somebody is away is told to few; facts are read by many.
    body: { memberId, startsAt, endsAt },
  });
  await noteChangedLeads(tx, who.workspaceId, await leadsInTimeOf(tx, who.workspaceId, memberId, { startsAt, endsAt }));
}
