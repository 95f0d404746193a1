import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackSettings } from '../contract/overview.ts';
import { maySetFeedback } from '../policy.ts';

/** What holds until a workspace says otherwise. */
const usual = { answerDays: 3, anonymous: true, pulse: null, setAt: null, setBy: null } as const;

export type Agreed = Omit<FeedbackSettings, 'whyNotSet'>;

export async function settingsOf(tx: Tx, workspaceId: WorkspaceId): Promise<Agreed> {
  const { rows } = await sql<Agreed>`SELECT s.answer_days AS "answerDays", s.anonymous, s.pulse, s.set_at AS "setAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "setBy"
    FROM feedback_settings s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.set_by
    WHERE s.workspace_id = ${workspaceId}::uuid ORDER BY s.set_at DESC, s.id DESC LIMIT 1`.execute(tx);
  return rows[0] ?? usual;
}

export const getSettings = async (tx: Tx, who: Who): Promise<FeedbackSettings> => ({
  ...(await settingsOf(tx, who.workspaceId)),
  whyNotSet: maySetFeedback.may(who) ? null : 'The owner and administrators agree this for everybody.',
});
