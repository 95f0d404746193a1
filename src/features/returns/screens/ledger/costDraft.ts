/** A cost as it is typed: texts until it is sent. Recurring costs are typed the same way. */

import { categoriesOf, type CostCategory, type CostEntry, type CostSide, isPay } from '#features/returns/contract/ledger.ts';
import { majorUnits, minorUnits } from '#ui/formats.ts';

export interface CostDraft {
  side: CostSide;
  category: CostCategory;
  /** Major units, as typed: `12,000.50`. */
  typed: string;
  currency: string;
  /** `YYYY-MM-DD`, or empty. */
  occurredOn: string;
  campaignId: string | null;
  accountId: string | null;
  memberId: string | null;
  teamId: string | null;
  segment: string;
  channel: string;
  people: number | null;
  supplier: string;
  description: string;
  /** What the references are called, where that is known before they are looked up. */
  names: Readonly<Partial<Record<'campaignId' | 'accountId' | 'memberId', string>>>;
}

export const blankDraft = (side: CostSide, currency: string, occurredOn: string): CostDraft => ({
  side,
  category: usualCategory(side),
  typed: '',
  currency,
  occurredOn,
  campaignId: null,
  accountId: null,
  memberId: null,
  teamId: null,
  segment: '',
  channel: '',
  people: null,
  supplier: '',
  description: '',
  names: {},
});

export const draftOfEntry = (entry: CostEntry): CostDraft => ({
  side: entry.side,
  category: entry.category,
  typed: majorUnits(entry.amount, entry.currency),
  currency: entry.currency,
  occurredOn: entry.occurredOn,
  campaignId: entry.campaign?.id ?? null,
  accountId: entry.account?.id ?? null,
  memberId: entry.member?.id ?? null,
  teamId: entry.team?.id ?? null,
  segment: entry.segment ?? '',
  channel: entry.channel ?? '',
  people: entry.people,
  supplier: entry.supplier ?? '',
  description: entry.description ?? '',
  names: {
    ...(entry.campaign && { campaignId: entry.campaign.name }),
    ...(entry.account && { accountId: entry.account.name }),
    ...(entry.member && { memberId: entry.member.name }),
  },
});

/** Not pay: many may not record it. */
const usualCategory = (side: CostSide): CostCategory => categoriesOf[side].find((category) => !isPay(category))!;

/** A side has its own categories; pay alone says how many people are in it. */
export function changedDraft(before: CostDraft, changes: Partial<CostDraft>): CostDraft {
  const next = { ...before, ...changes };
  const stays = categoriesOf[next.side].includes(next.category) && (next.side === before.side || !isPay(next.category));
  const category = stays ? next.category : usualCategory(next.side);
  return { ...next, category, people: isPay(category) ? next.people : null };
}

/** Why the amount can't be sent; null when it can. */
export function wrongAmount({ typed, currency }: Pick<CostDraft, 'typed' | 'currency'>): string | null {
  if (typed.trim() === '') return 'Say the amount.';
  const minor = minorUnits(typed, currency);
  if (minor === null) return `An amount of ${currency}, such as ${majorUnits('1200050', currency)}.`;
  return BigInt(minor) === 0n ? 'An entry of nothing is none.' : null;
}

/** What a draft says, as the server takes it; the day stands apart, for a recurring cost has others. @throws when the amount is none */
export function contentOf(draft: CostDraft): Record<string, unknown> {
  const amount = minorUnits(draft.typed, draft.currency);
  if (amount === null) throw new Error('The amount can’t be read.');
  const text = (value: string): string | null => value.trim() || null;
  const { side, category, currency, campaignId, accountId, memberId, teamId, people } = draft;
  return {
    ...{ side, category, amount, currency, campaignId, accountId, memberId, teamId, people },
    segment: text(draft.segment),
    channel: text(draft.channel),
    supplier: text(draft.supplier),
    description: text(draft.description),
  };
}
