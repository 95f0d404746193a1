import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { addressOf, type CommentSubject } from '../../contract/subjects.ts';
import { readersById } from '../members.ts';
import { calledSubject, findSubjectName, ownersOfSubject, readsSubject } from '../subjects.ts';
import { idsIn, type Tell, type Telling, toEach } from './telling.ts';

/** Whom it mentions; and those who take part there: who has commented, and whose it is. */
export const commentMade: Tell = async (tx, workspaceId, fact) => {
  const comment = await findComment(tx, workspaceId, fact.subjectId);
  if (!comment) return [];
  const mentioned = idsIn(fact.body, 'mentions');
  const others = [...(await commentersOf(tx, workspaceId, comment)), ...(await ownersOfSubject(tx, workspaceId, comment))];
  return tellReaders(tx, workspaceId, comment, [
    ...toEach(mentioned, mention(comment, fact.by)),
    ...toEach(
      others.filter((id) => !mentioned.includes(id)),
      { matter: 'comment', title: `${fact.by} comments on ${comment.called}`, opens: comment.opens },
    ),
  ]);
};

/** Only whom it mentions now and didn’t before. */
export const commentEdited: Tell = async (tx, workspaceId, fact) => {
  const comment = await findComment(tx, workspaceId, fact.subjectId);
  return comment ? tellReaders(tx, workspaceId, comment, toEach(idsIn(fact.body, 'mentions'), mention(comment, fact.by))) : [];
};

interface Comment extends CommentSubject {
  readonly id: string;
  readonly called: string;
  readonly opens: string;
}

/** What was said stays on the page: a comment that is taken back is nowhere else either. */
const mention = ({ id, called, opens }: Comment, by: string): Omit<Telling, 'memberId'> => ({
  matter: 'mention',
  title: `${by} mentions you on ${called}`,
  opens,
  onceKey: `mention ${id}`,
});

/** Null: it was taken back meanwhile, or what it stands on is gone. */
async function findComment(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Comment | null> {
  const { rows } = await sql<CommentSubject>`SELECT subject_kind AS "subjectKind", subject_key AS "subjectKey" FROM comments
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND removed_at IS NULL`.execute(tx);
  const subject = rows[0];
  const name = subject && (await findSubjectName(tx, workspaceId, subject));
  if (!subject || name === undefined || name === null) return null;
  return { id, ...subject, called: calledSubject(subject, name), opens: `${addressOf(subject)}#comment-${id}` };
}

/** Who said something there within a season. */
async function commentersOf(tx: Tx, workspaceId: WorkspaceId, { subjectKind, subjectKey }: CommentSubject): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT member_id AS id FROM comments WHERE workspace_id = ${workspaceId}::uuid
    AND subject_kind = ${subjectKind} AND subject_key = ${subjectKey} AND removed_at IS NULL AND said_at > now() - interval '90 days'`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/** Rights may have changed since: of these, who reads it today. */
async function tellReaders(tx: Tx, workspaceId: WorkspaceId, subject: CommentSubject, tellings: readonly Telling[]): Promise<Telling[]> {
  const readers = await readersById(
    tx,
    workspaceId,
    tellings.map(({ memberId }) => memberId),
  );
  const may = new Map<string, boolean>();
  for (const [id, reader] of readers) may.set(id, await readsSubject(tx, reader satisfies Who, subject));
  return tellings.filter(({ memberId }) => may.get(memberId));
}
