import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { costAssumptions, type CostSettings, type CostSettingsChange } from '../contract/cost-settings.ts';
import { readAssumptions, readCostSettings } from '../queries/cost-settings.ts';

/** States what is given and keeps the rest, as a version of its own; those before stay on record. */
export async function setCostSettings(tx: Tx, who: Who, change: CostSettingsChange): Promise<CostSettings> {
  await sql`SELECT 1 FROM workspaces WHERE id = ${who.workspaceId} FOR UPDATE`.execute(tx); // one at a time: each keeps what the other set
  const before = await readAssumptions(tx, who.workspaceId);
  const content = costAssumptions.parse({ ...before.assumptions, ...change });
  await sql`INSERT INTO misalignment_assumptions (workspace_id, number, content, recorded_at, recorded_by)
    VALUES (${who.workspaceId}, ${before.number + 1}, ${JSON.stringify(content)}::jsonb, clock_timestamp(), ${who.memberId})`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'misalignmentCost.set',
    subjectKind: 'workspace',
    subjectId: who.workspaceId,
    memberId: who.memberId,
    body: { number: before.number + 1, ...content },
  });
  return readCostSettings(tx, who);
}
