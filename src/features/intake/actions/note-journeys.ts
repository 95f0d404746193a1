/** Tells those who follow journeys (records/actions/changed-journeys.ts) which ones an import, or its undoing, concerns. */

import { journeyKinds } from '#features/records/actions/changed-journeys.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import type pg from 'pg';
import type { ApplyContext } from './apply-context.ts';
import { idsTable, refTable } from './references.ts';

/** Beyond so many all journeys are looked at again: walking them in order is quicker than one by one. */
const mostSingly = 20_000;

/** The records it brought, those its touches name, and those that touches named which it corrected. */
export async function noteImportedJourneys({ client, workspaceId, counts }: ApplyContext): Promise<void> {
  const tables = await tablesThere(client);
  const sources = journeyKinds.flatMap((kind) =>
    [idsTable(kind), refTable(kind)].filter((table) => tables.has(table)).map((table) => `SELECT '${kind}' AS kind, id FROM ${table}`),
  );
  if (tables.has('known_touch'))
    sources.push(
      namedByTouches('t.workspace_id = :ws AND (t.occurred_at, t.id) IN (SELECT occurred_at, id FROM known_touch WHERE differs)'),
    );
  await noteFound(client, workspaceId, sources, (counts.campaign?.updated ?? 0) > 0);
}

/** Called when `touched` stands and nothing is undone yet: what the import made, what it changed, whom its touches name. */
export async function noteUndoneJourneys(client: pg.ClientBase, workspaceId: WorkspaceId, runId: string): Promise<void> {
  const { rows } = await client.query<{ campaigns: boolean }>(
    `SELECT EXISTS (SELECT FROM touched WHERE kind = 'campaign' AND NOT made_here) AS campaigns`,
  );
  const sources = [
    `SELECT kind, id FROM touched WHERE kind IN (${journeyKinds.map((kind) => `'${kind}'`).join(', ')})`,
    // Its own touches go, those that it had corrected come back.
    namedByTouches(`t.workspace_id = :ws AND (t.run_id = '${runId}'::uuid OR t.voided_by = '${runId}'::uuid)`),
  ];
  await noteFound(client, workspaceId, sources, rows[0]!.campaigns);
}

const namedByTouches = (condition: string): string =>
  `SELECT n.kind, n.id FROM touches t CROSS JOIN LATERAL (VALUES ${journeyKinds.map((kind) => `('${kind}', t.${kind}_id)`).join(', ')}) n(kind, id) WHERE ${condition}`;

async function noteFound(client: pg.ClientBase, workspaceId: WorkspaceId, sources: readonly string[], everything: boolean): Promise<void> {
  if (sources.length === 0 && !everything) return;
  const query = (statement: string) => client.query(statement.replace(/:ws\b/g, `'${workspaceId}'::uuid`));
  const found = sources.length > 0 ? sources.join(' UNION ') : `SELECT NULL AS kind, NULL::uuid AS id`;
  await query(
    `CREATE TEMP TABLE noted_journeys AS SELECT kind, id FROM (${found}) found WHERE id IS NOT NULL LIMIT ${everything ? 0 : mostSingly + 1}`,
  );
  const { rows } = await query('SELECT count(*) AS count FROM noted_journeys');
  const noted = Number(rows[0]!.count);
  if (noted === 0 && !everything) return;
  await query(
    everything || noted > mostSingly || (await isMostOf(client, workspaceId, noted))
      ? 'INSERT INTO journey_backlog (workspace_id, id, everything) VALUES (:ws, accord.new_id(), true)'
      : 'INSERT INTO journey_backlog (workspace_id, id, kind, record_id) SELECT :ws, accord.new_id(), kind, id FROM noted_journeys',
  );
  const job = `'returns:follow:' || (:ws)::text`;
  await query(`SELECT accord.enqueue('returns:follow', json_build_object('workspaceId', :ws), ${job}, NULL, 5, ${job})`);
}

/** A first import, mostly: then a walk over everything is the shorter way too. */
async function isMostOf(client: pg.ClientBase, workspaceId: WorkspaceId, noted: number): Promise<boolean> {
  const { rows } = await client.query(`SELECT count(*) AS count FROM (SELECT FROM leads WHERE workspace_id = $1 LIMIT ${noted}) l`, [
    workspaceId,
  ]);
  return Number(rows[0]!.count) < noted;
}

/** Only tables that this import made: which ones depends on what was in its files. */
async function tablesThere(client: pg.ClientBase): Promise<Set<string>> {
  const asked = [...journeyKinds.flatMap((kind) => [idsTable(kind), refTable(kind)]), 'known_touch'];
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) name WHERE to_regclass('pg_temp.' || name) IS NOT NULL`,
    [asked],
  );
  return new Set(rows.map(({ name }) => name));
}
