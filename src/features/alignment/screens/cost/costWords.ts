/** How the cost of misalignment is written: roughly where it is an estimate, exactly in lists and files. */

import type { CostCause } from '#features/alignment/contract/cost.ts';
import { roughMoneyText } from '#engine/values/money.ts';
import { count, moneyShort } from '#ui/formats.ts';

interface Ranged {
  readonly amount: string | null;
  readonly low: string | null;
  readonly high: string | null;
}

/** `about €1,230,000`; null where nothing can be told. */
export const about = ({ amount }: Ranged, currency: string): string | null => (amount === null ? null : roughMoneyText(amount, currency));

/** `€0.8M to €1.9M`; null where nothing is open. */
export function rangeText({ low, high }: Ranged, currency: string): string | null {
  if (low === null || high === null) return null;
  const [from, to] = [moneyShort(low, currency), moneyShort(high, currency)];
  return from === to ? null : `${from} to ${to}`;
}

export const share = (value: number): string => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

const nouns = { lead: ['lead', 'leads'], deal: ['deal', 'deals'], account: ['customer', 'customers'] } as const;
export const counted = (number: number, of: CostCause['of']): string => `${count(number)} ${nouns[of][number === 1 ? 0 : 1]}`;
export const nounsOf = (of: CostCause['of']): string => nouns[of][1];
export const recordKind = { lead: 'leads', deal: 'deals', account: 'accounts' } as const;

/** Who can mend it. */
export const sideWords = { marketing: 'Marketing', sales: 'Sales', both: 'Both sides' } as const;

/** A segment as the server takes and names it. */
export const segmentLabel = (segment: string | null): string => segment ?? 'No segment';
export const segmentOf = (json: string): string | null => {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
};
