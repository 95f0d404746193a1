/** How criticism goes between the sides. Sides are counted, never people. */

import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Health, SideHealth } from '../contract/overview.ts';
import { type Towards, towards } from '../contract/pieces.ts';
import { groupThemes } from './themes.ts';

interface Counted {
  readonly side: Towards;
  readonly given: number;
  readonly received: number;
  readonly praise: number;
  readonly anonymous: number;
  readonly due: number;
  readonly inTime: number;
  readonly answered: number;
  readonly settled: number;
  readonly openLate: number;
  readonly medianAnswerHours: number | null;
}

/** Of what was given in the period; unsaid: the last ninety days. */
export async function readHealth(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { start?: string | undefined; end?: string | undefined },
): Promise<Health> {
  const { today } = await groundOf(tx, workspaceId);
  const end = asked.end ?? today;
  const start = asked.start ?? Temporal.PlainDate.from(end).subtract({ days: 89 }).toString();
  const counted = await countSides(tx, workspaceId, { start, end });
  const recurring = await countRecurring(tx, workspaceId, { start, end });
  return {
    ...{ start, end, months: await countMonths(tx, workspaceId, { start, end }) },
    sides: counted.map((side) => shown(side, recurring.get(side.side) ?? 0, { start, end })),
    notes: [
      'Answered in time: criticism answered by its due moment ÷ criticism whose due moment has passed or that was answered.',
      'Settled: criticism whose giver said so ÷ criticism that was answered.',
      'Recurring: criticism that stands in a theme of three or more within thirty days ÷ criticism received.',
      'What was given anonymously counts where it was received; whose side gave it is not known.',
    ],
  };
}

interface Days {
  readonly start: string;
  readonly end: string;
}

async function countSides(tx: Tx, workspaceId: WorkspaceId, { start, end }: Days): Promise<Counted[]> {
  const to = sql`f.to_side = s.side`;
  const { rows } =
    await sql<Counted>`SELECT s.side, count(*) FILTER (WHERE f.from_side = s.side)::int AS given, count(*) FILTER (WHERE ${to})::int AS received,
      count(*) FILTER (WHERE ${to} AND f.tone = 'praise')::int AS praise, count(*) FILTER (WHERE ${to} AND f.from_member IS NULL)::int AS anonymous,
      count(*) FILTER (WHERE ${to} AND f.tone = 'criticism' AND (f.answered_at IS NOT NULL OR f.due_at < now()))::int AS due,
      count(*) FILTER (WHERE ${to} AND f.tone = 'criticism' AND f.answered_in_time)::int AS "inTime",
      count(*) FILTER (WHERE ${to} AND f.tone = 'criticism' AND f.answered_at IS NOT NULL)::int AS answered,
      count(*) FILTER (WHERE ${to} AND f.tone = 'criticism' AND f.state = 'confirmed')::int AS settled,
      count(*) FILTER (WHERE ${to} AND f.state IN ('given', 'reopened') AND f.due_at < now())::int AS "openLate",
      (percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM f.answered_at - coalesce(f.given_at, f.given_on::timestamp AT TIME ZONE 'UTC')) / 3600)
        FILTER (WHERE ${to} AND f.tone = 'criticism' AND f.answered_at IS NOT NULL))::float8 AS "medianAnswerHours"
    FROM unnest(${[...towards]}::text[]) s(side)
    LEFT JOIN feedback f ON f.workspace_id = ${workspaceId}::uuid AND f.given_on BETWEEN ${start}::date AND ${end}::date AND f.state <> 'withdrawn'
      AND (f.to_side = s.side OR f.from_side = s.side)
    GROUP BY s.side ORDER BY s.side`.execute(tx);
  return rows;
}

async function countRecurring(tx: Tx, workspaceId: WorkspaceId, { start, end }: Days): Promise<Map<Towards, number>> {
  const themes = (await groupThemes(tx, workspaceId)).filter(({ recurs }) => recurs);
  const [from, until] = [start, end].map((day) => Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  const counts = new Map<Towards, number>();
  for (const { toSide, day } of themes.flatMap(({ items }) => items))
    if (day >= from! && day <= until!) counts.set(toSide, (counts.get(toSide) ?? 0) + 1);
  return counts;
}

async function countMonths(tx: Tx, workspaceId: WorkspaceId, { start, end }: Days): Promise<Health['months']> {
  const { rows } = await sql<Health['months'][number]>`SELECT to_char(f.given_on, 'YYYY-MM') AS month, f.to_side AS side,
      count(*) FILTER (WHERE f.tone = 'praise')::int AS praise, count(*) FILTER (WHERE f.tone = 'criticism')::int AS criticism
    FROM feedback f WHERE f.workspace_id = ${workspaceId}::uuid AND f.given_on BETWEEN ${start}::date AND ${end}::date AND f.state <> 'withdrawn'
    GROUP BY 1, 2 ORDER BY 1, 2`.execute(tx);
  return rows;
}

function shown(counted: Counted, recurring: number, { start, end }: Days): SideHealth {
  const { side, given, received, praise, anonymous, openLate, medianAnswerHours } = counted;
  const criticism = received - praise;
  return {
    ...{ side, given, received, praise, criticism, anonymous, openLate },
    medianAnswerHours: medianAnswerHours === null ? null : Math.round(medianAnswerHours * 10) / 10,
    answeredInTime: share(counted.inTime, counted.due),
    settled: share(counted.settled, counted.answered),
    recurring: share(Math.min(recurring, criticism), criticism),
    feedbackUrl: `/api/v1/feedback?view=all&toSide=${side}&start=${start}&end=${end}`,
  };
}

const share = (count: number, of: number): SideHealth['settled'] => ({
  count,
  of,
  percent: of === 0 ? null : Math.round((count / of) * 1_000) / 10,
});
