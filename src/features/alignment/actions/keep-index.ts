/** Keeps what the index is, by the formula of its day. What is kept is never changed. */

import { sql } from 'kysely';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { scoreIndex } from '#engine/alignment/index/score.ts';
import { indexVersion } from '#engine/alignment/index/table.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
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

/** Weeks before today of which the past is told where nothing was kept yet. */
const pastWeeks = 26;
/** Seconds until it is looked at again whether leads are followed. */
const patience = 30;

/**
 * Where nothing older than a week was kept and leads were passed, the last half year, week by week: an imported past has a history at
 * once. It waits until the leads are followed, since clocks are part of it.
 */
export async function keepPastIndex(database: Database, workspaceId: WorkspaceId): Promise<void> {
  const { today, isWanted, isFollowed } = await database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      today: string;
      isWanted: boolean;
      isFollowed: boolean;
    }>`SELECT (now() AT TIME ZONE w.time_zone)::date AS today,
        NOT EXISTS (SELECT FROM alignment_snapshots s WHERE s.workspace_id = w.id AND s.on_day <= (now() AT TIME ZONE w.time_zone)::date - 7)
          AND EXISTS (SELECT FROM leads l WHERE l.workspace_id = w.id AND l.mql_at < now() - interval '7 days'
            AND l.mql_at > now() - make_interval(days => ${pastWeeks * 7 + indexDays})) AS "isWanted",
        NOT EXISTS (SELECT FROM lead_backlog b WHERE b.workspace_id = w.id) AS "isFollowed"
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
    return rows[0]!;
  });
  if (!isWanted) return;
  if (!isFollowed) return database.inWorkspace(workspaceId, (tx) => askForPastIndex(tx, workspaceId));
  const days = Array.from({ length: pastWeeks }, (_, at) =>
    Temporal.PlainDate.from(today)
      .subtract({ weeks: pastWeeks - at })
      .toString(),
  );
  await keepIndexOf(database, workspaceId, days);
}

/** Lets it be kept a little later. */
export const askForPastIndex = (tx: Tx, workspaceId: WorkspaceId): Promise<void> =>
  enqueue(tx, workspaceId, {
    name: 'alignment:past',
    payload: {},
    key: `alignment:past:${workspaceId}`,
    runAt: new Date(Date.now() + patience * 1000).toISOString(),
  });

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
