/** Back-tests that were run, and the leads behind their numbers. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { type Row, shownRecord, type ShownRecord, type Sql } from '#features/records/queries/columns.ts';
import { withNames } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { BackTest, backTestRecordsAsk } from '../contract.ts';
import type { BackTestSet } from '../contract/back-tests.ts';
import { markedLeads } from './back-test.ts';
import { wholeBackTest } from './back-test-ask.ts';
import type { BackTestResult } from './back-test-answer.ts';
import { getDefinitionRow } from './versions.ts';

/** Of one version, newest first. @throws Problem not-found */
export async function listBackTests(tx: Tx, workspaceId: WorkspaceId, versionId: string): Promise<BackTest[]> {
  await getDefinitionRow(tx, workspaceId, versionId);
  const { rows } = await sql<{ id: string; runAt: string; result: BackTestResult; memberId: string | null; name: string | null }>`
    SELECT b.id, b.run_at AS "runAt", b.result, b.member_id AS "memberId", m.name FROM back_tests b
    LEFT JOIN members m ON m.workspace_id = b.workspace_id AND m.id = b.member_id
    WHERE b.workspace_id = ${workspaceId}::uuid AND b.version_id = ${versionId}::uuid ORDER BY b.run_at DESC, b.id DESC LIMIT 100`.execute(
    tx,
  );
  return rows.map(({ id, runAt, result, memberId, name }) => ({
    ...result,
    id,
    versionId,
    runAt,
    member: memberId === null || name === null ? null : { id: memberId, name },
  }));
}

const sets: Readonly<Record<BackTestSet, Sql>> = {
  leads: sql`true`,
  passedNow: sql`is_now`,
  passedThen: sql`is_then`,
  both: sql`is_now AND is_then`,
  added: sql`is_then AND NOT is_now`,
  dropped: sql`is_now AND NOT is_then`,
  customersKept: sql`won AND is_now AND is_then`,
  customersLost: sql`won AND is_now AND NOT is_then`,
  customersGained: sql`won AND is_then AND NOT is_now`,
};

/**
 * The leads behind a number, the newest first. Counted anew: what was changed since the back-test shows.
 * @throws Problem not-found, bad-input (a cursor or a group that was made up), conflict (a definition of touches)
 */
export async function listBackTestRecords(
  tx: Tx,
  workspaceId: WorkspaceId,
  versionId: string,
  asked: z.output<typeof backTestRecordsAsk>,
): Promise<{ items: ShownRecord[]; next: string | null; total: number | null }> {
  const after = readCursor(asked.cursor);
  const { question } = await wholeBackTest(tx, workspaceId, versionId, asked, asked.backTest);
  const group = asked.group === undefined ? sql`` : sql`AND g IS NOT DISTINCT FROM ${readGroup(asked.group)}::text`;
  const { rows } = await sql<Row & { opened: string; total: bigint }>`${await markedLeads(tx, workspaceId, question)},
    chosen AS MATERIALIZED (SELECT id, opened_at FROM marked WHERE ${sets[asked.which]} ${group})
    SELECT c.opened_at AS opened, (SELECT count(*) FROM chosen) AS total, t.* FROM
      (SELECT * FROM chosen ${after ? sql`WHERE (opened_at, id) < (${after.openedAt}::timestamptz, ${after.id}::uuid)` : sql``} ORDER BY opened_at DESC, id DESC LIMIT ${asked.limit + 1}) c
    JOIN leads t ON t.workspace_id = ${workspaceId}::uuid AND t.id = c.id ORDER BY c.opened_at DESC, c.id DESC`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  const last = rows.length > asked.limit ? shown.at(-1) : undefined;
  return {
    items: await withNames(
      tx,
      workspaceId,
      'lead',
      shown.map((row) => shownRecord('lead', row)),
    ),
    next: last ? `${last.opened}~${last.id}` : null,
    total: rows[0] ? Number(rows[0].total) : after ? null : 0,
  };
}

function readCursor(text: string | undefined): { openedAt: string; id: string } | null {
  if (text === undefined) return null;
  const [openedAt = '', id = '', ...more] = text.split('~');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(openedAt) || !isId(id) || more.length > 0)
    throw unknownTo('cursor', 'The cursor');
  return { openedAt, id };
}

/** JSON of a text, or null. */
function readGroup(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unknownTo('group', 'The group');
  }
  if (value !== null && (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed())) throw unknownTo('group', 'The group');
  return value;
}

const unknownTo = (at: string, what: string): Problem =>
  new Problem('bad-input', `${what} does not belong to this list: take it from an answer.`, { fields: [{ at, reason: 'unknown' }] });
