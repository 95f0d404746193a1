import { sql } from 'kysely';
import type { z } from 'zod';
import { usualAnswerDays } from '#engine/campaigns/answer-due.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { proposalSettingsAnswer } from '../contract/proposals.ts';

/** What counts now, and who said so; nobody: the usual. */
export async function getProposalSettings(tx: Tx, workspaceId: WorkspaceId): Promise<z.output<typeof proposalSettingsAnswer>> {
  const { rows } = await sql<z.output<typeof proposalSettingsAnswer>>`SELECT s.answer_days AS "answerDays", s.set_at AS "setAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "setBy"
    FROM proposal_settings s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.set_by
    WHERE s.workspace_id = ${workspaceId}::uuid ORDER BY s.set_at DESC, s.id DESC LIMIT 1`.execute(tx);
  return rows[0] ?? { answerDays: usualAnswerDays, setBy: null, setAt: null };
}

export const answerDaysOf = async (tx: Tx, workspaceId: WorkspaceId): Promise<number> =>
  (await getProposalSettings(tx, workspaceId)).answerDays;
