import { money } from '#ui/formats.ts';

interface OpenAmountProps {
  amount: string;
  currency: string;
  /** Null: nothing to list. */
  url: string | null;
  about: string;
  open(url: string, about: string): void;
}

/** An amount that opens into its records where there are some. */
export function OpenAmount({ amount, currency, url, about, open }: OpenAmountProps) {
  const text = money(amount, currency);
  if (url === null) return text;
  return (
    <button type="button" className="as-link" aria-label={`${about}: ${text}`} onClick={() => open(url, about)}>
      {text}
    </button>
  );
}
