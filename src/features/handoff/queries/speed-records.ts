/** The leads behind every number of speed, a page at a time, newest start first. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { speedRecords, speedRecordsAsk } from '../contract.ts';
import { namesById } from './attainment-groups.ts';
import { isoOf } from './attainment-scope.ts';
import { leadNameOf, minutesOf } from './attainment-shown.ts';
import type { Sql } from './attainment-sources.ts';
import { type Listed, pageOf, readGroup, totalOf } from './listed.ts';
import { readPlace } from './paging.ts';
import { inSpeedGroup, speedGroup } from './speed-groups.ts';
import { curveUntil, fromHandoffs, type SpeedScope, speedConditions, speedScope } from './speed-scope.ts';

type Asked = z.output<typeof speedRecordsAsk>;

interface Row {
  readonly leadId: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly stage: string;
  readonly ownerId: string | null;
  readonly startedAt: string | null;
  readonly firstAttemptAt: string | null;
  readonly workingMs: bigint | null;
  readonly wallMs: bigint | null;
}

const columns = sql`h.lead_id AS "leadId", l.name, l.company, l.email, l.phone, l.stage, h.owner_id AS "ownerId", h.started_at AS "startedAt",
  h.first_attempt_at AS "firstAttemptAt", h.working_ms AS "workingMs", h.wall_ms AS "wallMs"`;

/** `total` is the very number of the answer. */
export const listSpeedRecords = (database: Database, workspaceId: WorkspaceId, asked: Asked): Promise<z.output<typeof speedRecords>> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const scope = await speedScope(tx, workspaceId, asked);
      const listed = listedHandoffs(scope, asked);
      const { rows, next } = await pageOf<Row>(tx, listed, columns, asked.limit, readPlace(asked.cursor));
      const names = await namesById(
        tx,
        workspaceId,
        'members',
        rows.map(({ ownerId }) => ownerId),
      );
      return { items: rows.map((row) => shown(row, names)), next, total: await totalOf(tx, listed) };
    },
    { snapshot: true, statementTimeout: 60_000 },
  );

function listedHandoffs(scope: SpeedScope, asked: Asked): Listed {
  const group = speedGroup(asked.by, scope);
  const value = readGroup(asked.group);
  return {
    from: sql`${fromHandoffs(scope)} ${group.joins}`,
    conditions: [
      ...speedConditions(scope),
      ...(value === undefined ? [] : [inSpeedGroup(asked.by, value, group)]),
      ...whichSql(scope, asked),
    ],
    at: sql`h.started_at`,
    lead: sql`h.lead_id`,
  };
}

function whichSql(scope: SpeedScope, { which, fromMinutes, toMinutes }: Asked): Sql[] {
  const isOld = sql`h.started_at < ${isoOf(curveUntil(scope))}::timestamptz`;
  const bucket = [
    isOld,
    sql`h.first_attempt_at IS NOT NULL`,
    ...(fromMinutes === undefined ? [] : [sql`h.wall_ms > ${fromMinutes * 60_000}::numeric`]),
    ...(toMinutes === undefined ? [] : [sql`h.wall_ms <= ${toMinutes * 60_000}::numeric`]),
  ];
  const inTime = sql`h.working_ms <= ${scope.withinMinutes * 60_000}::bigint`;
  const judged = sql`(h.first_attempt_at IS NOT NULL OR h.started_at <= ${isoOf(scope.timeIsUp)}::timestamptz)`;
  const conditions: Record<Asked['which'], Sql[]> = {
    leads: [],
    attempted: [sql`h.first_attempt_at IS NOT NULL`],
    within: [inTime],
    late: [judged, sql`(${inTime}) IS NOT TRUE`],
    never: [sql`h.first_attempt_at IS NULL`],
    bucket,
    converted: [...bucket, sql`l.sql_at IS NOT NULL`],
    bucketNever: [isOld, sql`h.first_attempt_at IS NULL`],
    convertedNever: [isOld, sql`h.first_attempt_at IS NULL`, sql`l.sql_at IS NOT NULL`],
  };
  return conditions[which];
}

const shown = (row: Row, names: ReadonlyMap<string, string>): z.output<typeof speedRecords>['items'][number] => ({
  leadId: row.leadId,
  leadName: leadNameOf(row),
  company: row.company,
  owner: row.ownerId === null ? null : { id: row.ownerId, name: names.get(row.ownerId) ?? '(unknown)' },
  startedAt: row.startedAt,
  firstAttemptAt: row.firstAttemptAt,
  workingMinutes: minutesOf(row.workingMs),
  wallMinutes: minutesOf(row.wallMs),
  stage: row.stage,
});
