/** Accounts by slice: new ones, those at either end, those that left. Every count and every list of them goes through `partsOfAccounts`. */

import type { RevenueBasis } from '../contract/figure-table.ts';
import { readBothEnds } from './account-amounts.ts';
import { makeExactSums } from './exact-sums.ts';
import type { Ground } from './figure-scope.ts';
import { type FirstWins, groupsOfAccounts } from './first-wins.ts';
import { countOf, sliceOn, type Slices } from './slices.ts';

export const customerParts = [
  'newCustomers',
  'paidCustomers',
  'activeCustomers',
  'customersAtStart',
  'customersLeft',
  'customersAtEnd',
] as const;
export type CustomerPart = (typeof customerParts)[number];

export type CustomerTally = Record<CustomerPart, number> & Record<'brought' | 'atStart' | 'left' | 'atEnd', bigint>;

/** @param amount what it paid at the start, of who left too; at the end; what an active one brought; 0 for new ones */
type Visit = (part: CustomerPart, slice: number, account: number, amount: number) => void;

export interface CustomerAsk {
  readonly ground: Ground;
  readonly wins: FirstWins;
  readonly slices: Slices;
  readonly basis: RevenueBasis;
  /** By code of a campaign of the deals: whether it was paid for. */
  readonly paidCampaigns: ReadonlySet<string>;
}

/** By slice: of whom deals and revenue tell. Registers groups: ask before counting slices. */
export function partsOfAccounts(ask: CustomerAsk): (visit: Visit) => void {
  const { wins, slices } = ask;
  const groups = groupsOfAccounts(wins, slices);
  const isPaid = paidByAccount(ask);
  const ends = readBothEnds(ask.ground, wins, ask.basis, slices.periods);
  return (visit) => {
    for (let at = 0; at < wins.count; at++) {
      const slice = sliceOn(slices, wins.days[at]!, groups[at]!);
      if (slice < 0) continue;
      visit('newCustomers', slice, at, 0);
      if (isPaid(at)) visit('paidCustomers', slice, at, 0);
      if (wins.brought[at]! > 0) visit('activeCustomers', slice, at, wins.brought[at]!);
    }
    for (const [period, { start, end }] of ends.entries()) {
      for (let at = 0; at < wins.count; at++) {
        const slice = slices.arePeriods ? period : groups[at]!;
        if (start[at]! > 0) visit('customersAtStart', slice, at, start[at]!);
        if (start[at]! > 0 && end[at]! === 0) visit('customersLeft', slice, at, start[at]!);
        if (end[at]! > 0) visit('customersAtEnd', slice, at, end[at]!);
      }
    }
  };
}

/** First won by a campaign that was paid for. */
function paidByAccount({ ground, wins, slices, paidCampaigns }: CustomerAsk): (account: number) => boolean {
  const { deals } = ground.fresh;
  const ofCode = deals.dictionaries.campaign.texts.map(
    (id) => id !== null && paidCampaigns.has(slices.surroundings.campaigns.get(id) ?? id),
  );
  return (account) => wins.deals[account]! >= 0 && ofCode[deals.numbers.campaign[wins.deals[account]!]!]!;
}

export function tallyCustomers(parts: (visit: Visit) => void, slices: Slices): CustomerTally[] {
  const count = countOf(slices);
  const counts = perPart(() => new Int32Array(count));
  const sums = perPart(() => makeExactSums(count));
  parts((part, slice, _account, amount) => {
    counts[part][slice]!++;
    if (amount !== 0) sums[part].add(slice, amount);
  });
  return Array.from({ length: count }, (_, slice) => ({
    ...perPart((part) => counts[part][slice]!),
    brought: sums.activeCustomers.of(slice),
    atStart: sums.customersAtStart.of(slice),
    left: sums.customersLeft.of(slice),
    atEnd: sums.customersAtEnd.of(slice),
  }));
}

const perPart = <T>(make: (part: CustomerPart) => T): Record<CustomerPart, T> =>
  Object.fromEntries(customerParts.map((part) => [part, make(part)])) as Record<CustomerPart, T>;
