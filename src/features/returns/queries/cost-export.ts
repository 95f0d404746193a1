import { sql } from 'kysely';
import { csvLine } from '#engine/csv/write.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { majorUnits } from '#engine/values/money.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { categoryLabels, type CostEntry, type CostsExport } from '../contract/ledger.ts';
import { entriesStatement, type EntryRow, shownEntries } from './costs.ts';
import { ledgerNow } from './ledger-now.ts';

const rowsAtOnce = 1_000;

/**
 * The entries as CSV, a piece at a time, in the order of their list, read through one cursor. Amounts stand in major
 * units with their currency beside them. Needs a transaction with `snapshot`.
 */
export async function* exportCosts(tx: Tx, who: Who, asked: CostsExport): AsyncGenerator<string> {
  const { currency } = await ledgerNow(tx, who.workspaceId);
  await sql`DECLARE exported_costs NO SCROLL CURSOR FOR ${entriesStatement(who, asked)}`.execute(tx);
  yield csvLine(columns.map(({ title }) => title));
  for (;;) {
    const { rows } = await sql<EntryRow>`FETCH ${sql.lit(rowsAtOnce)} FROM exported_costs`.execute(tx);
    if (rows.length === 0) break;
    const entries = await shownEntries(tx, who, currency, rows);
    yield entries.map((entry) => csvLine(columns.map(({ cell }) => cell(entry)))).join('');
  }
  await sql`CLOSE exported_costs`.execute(tx);
}

const columns: readonly { title: string; cell: (entry: CostEntry) => string | number | null }[] = [
  { title: 'Day', cell: (entry) => entry.occurredOn },
  { title: 'Side', cell: (entry) => entry.side },
  { title: 'Category', cell: (entry) => categoryLabels[entry.category] },
  { title: 'Amount', cell: (entry) => inMajor(entry.amount, entry.currency) },
  { title: 'Currency', cell: (entry) => entry.currency },
  { title: 'Booked', cell: (entry) => (entry.booked === null ? null : inMajor(entry.booked, entry.bookedCurrency)) },
  { title: 'Booked currency', cell: (entry) => entry.bookedCurrency },
  { title: 'Rate', cell: (entry) => entry.rate },
  { title: 'Rate of', cell: (entry) => entry.rateOn },
  { title: 'Campaign', cell: (entry) => entry.campaign?.name ?? null },
  { title: 'Account', cell: (entry) => entry.account?.name ?? null },
  { title: 'Whose', cell: (entry) => entry.member?.name ?? null },
  { title: 'Team', cell: (entry) => entry.team?.name ?? entry.teamText },
  { title: 'Segment', cell: (entry) => entry.segment },
  { title: 'Channel', cell: (entry) => entry.channel },
  { title: 'People', cell: (entry) => entry.people },
  { title: 'Supplier', cell: (entry) => entry.supplier },
  { title: 'Description', cell: (entry) => entry.description },
  { title: 'Takes back', cell: (entry) => entry.reversesId },
  { title: 'Taken back by', cell: (entry) => entry.reversedById },
  { title: 'Reason', cell: (entry) => entry.reason },
  { title: 'Recorded', cell: (entry) => entry.recordedAt },
  { title: 'Recorded by', cell: (entry) => entry.recordedBy?.name ?? null },
  { title: 'Id', cell: (entry) => entry.id },
];

/** An amount whose currency is unknown to ISO 4217 stays as it came. */
const inMajor = (minor: string, currency: string): string => (currencyDigits(currency) === null ? minor : majorUnits(minor, currency));
