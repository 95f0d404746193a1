import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type Tell, toEach } from './telling.ts';

export const announcementMade: Tell = async (tx, workspaceId, fact) => {
  const found = await findAnnouncement(tx, workspaceId, fact.subjectId, sql`true`);
  if (!found) return [];
  const asks = found.needsAcknowledgement ? ' Please acknowledge it.' : '';
  return toEach(found.readers, {
    matter: 'announcement',
    title: `${fact.by} announces: ${found.title}${asks && '.'}${asks}`,
    opens: opensOf(fact.subjectId),
  });
};

/** Only who has not acknowledged it. */
export const announcementReminded: Tell = async (tx, workspaceId, fact) => {
  const found = await findAnnouncement(tx, workspaceId, fact.subjectId, sql`r.acknowledged_at IS NULL`);
  if (!found) return [];
  return toEach(found.readers, {
    matter: 'announcement.reminded',
    title: `Still to be acknowledged: ${found.title}`,
    opens: opensOf(fact.subjectId),
  });
};

export const opensOf = (id: string): string => `/notices/announcements?at=${id}`;

/** Undefined: it was withdrawn. */
async function findAnnouncement(tx: Tx, workspaceId: WorkspaceId, id: string, which: ReturnType<typeof sql>) {
  const { rows } = await sql<{
    title: string;
    needsAcknowledgement: boolean;
    readers: string[];
  }>`SELECT a.title, a.needs_acknowledgement AS "needsAcknowledgement",
      ARRAY(SELECT r.member_id::text FROM announcement_readers r WHERE r.workspace_id = a.workspace_id AND r.announcement_id = a.id AND ${which}) AS readers
    FROM announcements a WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ${id}::uuid AND a.withdrawn_at IS NULL`.execute(tx);
  return rows[0];
}
