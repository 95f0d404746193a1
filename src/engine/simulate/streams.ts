/** Which stream of chance an entity draws from; one number each, so that no two share draws. */
export const streams = {
  member: 1,
  campaign: 2,
  account: 3,
  contact: 4,
  lead: 5,
  followUp: 6,
  deal: 7,
  customer: 8,
  participation: 9,
  existing: 10,
  cost: 11,
  arrival: 12,
  choice: 13,
} as const;
