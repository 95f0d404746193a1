/** Notifications: each in the places its reader chose, and what leaves the house not before their quiet hours are over. */

import { sql } from 'kysely';
import { shortened } from '#engine/notices/shortened.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { matters } from '../contract/matters.ts';
import { type Chosen, readChoices } from '../queries/choices.ts';
import type { Telling } from '../queries/tellings/telling.ts';

/** Longer sentences are cut: what there is to read stands where it opens. */
const longestTitle = 300;

interface Told extends Telling {
  readonly onceKey: string;
  readonly causedBy: string | null;
}

/**
 * Members who are not at work are told nothing; what was told once is not told again.
 * @param at epoch milliseconds of now
 * @returns how many were written
 */
export async function notify(
  tx: Tx,
  workspaceId: WorkspaceId,
  told: readonly Told[],
  { at, leaves = true }: { at: number; leaves?: boolean },
): Promise<number> {
  const choices = await readChoices(
    tx,
    workspaceId,
    told.map(({ memberId }) => memberId),
    at,
  );
  const rows = told.flatMap((each) => {
    const chosen = choices.get(each.memberId);
    return chosen ? (rowOf(each, chosen, leaves) ?? []) : [];
  });
  if (rows.length === 0) return 0;
  const { rows: written } =
    await sql`INSERT INTO notifications (workspace_id, id, member_id, kind, matter, once_key, title, opens, caused_by, by_mail, by_chat, in_app, due_at)
    SELECT ${workspaceId}::uuid, r.id, r."memberId", r.kind, r.matter, r."onceKey", r.title, r.opens, r."causedBy", r.mail, r.chat, r.app, coalesce(r."dueAt", now())
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, "memberId" uuid, kind text, matter text, "onceKey" text, title text, opens text,
      "causedBy" uuid, mail text, chat boolean, app boolean, "dueAt" timestamptz)
    ON CONFLICT (workspace_id, member_id, once_key) DO NOTHING RETURNING 1`.execute(tx);
  if (written.length > 0) await announceChange(tx, workspaceId, 'notification');
  return written.length;
}

/** Null: they chose to hear nothing of it. */
function rowOf({ memberId, matter, onceKey, title, opens, causedBy, mailsItself }: Told, chosen: Chosen, leaves: boolean) {
  const { kind } = matters[matter];
  const place = chosen.kinds[kind];
  const mail = leaves && !mailsItself && chosen.hasMail ? place.mail : 'never';
  const chat = leaves && place.chat && chosen.hasRoom;
  if (!place.app && mail === 'never' && !chat) return null;
  return {
    id: newId(),
    memberId,
    kind,
    matter,
    onceKey,
    title: shortened(title, longestTitle),
    opens,
    causedBy,
    mail,
    chat,
    app: place.app,
    dueAt: chosen.quietUntil,
  };
}
