import { money } from '#ui/formats.ts';

interface MoneySumsProps {
  sums: readonly { currency: string; amount: string }[];
  none?: string;
}

/** Sums of one or several currencies, which are never added. */
export const MoneySums = ({ sums, none = '–' }: MoneySumsProps) => (
  <span className="figure-text">{sums.length === 0 ? none : sums.map(({ currency, amount }) => money(amount, currency)).join(' + ')}</span>
);
