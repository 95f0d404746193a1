/** Meetings, actions and announcements as rows of the index. They are kept by features after this one: read by SQL. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { answerDays } from '#engine/alignment/index/component.ts';
import type { IndexQuestion } from './index-question.ts';
import { type IndexRow, type IndexSource, timedRow } from './index-row.ts';
import { epoch, instant } from './index-sql.ts';

const plain = { open: 0, openOf: 0, dueAt: null, memberId: null };

interface Meeting {
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly endsAt: number;
  readonly status: 'planned' | 'live' | 'held' | 'cancelled' | 'notHeld';
  readonly expected: number;
  readonly came: number;
  readonly sides: number;
}

/** Planned to begin within the days, or within those ahead. */
const meetingsOf = (tx: Tx, { ground, on, days, from, ahead }: IndexQuestion): Promise<Meeting[]> =>
  ground.once(`meetings ${on} ${days}`, async () => {
    const { rows } =
      await sql<Meeting>`SELECT m.id, m.title, ${epoch(sql`m.starts_at`)} AS at, ${epoch(sql`m.starts_at + make_interval(mins => m.minutes)`)} AS "endsAt",
        m.status, count(*) FILTER (WHERE a.expected)::int AS expected, count(*) FILTER (WHERE a.expected AND a.came_at IS NOT NULL)::int AS came,
        count(DISTINCT p.side) FILTER (WHERE a.came_at IS NOT NULL AND p.side <> 'leadership')::int AS sides
      FROM meetings m LEFT JOIN meeting_attendees a ON a.workspace_id = m.workspace_id AND a.meeting_id = m.id
      LEFT JOIN members p ON p.workspace_id = a.workspace_id AND p.id = a.member_id
      WHERE m.workspace_id = ${ground.workspaceId}::uuid AND m.starts_at >= ${instant(from)} AND m.starts_at < ${instant(ahead)}
      GROUP BY m.workspace_id, m.id ORDER BY m.starts_at, m.id`.execute(tx);
    return rows;
  });

const rowOf = ({ ground }: IndexQuestion, { id, title, at }: Meeting) => ({
  ...plain,
  ...{ key: id, id, kind: 'meeting' as const, name: title, day: ground.dayOf(at) },
});

/** Whether meetings took place: of what is going on now nothing can be said. */
export const meetingRows: IndexSource = async (tx, question) => {
  const meetings = await meetingsOf(tx, question);
  return meetings
    .filter(({ status, at }) => status !== 'live' && !(status === 'cancelled' && at > question.asOf))
    .map((meeting): IndexRow => {
      const isDue = meeting.endsAt <= question.asOf || (meeting.status === 'held' && meeting.at <= question.asOf);
      const isMet = isDue && meeting.status === 'held';
      return {
        ...rowOf(question, meeting),
        ...{ count: isMet ? 1 : 0, of: isDue ? 1 : 0, open: isDue ? 0 : 1, openOf: isDue ? 0 : 1, dueAt: meeting.at },
        why: isMet ? 'Held.' : meeting.status === 'cancelled' ? 'Cancelled.' : isDue ? 'Not held.' : 'Planned.',
      };
    });
};

const held = async (tx: Tx, question: IndexQuestion): Promise<Meeting[]> =>
  (await meetingsOf(tx, question)).filter(({ status, at }) => status === 'held' && at <= question.asOf);

export const attendanceRows: IndexSource = async (tx, question) =>
  (await held(tx, question))
    .filter(({ expected }) => expected > 0)
    .map(
      (meeting): IndexRow => ({
        ...rowOf(question, meeting),
        ...{ count: meeting.came, of: meeting.expected },
        why: `${meeting.came} of ${meeting.expected} expected came.`,
      }),
    );

export const bothSidesRows: IndexSource = async (tx, question) =>
  (await held(tx, question)).map(
    (meeting): IndexRow => ({
      ...rowOf(question, meeting),
      ...{ count: meeting.sides === 2 ? 1 : 0, of: 1 },
      why: meeting.sides === 2 ? 'Somebody of both sides came.' : 'Not both sides came.',
    }),
  );

/** By the day that was agreed first: putting it off does not make it done in time. */
export const actionRows: IndexSource = async (tx, question) => {
  const { ground, start, ahead } = question;
  const { rows } = await sql<{ id: string; title: string; ownerId: string; at: number; dueAt: number; doneAt: number | null }>`
    SELECT a.id, a.title, a.owner_id AS "ownerId", ${epoch(sql`a.first_due_on::timestamp AT TIME ZONE ${ground.timeZone}`)} AS at,
      ${epoch(sql`(a.first_due_on + 1)::timestamp AT TIME ZONE ${ground.timeZone}`)} AS "dueAt", ${epoch(sql`a.closed_at`)} AS "doneAt"
    FROM actions a WHERE a.workspace_id = ${ground.workspaceId}::uuid AND a.status <> 'dropped' AND a.first_due_on >= ${start}::date
      AND (a.first_due_on + 1)::timestamp AT TIME ZONE ${ground.timeZone} <= ${instant(ahead)} ORDER BY a.first_due_on, a.id`.execute(tx);
  return rows
    .map(({ id, title, ownerId, ...times }) =>
      timedRow(question, 'action', { key: id, id, name: title, memberId: ownerId, ...times }, 'Done'),
    )
    .filter(({ of, open }) => of + open > 0);
};

/** An announcement's readers, each by its day, or so many days after it was made. */
export const announcementRows: IndexSource = async (tx, question) => {
  const { ground, from, asOf, ahead } = question;
  const { rows } = await sql<{ id: string; title: string; at: number; dueAt: number; readers: number; inTime: number; answered: number }>`
    SELECT n.id, n.title, ${epoch(sql`n.made_at`)} AS at, ${epoch(sql`d.due`)} AS "dueAt", count(*)::int AS readers,
      count(*) FILTER (WHERE r.acknowledged_at <= least(d.due, ${instant(asOf)}))::int AS "inTime",
      count(*) FILTER (WHERE r.acknowledged_at <= ${instant(asOf)})::int AS answered
    FROM announcements n CROSS JOIN LATERAL (SELECT coalesce((n.acknowledge_by + 1)::timestamp AT TIME ZONE ${ground.timeZone},
        n.made_at + make_interval(days => ${answerDays.announcement})) AS due) d
    JOIN announcement_readers r ON r.workspace_id = n.workspace_id AND r.announcement_id = n.id
    WHERE n.workspace_id = ${ground.workspaceId}::uuid AND n.needs_acknowledgement AND n.withdrawn_at IS NULL
      AND n.made_at >= ${instant(from)} AND n.made_at <= ${instant(asOf)} GROUP BY n.workspace_id, n.id, d.due ORDER BY n.made_at, n.id`.execute(
    tx,
  );
  return rows.map(({ id, title, at, dueAt, readers, inTime, answered }): IndexRow => {
    const isOver = dueAt <= asOf;
    const open = isOver || dueAt > ahead ? 0 : readers - answered;
    return {
      ...{ ...plain, key: id, id, kind: 'announcement', name: title, day: ground.dayOf(at), dueAt },
      ...{ count: inTime, of: isOver ? readers : answered, open, openOf: open },
      why: `${inTime} of ${readers} acknowledged it in time.`,
    };
  });
};
