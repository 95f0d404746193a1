/** What a component of the alignment index says of itself. */

import type { ActivityName } from './activities.ts';

export type IndexSide = 'marketing' | 'sales' | 'both';

/** Pages of the web app on which a component can be moved; names of `src/ui/paths.ts`. */
export type IndexPage =
  | 'imports'
  | 'agreement'
  | 'attainment'
  | 'inbox'
  | 'rejections'
  | 'speed'
  | 'retention'
  | 'campaignCalendar'
  | 'proposals'
  | 'goals'
  | 'incentives'
  | 'incentivePlans'
  | 'payoutRuns'
  | 'disputes'
  | 'meetings'
  | 'meetingActions'
  | 'meetingHealth'
  | 'announcements'
  | 'feedback';

/** What records behind it are; null: it opens on a page of its own. */
export type IndexOf =
  | 'lead'
  | 'deal'
  | 'account'
  | 'campaign'
  | 'proposal'
  | 'goal'
  | 'meeting'
  | 'action'
  | 'announcement'
  | 'version'
  | 'rejection'
  | 'feedback';

export interface IndexComponent {
  readonly activity: ActivityName;
  readonly label: string;
  /** Whose doing it is. */
  readonly side: IndexSide;
  /** Of a hundred of its activity. */
  readonly weight: number;
  /** In words: what is met ÷ what is due. */
  readonly formula: string;
  readonly targetPercent: number;
  readonly floorPercent: number;
  /** Beneath this share, and surely so, it is an illness that can be named. */
  readonly alarmPercent: number;
  /** What there must be before it is measured, and how to begin. */
  readonly notYet: string;
  readonly begin: string;
  readonly page: IndexPage;
  readonly of: IndexOf | null;
  /** Whether it can be asked of one segment. */
  readonly bySegment: boolean;
}

/** Days after which a lead that was passed should have been tried or decided on, and what became of it be on record. */
export const followDays = 7;
export const outcomeDays = 30;
/** Days after which a lead that was tried should have been tried as often as agreed. */
export const persistDays = 14;
/** Working minutes to the first attempt. */
export const promptMinutes = 480;
/** Days within which both sides answer a rejection, a ruling, a part, a proposed version, an announcement, and close a pay period. */
export const answerDays = { rejection: 5, ruling: 14, part: 7, version: 14, announcement: 3, statement: 30 } as const;
