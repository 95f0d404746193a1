/** The leads behind a number, a page at a time. */

import { sql } from 'kysely';
import { pageOfRecords, type LeadPlace } from '#engine/funnel/records.ts';
import { shownRecord, type Row } from '#features/records/queries/columns.ts';
import { withNames } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { FunnelRecords, RecordsQuery } from '../contract.ts';
import { questionOf, scopeOf } from './answers.ts';
import { columnsCacheOf } from './columns.ts';
import { groupsBy, readSurroundings } from './groups.ts';

/**
 * Newest first by the day of the entry it is about. The total is the very number of the funnel's answer.
 * @throws Problem bad-input for a cursor that was made up
 */
export async function listFunnelRecords(database: Database, workspaceId: WorkspaceId, asked: RecordsQuery): Promise<FunnelRecords> {
  const after = readCursor(asked.cursor);
  const surroundings = await database.inWorkspace(workspaceId, (tx) => readSurroundings(tx, workspaceId, asked.by));
  const fresh = await columnsCacheOf(database).fresh(workspaceId);
  const question = questionOf(scopeOf(asked, fresh.timeZone));
  const groups = groupsBy(asked.by, fresh.columns, question, surroundings);
  const group = asked.group === undefined ? null : groups.groupOf(asked.group);
  if (asked.group !== undefined && group === null) return { items: [], next: null, total: 0 };
  const page = pageOfRecords(fresh.columns, { question, which: asked.which, grouping: groups.grouping, group, limit: asked.limit, after });
  const items = await database.inWorkspace(workspaceId, (tx) =>
    readLeads(
      tx,
      workspaceId,
      page.leads.map((lead) => lead.id),
    ),
  );
  return { items, next: page.hasMore ? writeCursor(page.leads.at(-1)!) : null, total: page.total };
}

/** In the order of the ids. */
async function readLeads(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<FunnelRecords['items']> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<Row>`SELECT t.* FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return withNames(
    tx,
    workspaceId,
    'lead',
    ids.flatMap((id) => (byId.has(id) ? [shownRecord('lead', byId.get(id)!)] : [])),
  );
}

const writeCursor = (lead: LeadPlace): string => `${lead.day}~${lead.id}`;

function readCursor(text: string | undefined): LeadPlace | null {
  if (text === undefined) return null;
  const [day, id, ...more] = text.split('~');
  if (!/^-?\d{1,10}$/.test(day!) || !isId(id ?? '') || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return { day: Number(day), id: id! };
}
