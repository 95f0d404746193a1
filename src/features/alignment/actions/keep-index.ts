/** Keeps what the index is, by the formula of its day. What is kept is never changed. */

import { sql } from 'kysely';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { scoreIndex } from '#engine/alignment/index/score.ts';
import { indexVersion } from '#engine/alignment/index/table.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { indexDays } from '../contract/index-answer.ts';
import { readCounts } from '../queries/index-counts.ts';
import { type IndexGround, inGround, indexQuestion, readIndexGround } from '../queries/index-question.ts';
import type { SnapshotContent } from '../queries/index-snapshots.ts';
import { percentOf } from '../queries/index-words.ts';

/** The last hour of a day: what is kept then is the day as everybody saw it. */
const lastHour = 23;

/** What falls due now: today in its last hour, and yesterday where nobody kept it then. */
export async function keepDueIndex(database: Database, workspaceId: WorkspaceId): Promise<void> {
  const { hour, today, kept } = await database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ hour: number; today: string; kept: string[] }>`
      SELECT extract(hour FROM now() AT TIME ZONE w.time_zone)::int AS hour, (now() AT TIME ZONE w.time_zone)::date AS today,
        ARRAY(SELECT DISTINCT s.on_day::text FROM alignment_snapshots s WHERE s.workspace_id = w.id AND s.version = ${indexVersion}
          AND s.on_day >= (now() AT TIME ZONE w.time_zone)::date - 1) AS kept
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
    return rows[0]!;
  });
  const yesterday = Temporal.PlainDate.from(today).subtract({ days: 1 }).toString();
  const due = [yesterday, ...(hour >= lastHour ? [today] : [])].filter((day) => !kept.includes(day));
  if (due.length > 0) await keepIndexOf(database, workspaceId, due);
}

/** Keeps these days: today as observed, days gone by as computed now. Days on which nothing was measured are left out. */
export async function keepIndexOf(database: Database, workspaceId: WorkspaceId, days: readonly string[]): Promise<void> {
  const ground = await readIndexGround(database, workspaceId);
  for (const day of days) await keepDay(ground, day);
}

async function keepDay(ground: IndexGround, day: string): Promise<void> {
  const { counts } = await readCounts(indexQuestion(ground, { on: day, days: indexDays }));
  const { score, measured, activities } = scoreIndex(counts);
  if (score === null) return;
  const points = activityNames.map((name) => [name, activities[name].score === null ? null : activities[name].score / 100]);
  const content: SnapshotContent = {
    measuredPercent: percentOf(measured),
    activities: Object.fromEntries(points),
    components: counts,
  };
  const kind = day === dayText(ground.today) ? 'observed' : 'computed';
  // Two servers may come to it at once: one of them keeps it.
  await inGround(ground, (tx) =>
    sql`INSERT INTO alignment_snapshots (workspace_id, id, on_day, kind, version, days, index_hundredths, content)
      VALUES (${ground.workspaceId}, ${newId()}, ${day}, ${kind}, ${indexVersion}, ${indexDays}, ${score}, ${JSON.stringify(content)}::jsonb)
      ON CONFLICT (workspace_id, on_day, version) WHERE kind = 'observed' DO NOTHING`.execute(tx),
  );
}
