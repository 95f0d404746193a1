/** The records behind a number of meeting health. */

import { type RawBuilder, sql } from 'kysely';
import { dayWords } from '#features/goals/contract/wording.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { HealthRecords, HealthRecordsAsk } from '../contract/health.ts';
import { conditionOf, countedAs, type Counted } from './health-conditions.ts';
import { healthScope, sourceOf } from './health.ts';

type Sql = RawBuilder<unknown>;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly on: string;
  readonly who: { readonly id: string; readonly name: string } | null;
  readonly meetingId: string;
  readonly status: string;
  readonly came: boolean;
  readonly dueOn: string | null;
}

/** Latest day first. */
export async function listHealthRecords(tx: Tx, workspaceId: WorkspaceId, asked: HealthRecordsAsk): Promise<HealthRecords> {
  const scope = await healthScope(tx, workspaceId, asked);
  const of = countedAs[asked.which];
  const day = sql`(m.starts_at AT TIME ZONE ${scope.timeZone})::date`;
  const only = asked.seriesId ? sql`m.series_id = ${asked.seriesId}::uuid` : asked.alone ? sql`m.series_id IS NULL` : sql`true`;
  const counted = sql`SELECT ${columnsOf(of, day)} FROM ${sourceOf(of, scope)} AND ${only} AND ${conditionOf(asked.which, scope)}`;
  const after = readCursor(asked.cursor);
  const { rows } =
    await sql<Row>`SELECT * FROM (${counted}) x ${after ? sql`WHERE (x.on, x.id) < (${after.day}::date, ${after.id})` : sql``}
    ORDER BY x.on DESC, x.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const { rows: total } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (${counted}) x`.execute(tx);
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => shown(of, row)),
    next: rows.length > page.length && last ? `${last.on}~${last.id}` : null,
    total: total[0]!.count,
  };
}

const person = (column: string): Sql =>
  sql`(SELECT json_build_object('id', p.id, 'name', p.name) FROM members p WHERE p.workspace_id = m.workspace_id AND p.id = ${sql.ref(column)})`;

/** The id of a seat is made of both its ids. */
function columnsOf(of: Counted, day: Sql): Sql {
  const meeting = sql`m.title AS name, ${day} AS on, m.id AS "meetingId", m.status`;
  if (of === 'meeting') return sql`m.id::text AS id, ${meeting}, NULL::json AS who, false AS came, NULL::date AS "dueOn"`;
  if (of === 'seat')
    return sql`m.id || '.' || t.member_id AS id, ${meeting}, ${person('t.member_id')} AS who, t.came_at IS NOT NULL AS came, NULL::date AS "dueOn"`;
  return sql`a.id::text AS id, a.title AS name, a.due_on AS on, m.id AS "meetingId", a.status, ${person('a.owner_id')} AS who, false AS came, a.due_on AS "dueOn"`;
}

const meetingWords: Readonly<Record<string, string>> = { held: 'Held', notHeld: 'Not held', planned: 'Not held' };
const actionWords: Readonly<Record<string, string>> = { open: 'Open', done: 'Done' };

function shown(kind: Counted, { id, name, on, who, meetingId, status, came, dueOn }: Row): HealthRecords['items'][number] {
  const says =
    kind === 'action'
      ? `${actionWords[status] ?? status}, due ${dayWords(dueOn!)}`
      : kind === 'seat'
        ? came
          ? 'Came'
          : 'Did not come'
        : (meetingWords[status] ?? status);
  return { kind, id, name, on, who, says, opens: kind === 'action' ? `/meetings/actions?view=all&at=${id}` : `/meetings/${meetingId}` };
}

function readCursor(text: string | undefined): { day: string; id: string } | null {
  if (text === undefined || text === '') return null;
  const [day = '', id = '', ...more] = text.split('~');
  if (/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && /^[\da-f.-]{36,73}$/.test(id) && more.length === 0)
    return { day, id };
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
