/** Tells those who follow leads (records/actions/changed-leads.ts) which ones an import touched, in its own transaction. */

import { count, execute, type ApplyContext } from './apply-context.ts';
import { idsTable, refTable } from './references.ts';

/** Beyond so many all leads are looked at again: walking them in order is quicker than one by one. */
const mostSingly = 20_000;

export async function noteImportedLeads(context: ApplyContext): Promise<void> {
  const sources = await existing(context, [
    { table: idsTable('lead'), query: (table) => `SELECT id FROM ${table}` },
    { table: refTable('lead'), query: (table) => `SELECT id FROM ${table}` },
    ...(['contact', 'account'] as const).flatMap((kind) =>
      [idsTable(kind), refTable(kind)].map((table) => ({
        table,
        query: (name: string) => `SELECT l.id FROM ${name} x JOIN leads l ON l.workspace_id = :ws AND l.${kind}_id = x.id`,
      })),
    ),
  ]);
  if (sources.length === 0) return;
  await execute(
    context,
    `CREATE TEMP TABLE noted AS SELECT id FROM (${sources.join(' UNION ')}) found WHERE id IS NOT NULL LIMIT ${mostSingly + 1}`,
  );
  const noted = await count(context, 'SELECT count(*) FROM noted');
  if (noted === 0) return;
  await execute(
    context,
    noted > mostSingly
      ? `INSERT INTO lead_backlog (workspace_id, id, everything) VALUES (:ws, accord.new_id(), true)`
      : `INSERT INTO lead_backlog (workspace_id, id, lead_id) SELECT :ws, accord.new_id(), id FROM noted`,
  );
  const job = `'handoff:follow:' || (:ws)::text`;
  await execute(context, `SELECT accord.enqueue('handoff:follow', json_build_object('workspaceId', :ws), ${job}, NULL, 5, ${job})`);
}

/** Only tables that this import made: which ones depends on what was in its files. */
async function existing(context: ApplyContext, asked: { table: string; query: (table: string) => string }[]): Promise<string[]> {
  const { rows } = await context.client.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) name WHERE to_regclass('pg_temp.' || name) IS NOT NULL`,
    [asked.map(({ table }) => table)],
  );
  const there = new Set(rows.map(({ name }) => name));
  return asked.filter(({ table }) => there.has(table)).map(({ table, query }) => query(table));
}
