/** Allocation keys as they are kept, and which counts when. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { KeyContent } from '../contract/plans.ts';
import { inOrderOfAsking, type MonthKey } from './allocated.ts';
import { measuredBy, measureMonths, weightsOf } from './month-weights.ts';

export interface KeyVersion {
  readonly keyId: string;
  readonly number: number;
  readonly name: string;
  readonly content: KeyContent;
  /** `2026-03` */
  readonly effectiveFrom: string;
  readonly retired: boolean;
  readonly recordedAt: string;
  readonly recordedBy: string | null;
}

/** Key by key, the earliest version first. */
export async function readKeyVersions(tx: Tx, workspaceId: WorkspaceId): Promise<KeyVersion[]> {
  const { rows } =
    await sql<KeyVersion>`SELECT key_id AS "keyId", number, name, content, to_char(effective_from, 'YYYY-MM') AS "effectiveFrom",
      retired, recorded_at AS "recordedAt", recorded_by AS "recordedBy"
    FROM allocation_keys WHERE workspace_id = ${workspaceId}::uuid ORDER BY key_id, number`.execute(tx);
  return rows;
}

/** Of each key the version that counts in a month, in order of asking; retired ones have none. */
export function keysInForce(versions: readonly KeyVersion[], month: string): KeyVersion[] {
  const latest = new Map<string, KeyVersion>();
  for (const version of versions) {
    const before = latest.get(version.keyId);
    if (version.effectiveFrom <= month && (!before || version.effectiveFrom >= before.effectiveFrom)) latest.set(version.keyId, version);
  }
  return inOrderOfAsking([...latest.values()].filter(({ retired }) => !retired));
}

/** What a closed month keeps of a key. Weights as pairs of target and decimal text. */
export interface ClosedKey extends Omit<MonthKey, 'weights'> {
  readonly weights: readonly (readonly [target: string, weight: string])[];
}

/** By month that is closed: the keys it was closed with. */
export async function readClosedKeys(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, MonthKey[]>> {
  const { rows } = await sql<{ month: string; keys: ClosedKey[] | null }>`SELECT to_char(month, 'YYYY-MM') AS month, closed->'keys' AS keys
    FROM period_closings WHERE workspace_id = ${workspaceId}::uuid AND reopened_at IS NULL`.execute(tx);
  return new Map(rows.map(({ month, keys }) => [month, (keys ?? []).map(asMonthKey)]));
}
const asMonthKey = (key: ClosedKey): MonthKey => ({
  ...key,
  weights: new Map(key.weights.map(([target, weight]) => [target, BigInt(weight)])),
});

/** What was read of keys, before months are asked for. */
export interface KeyState {
  readonly versions: readonly KeyVersion[];
  readonly closed: ReadonlyMap<string, readonly MonthKey[]>;
}
export const readKeyState = async (tx: Tx, workspaceId: WorkspaceId): Promise<KeyState> => ({
  versions: await readKeyVersions(tx, workspaceId),
  closed: await readClosedKeys(tx, workspaceId),
});

/** The keys of months with their weights: of closed months as they were closed, of open ones as of now. Not inside a transaction. */
export async function keysOfMonths(
  database: Database,
  workspaceId: WorkspaceId,
  { versions, closed }: KeyState,
  months: readonly string[],
): Promise<Map<string, readonly MonthKey[]>> {
  const open = months.filter((month) => !closed.has(month));
  const inForce = new Map(open.map((month) => [month, keysInForce(versions, month)]));
  const asked = [...inForce.values()].flat().flatMap(({ content }) => measuredBy(content) ?? []);
  const measures = await measureMonths(database, workspaceId, asked, open);
  return new Map(
    months.map((month) => [
      month,
      closed.get(month) ?? (inForce.get(month) ?? []).map((key) => ({ ...key, weights: weightsOf(key.content, month, measures) })),
    ]),
  );
}
