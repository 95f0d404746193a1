/** Feedback to answer, given, received: lists and one with its thread. */

import { sql } from 'kysely';
import { isId } from '#platform/db/ids.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { FeedbackAsk, FeedbackDetail, FeedbackPage } from '../contract/feedback.ts';
import { isLate, readable, toAnswer, toSettle } from './readable.ts';
import { canOf, feedbackColumns, type FeedbackRow, shownFeedback } from './rows.ts';
import { listThread } from './thread.ts';

type Sql = ReturnType<typeof sql>;

/** @throws Problem not-found, also for what the asker may not read */
export async function getFeedback(tx: Tx, who: Who, id: string): Promise<FeedbackDetail> {
  const { rows } = await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.id = ${id}::uuid AND ${readable(who)}`.execute(tx);
  const row = rows[0];
  if (!row) throw notFound('feedback');
  const [item] = await shownFeedback(tx, who.workspaceId, [row]);
  return { ...item!, thread: await listThread(tx, who.workspaceId, id), can: canOf(who, row) };
}

const countedUpTo = 2_000;

export async function listFeedback(tx: Tx, who: Who, asked: FeedbackAsk): Promise<FeedbackPage> {
  const conditions = conditionsOf(who, asked);
  const { order, after, placeOf } = orders[asked.view === 'toAnswer' ? 'soonestDue' : 'newest'];
  const place = readCursor(asked.cursor);
  const { rows } = await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f
    WHERE ${sql.join([...conditions, ...(place ? [after(place)] : [])], sql` AND `)} ORDER BY ${order} LIMIT ${asked.limit + 1}`.execute(
    tx,
  );
  const shown = rows.slice(0, asked.limit);
  const items = await shownFeedback(tx, who.workspaceId, shown);
  const last = shown.at(-1);
  return {
    items: items.map((item, at) => ({ ...item, can: canOf(who, shown[at]!) })),
    next: rows.length > asked.limit && last ? placeOf(last) : null,
    total: await countUpTo(tx, conditions),
  };
}

function conditionsOf(who: Who, asked: FeedbackAsk): Sql[] {
  const { tone, state, toSide, subjectKind, subjectId, start, end } = asked;
  return [
    sql`f.workspace_id = ${who.workspaceId}::uuid`,
    readable(who),
    ...viewOf(who, asked.view),
    ...(tone ? [sql`f.tone = ${tone}`] : []),
    ...(state ? [sql`f.state = ${state}`] : []),
    ...(toSide ? [sql`f.to_side = ${toSide}`] : []),
    ...(asked.late ? [isLate] : []),
    ...(subjectKind ? [sql`f.subject_kind = ${subjectKind}`] : []),
    ...(subjectId ? [sql`(f.subject_id = ${subjectId}::uuid OR f.record_id = ${subjectId}::uuid)`] : []),
    ...(start ? [sql`f.given_on >= ${start}::date`] : []),
    ...(end ? [sql`f.given_on <= ${end}::date`] : []),
  ];
}

function viewOf(who: Who, view: FeedbackAsk['view']): Sql[] {
  if (view === 'toAnswer') return [toAnswer(who)];
  if (view === 'toSettle') return [toSettle(who)];
  if (view === 'given') return [sql`f.from_member = ${who.memberId}::uuid`];
  if (view === 'received') return [sql`(f.to_member = ${who.memberId}::uuid OR (f.to_member IS NULL AND f.to_side = ${who.side}))`];
  return [];
}

// ── where a page ended ──────────────────────────────────────────────────────

interface Place {
  readonly at: string;
  readonly id: string;
}

/** An answer is always owed by a moment where the calendar has working days; where it hasn’t, last. */
const never = '9999-12-31T00:00:00Z';

const orders = {
  soonestDue: {
    order: sql`coalesce(f.due_at, ${never}::timestamptz), f.id`,
    after: ({ at, id }: Place): Sql => sql`(coalesce(f.due_at, ${never}::timestamptz), f.id) > (${at}::timestamptz, ${id}::uuid)`,
    placeOf: ({ dueAt, id }: FeedbackRow): string => `${dueAt ?? never}~${id}`,
  },
  newest: {
    order: sql`f.given_on DESC, f.id DESC`,
    after: ({ at, id }: Place): Sql => sql`(f.given_on, f.id) < (${at.slice(0, 10)}::date, ${id}::uuid)`,
    placeOf: ({ givenOn, id }: FeedbackRow): string => `${givenOn}~${id}`,
  },
};

function readCursor(text: string | undefined): Place | null {
  if (text === undefined) return null;
  const [at = '', id = '', ...more] = text.split('~');
  if (/^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(at) && !Number.isNaN(Date.parse(at)) && isId(id) && more.length === 0) return { at, id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}

/** Null: more than are counted. */
async function countUpTo(tx: Tx, conditions: readonly Sql[]): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM feedback f
    WHERE ${sql.join(conditions, sql` AND `)} LIMIT ${countedUpTo + 1}) counted`.execute(tx);
  return rows[0]!.count > countedUpTo ? null : rows[0]!.count;
}
