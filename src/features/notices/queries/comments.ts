/** Comments of a record or page, for those who may read it. */

import { type RawBuilder, sql } from 'kysely';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import {
  type Comment,
  type CommentPage,
  type commentsAsk,
  editMinutes,
  mostMentionable,
  type Mentionable,
  type mentionableAsk,
} from '../contract/comments.ts';
import type { CommentSubject } from '../contract/subjects.ts';
import { whyNotChange, whyNotRemove } from '../policy/comments.ts';
import { mayWriteComments } from '../policy.ts';
import { type Reader, readerColumns } from './members.ts';
import { getSubjectFor, readsSubject } from './subjects.ts';

type CommentsAsk = z.output<typeof commentsAsk>;

export interface CommentRow extends Omit<Comment, 'can'> {
  readonly subjectKind: CommentSubject['subjectKind'];
  readonly subjectKey: string;
  /** It may still be changed. */
  readonly isFresh: boolean;
}

/** Newest first. @throws Problem not-found, forbidden */
export async function listComments(tx: Tx, who: Who, { limit, cursor, ...subject }: CommentsAsk): Promise<CommentPage> {
  await getSubjectFor(tx, who, subject);
  const after = readPlace(cursor);
  const rows = await readComments(
    tx,
    who.workspaceId,
    sql`c.subject_kind = ${subject.subjectKind} AND c.subject_key = ${subject.subjectKey}
      ${after ? sql`AND (c.said_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}`,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => shownComment(who, row)),
    next: rows.length > shown.length && last ? writePlace({ at: last.saidAt, id: last.id }) : null,
    total: await countComments(tx, who.workspaceId, subject),
    can: { comment: mayWriteComments.may(who) ? null : 'Viewers read comments; members and heads write them.' },
  };
}

/** @throws Problem not-found, also where what it stands on is not to be read */
export async function getComment(tx: Tx, who: Who, id: string, lock = false): Promise<CommentRow> {
  if (lock) await sql`SELECT 1 FROM comments WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const [row] = await readComments(tx, who.workspaceId, sql`c.id = ${id}::uuid`, 1);
  if (!row || !(await readsSubject(tx, who, row))) throw notFound('comment');
  return row;
}

export function shownComment(who: Who, { subjectKind: _kind, subjectKey: _key, isFresh: _fresh, ...comment }: CommentRow): Comment {
  const row = { by: comment.by.id, isRemoved: comment.removedAt !== null, isFresh: _fresh };
  return { ...comment, can: { edit: whyNotChange(who, row), remove: whyNotRemove(who, row) } };
}

async function readComments(tx: Tx, workspaceId: WorkspaceId, where: RawBuilder<unknown>, limit: number): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`SELECT c.id, c.subject_kind AS "subjectKind", c.subject_key AS "subjectKey",
      json_build_object('id', m.id, 'name', m.name, 'side', m.side) AS by, c.text,
      (SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name) ORDER BY array_position(c.mentions, o.id)), '[]')
        FROM members o WHERE o.workspace_id = c.workspace_id AND o.id = ANY(c.mentions)) AS mentions,
      c.said_at AS "saidAt", c.edited_at AS "editedAt", c.removed_at AS "removedAt",
      c.said_at > now() - make_interval(mins => ${editMinutes}) AS "isFresh"
    FROM comments c JOIN members m ON m.workspace_id = c.workspace_id AND m.id = c.member_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND ${where} ORDER BY c.said_at DESC, c.id DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

async function countComments(tx: Tx, workspaceId: WorkspaceId, { subjectKind, subjectKey }: CommentSubject): Promise<number> {
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM comments
    WHERE workspace_id = ${workspaceId}::uuid AND subject_kind = ${subjectKind} AND subject_key = ${subjectKey} AND removed_at IS NULL`.execute(
    tx,
  );
  return rows[0]!.total;
}

/** Where few read something, so many are asked at most. */
const mostAsked = 200;

/** Who reads the subject and is called so: whose name begins like this first. @throws Problem not-found, forbidden */
export async function listMentionable(tx: Tx, who: Who, { search, ...subject }: z.output<typeof mentionableAsk>): Promise<Mentionable[]> {
  await getSubjectFor(tx, who, subject);
  const wanted = search.trim().toLowerCase();
  const { rows } = await sql<Reader & { job: string | null }>`SELECT ${readerColumns}, m.job FROM members m
    WHERE m.workspace_id = ${who.workspaceId}::uuid AND m.active AND m.id <> ${who.memberId}::uuid
      AND (${wanted} = '' OR strpos(lower(m.name COLLATE "default"), ${wanted}) > 0)
    ORDER BY m.login_id IS NULL, strpos(lower(m.name COLLATE "default"), ${wanted}) > 1, lower(m.name COLLATE "default"), m.id LIMIT ${mostAsked}`.execute(
    tx,
  );
  const found: Mentionable[] = [];
  for (const row of rows) {
    if (found.length === mostMentionable) break;
    if (await readsSubject(tx, row, subject)) found.push({ id: row.memberId, name: row.name, side: row.side, job: row.job });
  }
  return found;
}
