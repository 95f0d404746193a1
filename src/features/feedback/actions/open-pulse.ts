import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { type NewPulse, usualQuestions } from '../contract/pulse.ts';
import { hasOpenPulse, whyNotOpen } from '../queries/pulses.ts';

const days = { fewest: 3, most: 31 };

/**
 * Asks everybody. One at a time, and it ends on its day and not before: whoever could end it when they like could end
 * it after somebody’s answer.
 * @throws Problem conflict: one is open; bad-input: too short or too long
 */
export async function openPulse(tx: Tx, who: Who, given: NewPulse): Promise<string> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`pulse ${who.workspaceId}`}, 0))`.execute(tx);
  const { today } = await groundOf(tx, who.workspaceId);
  const whyNot = whyNotOpen(who, await hasOpenPulse(tx, who.workspaceId));
  if (whyNot) throw new Problem('conflict', whyNot);
  const open = Temporal.PlainDate.from(today).until(given.closesOn).days + 1;
  if (open < days.fewest || open > days.most) {
    const reason = `a pulse is open for ${days.fewest} to ${days.most} days; this would be ${open}`;
    throw new Problem('bad-input', `closesOn: ${reason}.`, { fields: [{ at: 'closesOn', reason }] });
  }
  return writePulse(tx, who.workspaceId, { ...given, opensOn: today, openedBy: who.memberId });
}

/** @param openedBy null: by the workspace’s rhythm */
export async function writePulse(
  tx: Tx,
  workspaceId: WorkspaceId,
  { title, questions, asksText, opensOn, closesOn, openedBy }: NewPulse & { opensOn: string; openedBy: string | null },
): Promise<string> {
  const id = newId();
  await sql`INSERT INTO pulses (workspace_id, id, number, title, questions, asks_text, opens_on, closes_on, opened_by)
    SELECT ${workspaceId}::uuid, ${id}::uuid, coalesce(max(number), 0) + 1, ${title}, ${JSON.stringify(questions ?? usualQuestions)}::jsonb, ${asksText},
      ${opensOn}::date, ${closesOn}::date, ${openedBy}::uuid FROM pulses WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'pulse.opened',
    subjectKind: 'pulse',
    subjectId: id,
    memberId: openedBy,
    body: { title, closesOn },
  });
  return id;
}
