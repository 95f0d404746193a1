/** How costs are spoken of. */

import {
  categoriesOf,
  type CostBy,
  type CostCategory,
  categoryLabels,
  type CostEntry,
  type CostSide,
  type CostSummary,
  isPay,
} from '#features/returns/contract/ledger.ts';
import { day, money, month } from '#ui/formats.ts';

export const splits: readonly { value: CostBy; label: string }[] = [
  { value: 'category', label: 'By category' },
  { value: 'side', label: 'By side' },
  { value: 'month', label: 'By month' },
  { value: 'quarter', label: 'By quarter' },
  { value: 'campaign', label: 'By campaign' },
  { value: 'channel', label: 'By channel' },
  { value: 'team', label: 'By team' },
  { value: 'segment', label: 'By segment' },
  { value: 'account', label: 'By account' },
  { value: 'supplier', label: 'By supplier' },
];

/** Shared costs can be spread onto these. */
export const spreads = (by: CostBy): boolean => ['campaign', 'channel', 'team', 'segment'].includes(by);

export const groupText = (by: CostBy, label: string): string =>
  by === 'month' ? month(label) : by === 'quarter' && label.includes('-Q') ? label.split('-').reverse().join(' ') : label;

/** So that one long name doesn't make a sentence of a page. */
export const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 58).trimEnd()}…` : name);

export const sideOptions = [
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
];

type Basis = CostSummary['basis'];
interface CategoryOption {
  value: CostCategory;
  label: string;
  disabled: boolean;
}

/** A side's categories; pay only for those who see it. */
export const categoryOptions = (side: CostSide, basis: Basis | undefined): CategoryOption[] =>
  categoriesOf[side].map((category) => {
    const hidden = isPay(category) && basis?.[side] === 'programme';
    return {
      value: category,
      label: hidden ? `${categoryLabels[category]} (its heads record it)` : categoryLabels[category],
      disabled: hidden,
    };
  });

/** All categories of both sides, each once. */
export const allCategories: readonly { value: CostCategory; label: string }[] = [
  ...new Set([...categoriesOf.marketing, ...categoriesOf.sales]),
].map((value) => ({ value, label: categoryLabels[value] }));

/** `marketing`, `marketing and sales`: the sides whose pay the reader does not see; null when none. */
export function withoutPayOf(basis: Basis): string | null {
  const hidden = (['marketing', 'sales'] as const).filter((side) => basis[side] === 'programme');
  return hidden.length > 0 ? hidden.join(' and ') : null;
}

/** “Media of marketing”. */
export const costName = ({ side, category }: Pick<CostEntry, 'side' | 'category'>): string => `${categoryLabels[category]} of ${side}`;

type Aimed = Pick<CostEntry, 'campaign' | 'account' | 'team' | 'member' | 'segment' | 'channel'> & { teamText?: string | null };
/** What it was spent on, as far as it is known: “Autumn webinar · Mid-market”. */
export function aimOf({ campaign, account, team, teamText, member, segment, channel }: Aimed): string {
  return [campaign?.name, account?.name, team?.name ?? teamText, member?.name, segment, channel].filter(Boolean).join(' · ');
}

/** “1 CHF = 1.0432 EUR, the rate of 3 Mar 2026”. */
export const rateText = ({ currency, bookedCurrency, rate, rateOn }: CostEntry): string =>
  `1 ${currency} = ${rate} ${bookedCurrency}${rateOn ? `, the rate of ${day(rateOn)}` : ''}`;

/** “€1,200 under”, “€300 over”, “as planned”. */
export function overUnder(variance: string, currency: string): { text: string; over: boolean } {
  if (BigInt(variance) === 0n) return { text: 'as planned', over: false };
  const under = variance.startsWith('-');
  return { text: `${money(variance.replace('-', ''), currency)} ${under ? 'under' : 'over'}`, over: !under };
}

/** Part of a whole as a whole percentage, `< 1 %` for little and `> 99 %` for nearly all; null where the whole is nothing. */
export function shareOf(part: string, whole: string): string | null {
  const [one, all] = [Number(part), Number(whole)];
  if (all <= 0) return null;
  const percent = (one / all) * 100;
  if (percent > 0 && percent < 1) return '< 1 %';
  return percent > 99 && one < all ? '> 99 %' : `${Math.round(percent)} %`;
}

export const everyWords = { month: 'every month', quarter: 'every quarter', year: 'every year' } as const;
