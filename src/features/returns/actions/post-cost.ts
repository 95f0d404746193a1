import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewCost, PostedCost } from '../contract/ledger.ts';
import { ledgerNow } from '../queries/ledger-now.ts';
import { holdRates } from './book.ts';
import { refuseHiddenPay, refuseStrangeDay, refuseUnknown } from './check-cost.ts';
import { holdOpen } from './hold-open.ts';
import { writeEntries } from './write-entries.ts';

/**
 * Posts one entry, booked by the rate of its day; without one it waits for it.
 * @throws Problem forbidden (pay of a side whose pay one doesn't see), bad-input (a strange day, more than a ledger holds),
 *   not-found (campaign, account, member, team), conflict (the month is closed)
 */
export async function postCost(tx: Tx, who: Who, given: NewCost): Promise<PostedCost> {
  refuseHiddenPay(who, given);
  const now = await ledgerNow(tx, who.workspaceId);
  refuseStrangeDay(given.occurredOn, now.today, 'occurredOn');
  await refuseUnknown(tx, who.workspaceId, [given]);
  const entry = { ...given, currency: given.currency ?? now.currency };
  if (entry.currency !== now.currency) await holdRates(tx, who.workspaceId);
  await holdOpen(tx, who.workspaceId, entry.occurredOn);
  const [written] = await writeEntries(tx, who.workspaceId, now.currency, [entry], { memberId: who.memberId, recurringId: null });
  return { id: written!.id, occurredOn: written!.occurredOn, booked: written!.booked?.toString() ?? null, bookedCurrency: now.currency };
}
