/** Accounts by slice: new ones, those at either end, those that left. Every count and every list of them goes through `partsOfAccounts`. */

import type { RevenueBasis } from '../contract/figures.ts';
import { makeAmountsReader } from './account-amounts.ts';
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
type Visit = (part: CustomerPart, slice: number, account: number, amount: bigint) => void;

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
  const amountsOf = makeAmountsReader(ask.ground, wins, ask.basis);
  return (visit) => {
    for (let at = 0; at < wins.count; at++) {
      const slice = sliceOn(slices, wins.days[at]!, groups[at]!);
      if (slice < 0) continue;
      visit('newCustomers', slice, at, 0n);
      if (isPaid(at)) visit('paidCustomers', slice, at, 0n);
      if (wins.brought[at]! > 0n) visit('activeCustomers', slice, at, wins.brought[at]!);
    }
    for (const [period, days] of slices.periods.entries()) {
      const { start, end } = amountsOf(days);
      for (let at = 0; at < wins.count; at++) {
        const slice = slices.arePeriods ? period : groups[at]!;
        if (start[at]! > 0n) visit('customersAtStart', slice, at, start[at]!);
        if (start[at]! > 0n && end[at]! === 0n) visit('customersLeft', slice, at, start[at]!);
        if (end[at]! > 0n) visit('customersAtEnd', slice, at, end[at]!);
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
  const tallies = Array.from(
    { length: countOf(slices) },
    (): CustomerTally => ({
      ...{ newCustomers: 0, paidCustomers: 0, activeCustomers: 0, customersAtStart: 0, customersLeft: 0, customersAtEnd: 0 },
      ...{ brought: 0n, atStart: 0n, left: 0n, atEnd: 0n },
    }),
  );
  parts((part, slice, _account, amount) => {
    const tally = tallies[slice]!;
    tally[part]++;
    if (part === 'activeCustomers') tally.brought += amount;
    else if (part === 'customersAtStart') tally.atStart += amount;
    else if (part === 'customersLeft') tally.left += amount;
    else if (part === 'customersAtEnd') tally.atEnd += amount;
  });
  return tallies;
}
