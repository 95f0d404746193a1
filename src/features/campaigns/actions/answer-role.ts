/** What a rep answers to a part that was asked for. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { acceptance, counterproposal, declining } from '../contract/roles.ts';
import { holdRole, moveRole } from './move-role.ts';

export async function acceptRole(tx: Tx, who: Who, id: string, { version }: z.output<typeof acceptance>): Promise<void> {
  const row = await holdRole(tx, who, 'accept', id, version);
  await moveRole(tx, who, row, 'accept', sql`answered_at = clock_timestamp()`, { kind: row.kind, wanted: row.wanted });
}

/** Also what was accepted, until its day is over: then it stays, done or missed. */
export async function declineRole(tx: Tx, who: Who, id: string, { reason, version }: z.output<typeof declining>): Promise<void> {
  const row = await holdRole(tx, who, 'decline', id, version);
  await moveRole(tx, who, row, 'decline', sql`answered_at = clock_timestamp(), reason = ${reason}`, { reason, from: row.state });
}

/** Another part, or another number. */
export async function counterpropose(tx: Tx, who: Who, id: string, given: z.output<typeof counterproposal>): Promise<void> {
  const row = await holdRole(tx, who, 'counterpropose', id, given.version);
  const { kind, wanted, note } = given;
  await moveRole(
    tx,
    who,
    row,
    'counterpropose',
    sql`answered_at = clock_timestamp(), counter_kind = ${kind}, counter_wanted = ${wanted}, counter_note = ${note}`,
    { kind, wanted, note },
  );
}
