import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { PilotRecords, PilotRecordsAsk } from '../contract/pilots.ts';
import { pilotLeads } from './pilot-leads.ts';
import { getPilot } from './pilots.ts';

/** The very leads behind a week of a group, in the order in which they were passed. */
export async function listPilotRecords(tx: Tx, workspaceId: WorkspaceId, id: string, asked: PilotRecordsAsk): Promise<PilotRecords> {
  const { measure, group, week, limit, cursor } = asked;
  const pilot = await getPilot(tx, workspaceId, id);
  const { timeZone } = await groundOf(tx, workspaceId);
  const until = Temporal.PlainDate.from(pilot.startsOn)
    .add({ weeks: week + 1 })
    .toString();
  const after = readPlace(cursor);
  const { rows } = await sql<
    PilotRecords['items'][number]
  >`SELECT l.id, l.name, l.company, l.mql_at AS "passedAt", m.name AS owner, l.counted
    FROM (${pilotLeads(workspaceId, timeZone, pilot, measure, until)}) l LEFT JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = l.owner_id
    WHERE l.part = ${group} AND l.week = ${week} AND (${after?.at ?? null}::timestamptz IS NULL OR (l.mql_at, l.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY l.mql_at, l.id LIMIT ${limit + 1}`.execute(tx);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writePlace({ at: last.passedAt, id: last.id }) : null };
}
