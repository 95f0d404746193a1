import { sql } from 'kysely';
import type { Point, Section } from '#engine/notices/message.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';

const shown = 10;

/** Notifications that wait for the digest and were not read meanwhile, the newest first. */
export async function unreadSection(tx: Tx, { workspaceId, memberId }: Who): Promise<Section[]> {
  const { rows } = await sql<
    Pick<Point, 'text' | 'opens'> & { total: number }
  >`SELECT title AS text, opens, count(*) OVER ()::int AS total FROM notifications
    WHERE workspace_id = ${workspaceId}::uuid AND member_id = ${memberId}::uuid AND ${waitsForDigest} ORDER BY at DESC, id DESC LIMIT ${shown}`.execute(
    tx,
  );
  const [first] = rows;
  if (!first) return [];
  const more = first.total - rows.length;
  return [
    {
      heading: 'Not read yet',
      parts: [
        { kind: 'points', items: rows.map(({ text, opens }) => ({ text, ...(opens === undefined ? {} : { opens }) })) },
        ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more.`, opens: '/notices' }] : []),
      ],
    },
  ];
}

export const waitsForDigest = sql`by_mail = 'digest' AND mailed_at IS NULL AND read_at IS NULL`;
