import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { FigureSettings, FigureSettingsChange } from '../contract/figures.ts';
import { readFigureSettings } from '../queries/figure-settings.ts';

/** Sets what is given and keeps the rest; what was set before stays on record. */
export async function setFigures(tx: Tx, who: Who, change: FigureSettingsChange): Promise<FigureSettings> {
  await sql`SELECT 1 FROM workspaces WHERE id = ${who.workspaceId} FOR UPDATE`.execute(tx); // one at a time: each keeps what the other set
  const before = await readFigureSettings(tx, who.workspaceId);
  const content = {
    grossMarginPercent: change.grossMarginPercent === undefined ? before.grossMarginPercent : change.grossMarginPercent,
    basis: change.basis ?? before.basis,
    horizonMonths: change.horizonMonths ?? before.horizonMonths,
  };
  await sql`INSERT INTO figure_settings (workspace_id, id, content, recorded_at, recorded_by)
    VALUES (${who.workspaceId}, ${newId()}, ${JSON.stringify(content)}::jsonb, clock_timestamp(), ${who.memberId})`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'figures.set',
    subjectKind: 'workspace',
    subjectId: who.workspaceId,
    memberId: who.memberId,
    body: content,
  });
  return readFigureSettings(tx, who.workspaceId);
}
