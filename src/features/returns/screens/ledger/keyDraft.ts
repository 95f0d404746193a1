/** An allocation key as it is typed. */

import type { CostCategory, CostSide } from '#features/returns/contract/ledger.ts';
import {
  type AllocationKey,
  type KeyContent,
  keyContent,
  type KeyMeasure,
  type KeyTarget,
  tenThousandths,
} from '#features/returns/contract/plans.ts';

export interface ShareDraft {
  target: string;
  weight: string;
}
export interface KeyDraft {
  name: string;
  side: CostSide | null;
  categories: CostCategory[];
  teamId: string | null;
  onto: KeyTarget;
  by: KeyMeasure;
  shares: ShareDraft[];
  /** `YYYY-MM` */
  effectiveFrom: string;
}

export const blankKey = (effectiveFrom: string): KeyDraft => ({
  name: '',
  side: null,
  categories: [],
  teamId: null,
  onto: 'campaign',
  by: 'leads',
  shares: [],
  effectiveFrom,
});

export function draftOfKey({ name, versions }: AllocationKey, effectiveFrom: string): KeyDraft {
  const { applies, onto, by, shares } = versions[0]!.content;
  return { name, ...applies, categories: [...applies.categories], onto, by, shares: shares.map((share) => ({ ...share })), effectiveFrom };
}

export const isStated = (by: KeyMeasure): boolean => by === 'hours' || by === 'fixed';

/** As the server takes it: rows that were left empty are left out. */
export const contentOfKey = ({ side, categories, teamId, onto, by, shares }: KeyDraft): KeyContent => ({
  applies: { side, categories, teamId },
  onto,
  by,
  shares: isStated(by) ? shares.filter(({ target, weight }) => target.trim() !== '' || weight.trim() !== '') : [],
});

/** Why it can't be sent as it stands, by field; empty when it can. */
export function gapsOfKey(draft: KeyDraft): Record<string, string> {
  const found = keyContent.safeParse(contentOfKey(draft));
  const gaps: Record<string, string> = draft.name.trim() === '' ? { name: 'Give it a name.' } : {};
  if (found.success) return gaps;
  for (const { path, message } of found.error.issues) {
    const at = path[0] === 'shares' ? 'shares' : String(path.at(-1) ?? 'shares');
    gaps[at] ??= sentence(
      path[0] === 'shares' && path.length > 1 ? 'each target is named once, with a number from 0 of up to four decimals' : message,
    );
  }
  return gaps;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** Σ of the weights as a decimal text. */
export function weightsText(shares: readonly ShareDraft[]): string {
  return decimalText(shares.reduce((sum, { weight }) => sum + tenThousandths(weight.trim()), 0n));
}

/** What lies between the sum and 100: `15` is left, `-5` is too much. */
export const leftOfHundred = (shares: readonly ShareDraft[]): string =>
  decimalText(1_000_000n - shares.reduce((sum, { weight }) => sum + tenThousandths(weight.trim()), 0n));

function decimalText(tenThousandth: bigint): string {
  const sign = tenThousandth < 0n ? '-' : '';
  const digits = String(tenThousandth < 0n ? -tenThousandth : tenThousandth).padStart(5, '0');
  return sign + `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

/** 100 % in equal parts of four decimals that sum to it exactly: the first ones take what is left over. */
export function evenShares(shares: readonly ShareDraft[]): ShareDraft[] {
  const count = BigInt(shares.length);
  if (count === 0n) return [];
  const [each, over] = [1_000_000n / count, 1_000_000n % count];
  return shares.map((share, at) => ({ ...share, weight: decimalText(each + (BigInt(at) < over ? 1n : 0n)) }));
}
