/** Compares the columns in memory with the database, lead by lead. */

import { sql } from 'kysely';
import { codedColumns, type FunnelColumns, noDay } from '#engine/funnel/columns.ts';
import { readId } from '#engine/funnel/ids.ts';
import { columnOf, leadStages } from '#features/records/contract.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ColumnsCache } from '#platform/db/columns-cache.ts';
import { columnsCacheOf, type FreshColumns } from './columns.ts';

export interface ColumnsVerification {
  checked: number;
  /** `<lead>: what is held, what the database says`; at most 100. */
  differences: string[];
}

/** Days are computed by PostgreSQL here, by another code than the columns'. Meant for a workspace at rest. */
export async function verifyColumns(
  database: Database,
  workspaceId: WorkspaceId,
  cache: ColumnsCache<FreshColumns> = columnsCacheOf(database),
): Promise<ColumnsVerification> {
  const { columns, timeZone } = await cache.fresh(workspaceId);
  const held = new Map(Array.from({ length: columns.count }, (_, row) => [readId(columns.ids, row), describe(columns, row)]));
  const differences: string[] = [];
  const differ = (id: string, mine: string | undefined, stored: string | undefined) => {
    if (mine !== stored && differences.length < 100) differences.push(`${id}: ${mine ?? 'not held'}, ${stored ?? 'not stored'}`);
  };
  await database.inWorkspace(
    workspaceId,
    async (tx) => {
      for (let after = '00000000-0000-0000-0000-000000000000', rows; ; after = rows.at(-1)!.id) {
        rows = await readPage(tx, workspaceId, timeZone, after);
        if (rows.length === 0) break;
        for (const { id, text } of rows) {
          differ(id, held.get(id), text);
          held.delete(id);
        }
      }
    },
    { snapshot: true, statementTimeout: 0 },
  );
  for (const [id, mine] of held) differ(id, mine, undefined);
  return { checked: columns.count, differences };
}

function describe(columns: FunnelColumns, row: number): string {
  const days = columns.days.map((stage) => (stage[row] === noDay ? '' : String(stage[row])));
  const texts = codedColumns.map((column) => columns.dictionaries[column].texts[columns.codes[column][row]!] ?? null);
  return JSON.stringify([days, String(columns.values[row]), texts]);
}

async function readPage(tx: Tx, workspaceId: WorkspaceId, timeZone: string, after: string): Promise<{ id: string; text: string }[]> {
  const days = leadStages.map(
    ({ field }) => sql`coalesce(((${sql.ref(columnOf(field))} AT TIME ZONE ${timeZone})::date - '1970-01-01'::date)::text, '')`,
  );
  const { rows } = await sql<{ id: string; days: string[]; value: string; texts: (string | null)[] }>`
    SELECT id, ARRAY[${sql.join(days)}] AS days, coalesce(value, 0)::text AS value,
      ARRAY[origin, channel, segment, campaign_id::text, owner_id::text, qualifier_id::text, currency] AS texts
    FROM leads WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND id > ${after}::uuid ORDER BY id LIMIT 20000`.execute(
    tx,
  );
  return rows.map((row) => ({ id: row.id, text: JSON.stringify([row.days, row.value, row.texts]) }));
}
