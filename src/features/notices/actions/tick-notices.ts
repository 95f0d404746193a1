/** What time alone brings: quiet hours that end, actions that fall due, days of acknowledgement, and what a killed worker left. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { keptDays } from '../contract/notifications.ts';
import { opensOf } from '../queries/tellings/announcements.ts';
import { actionsOpen } from '../queries/tellings/meetings.ts';
import { type Telling, toEach } from '../queries/tellings/telling.ts';
import { followFacts, hasUntold } from './follow-facts.ts';
import { notify } from './notify.ts';
import { hasDue, sendNotifications } from './send-notifications.ts';

/** @param at epoch milliseconds. A workspace in which something fails doesn't keep the others waiting. */
export const tickNotices = (database: Database, at: number): Promise<void> =>
  inEach(database, async (id) => {
    if (await database.inWorkspace(id, (tx) => hasUntold(tx, id))) await followFacts(database, id, { at });
    else if (await database.inWorkspace(id, (tx) => hasDue(tx, id, at)))
      await database.inWorkspace(id, (tx) => sendNotifications(tx, id, at));
  });

/** Hourly: what falls due today or is late, told once a day it was agreed for; what is to be acknowledged by today. */
export const remindOfDays = (database: Database, at: number): Promise<void> =>
  inEach(database, (id) =>
    database.inWorkspace(id, async (tx) => {
      const told = [...(await actionsDue(tx, id)), ...(await actionsLate(tx, id)), ...(await toAcknowledgeToday(tx, id))];
      await notify(
        tx,
        id,
        told.map((each) => ({ ...each, causedBy: null })),
        { at },
      );
      await sql`DELETE FROM notifications WHERE workspace_id = ${id}::uuid AND at < now() - make_interval(days => ${keptDays})`.execute(tx);
    }),
  );

type Reminder = Telling & { readonly onceKey: string };

async function inEach(database: Database, work: (workspaceId: WorkspaceId) => Promise<void>): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await work(id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `Of ${failures.length} workspaces people could not be told what is due.`);
}

interface DueAction {
  readonly id: string;
  readonly title: string;
  readonly ownerId: string;
  readonly dueOn: string;
}

const today = sql`(now() AT TIME ZONE w.time_zone)::date`;

const readActions = (tx: Tx, workspaceId: WorkspaceId, which: ReturnType<typeof sql>) =>
  sql<DueAction>`SELECT a.id, a.title, a.owner_id AS "ownerId", a.due_on AS "dueOn" FROM actions a JOIN workspaces w ON w.id = a.workspace_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.status = 'open' AND ${which}`.execute(tx);

async function actionsDue(tx: Tx, workspaceId: WorkspaceId): Promise<Reminder[]> {
  const { rows } = await readActions(tx, workspaceId, sql`a.due_on = ${today}`);
  return rows.map(({ id, title, ownerId, dueOn }) => ({
    ...{ memberId: ownerId, matter: 'action.due', opens: actionsOpen },
    title: `Due today: ${title}`,
    onceKey: `action ${id} due ${dueOn}`,
  }));
}

/** The day after, once. Older ones stand on the next agenda. */
async function actionsLate(tx: Tx, workspaceId: WorkspaceId): Promise<Reminder[]> {
  const { rows } = await readActions(tx, workspaceId, sql`a.due_on = ${today} - 1`);
  return rows.map(({ id, title, ownerId, dueOn }) => ({
    ...{ memberId: ownerId, matter: 'action.due', opens: actionsOpen },
    title: `Late since yesterday: ${title}`,
    onceKey: `action ${id} late ${dueOn}`,
  }));
}

async function toAcknowledgeToday(tx: Tx, workspaceId: WorkspaceId): Promise<Reminder[]> {
  const { rows } = await sql<{
    id: string;
    title: string;
    readers: string[];
  }>`SELECT a.id, a.title, ARRAY(SELECT r.member_id::text FROM announcement_readers r
      WHERE r.workspace_id = a.workspace_id AND r.announcement_id = a.id AND r.acknowledged_at IS NULL) AS readers
    FROM announcements a JOIN workspaces w ON w.id = a.workspace_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.withdrawn_at IS NULL AND a.acknowledge_by = ${today} AND a.made_at < now() - interval '12 hours'`.execute(
    tx,
  );
  return rows.flatMap(({ id, title, readers }) =>
    toEach(readers, { matter: 'announcement.reminded', title: `To be acknowledged today: ${title}`, opens: opensOf(id) }).map((each) => ({
      ...each,
      onceKey: `announcement ${id} last day`,
    })),
  );
}
