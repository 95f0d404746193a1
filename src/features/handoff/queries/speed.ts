/**
 * Speed to lead: from the clock's start to the first evidenced human attempt, in working and in wall time.
 * Median, 90th percentile and the share within T, never the mean; and the company's own curve of conversion
 * against speed. A lead belongs to the period in which its clock started.
 */

import { sql } from 'kysely';
import {
  curvePoint,
  type CurvePoint,
  curveSays,
  daysToConvert,
  isEnoughForCurve,
  leadsForAShare,
  neverTried,
  speedBuckets,
  type SpeedBucket,
} from '#engine/handoff/curve.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { speedRecordsPath } from '../contract/addresses.ts';
import type { SpeedAnswer, speedAsk } from '../contract.ts';
import type { z } from 'zod';
import { minutesOf } from './attainment-shown.ts';
import { isoOf } from './attainment-scope.ts';
import { blankOf, inOrderOf, namesOfGroups, speedGroup } from './speed-groups.ts';
import { curveUntil, fromHandoffs, type SpeedScope, speedConditions, speedScope } from './speed-scope.ts';

type Asked = z.output<typeof speedAsk>;

interface CountedRow {
  readonly grp: string | null;
  readonly leads: bigint;
  readonly attempted: bigint;
  readonly within: bigint;
  readonly judged: bigint;
  /** Median and 90th percentile, milliseconds. */
  readonly working: (bigint | null)[] | null;
  readonly wall: (bigint | null)[] | null;
}

export const answerSpeed = (database: Database, workspaceId: WorkspaceId, asked: Asked): Promise<SpeedAnswer> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const scope = await speedScope(tx, workspaceId, asked);
      const [total] = await countSpeed(tx, scope, 'none');
      const rows = asked.by === 'none' ? [] : await countSpeed(tx, scope, asked.by);
      const names = await namesOfGroups(
        tx,
        workspaceId,
        asked.by,
        rows.map(({ grp }) => grp),
      );
      const dress = (row: CountedRow | undefined, group?: string | null) => ({
        ...countsOf(row),
        recordsUrl: recordsUrl(scope, asked.by, group),
      });
      return {
        start: scope.start,
        end: scope.end,
        by: asked.by,
        withinMinutes: scope.withinMinutes,
        timeZone: scope.timeZone,
        formula: `speed to lead = first evidenced human attempt − start of the clock; median and 90th percentile by nearest rank over the leads that were tried; share within ${scope.withinMinutes} working minutes ÷ leads tried or whose time is up`,
        total: dress(total),
        rows: inOrderOf(
          asked.by,
          rows.map((row) => ({
            group: row.grp,
            label: row.grp === null ? blankOf(asked.by) : (names.get(row.grp) ?? row.grp),
            ...dress(row, row.grp),
          })),
        ),
        curve: await curveOf(tx, scope),
        notes: notesOf(scope),
      };
    },
    { snapshot: true, statementTimeout: 60_000 },
  );

async function countSpeed(tx: Tx, scope: SpeedScope, by: Asked['by']): Promise<CountedRow[]> {
  const group = speedGroup(by, scope);
  const { rows } = await sql<CountedRow>`
    SELECT ${group.value} AS grp, count(*) AS leads, count(h.first_attempt_at) AS attempted,
      count(*) FILTER (WHERE h.working_ms <= ${scope.withinMinutes * 60_000}::bigint) AS within,
      count(*) FILTER (WHERE h.first_attempt_at IS NOT NULL OR h.started_at <= ${isoOf(scope.timeIsUp)}::timestamptz) AS judged,
      percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY h.working_ms) AS working,
      percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY h.wall_ms) AS wall
    FROM ${fromHandoffs(scope)} ${group.joins} WHERE ${sql.join(speedConditions(scope), sql` AND `)} GROUP BY 1`.execute(tx);
  return rows;
}

function countsOf(row: CountedRow | undefined) {
  const [leads, attempted, within, judged] = [row?.leads, row?.attempted, row?.within, row?.judged].map((count) => Number(count ?? 0n));
  const at = (percentiles: CountedRow['working'] | undefined, place: number) => minutesOf(percentiles?.[place] ?? null);
  return {
    leads: leads!,
    attempted: attempted!,
    medianWorking: at(row?.working, 0),
    p90Working: at(row?.working, 1),
    medianWall: at(row?.wall, 0),
    p90Wall: at(row?.wall, 1),
    within: within!,
    judged: judged!,
    withinShare: judged === 0 ? null : within! / judged!,
  };
}

const asked = ({ start, end, withinMinutes }: SpeedScope) => ({ start, end, within: withinMinutes });
const recordsUrl = (scope: SpeedScope, by: Asked['by'], group?: string | null): string =>
  group === undefined ? speedRecordsPath(asked(scope)) : speedRecordsPath({ ...asked(scope), by }, group);

// ── the curve ───────────────────────────────────────────────────────────────

/** Conversion to SQL by wall time to the first attempt, over the leads old enough to have converted. */
async function curveOf(tx: Tx, scope: SpeedScope): Promise<SpeedAnswer['curve']> {
  const old = sql`h.started_at < ${isoOf(curveUntil(scope))}::timestamptz`;
  // Above 5 minutes is from 5 minutes and a millisecond on: buckets hold their upper end.
  const limits = speedBuckets.flatMap(({ to }) => (to === null ? [] : [to * 60_000 + 1]));
  const { rows } = await sql<{ bucket: number | null; isOld: boolean; leads: bigint; converted: bigint }>`
    SELECT CASE WHEN ${old} THEN width_bucket(h.wall_ms, ${limits}::bigint[]) END AS bucket, ${old} AS "isOld",
      count(*) AS leads, count(l.sql_at) AS converted
    FROM ${fromHandoffs(scope)} WHERE ${sql.join(speedConditions(scope), sql` AND `)} GROUP BY 1, 2`.execute(tx);
  const shareIn = (bucket: number | null) => {
    const row = rows.find((each) => each.isOld && each.bucket === bucket);
    return { leads: Number(row?.leads ?? 0n), converted: Number(row?.converted ?? 0n) };
  };
  const points = speedBuckets.map((bucket, at) => curvePoint(bucket, shareIn(at)));
  const never = curvePoint(neverTried, shareIn(null));
  return {
    to: 'sql',
    buckets: [
      ...points.map((point, at) => shownPoint(point, speedBuckets[at]!, scope, 'bucket')),
      shownPoint(never, { from: null, to: null }, scope, 'bucketNever'),
    ],
    censored: Number(rows.find(({ isOld }) => !isOld)?.leads ?? 0n),
    enough: isEnoughForCurve(points),
    says: curveSays(points),
  };
}

function shownPoint(
  { label, leads, converted, rate, low, high, enough }: CurvePoint,
  { from, to }: Pick<SpeedBucket, 'from' | 'to'>,
  scope: SpeedScope,
  which: 'bucket' | 'bucketNever',
): SpeedAnswer['curve']['buckets'][number] {
  const recordsPath = speedRecordsPath({ ...asked(scope), which, fromMinutes: from, toMinutes: to });
  return { fromMinutes: from ?? 0, toMinutes: to, label, leads, converted, rate, low, high, enough, recordsUrl: recordsPath };
}

const notesOf = ({ withinFrom }: SpeedScope): string[] => [
  withinFrom === null
    ? 'No clause names a time for the first attempt: 60 working minutes are taken.'
    : `T is that of the clause “${withinFrom}”.`,
  'A lead without an attempt counts once T of the workspace’s calendar has passed since its start.',
  `The curve leaves out leads whose clock started less than ${daysToConvert} days ago, and calls a share one only from ${leadsForAShare} leads on.`,
];
