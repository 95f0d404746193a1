/** The leads behind a number as a list: newest first by a moment, a page at a time, counted by the same conditions. */

import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { type Place, writePlace } from './paging.ts';

type Sql = RawBuilder<unknown>;

export interface Listed {
  readonly from: Sql;
  readonly conditions: readonly Sql[];
  /** Newest first by this moment, never null; then by lead. */
  readonly at: Sql;
  readonly lead: Sql;
}

export const conditionsOf = ({ conditions }: Pick<Listed, 'conditions'>): Sql => sql.join([...conditions], sql` AND `);

/** @param columns with `leadId` among them */
export async function pageOf<Row extends { leadId: string }>(
  tx: Tx,
  { from, conditions, at, lead }: Listed,
  columns: Sql,
  limit: number,
  after: Place | null,
): Promise<{ rows: Row[]; next: string | null }> {
  const rest = after ? [...conditions, sql`(${at}, ${lead}) < (${after.at}::timestamptz, ${after.id}::uuid)`] : conditions;
  const { rows } = await sql<Row & { orderedAt: string }>`
    SELECT ${columns}, ${at} AS "orderedAt" FROM ${from} WHERE ${conditionsOf({ conditions: rest })}
    ORDER BY ${at} DESC, ${lead} DESC LIMIT ${limit + 1}`.execute(tx);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? writePlace({ at: last.orderedAt, id: last.leadId }) : null };
}

export async function totalOf(tx: Tx, listed: Listed): Promise<number> {
  const { rows } = await sql<{ total: bigint }>`SELECT count(*) AS total FROM ${listed.from} WHERE ${conditionsOf(listed)}`.execute(tx);
  return Number(rows[0]!.total);
}

/**
 * JSON: text in quotes, or `null` for where it is not stated; undefined: of all groups.
 * @throws Problem bad-input for anything else
 */
export function readGroup(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (value === null || typeof value === 'string') return value;
  throw new Problem('bad-input', 'A group is JSON: text in quotes, or null for where it is not stated.', {
    fields: [{ at: 'group', reason: 'is no JSON text' }],
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
