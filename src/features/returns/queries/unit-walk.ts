/** All units of a workspace, stretch by stretch in the order of their ids. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyBasis } from '../contract/attribution.ts';
import { bases, type Seldom } from './journey-basis.ts';
import type { TouchRelation } from './journey-touches.ts';

const tables: Readonly<Record<TouchRelation, string>> = { account: 'accounts', contact: 'contacts', lead: 'leads', deal: 'deals' };
const relations = Object.keys(tables) as TouchRelation[];
export const firstId = '00000000-0000-0000-0000-000000000000';
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface Stretch {
  /** Ids that can be units. */
  readonly units: string[];
  /** The last id of the stretch; where the next one begins. */
  readonly until: string;
  readonly isLast: boolean;
  /** Records of all kinds in it. */
  readonly records: number;
}

/**
 * The stretch after an id: at most `most` records of each kind, whether they can be units or not, so that none takes long.
 */
export async function nextStretch(tx: Tx, workspaceId: WorkspaceId, basis: JourneyBasis, after: string, most: number): Promise<Stretch> {
  const ends = relations.map(
    (relation) => sql`SELECT max(id::text) AS id, count(*) AS count FROM (SELECT id FROM ${sql.table(tables[relation])}
      WHERE workspace_id = ${workspaceId}::uuid AND id > ${after}::uuid ORDER BY id LIMIT ${most}) x`,
  );
  const { rows } = await sql<{ id: string | null; count: bigint }>`${sql.join(ends, sql` UNION ALL `)}`.execute(tx);
  const full = rows.filter(({ count }) => Number(count) === most).map(({ id }) => id!);
  const until = full.sort()[0] ?? lastId;
  const found = relations.map(
    (relation) => sql`SELECT id, ${sql.raw(bases[basis].candidates[relation])} AS "canBe" FROM ${sql.table(tables[relation])}
      WHERE workspace_id = ${workspaceId}::uuid AND id > ${after}::uuid AND id <= ${until}::uuid`,
  );
  const { rows: records } = await sql<{ id: string; canBe: boolean }>`${sql.join(found, sql` UNION ALL `)}`.execute(tx);
  const units = records.filter(({ canBe }) => canBe).map(({ id }) => id);
  return { units, until, isLast: until === lastId, records: records.length };
}

export async function countRecords(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const counts = relations.map(
    (relation) => sql`(SELECT count(*) FROM ${sql.table(tables[relation])} WHERE workspace_id = ${workspaceId}::uuid)`,
  );
  const { rows } = await sql<{ count: bigint }>`SELECT ${sql.join(counts, sql` + `)} AS count`.execute(tx);
  return Number(rows[0]!.count);
}

/** More than so many are not kept in mind: then each may be one. */
const mostStrays = 200_000;

/** Whom touches name that name nobody better; records noted since are added by the walk. Null: they are too many. */
export async function readStrays(tx: Tx, workspaceId: WorkspaceId, basis: JourneyBasis): Promise<Set<string> | null> {
  const { where, columns } = bases[basis].strays;
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT v.id FROM touches t
    CROSS JOIN LATERAL (VALUES ${sql.raw(columns.map((column) => `(${column})`).join(', '))}) v(id)
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.voided_by IS NULL AND ${sql.raw(where)} AND v.id IS NOT NULL LIMIT ${mostStrays + 1}`.execute(
    tx,
  );
  return rows.length > mostStrays ? null : new Set(rows.map(({ id }) => id));
}

export const seldomAmong =
  (strays: ReadonlySet<string> | null): Seldom =>
  (ids) =>
    strays === null ? ids : [...ids].filter((id) => strays.has(id));
