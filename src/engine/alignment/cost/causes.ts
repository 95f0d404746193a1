/**
 * Of what the cost of misalignment is made up: the causes, in the order in which they are asked. A lead, a deal or a
 * customer falls to the first one that holds. One table for server, screens and docs.
 */

export type CostKind = 'lostRevenue' | 'spent';
export type CostOf = 'lead' | 'deal' | 'account';

export interface Cause {
  readonly label: string;
  /** `lostRevenue`: deals that would have been won, at the amounts of the first year. `spent`: money or hours paid for nothing. */
  readonly kind: CostKind;
  readonly of: CostOf;
  /** Whose doing it is first: the side that can mend it. */
  readonly side: 'marketing' | 'sales' | 'both';
  /** What holds of a lead, deal or customer that falls to it. */
  readonly holds: string;
  readonly formula: string;
  /** What the amount is held against, in words; see `share`. */
  readonly against: string;
  /** Percent of that which is no cause for alarm: about what a company loses that is neither well nor badly aligned. Of customers: a year. */
  readonly thresholdPercent: number;
}

const ofLeads = 'what all leads passed in the period would have brought, worked as agreed';

/** In the order in which they are asked. */
export const causeTable = {
  fitsRejected: {
    label: 'Rejected although they fit',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'sales',
    holds: 'The lead was rejected, the rejection stands, and its company is one of those both sides want (the ICP).',
    formula: 'Σ over these leads: P(reached by the agreed attempts, made promptly) × P(SQL | reached) × value of an SQL',
    against: ofLeads,
    thresholdPercent: 6,
  },
  rejectedHours: {
    label: 'Rep hours on leads that were rejected',
    kind: 'spent',
    of: 'lead',
    side: 'marketing',
    holds: 'The lead was rejected, the rejection stands, and nothing on record says that it fits.',
    formula: 'Σ over these leads: minutes of the review and of each attempt before the rejection ÷ 60 × loaded cost of an hour',
    against: 'what the rep hours on all leads of the period cost',
    thresholdPercent: 10,
  },
  beyondCapacity: {
    label: 'Passed when the reps had their hands full',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'marketing',
    holds: 'The lead was never worked or worked late, and came while more leads waited than usual: the part that the load explains.',
    formula: 'Σ over these leads: loss by not being worked in time × (1 − the same at usual load ÷ as it was)',
    against: ofLeads,
    thresholdPercent: 4,
  },
  campaignsNotFollowed: {
    label: 'Leads of campaigns that nobody followed up',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'both',
    holds: 'The lead came by a campaign, nobody tried to reach it, and no load explains it.',
    formula: 'as for leads never worked; what was spent to get these leads stands beside it and is not added',
    against: ofLeads,
    thresholdPercent: 8,
  },
  neverWorked: {
    label: 'Qualified leads never worked',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'sales',
    holds: 'Nobody tried to reach the lead, nobody decided on it, and none of the causes before holds.',
    formula: 'Σ over these leads: P(reached by the agreed attempts, made promptly) × P(SQL | reached) × value of an SQL',
    against: ofLeads,
    thresholdPercent: 4,
  },
  slowFirstTouch: {
    label: 'First touch too late',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'sales',
    holds: 'The lead was tried, not reached, and the first attempt came later than agreed.',
    formula:
      'Σ over these leads: P(reached by the attempts that were made, had the first been prompt | not reached) × P(SQL | reached) × value of an SQL',
    against: ofLeads,
    thresholdPercent: 15,
  },
  tooFewAttempts: {
    label: 'Given up too early',
    kind: 'lostRevenue',
    of: 'lead',
    side: 'sales',
    holds: 'The lead was tried, not reached, and less often than agreed.',
    formula:
      'Σ over these leads: P(reached by the attempts that were left out, all made promptly | not reached) × P(SQL | reached) × value of an SQL',
    against: ofLeads,
    thresholdPercent: 15,
  },
  dealsLostForMarketing: {
    label: 'Deals lost for reasons that marketing owns',
    kind: 'lostRevenue',
    of: 'deal',
    side: 'marketing',
    holds: 'The deal was lost in the period for a reason of the list, and its lead is in none of the causes before.',
    formula: 'Σ over these deals: amount × win rate of deals of the segment that were not lost for such a reason',
    against: 'the amounts of all deals closed in the period',
    thresholdPercent: 5,
  },
  churnedAgainstIcp: {
    label: 'Customers lost who never fitted',
    kind: 'lostRevenue',
    of: 'account',
    side: 'both',
    holds: 'The customer left in the period, its company is not one of those both sides want (the ICP).',
    formula: 'Σ over these customers: what it paid a year × (1 − rate of leaving of those that fit ÷ of those that do not, by segment)',
    against: 'what customers paid a year, at the middle of the period',
    thresholdPercent: 1,
  },
} as const satisfies Record<string, Cause>;

export type CauseName = keyof typeof causeTable;
export const causeNames = Object.keys(causeTable) as [CauseName, ...CauseName[]];
