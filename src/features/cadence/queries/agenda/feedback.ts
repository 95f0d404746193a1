/** Criticism that waits for an answer, counted by side, and disagreements. What it says is read by those it concerns: never here. */

import { sql } from 'kysely';
import { shownFeedback, feedbackColumns, type FeedbackRow } from '#features/feedback/queries/rows.ts';
import { type AgendaGround, countOf, type Offered, plainly, weighed } from './offered.ts';

const most = 10;

export async function offerFeedback(ground: AgendaGround): Promise<Offered[]> {
  return [...(await unanswered(ground)), ...(await disagreements(ground))];
}

async function unanswered({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{
      side: 'marketing' | 'sales';
      open: number;
      late: number;
    }>`SELECT to_side AS side, count(*)::int AS open, count(*) FILTER (WHERE due_at < now())::int AS late
      FROM feedback WHERE workspace_id = ${workspaceId}::uuid AND tone = 'criticism' AND state IN ('given', 'reopened') GROUP BY to_side ORDER BY to_side`.execute(
      tx,
    ),
  );
  return rows.map(({ side, open, late }) => ({
    ...plainly,
    ...{ kind: 'feedback', key: `feedback:${side}`, ownerId: heads[side], minutes: 3 },
    opens: `/feedback?${new URLSearchParams({ view: 'all', toSide: side, ...(late > 0 ? { late: 'true' } : { state: 'given' }) })}`,
    sentence: `${countOf(open, 'piece')} of criticism ${open === 1 ? 'waits' : 'wait'} for ${side === 'sales' ? 'sales’' : 'marketing’s'} answer${late === 0 ? '' : `, ${late} past the agreed time`}.`,
    figures: [
      { label: 'Unanswered', value: String(open) },
      { label: 'Late', value: String(late) },
    ],
    weight: weighed(0.3 + late / 10),
  }));
}

async function disagreements({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const items = await database.inWorkspace(workspaceId, async (tx) => {
    const { rows } =
      await sql<FeedbackRow>`SELECT ${feedbackColumns} FROM feedback f WHERE f.workspace_id = ${workspaceId}::uuid AND f.state = 'disagreed'
      ORDER BY f.answered_at, f.id LIMIT ${most}`.execute(tx);
    return shownFeedback(tx, workspaceId, rows);
  });
  return items.map(({ id, subject, to }) => {
    const opens = `/feedback?${new URLSearchParams({ view: 'all', at: id })}`;
    const sentence = `The two sides disagree about “${subject.name}”: hear both and settle it.`;
    return {
      ...plainly,
      ...{ kind: 'feedback', key: `feedback:${id}`, sentence, opens, ownerId: to.member?.id ?? heads[to.side], minutes: 5 },
      figures: [],
      records: [{ kind: 'feedback', id, name: subject.name, says: 'Answered with a disagreement.', opens }],
      weight: 0.8,
    };
  });
}
