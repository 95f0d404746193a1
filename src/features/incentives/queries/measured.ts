import { sql } from 'kysely';
import type { z } from 'zod';
import { roleKinds } from '#engine/campaigns/states.ts';
import type { FactKind } from '#engine/payout/evidence.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type measured, measuredKinds, measuredResults } from '../contract/measured.ts';
import { knownClauses } from './plan-names.ts';

interface Value {
  readonly value: string;
  readonly label: string;
}

/** What plans can count and ask for here, with the values that the company's records hold. */
export async function listMeasured(tx: Tx, workspaceId: WorkspaceId): Promise<z.output<typeof measured>> {
  const values = await tagValues(tx, workspaceId);
  return {
    kinds: Object.entries(measuredKinds).map(([kind, { name, about, hasAmount, roles, tags }]) => ({
      ...{ kind: kind as FactKind, name, about, hasAmount, roles: [...roles] },
      tags: tags.map((tag) => ({ tag, values: [...(values.get(tag) ?? fixed[tag] ?? [])] })),
    })),
    results: Object.entries(measuredResults).map(([name, { name: label, unit, about, own }]) => ({ name, label, unit, about, own })),
    clauses: await knownClauses(tx, workspaceId),
  };
}

const same = (...values: string[]): Value[] => values.map((value) => ({ value, label: value }));
/** Tags whose values are the product's own. */
const fixed: Readonly<Record<string, readonly Value[] | undefined>> = {
  quality: [
    { value: 'accepted', label: 'went on' },
    { value: 'open', label: 'not decided' },
    { value: 'rejected', label: 'sent back' },
  ],
  touch: same('call', 'email', 'meeting', 'message', 'chat', 'social'),
  part: same(...roleKinds),
  revenueKind: same('new', 'expansion', 'contraction', 'refund', 'renewal'),
};

const most = 200;

async function tagValues(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, Value[]>> {
  const distinct = (tag: string, table: string, column: string) =>
    sql`(SELECT ${tag} AS tag, ${sql.ref(column)} AS value, ${sql.ref(column)} AS label FROM ${sql.table(table)}
      WHERE workspace_id = ${workspaceId}::uuid AND ${sql.ref(column)} IS NOT NULL GROUP BY 2 ORDER BY count(*) DESC, 2 LIMIT ${most})`;
  const { rows } = await sql<Value & { tag: string }>`${sql.join(
    [
      distinct('segment', 'deals', 'segment'),
      distinct('product', 'deals', 'product'),
      distinct('dealType', 'deals', 'type'),
      distinct('type', 'campaigns', 'type'),
      distinct('pipeline', 'deals', 'pipeline'),
      distinct('channel', 'leads', 'channel'),
      distinct('origin', 'leads', 'origin'),
      sql`(SELECT 'campaign', id::text, name FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND merged_into IS NULL AND archived_at IS NULL
        ORDER BY starts_on DESC NULLS LAST, name LIMIT ${most})`,
    ],
    sql` UNION ALL `,
  )}`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, ({ tag }) => tag)].map(([tag, found]) => [tag, found.map(({ value, label }) => ({ value, label }))]),
  );
}
