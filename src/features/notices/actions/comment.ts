/** Saying something on a record or page, changing it while it is fresh, and taking it back. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { mentionsIn, mostMentions, type NewComment } from '../contract/comments.ts';
import type { CommentSubject } from '../contract/subjects.ts';
import { type CommentCase, whyNotChange, whyNotRemove } from '../policy/comments.ts';
import { type CommentRow, getComment } from '../queries/comments.ts';
import { readersById } from '../queries/members.ts';
import { getSubjectFor, readsSubject } from '../queries/subjects.ts';

/** @throws Problem not-found, forbidden; bad-input where somebody mentioned doesn’t read it. @returns its id */
export async function say(tx: Tx, who: Who, { text, ...subject }: NewComment): Promise<string> {
  await getSubjectFor(tx, who, subject);
  const mentions = await checkedMentions(tx, who, subject, text);
  const id = newId();
  await sql`INSERT INTO comments (workspace_id, id, subject_kind, subject_key, member_id, text, mentions)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${subject.subjectKind}, ${subject.subjectKey}, ${who.memberId}::uuid, ${text}, ${mentions}::uuid[])`.execute(
    tx,
  );
  await recordCommentFact(tx, who, id, 'made', { ...subject, mentions });
  return id;
}

/** @throws Problem not-found, forbidden, bad-input */
export async function changeComment(tx: Tx, who: Who, id: string, text: string): Promise<void> {
  const row = await takeComment(tx, who, id, whyNotChange);
  const mentions = await checkedMentions(tx, who, row, text);
  await sql`UPDATE comments SET text = ${text}, mentions = ${mentions}::uuid[], edited_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  const before = new Set(row.mentions.map((member) => member.id));
  const { subjectKind, subjectKey } = row;
  await recordCommentFact(tx, who, id, 'edited', { subjectKind, subjectKey, mentions: mentions.filter((each) => !before.has(each)) });
}

/** Its place stays, its words don’t. @throws Problem not-found, forbidden */
export async function removeComment(tx: Tx, who: Who, id: string): Promise<void> {
  const { subjectKind, subjectKey } = await takeComment(tx, who, id, whyNotRemove);
  await sql`UPDATE comments SET text = '', mentions = '{}', removed_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordCommentFact(tx, who, id, 'removed', { subjectKind, subjectKey });
}

async function takeComment(tx: Tx, who: Who, id: string, whyNot: (who: Who, comment: CommentCase) => string | null): Promise<CommentRow> {
  const row = await getComment(tx, who, id, true);
  const reason = whyNot(who, { by: row.by.id, isRemoved: row.removedAt !== null, isFresh: row.isFresh });
  if (reason === null) return row;
  throw new Problem(row.by.id === who.memberId ? 'conflict' : 'forbidden', reason);
}

/** What was said stays with the comment: facts are kept for ever, and read by more people. */
async function recordCommentFact(tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown>): Promise<void> {
  await recordFact(tx, who.workspaceId, { kind: `comment.${verb}`, subjectKind: 'comment', subjectId: id, memberId: who.memberId, body });
}

async function checkedMentions(tx: Tx, who: Who, subject: CommentSubject, text: string): Promise<string[]> {
  const ids = mentionsIn(text);
  if (ids.length > mostMentions) throw wrongText(`A comment mentions at most ${mostMentions} people.`);
  const readers = await readersById(tx, who.workspaceId, ids);
  for (const id of ids) {
    const reader = readers.get(id);
    if (!reader) throw wrongText('It mentions somebody who is not here, or no longer.');
    if (!(await readsSubject(tx, reader, subject))) throw wrongText(`${reader.name} doesn’t see this, and is told nothing of it.`);
  }
  return ids;
}

const wrongText = (reason: string): Problem => new Problem('bad-input', `text: ${reason}`, { fields: [{ at: 'text', reason }] });
