/** The agenda as it is shown: with its notes, its people, and what the asker may do with its records. */

import { sql } from 'kysely';
import { getRejection } from '#features/handoff/queries/rejections.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { AgendaItem, ItemRecord, Note } from '../contract/meetings.ts';
import { inOrder, type ItemRow, readItems } from './agenda-rows.ts';

type ShownRecord = AgendaItem['records'][number];

/** @param rules whether it is asked who may rule on contested rejections: only while somebody could */
export async function shownAgenda(tx: Tx, who: Who, meeting: { id: string; minutes: number }, rules: boolean): Promise<AgendaItem[]> {
  const rows = await readItems(tx, who.workspaceId, meeting.id);
  const notes = await latestNotes(tx, who, meeting.id);
  const people = rows.flatMap(({ ownerId, content, addedBy }) => [ownerId, content.ownerId, addedBy]).filter((id) => id !== null);
  const names = await namesOf(tx, who.workspaceId, { member: new Set(people) });
  const named = (id: string | null) => (id === null ? null : (names.get(`member ${id}`) ?? null));
  const items: AgendaItem[] = [];
  for (const { row, minutes, ifTime } of inOrder(rows, meeting.minutes)) {
    const { id, kind, content, status, dropped, gone, secondsSpent } = row;
    const { sentence, why, figures, opens, stake, currency } = content;
    items.push({
      ...{ id, kind, sentence, why, figures: [...figures], opens, minutes, ifTime, status, dropped, gone, secondsSpent },
      records: await shownRecords(tx, who, row, rules),
      stake: stake === null || currency === null ? null : { amount: stake, currency },
      owner: named(row.ownerId ?? content.ownerId),
      ownerProposed: row.ownerId === null && content.ownerId !== null,
      placed: row.place !== null,
      addedBy: named(row.addedBy),
      note: notes.get(id) ?? null,
    });
  }
  return items;
}

async function shownRecords(tx: Tx, who: Who, { content }: ItemRow, rules: boolean): Promise<ShownRecord[]> {
  const shown: ShownRecord[] = [];
  for (const record of content.records)
    shown.push(record.kind === 'rejection' && rules ? await ruledOn(tx, who, record) : { ...record, whyNotRule: null, missing: [] });
  return shown;
}

/** Verdicts may have been given since the agenda was written. */
async function ruledOn(tx: Tx, who: Who, record: ItemRecord): Promise<ShownRecord> {
  const { state, ruling, missing, mayNotJudge } = await getRejection(tx, who, record.id);
  const settled = ruling !== null ? `It is decided: ${ruling}.` : state === 'toJudge' ? null : 'It no longer waits for a verdict.';
  return { ...record, whyNotRule: settled ?? mayNotJudge, missing };
}

async function latestNotes(tx: Tx, who: Who, meetingId: string): Promise<Map<string, Note>> {
  const { rows } = await sql<Note & { itemId: string }>`SELECT DISTINCT ON (n.item_id) n.item_id AS "itemId", n.version, n.text,
      json_build_object('id', p.id, 'name', p.name) AS "writtenBy", n.written_at AS "writtenAt"
    FROM item_notes n JOIN agenda_items i ON i.workspace_id = n.workspace_id AND i.id = n.item_id
    JOIN members p ON p.workspace_id = n.workspace_id AND p.id = n.written_by
    WHERE n.workspace_id = ${who.workspaceId}::uuid AND i.meeting_id = ${meetingId}::uuid ORDER BY n.item_id, n.version DESC`.execute(tx);
  return new Map(rows.map(({ itemId, ...note }) => [itemId, note]));
}
