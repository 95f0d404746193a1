import type { Period } from '#features/returns/contract/ledger.ts';
import { lastDayOf } from '#features/returns/contract/months.ts';

/** Months are closed in order: what closing one of them takes. */
export interface Chain {
  /** Those to be closed, the earliest first; empty where it can't be. */
  readonly months: readonly Period[];
  /** Why it can't be closed even together with those before it. */
  readonly whyNot: string | null;
}

/**
 * A month together with the open ones before it. Each must be over and have a rate for every entry; whether the reader may
 * close months at all is said by the earliest open one.
 * @param items as the server lists them, the latest first
 * @param today `YYYY-MM-DD`
 */
export function chainOf(items: readonly Period[], month: Period, today: string): Chain {
  // As it is listed now: who asks may hold it as it was before it was closed.
  const now = items.find((each) => each.month === month.month);
  if (now?.state !== 'open') return { months: [], whyNot: now?.close.whyNot ?? null };
  const months = items.filter((each) => each.state === 'open' && each.month <= month.month).toReversed();
  const forbidden = notOfItself(months[0]!);
  if (forbidden) return { months: [], whyNot: forbidden };
  const open = months.find((each) => lastDayOf(each.month) >= today);
  if (open) return { months: [], whyNot: `It is not over before the end of ${lastDayOf(open.month)}.` };
  const waiting = months.flatMap(({ problems }) => problems).find(({ recordsUrl }) => recordsUrl !== null);
  if (waiting) return { months: [], whyNot: waiting.says };
  return { months, whyNot: null };
}

/** Why the reader may not, where that lies in them and not in the month. */
function notOfItself({ close, problems }: Period): string | null {
  if (close.may || close.whyNot === null) return null;
  return problems.some(({ says }) => says === close.whyNot) ? null : close.whyNot;
}
