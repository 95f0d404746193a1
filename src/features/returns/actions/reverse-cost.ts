import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { PostedCost, Reversal } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { whyNotReverse } from '../policy.ts';
import { ledgerNow } from '../queries/ledger-now.ts';
import { withoutHiddenPay } from '../queries/visible-costs.ts';
import { refuseStrangeDay } from './check-cost.ts';
import { holdFirstOpenDay, holdOpen } from './hold-open.ts';

/**
 * Takes an entry back by one that negates it, at the rate it was booked by, and points both at each other. Its day is
 * the entry's own where that is open, else the first open day after it, or the one asked for.
 * @returns the reversing entry
 * @throws Problem not-found, conflict (taken back already, takes one back itself, the asked day's month is closed),
 *   bad-input (a day before the entry's)
 */
export async function reverseCost(tx: Tx, who: Who, id: string, given: Reversal): Promise<PostedCost> {
  const entry = await lockEntry(tx, who, id);
  refuseReversed(entry);
  const on = await dayOfReversal(tx, who.workspaceId, entry.occurredOn, given.on);
  const reversalId = newId();
  const { booked, bookedCurrency } = await writeReversal(tx, who, id, { reversalId, on, reason: given.reason });
  await sql`UPDATE cost_entries SET reversed_by = ${reversalId}::uuid WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  const fact = { subjectKind: 'cost', memberId: who.memberId };
  await recordFact(tx, who.workspaceId, { ...fact, kind: 'cost.reversed', subjectId: id, body: { reversedById: reversalId } });
  await recordFact(tx, who.workspaceId, { ...fact, kind: 'cost.posted', subjectId: reversalId, body: { reversesId: id } });
  const { currency } = await ledgerNow(tx, who.workspaceId);
  return { id: reversalId, occurredOn: on, booked: bookedCurrency === currency ? String(booked) : null, bookedCurrency: currency };
}

interface Entry {
  readonly occurredOn: string;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
}

/** Two who reverse at once come one after the other. What one may not see is not there. */
async function lockEntry(tx: Tx, who: Who, id: string): Promise<Entry> {
  const { rows } = await sql<Entry>`SELECT e.occurred_on AS "occurredOn", e.reverses_id AS "reversesId", e.reversed_by AS "reversedById"
    FROM cost_entries e WHERE e.workspace_id = ${who.workspaceId}::uuid AND e.id = ${id}::uuid AND e.voided_by IS NULL
      AND ${sql.raw(withoutHiddenPay(payVisible(who)))} FOR UPDATE`.execute(tx);
  if (!rows[0]) throw notFound('entry');
  return rows[0];
}

function refuseReversed({ reversesId, reversedById }: Entry): void {
  const whyNot = whyNotReverse({ reversesId, reversedById });
  if (whyNot) throw new Problem('conflict', whyNot, { extra: reversedById ? { reversedById } : { reversesId } });
}

async function dayOfReversal(tx: Tx, workspaceId: WorkspaceId, occurredOn: string, on: string | undefined): Promise<string> {
  if (on === undefined) return holdFirstOpenDay(tx, workspaceId, occurredOn);
  refuseStrangeDay(on, (await ledgerNow(tx, workspaceId)).today, 'on');
  if (on < occurredOn)
    throw new Problem('bad-input', `The entry is of ${occurredOn}; it is taken back on that day or later.`, {
      fields: [{ at: 'on', reason: `from ${occurredOn} on` }],
    });
  await holdOpen(tx, workspaceId, on);
  return on;
}

async function writeReversal(
  tx: Tx,
  who: Who,
  id: string,
  { reversalId, on, reason }: { reversalId: string; on: string; reason: string },
): Promise<{ booked: bigint | null; bookedCurrency: string | null }> {
  const same = sql.raw(
    `side, category, currency, campaign_id, account_id, member_id, team_id, team, segment, channel, people, supplier, description, custom, rate, rate_on, booked_currency`,
  );
  const { rows } = await sql<{ booked: bigint | null; bookedCurrency: string | null }>`
    INSERT INTO cost_entries (workspace_id, id, occurred_on, amount, booked, reverses_id, reason, recorded_by, ${same})
    SELECT workspace_id, ${reversalId}::uuid, ${on}::date, -amount, -booked, id, ${reason}, ${who.memberId}::uuid, ${same}
    FROM cost_entries WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid
    RETURNING booked, booked_currency AS "bookedCurrency"`.execute(tx);
  return rows[0]!;
}
