import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { NewCost } from '../contract/ledger.ts';
import { closedMonths } from '../queries/ledger-now.ts';
import { bookingOf, holdRates, type Booking } from './book.ts';
import { closedMonthProblem } from './hold-open.ts';

/** An entry to write, its currency decided. */
export interface EntryGiven extends Omit<NewCost, 'currency'> {
  readonly currency: string;
}
export interface EntryWritten {
  readonly id: string;
  readonly occurredOn: string;
  readonly booked: bigint | null;
}

/**
 * Writes entries, each booked by the rate of its day where there is one, and a fact for each. Their months must be held
 * open. @throws Problem conflict for a closed one. The fact tells that an entry was posted, not what it says: who may read that depends on the entry.
 * @param into the workspace's currency
 */
export async function writeEntries(
  tx: Tx,
  workspaceId: WorkspaceId,
  into: string,
  entries: readonly EntryGiven[],
  by: { memberId: string | null; recurringId: string | null },
): Promise<EntryWritten[]> {
  if (entries.some(({ currency }) => currency !== into)) await holdRates(tx, workspaceId);
  const written: (EntryGiven & EntryWritten & { readonly booking: Booking | null })[] = [];
  for (const entry of entries) {
    const booking = await bookingOf(tx, workspaceId, { ...entry, amount: BigInt(entry.amount) }, into);
    written.push({ ...entry, id: newId(), booking, booked: booking?.booked ?? null });
  }
  await insertRows(
    tx,
    workspaceId,
    written.map((entry) => rowOf(entry, entry.booking, into, by)),
  );
  for (const { id } of written)
    await recordFact(tx, workspaceId, {
      ...{ kind: 'cost.posted', subjectKind: 'cost', subjectId: id, memberId: by.memberId },
      body: by.recurringId ? { recurringId: by.recurringId } : {},
    });
  return written;
}

/** The months are held open; should one be closed all the same, the table itself refuses. */
async function insertRows(tx: Tx, workspaceId: WorkspaceId, rows: readonly object[]): Promise<void> {
  const closed = await closedMonths(tx, workspaceId);
  try {
    await sql`INSERT INTO cost_entries (workspace_id, ${columns}) SELECT ${workspaceId}::uuid, ${columns}
      FROM jsonb_populate_recordset(NULL::cost_entries, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
  } catch (error) {
    throw closedMonthProblem(error, closed) ?? error;
  }
}

const names = [
  ...[
    'id',
    'occurred_on',
    'side',
    'category',
    'amount',
    'currency',
    'campaign_id',
    'account_id',
    'member_id',
    'team_id',
    'segment',
    'channel',
  ],
  ...['people', 'supplier', 'description', 'recorded_by', 'recurring_id', 'rate', 'rate_on', 'booked', 'booked_currency'],
] as const;
const columns = sql.join(names.map((name) => sql.ref(name)));

function rowOf(
  entry: EntryGiven & { id: string },
  booking: Booking | null,
  into: string,
  by: { memberId: string | null; recurringId: string | null },
): Record<(typeof names)[number], string | number | null> {
  return {
    ...{
      id: entry.id,
      occurred_on: entry.occurredOn,
      side: entry.side,
      category: entry.category,
      amount: entry.amount,
      currency: entry.currency,
    },
    ...{ campaign_id: entry.campaignId, account_id: entry.accountId, member_id: entry.memberId, team_id: entry.teamId },
    ...{ segment: entry.segment, channel: entry.channel, people: entry.people, supplier: entry.supplier, description: entry.description },
    ...{ recorded_by: by.memberId, recurring_id: by.recurringId },
    ...{ rate: booking?.rate ?? null, rate_on: booking?.rateOn ?? null, booked: booking?.booked.toString() ?? null },
    booked_currency: booking ? into : null,
  };
}
