/** What feedback brings onto an agenda. Nobody’s words are quoted: the meeting opens what its people may read. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Towards } from '../contract/pieces.ts';
import { groupThemes, shownTheme } from './themes.ts';

export interface OpenFeedback {
  readonly id: string;
  readonly toSide: Towards;
  readonly toMember: string | null;
  readonly subjectKind: string;
  /** When the answer was due, or was given. */
  readonly at: string | null;
}

/** The two sides see it differently: decided together, oldest first. */
export const listDisagreements = (tx: Tx, workspaceId: WorkspaceId): Promise<OpenFeedback[]> =>
  listOpen(tx, workspaceId, sql`f.state = 'disagreed'`, sql`f.answered_at`);

/** Past its due moment without an answer, longest first. */
export const listUnanswered = (tx: Tx, workspaceId: WorkspaceId): Promise<OpenFeedback[]> =>
  listOpen(tx, workspaceId, sql`f.state IN ('given', 'reopened') AND f.tone = 'criticism' AND f.due_at < now()`, sql`f.due_at`);

async function listOpen(
  tx: Tx,
  workspaceId: WorkspaceId,
  which: ReturnType<typeof sql>,
  at: ReturnType<typeof sql>,
): Promise<OpenFeedback[]> {
  const { rows } =
    await sql<OpenFeedback>`SELECT f.id, f.to_side AS "toSide", f.to_member AS "toMember", f.subject_kind AS "subjectKind", ${at} AS at
    FROM feedback f WHERE f.workspace_id = ${workspaceId}::uuid AND ${which} ORDER BY ${at}, f.id LIMIT 100`.execute(tx);
  return rows;
}

/** Themes that recur: three or more within thirty days. */
export const listRecurring = async (tx: Tx, workspaceId: WorkspaceId) =>
  (await groupThemes(tx, workspaceId)).filter(({ recurs }) => recurs).map((theme) => shownTheme(theme, new Set()));
