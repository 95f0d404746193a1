import { sql } from 'kysely';
import type { Section } from '#engine/notices/message.ts';
import { inOrder, readItems } from '#features/cadence/queries/agenda-rows.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { momentIn } from '../../contract/wording.ts';

const mostItems = 6;

/** The next meeting within a week that its reader is expected at, with the beginning of its agenda; none: no section. */
export async function nextMeeting(tx: Tx, who: Who, timeZone: string, now: number): Promise<Section[]> {
  const { rows } = await sql<{
    id: string;
    title: string;
    startsAt: string;
    minutes: number;
  }>`SELECT m.id, m.title, m.starts_at AS "startsAt", m.minutes
    FROM meetings m JOIN meeting_attendees t ON t.workspace_id = m.workspace_id AND t.meeting_id = m.id
    WHERE m.workspace_id = ${who.workspaceId}::uuid AND t.member_id = ${who.memberId}::uuid AND t.expected AND m.status = 'planned'
      AND m.starts_at > to_timestamp(${now}::float8 / 1000) AND m.starts_at < to_timestamp(${now}::float8 / 1000) + interval '7 days'
    ORDER BY m.starts_at, m.id LIMIT 1`.execute(tx);
  const [meeting] = rows;
  if (!meeting) return [];
  const items = inOrder(await readItems(tx, who.workspaceId, meeting.id), meeting.minutes).filter(({ row }) => !row.dropped && !row.gone);
  const shown = items.slice(0, mostItems).map(({ row, minutes }) => ({
    text: row.content.sentence,
    detail: `${minutes} min`,
    ...(row.content.opens === null ? {} : { opens: row.content.opens }),
  }));
  const more = items.length - shown.length;
  return [
    {
      heading: 'Your next meeting',
      parts: [
        { kind: 'text', text: `${meeting.title}, ${momentIn(meeting.startsAt, timeZone)}`, opens: `/meetings/${meeting.id}` },
        ...(shown.length === 0 ? [] : [{ kind: 'points' as const, items: shown }]),
        ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more on its agenda.` }] : []),
      ],
    },
  ];
}
