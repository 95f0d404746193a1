/**
 * Due process for a rejected lead: one person from each side judges, neither of them involved. Where the two differ,
 * or a side has nobody left who could, leadership decides.
 */

import { leadCan } from './states.ts';

export const verdicts = ['upheld', 'overturned'] as const;
export type Verdict = (typeof verdicts)[number];
export const judgingSides = ['marketing', 'sales', 'leadership'] as const;
export type JudgingSide = (typeof judgingSides)[number];

export interface Case {
  /** Contested, or agreed with and drawn for the sample. */
  readonly toJudge: boolean;
  readonly ruling: Verdict | null;
  /** The rep it was rejected by, who answered, whose campaign it is, and whose lead: none of them judges. */
  readonly rejectedBy: string;
  readonly answeredBy: string | null;
  readonly marketerId: string | null;
  readonly ownerId: string | null;
  readonly verdicts: readonly { readonly side: JudgingSide; readonly verdict: Verdict }[];
}

export interface Judge {
  readonly memberId: string;
  readonly side: JudgingSide;
}

/**
 * Who of each side could judge a case: active, signs in, may write. Five of a side are enough to know whether
 * somebody is left, as at most four are involved.
 */
export type Judges = Readonly<Record<'marketing' | 'sales', readonly string[]>>;
export const judgesNeeded = 5;

/** Whose verdict is awaited now; nobody's where there is nothing to judge or all is decided. */
export function awaited(given: Case, judges: Judges): JudgingSide[] {
  if (!given.toJudge || given.ruling !== null) return [];
  const open = (['marketing', 'sales'] as const).filter((side) => !hasJudged(given, side) && hasSomebody(given, judges[side]));
  return open.length > 0 ? open : ['leadership'];
}

/** What the verdicts come to: that of leadership, or that of both sides where they agree; else nothing yet. */
export function rulingOf(given: Pick<Case, 'verdicts'>): Verdict | null {
  const of = (side: JudgingSide) => given.verdicts.find((each) => each.side === side)?.verdict ?? null;
  const [marketing, sales] = [of('marketing'), of('sales')];
  return of('leadership') ?? (marketing === sales ? marketing : null);
}

/** Why this member does not judge the case: because of who it is, or of where the case stands. Null: may judge. */
export function objectionTo(
  given: Case,
  who: Judge,
  judges: Judges,
): { readonly because: 'member' | 'case'; readonly says: string } | null {
  const ofCase = (says: string) => ({ because: 'case', says }) as const;
  if (!given.toJudge) return ofCase(leadCan.rule.otherwise);
  if (given.ruling !== null) return ofCase(`${leadCan.rule.otherwise} It was judged already: ${given.ruling}.`);
  const involvement = involvementOf(given, who.memberId);
  if (involvement) return { because: 'member', says: `${involvement} Somebody who is not involved judges.` };
  if (hasJudged(given, who.side)) return ofCase(`${sideWords[who.side]} has judged already.`);
  if (who.side === 'leadership' && !awaited(given, judges).includes('leadership'))
    return ofCase('Leadership decides only where the two sides differ, or where a side has nobody left to judge.');
  return null;
}

export const whyNotJudge = (given: Case, who: Judge, judges: Judges): string | null => objectionTo(given, who, judges)?.says ?? null;

export const sideWords: Readonly<Record<JudgingSide, string>> = { marketing: 'Marketing', sales: 'Sales', leadership: 'Leadership' };

function involvementOf(given: Case, memberId: string): string | null {
  if (memberId === given.rejectedBy) return 'You rejected this lead.';
  if (memberId === given.answeredBy) return 'You answered this rejection.';
  if (memberId === given.marketerId) return 'This rejection came to you to be answered.';
  return memberId === given.ownerId ? 'This lead is yours.' : null;
}

const hasJudged = (given: Case, side: JudgingSide): boolean => given.verdicts.some((each) => each.side === side);
const hasSomebody = (given: Case, judges: readonly string[]): boolean => judges.some((judge) => involvementOf(given, judge) === null);
