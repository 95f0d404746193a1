import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackSettingsChange } from '../contract/overview.ts';
import { settingsOf } from '../queries/settings.ts';

/** What is agreed for feedback given from now on. What waits anonymously is still shown. */
export async function setFeedback(tx: Tx, who: Who, change: FeedbackSettingsChange): Promise<void> {
  const now = await settingsOf(tx, who.workspaceId);
  const { answerDays = now.answerDays, anonymous = now.anonymous, pulse = now.pulse } = change;
  const id = newId();
  await sql`INSERT INTO feedback_settings (workspace_id, id, answer_days, anonymous, pulse, set_by, set_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${answerDays}, ${anonymous}, ${pulse && JSON.stringify(pulse)}::jsonb, ${who.memberId}::uuid, clock_timestamp())`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'feedback.agreed',
    subjectKind: 'feedback',
    subjectId: id,
    memberId: who.memberId,
    body: { answerDays, anonymous, pulse },
  });
}
