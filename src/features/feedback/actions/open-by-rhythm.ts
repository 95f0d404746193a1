import { sql } from 'kysely';
import { fewestTold } from '#engine/candour/tellable.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { hasOpenPulse } from '../queries/pulses.ts';
import { settingsOf } from '../queries/settings.ts';
import { writersOf } from '../queries/writers.ts';
import { writePulse } from './open-pulse.ts';

/**
 * Opens a pulse in each month or quarter, where that is agreed and enough people are there for it to tell anything.
 * @param today in the workspace’s zone
 */
export async function openByRhythm(tx: Tx, workspaceId: WorkspaceId, today: string): Promise<void> {
  const { pulse } = await settingsOf(tx, workspaceId);
  if (!pulse || (await hasOpenPulse(tx, workspaceId))) return;
  const day = Temporal.PlainDate.from(today);
  const first = day.with({ day: 1, month: pulse.every === 'month' ? day.month : day.month - ((day.month - 1) % 3) });
  const { rows } =
    await sql`SELECT 1 FROM pulses WHERE workspace_id = ${workspaceId}::uuid AND opens_on >= ${first.toString()}::date LIMIT 1`.execute(tx);
  if (rows.length > 0 || (await writersOf(tx, workspaceId)).length < fewestTold) return;
  const title = pulse.every === 'month' ? `Pulse ${first.toString().slice(0, 7)}` : `Pulse ${first.year} Q${Math.ceil(first.month / 3)}`;
  await writePulse(tx, workspaceId, {
    title,
    asksText: true,
    opensOn: today,
    closesOn: day.add({ days: pulse.openDays - 1 }).toString(),
    openedBy: null,
  });
}
