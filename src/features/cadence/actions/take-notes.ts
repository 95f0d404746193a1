/** Notes of an item, version by version; what two people write at once is put together line by line. */

import { sql } from 'kysely';
import { mergeNotes } from '#engine/cadence/notes.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { NoteWritten } from '../contract/meetings.ts';
import { refuseStrangeItem, takeMeeting } from './take-meeting.ts';

interface Version {
  readonly version: number;
  readonly text: string;
  readonly writtenBy: { readonly id: string; readonly name: string };
  readonly writtenAt: string;
}

const longest = 20_000;

/**
 * Lines that only one of two changed are taken; where both changed the same ones, both wordings stand.
 * @param seen the version that was read, 0 for none
 * @throws Problem conflict, with the newer `text` and `version`, where the version that was read is not there or the whole
 *   would be too long
 */
export async function writeNotes(
  tx: Tx,
  who: Who,
  meetingId: string,
  itemId: string,
  { seen, text }: { seen: number; text: string },
): Promise<NoteWritten> {
  await takeMeeting(tx, who, 'note', meetingId);
  await refuseStrangeItem(tx, who.workspaceId, meetingId, itemId);
  const latest = await readVersion(tx, who.workspaceId, itemId);
  const current = latest?.version ?? 0;
  const base = seen === 0 ? '' : seen === current ? latest!.text : (await readVersion(tx, who.workspaceId, itemId, seen))?.text;
  const merged = seen !== current;
  const whole = base === undefined ? null : merged ? mergeNotes(base, text, latest?.text ?? '').text : text;
  if (whole === null || whole.length > longest)
    throw new Problem('conflict', 'Somebody else has written meanwhile, and it can’t be put together here: look at theirs.', {
      extra: { text: latest?.text ?? '', version: current },
    });
  if (latest && whole === latest.text) return { ...latest, merged };
  await sql`INSERT INTO item_notes (workspace_id, item_id, version, text, written_by)
    VALUES (${who.workspaceId}::uuid, ${itemId}::uuid, ${current + 1}, ${whole}, ${who.memberId}::uuid)`.execute(tx);
  await announceChange(tx, who.workspaceId, 'meeting');
  return { ...(await readVersion(tx, who.workspaceId, itemId))!, merged };
}

/** The latest, or the one named. */
async function readVersion(tx: Tx, workspaceId: WorkspaceId, itemId: string, version?: number): Promise<Version | undefined> {
  const { rows } =
    await sql<Version>`SELECT n.version, n.text, json_build_object('id', p.id, 'name', p.name) AS "writtenBy", n.written_at AS "writtenAt"
    FROM item_notes n JOIN members p ON p.workspace_id = n.workspace_id AND p.id = n.written_by
    WHERE n.workspace_id = ${workspaceId}::uuid AND n.item_id = ${itemId}::uuid ${version === undefined ? sql`` : sql`AND n.version = ${version}`}
    ORDER BY n.version DESC LIMIT 1`.execute(tx);
  return rows[0];
}
