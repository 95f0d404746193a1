/** How fresh journeys are, and what everybody who reads them should know. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { AttributionAnswer, AttributionSetting } from '../contract/attribution.ts';
import { findLiveSettings, listSettings } from './attribution-setting.ts';
import { noAmountStated, noRate } from './journey-bytes.ts';
import type { FreshJourneys } from './journey-columns.ts';

export interface AttributionState {
  readonly setting: AttributionSetting | null;
  readonly freshness: AttributionAnswer['freshness'];
}

/** Counted up to so many. */
const mostCounted = 10_000;

export async function readAttributionState(tx: Tx, workspaceId: WorkspaceId, setting: number | null): Promise<AttributionState> {
  const { building } = await findLiveSettings(tx, workspaceId);
  const { rows } = await sql<{
    waiting: bigint;
    since: string | null;
    now: string;
  }>`SELECT count(*) AS waiting, min(noted_at) AS since, clock_timestamp() AS now
    FROM (SELECT noted_at FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid ORDER BY id LIMIT ${mostCounted}) b`.execute(tx);
  const { waiting, since, now } = rows[0]!;
  const [shown] = setting === null ? [] : await listSettings(tx, workspaceId, 1, setting);
  const [next] = building ? await listSettings(tx, workspaceId, 1, building.setting) : [];
  return {
    setting: shown ?? null,
    freshness: { asOf: since ?? now, waiting: Number(waiting), building: next ? { number: next.number, progress: next.progress } : null },
  };
}

/** What is missing in the numbers of these rows, in words. */
export function notesOn({ store, setting }: FreshJourneys, rows: Uint32Array): string[] {
  if (!setting) return ['No journeys are built yet: they are made from leads, deals and touches within minutes of the first import.'];
  const { converted, currencies } = store;
  const withoutRate = new Map<number, number>();
  let notStated = 0;
  for (const row of rows) {
    const flags = converted.flags[row]!;
    if (flags & noAmountStated) notStated++;
    if (flags & noRate) withoutRate.set(converted.currency[row]!, (withoutRate.get(converted.currency[row]!) ?? 0) + 1);
  }
  const notes = [...withoutRate].map(
    ([currency, count]) =>
      `${conversions(count)} in ${currencies.texts[currency]} ${count === 1 ? 'has' : 'have'} no exchange rate for the day: counted as conversions, without an amount.`,
  );
  if (notStated > 0)
    notes.push(`${conversions(notStated)} ${notStated === 1 ? 'states' : 'state'} no amount: counted as conversions, without one.`);
  return notes;
}

const conversions = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'conversion' : 'conversions'}`;
