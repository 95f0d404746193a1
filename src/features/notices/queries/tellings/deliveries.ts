import { sql } from 'kysely';
import { type Tell, textIn, toEach } from './telling.ts';

/** Those who keep the workspace; to whom it was meant is named, what it said is not. */
export const messageGivenUp: Tell = async (tx, workspaceId, fact) => {
  const { rows: keepers } = await sql<{ id: string }>`SELECT id FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND role IN ('owner', 'admin') ORDER BY id`.execute(tx);
  const { rows } = await sql<{ name: string }>`SELECT coalesce(m.name, r.name) AS name FROM messages_out o
      LEFT JOIN members m ON m.workspace_id = o.workspace_id AND m.id = o.member_id
      LEFT JOIN chat_rooms r ON r.workspace_id = o.workspace_id AND r.id = o.room_id
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ${fact.subjectId}::uuid`.execute(tx);
  return toEach(
    keepers.map(({ id }) => id),
    {
      matter: 'message.givenUp',
      title: `A message to ${rows[0]?.name ?? 'somebody'} did not arrive: ${textIn(fact.body, 'because') ?? 'no reason is known.'}`,
      opens: '/settings/channels',
    },
  );
};
