/** What groups of costs are called. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type CostBy, type CostCategory, categoryLabels } from '../contract/ledger.ts';

const blank: Readonly<Record<CostBy, string>> = {
  none: 'All costs',
  month: '(no month)',
  quarter: '(no quarter)',
  side: '(no side)',
  category: '(no category)',
  campaign: '(no campaign)',
  team: '(no team)',
  segment: '(no segment)',
  channel: '(no channel)',
  account: '(no account)',
  supplier: '(no supplier)',
};
const sides: Readonly<Record<string, string>> = { marketing: 'Marketing', sales: 'Sales' };

/** @returns the label of a group; one that was removed since keeps its id */
export async function groupLabels(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: CostBy,
  groups: Iterable<string | null>,
): Promise<(group: string | null) => string> {
  const names = await namesBy(
    tx,
    workspaceId,
    by,
    [...groups].flatMap((group) => group ?? []),
  );
  return (group) => (group === null ? blank[by] : (names.get(group) ?? group));
}

async function namesBy(tx: Tx, workspaceId: WorkspaceId, by: CostBy, ids: readonly string[]): Promise<Map<string, string>> {
  if (by === 'side') return new Map(Object.entries(sides));
  if (by === 'category') return new Map(ids.map((id) => [id, categoryLabels[id as CostCategory] ?? id]));
  if (by === 'team') return teamNames(tx, workspaceId, ids);
  if (by !== 'campaign' && by !== 'account') return new Map();
  const names = await namesOf(tx, workspaceId, { [by]: ids });
  return new Map(ids.flatMap((id) => (names.has(`${by} ${id}`) ? [[id, names.get(`${by} ${id}`)!.name] as const] : [])));
}

export async function teamNames(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM teams
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY (${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
