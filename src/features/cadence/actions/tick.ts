/** What time does with meetings: series go on, agendas are written, what nobody opened was not held, what nobody ended is over. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { getMeetingRow } from '../queries/meeting-rows.ts';
import { getSeriesRow } from '../queries/series.ts';
import { planAhead } from './plan-ahead.ts';
import { recordMeetingFact } from './record-meeting.ts';
import { closeMeeting } from './run-meeting.ts';
import { offerTo, writeAgenda } from './write-agenda.ts';

/** A meeting nobody opened within these hours of its end was not held; one nobody ended in them is over. */
const patienceHours = 12;
/** An agenda is first written a week ahead; in the last two days it is renewed when it is older than this. */
const [firstHours, aheadHours, staleHours] = [168, 48, 6];

export async function tickMeetings(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await tickWorkspace(database, id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The meetings of ${failures.length} workspaces could not be looked at.`);
}

/** Doing it twice changes nothing. */
export async function tickWorkspace(database: Database, workspaceId: WorkspaceId): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    await goOn(tx, workspaceId);
    await settleWhatIsOver(tx, workspaceId);
  });
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{ id: string }>`SELECT id FROM meetings WHERE workspace_id = ${workspaceId}::uuid AND status = 'planned'
      AND starts_at > now() - make_interval(hours => ${patienceHours})
      AND ((gathered_at IS NULL AND starts_at < now() + make_interval(hours => ${firstHours}))
        OR (gathered_at < now() - make_interval(hours => ${staleHours}) AND starts_at < now() + make_interval(hours => ${aheadHours})))
    ORDER BY starts_at LIMIT 50`.execute(tx),
  );
  for (const { id } of rows) {
    const offered = await offerTo(database, workspaceId, id);
    await database.inWorkspace(workspaceId, async (tx) => {
      const row = await getMeetingRow(tx, workspaceId, id, true);
      if (row.status === 'planned') await writeAgenda(tx, workspaceId, row, offered);
    });
  }
}

async function goOn(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM meeting_series WHERE workspace_id = ${workspaceId}::uuid AND ended_at IS NULL ORDER BY id`.execute(tx);
  for (const { id } of rows) await planAhead(tx, workspaceId, await getSeriesRow(tx, workspaceId, id, true), null);
}

async function settleWhatIsOver(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { rows } = await sql<{
    id: string;
    status: string;
  }>`SELECT id, status FROM meetings WHERE workspace_id = ${workspaceId}::uuid AND status IN ('planned', 'live')
    AND greatest(starts_at, coalesce(opened_at, starts_at)) + make_interval(mins => minutes, hours => ${patienceHours}) < now() ORDER BY starts_at LIMIT 200 FOR UPDATE`.execute(
    tx,
  );
  for (const { id, status } of rows) {
    if (status === 'live') await closeMeeting(tx, workspaceId, null, await getMeetingRow(tx, workspaceId, id, true));
    else {
      await sql`UPDATE meetings SET status = 'notHeld', changed_at = now() WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(
        tx,
      );
      await recordMeetingFact(tx, workspaceId, null, id, 'missed');
    }
  }
}
