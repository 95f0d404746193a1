/** What a closed month is sealed with: its entries as one hash, recomputable from the rows in any order. */

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { CostCategory, CostSide } from '../contract/ledger.ts';
import { firstDayOf, lastDayOf } from '../contract/months.ts';
import type { ClosedKey } from './key-versions.ts';

/** All that an entry says, but what is known of it only later: which entry took it back. */
export interface SealedEntry {
  readonly id: string;
  readonly occurredOn: string;
  readonly side: CostSide;
  readonly category: CostCategory;
  readonly amount: string;
  readonly currency: string;
  readonly booked: string | null;
  readonly bookedCurrency: string | null;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly refers: readonly (string | null)[];
  readonly says: readonly (string | null)[];
  readonly people: string | null;
  readonly custom: Record<string, unknown> | null;
}

/** SHA-256, in hex, of the entries as canonical JSON, one a line, by id. */
export function entriesHash(entries: readonly SealedEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) hash.update(`${canonicalJson(entry)}\n`, 'utf8');
  return hash.digest('hex');
}

/** The entries that count in a month, whoever may see them. */
export async function sealedEntries(tx: Tx, workspaceId: WorkspaceId, month: string): Promise<SealedEntry[]> {
  const { rows } =
    await sql<SealedEntry>`SELECT e.id, e.occurred_on AS "occurredOn", e.side, e.category, e.amount::text AS amount, e.currency,
      e.booked::text AS booked, e.booked_currency AS "bookedCurrency", e.rate::text AS rate, e.rate_on AS "rateOn",
      ARRAY[e.campaign_id, e.account_id, e.member_id, e.team_id, e.reverses_id, e.recurring_id, e.run_id]::text[] AS refers,
      ARRAY[e.team, e.segment, e.channel, e.supplier, e.description, e.reason] AS says, e.people::text AS people, e.custom
    FROM cost_entries e WHERE e.workspace_id = ${workspaceId}::uuid AND e.voided_by IS NULL
      AND e.occurred_on BETWEEN ${firstDayOf(month)}::date AND ${lastDayOf(month)}::date`.execute(tx);
  return rows;
}

export interface SealedTotal {
  readonly side: CostSide;
  readonly category: CostCategory;
  /** Booked, minor units. */
  readonly amount: string;
  readonly entries: number;
}

/** By side and category, in the order of their names. */
export function sealedTotals(entries: readonly SealedEntry[]): SealedTotal[] {
  const groups = [...Map.groupBy(entries, ({ side, category }) => `${side} ${category}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([, own]) => ({
    side: own[0]!.side,
    category: own[0]!.category,
    amount: String(own.reduce((sum, { booked }) => sum + BigInt(booked ?? '0'), 0n)),
    entries: own.length,
  }));
}

/** What a closing keeps of its month; `accord verify` holds it against the entries. */
export interface ClosedMonth {
  readonly currency: string;
  readonly totals: readonly SealedTotal[];
  readonly entries: number;
  readonly hash: string;
  readonly keys: readonly ClosedKey[];
}
