/** The agenda written from the data: what the data says is renewed, what people made of it is kept. */

import { sql } from 'kysely';
import { type ItemKind, itemKinds } from '#engine/cadence/agenda.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { usualSeries } from '../contract/usual.ts';
import { gatherCandidates } from '../queries/agenda/gather.ts';
import type { Offered } from '../queries/agenda/offered.ts';
import { getMeetingRow, type MeetingRow } from '../queries/meeting-rows.ts';
import { getSeriesRow } from '../queries/series.ts';

/** What the data offers to this meeting. Hold no transaction open meanwhile. @throws Problem not-found */
export async function offerTo(database: Database, workspaceId: WorkspaceId, meetingId: string): Promise<Offered[]> {
  const { kinds, seriesId } = await database.inWorkspace(workspaceId, async (tx) => {
    const row = await getMeetingRow(tx, workspaceId, meetingId);
    return { seriesId: row.seriesId, kinds: await kindsOf(tx, workspaceId, row) };
  });
  return gatherCandidates(database, workspaceId, { kinds, seriesId });
}

async function kindsOf(tx: Tx, workspaceId: WorkspaceId, { seriesId, purpose }: MeetingRow): Promise<readonly ItemKind[]> {
  if (seriesId !== null) return (await getSeriesRow(tx, workspaceId, seriesId)).content.kinds;
  return usualSeries.find((usual) => usual.purpose === purpose)?.kinds ?? itemKinds;
}

/** Of a meeting that the caller has locked. */
export async function writeAgenda(tx: Tx, workspaceId: WorkspaceId, row: MeetingRow, offered: readonly Offered[]): Promise<void> {
  const items = offered.map(({ kind, key, stake, ...content }) => ({
    ...{ id: newId(), kind, key },
    content: { ...content, stake: stake === null ? null : String(stake) },
  }));
  await sql`INSERT INTO agenda_items (workspace_id, id, meeting_id, item_key, kind, content)
    SELECT ${workspaceId}::uuid, (i->>'id')::uuid, ${row.id}::uuid, i->>'key', i->>'kind', i->'content' FROM jsonb_array_elements(${JSON.stringify(items)}::jsonb) i
    ON CONFLICT (workspace_id, meeting_id, item_key) DO UPDATE SET kind = excluded.kind, content = excluded.content, gone = false`.execute(
    tx,
  );
  await forgetWhatIsGone(
    tx,
    workspaceId,
    row.id,
    items.map(({ key }) => key),
  );
  await carryOwn(tx, workspaceId, row);
  await sql`UPDATE meetings SET gathered_at = now() WHERE workspace_id = ${workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  await announceChange(tx, workspaceId, 'meeting');
}

/** What the data no longer offers goes, unless somebody has had a hand in it: then it stays, and says so. */
async function forgetWhatIsGone(tx: Tx, workspaceId: WorkspaceId, meetingId: string, keys: readonly string[]): Promise<void> {
  const gone = sql`i.workspace_id = ${workspaceId}::uuid AND i.meeting_id = ${meetingId}::uuid AND i.added_by IS NULL AND NOT i.item_key = ANY(${[...keys]}::text[])`;
  const holds = (table: 'item_notes' | 'decisions' | 'actions') =>
    sql`EXISTS (SELECT 1 FROM ${sql.table(table)} h WHERE h.workspace_id = i.workspace_id AND h.item_id = i.id)`;
  await sql`DELETE FROM agenda_items i WHERE ${gone} AND i.place IS NULL AND i.minutes IS NULL AND i.owner_id IS NULL AND NOT i.dropped
    AND NOT (${holds('item_notes')} OR ${holds('decisions')} OR ${holds('actions')})`.execute(tx);
  await sql`UPDATE agenda_items i SET gone = true WHERE ${gone} AND NOT i.gone`.execute(tx);
}

/** What somebody had added to the meeting before and nobody came to. */
async function carryOwn(tx: Tx, workspaceId: WorkspaceId, { id, seriesId, startsAt }: MeetingRow): Promise<void> {
  if (seriesId === null) return;
  const { rows } = await sql<{
    id: string;
    content: unknown;
    addedBy: string;
    ownerId: string | null;
    minutes: number | null;
    key: string;
  }>`
    SELECT i.item_key AS key, i.content, i.added_by AS "addedBy", i.owner_id AS "ownerId", i.minutes FROM agenda_items i
    WHERE i.workspace_id = ${workspaceId}::uuid AND i.added_by IS NOT NULL AND i.status = 'carried' AND i.meeting_id =
      (SELECT m.id FROM meetings m WHERE m.workspace_id = ${workspaceId}::uuid AND m.series_id = ${seriesId}::uuid AND m.status = 'held' AND m.starts_at < ${startsAt}::timestamptz
        ORDER BY m.starts_at DESC, m.id DESC LIMIT 1)`.execute(tx);
  for (const { key, content, addedBy, ownerId, minutes } of rows)
    await sql`INSERT INTO agenda_items (workspace_id, id, meeting_id, item_key, kind, content, owner_id, minutes, added_by)
      VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${id}::uuid, ${key}, 'own', ${JSON.stringify(content)}::jsonb, ${ownerId}::uuid, ${minutes}, ${addedBy}::uuid)
      ON CONFLICT (workspace_id, meeting_id, item_key) DO NOTHING`.execute(tx);
}
