import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FigureSettings } from '../contract/figures.ts';

/** What figures rest on: the last that was recorded, else that nothing is known. */
export async function readFigureSettings(tx: Tx, workspaceId: WorkspaceId): Promise<FigureSettings> {
  const { rows } = await sql<Pick<FigureSettings, 'setAt' | 'setBy'> & { content: Partial<FigureSettings> }>`
    SELECT s.content, s.recorded_at AS "setAt", CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "setBy"
    FROM figure_settings s LEFT JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.recorded_by
    WHERE s.workspace_id = ${workspaceId}::uuid ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1`.execute(tx);
  const [last] = rows;
  return {
    grossMarginPercent: last?.content.grossMarginPercent ?? null,
    basis: last?.content.basis ?? 'terms',
    horizonMonths: last?.content.horizonMonths ?? 36,
    setAt: last?.setAt ?? null,
    setBy: last?.setBy ?? null,
  };
}
