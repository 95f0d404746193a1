/** Actions that nobody has closed: they come back until somebody does. */

import { sql } from 'kysely';
import { dayWords } from '#features/goals/contract/wording.ts';
import { type AgendaGround, countOf, daysBetween, type Offered, plainly } from './offered.ts';

const most = 30;

interface OpenAction {
  readonly id: string;
  readonly title: string;
  readonly ownerId: string;
  readonly owner: string;
  readonly dueOn: string;
  readonly moves: number;
  readonly from: string | null;
}

export async function offerActions({ database, workspaceId, seriesId, today }: AgendaGround): Promise<Offered[]> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<OpenAction>`SELECT a.id, a.title, a.owner_id AS "ownerId", o.name AS owner, a.due_on AS "dueOn", a.moves, m.title AS from
      FROM actions a JOIN members o ON o.workspace_id = a.workspace_id AND o.id = a.owner_id
      LEFT JOIN meetings m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.status = 'open' AND (${seriesId}::uuid IS NULL OR m.series_id IS NULL OR m.series_id = ${seriesId}::uuid)
      ORDER BY a.due_on, a.id LIMIT ${most}`.execute(tx),
  );
  return rows.map((action) => offer(action, today));
}

function offer({ id, title, ownerId, owner, dueOn, moves, from }: OpenAction, today: string): Offered {
  const daysLate = Math.max(0, daysBetween(dueOn, today));
  const due = daysLate > 0 ? `${countOf(daysLate, 'day')} late` : `due ${dayWords(dueOn)}`;
  const opens = `/meetings/actions?at=${id}`;
  return {
    ...plainly,
    ...{ kind: 'action', key: `action:${id}`, sentence: `${owner}: ${title}: ${due}.`, opens, ownerId, daysLate },
    why: moves > 0 ? `Put off ${moves === 1 ? 'once' : `${moves} times`} since it was agreed.` : null,
    figures: [{ label: 'Due', value: dayWords(dueOn) }, ...(from === null ? [] : [{ label: 'Agreed in', value: from }])],
    records: [{ kind: 'action', id, name: title, says: due, opens }],
    weight: Math.min(1, daysLate / 30),
    minutes: 2,
  };
}
