/** How the things are called whose pages feedback stands on. */

import { sql } from 'kysely';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { RecordKind } from '../contract/pieces.ts';

interface Place {
  readonly recordKind: RecordKind;
  readonly recordId: string;
}

/** The two kinds that are no records of the CRM: title and table. */
const titled = { asset: 'assets', meeting: 'meetings' } as const;
const isTitled = (kind: RecordKind): kind is keyof typeof titled => kind in titled;

/** By `<kind> <id>`; what isn't there has none. */
export async function recordNames(tx: Tx, workspaceId: WorkspaceId, places: readonly Place[]): Promise<Map<string, string>> {
  const ids = new Map<RecordKind, Set<string>>();
  for (const { recordKind, recordId } of places) ids.set(recordKind, (ids.get(recordKind) ?? new Set()).add(recordId));
  const names = new Map<string, string>();
  const known = await namesOf(tx, workspaceId, Object.fromEntries([...ids].filter(([kind]) => !isTitled(kind))));
  for (const [key, { name }] of known) names.set(key, name);
  for (const [kind, of] of ids) {
    if (!isTitled(kind)) continue;
    const { rows } = await sql<{ id: string; title: string }>`SELECT id, title FROM ${sql.table(titled[kind])}
      WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...of]}::uuid[])`.execute(tx);
    for (const { id, title } of rows) names.set(`${kind} ${id}`, title);
  }
  return names;
}

export const unnamed = 'a record without a name';
