import { sql } from 'kysely';
import type { z } from 'zod';
import { followJourneys } from '#features/records/actions/changed-journeys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { attributionContent, type AttributionSetting, type newAttributionSetting } from '../contract/attribution.ts';
import { listSettings } from '../queries/attribution-setting.ts';

/** Until somebody says otherwise, journeys are read by the defaults. @returns whether there is a setting now to go on with */
export async function ensureFirstSetting(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  await sql`INSERT INTO attribution_settings (workspace_id, number, content)
    SELECT ${workspaceId}::uuid, 1, ${JSON.stringify(attributionContent.parse({}))}::jsonb
    WHERE EXISTS (SELECT FROM leads WHERE workspace_id = ${workspaceId}::uuid) OR EXISTS (SELECT FROM deals WHERE workspace_id = ${workspaceId}::uuid)
    ON CONFLICT DO NOTHING`.execute(tx);
  const { rows } = await sql`SELECT FROM attribution_settings WHERE workspace_id = ${workspaceId}::uuid LIMIT 1`.execute(tx);
  // Nothing that journeys could be made of: what was noted concerns none.
  if (rows.length === 0) await sql`DELETE FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  return rows.length > 0;
}

/**
 * A new way to read journeys. The one before counts until the journeys are built anew.
 * @throws Problem conflict where somebody set a newer one meanwhile
 */
export async function setAttribution(tx: Tx, who: Who, given: z.output<typeof newAttributionSetting>): Promise<AttributionSetting> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('accord.attribution ' || ${who.workspaceId}::text, 0))`.execute(tx);
  const [newest] = await listSettings(tx, who.workspaceId, 1);
  if (given.after !== undefined && given.after !== (newest?.number ?? 0))
    throw new Problem('conflict', 'Somebody set attribution anew meanwhile: look at it again.', { extra: { number: newest?.number ?? 0 } });
  if (newest && JSON.stringify(newest.content) === JSON.stringify(given.content)) return newest;
  const number = (newest?.number ?? 0) + 1;
  await sql`INSERT INTO attribution_settings (workspace_id, number, content, recorded_by)
    VALUES (${who.workspaceId}::uuid, ${number}, ${JSON.stringify(given.content)}::jsonb, ${who.memberId}::uuid)`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    ...{ kind: 'attribution.set', subjectKind: 'attribution', subjectId: who.workspaceId, memberId: who.memberId },
    body: { number, ...given.content },
  });
  await enqueue(tx, who.workspaceId, followJourneys(who.workspaceId));
  return (await listSettings(tx, who.workspaceId, 1, number))[0]!;
}
