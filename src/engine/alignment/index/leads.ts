/** What a lead that was passed counts for in the index, as of a moment. */

import { followDays, outcomeDays, persistDays } from './component.ts';
import type { ComponentName } from './table.ts';

/** Moments are minutes since 1970; null: not, as of the moment asked. */
export interface IndexLead {
  readonly passedAt: number;
  readonly hasCampaign: boolean;
  /** Touches of either side before it was passed. */
  readonly hasHistory: boolean;
  /** A phone number, a company, and where it came from. */
  readonly isComplete: boolean;
  readonly firstAttemptAt: number | null;
  /** Whether it came within the working minutes of `promptMinutes`; null: it was not tried. */
  readonly isPrompt: boolean | null;
  readonly attempts: number;
  readonly isReached: boolean;
  /** Accepted, rejected, recycled, disqualified, or a deal. */
  readonly decidedAt: number | null;
  /** When it went on record what became of it. */
  readonly outcomeAt: number | null;
  readonly rejectedAt: number | null;
  /** Of a rejected lead: the rejection was neither overturned nor mended. */
  readonly isRejectionStanding: boolean;
  readonly hasReason: boolean;
  /** Whether it fits the ICP; null: nothing says. */
  readonly fits: boolean | null;
}

export type LeadComponent = Extract<
  ComponentName,
  | 'contextPassed'
  | 'marketingRecords'
  | 'outcomesReturned'
  | 'reasonsGiven'
  | 'campaignLeadsFollowed'
  | 'leadsWorked'
  | 'promptFirst'
  | 'triedEnough'
  | 'leadQuality'
  | 'rejectionsFair'
>;

/** `open`: what is missing can still be made good within the days ahead. */
export interface Judged {
  /** Due now: it is in the count. */
  readonly isDue: boolean;
  readonly isMet: boolean;
  readonly isOpen: boolean;
  /** The moment until which it can be made good in time; null: nothing says. */
  readonly dueAt: number | null;
}

const minutesADay = 1440;
const never: Judged = { isDue: false, isMet: false, isOpen: false, dueAt: null };
const told = (isMet: boolean): Judged => ({ isDue: true, isMet, isOpen: false, dueAt: null });

export interface LeadAsk {
  /** Minutes since 1970. */
  readonly asOf: number;
  /** Minutes ahead within which open items count. */
  readonly ahead: number;
  /** Attempts that are enough. */
  readonly attempts: number;
}

/** Those whose period goes by the day the lead was rejected; of all others by the day it was passed. */
export const isOfRejected = (component: LeadComponent): boolean => component === 'reasonsGiven' || component === 'rejectionsFair';

/** One lead for one component; it is asked only of leads of the period. */
export function judgeLead(component: LeadComponent, lead: IndexLead, ask: LeadAsk): Judged {
  switch (component) {
    case 'contextPassed':
      return told(lead.hasHistory);
    case 'marketingRecords':
      return mendable(lead.isComplete);
    case 'outcomesReturned':
      return within(lead, ask, outcomeDays, lead.outcomeAt !== null);
    case 'reasonsGiven':
      return lead.rejectedAt === null ? never : told(lead.hasReason);
    case 'campaignLeadsFollowed':
      return lead.hasCampaign ? within(lead, ask, followDays, isFollowed(lead)) : never;
    case 'leadsWorked':
      return lead.hasCampaign ? never : within(lead, ask, followDays, isFollowed(lead));
    case 'promptFirst':
      return lead.isPrompt === null ? never : told(lead.isPrompt);
    case 'triedEnough':
      return lead.firstAttemptAt === null
        ? never
        : within(lead, ask, persistDays, lead.isReached || lead.attempts >= ask.attempts || isSetAside(lead));
    case 'leadQuality':
      return lead.decidedAt === null ? never : told(lead.rejectedAt === null || !lead.isRejectionStanding);
    case 'rejectionsFair':
      return lead.rejectedAt === null || !lead.isRejectionStanding || lead.fits === null ? never : told(!lead.fits);
  }
}

/** Tried, or decided on by more than accepting it. */
const isFollowed = (lead: IndexLead): boolean => lead.firstAttemptAt !== null || lead.isReached || isSetAside(lead);
const isSetAside = ({ outcomeAt, rejectedAt }: IndexLead): boolean => outcomeAt !== null || rejectedAt !== null;

/** A record can be completed at any time. */
const mendable = (isMet: boolean): Judged => ({ isDue: true, isMet, isOpen: !isMet, dueAt: null });

/** Due so many days after it was passed, and made good even later. */
function within({ passedAt }: IndexLead, { asOf, ahead }: LeadAsk, days: number, isMet: boolean): Judged {
  const dueAt = passedAt + days * minutesADay;
  return { isDue: dueAt <= asOf, isMet, isOpen: !isMet && dueAt <= asOf + ahead, dueAt };
}

/**
 * How evenly leads came: `Σ over weeks min(leads of the week, leads ÷ weeks) ÷ leads`, in leads.
 * @param byWeek leads of each full week, empty ones among them
 * @returns null for fewer than four weeks or twenty leads
 */
export function evenFlow(byWeek: readonly number[]): { readonly count: number; readonly of: number } | null {
  const of = byWeek.reduce((sum, each) => sum + each, 0);
  if (byWeek.length < 4 || of < 20) return null;
  const even = of / byWeek.length;
  return { count: Math.round(byWeek.reduce((sum, each) => sum + Math.min(each, even), 0)), of };
}
