/** Snapshots of the index as they are kept: one a day and formula, and whatever was computed later for days gone by. */

import { sql } from 'kysely';
import type { Counts } from '#engine/alignment/index/score.ts';
import type { ActivityName } from '#engine/alignment/index/activities.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { indexVersion } from '#engine/alignment/index/table.ts';
import { Problem } from '#platform/errors.ts';
import type { IndexHistory, IndexHistoryQuery, IndexPoint } from '../contract/index-history.ts';

/** What a snapshot holds; scores in points. */
export interface SnapshotContent {
  readonly measuredPercent: number;
  readonly activities: Readonly<Record<string, number | null>>;
  /** What was met and due of each component that was measured. */
  readonly components: Counts;
}

/** The counts that were kept on the day itself by a formula; null where none were. */
export async function observedOn(tx: Tx, workspaceId: WorkspaceId, day: string, version: string): Promise<Counts | null> {
  const { rows } = await sql<{ content: SnapshotContent }>`SELECT content FROM alignment_snapshots
    WHERE workspace_id = ${workspaceId}::uuid AND kind = 'observed' AND on_day = ${day}::date AND version = ${version}`.execute(tx);
  return rows[0]?.content.components ?? null;
}

/** Two years of days. */
const mostDays = 731;

/**
 * Day by day, each by the formula of its day; of one day and formula what was observed, else what was computed last.
 * @throws Problem bad-input for more than two years
 */
export async function readIndexHistory(tx: Tx, workspaceId: WorkspaceId, asked: IndexHistoryQuery): Promise<IndexHistory> {
  const { today, timeZone } = await ledgerNow(tx, workspaceId);
  const end = asked.end ?? today;
  const start = asked.start ?? dayText(numberOfDay(end) - 364);
  if (numberOfDay(end) - numberOfDay(start) > mostDays)
    throw new Problem('bad-input', 'The history is told for two years at a time.', { fields: [{ at: 'start', reason: 'is too early' }] });
  const { rows } = await sql<
    Omit<IndexPoint, 'score' | 'measuredPercent' | 'activities'> & { hundredths: number | null; content: SnapshotContent }
  >`
    SELECT DISTINCT ON (on_day, version) on_day AS "on", kind, version, days, index_hundredths AS hundredths, content, taken_at AS "takenAt"
    FROM alignment_snapshots WHERE workspace_id = ${workspaceId}::uuid AND on_day BETWEEN ${start}::date AND ${end}::date
    ORDER BY on_day, version, kind = 'observed' DESC, taken_at DESC, id DESC LIMIT ${mostDays + 1}`.execute(tx);
  const points = rows.map(
    ({ hundredths, content, ...row }): IndexPoint => ({
      ...row,
      score: hundredths === null ? null : hundredths / 100,
      measuredPercent: content.measuredPercent,
      activities: Object.entries(content.activities).map(([activity, score]) => ({ activity: activity as ActivityName, score })),
    }),
  );
  return { start, end, timeZone, version: indexVersion, points };
}
