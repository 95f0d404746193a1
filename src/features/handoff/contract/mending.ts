/** What marketing can put right when a rejected lead is mended: who the lead is and where it came from, nothing that sales or the clocks decide. */

import { leadFields, leadStages } from '#features/records/contract.ts';

const decidedElsewhere = [
  ...leadStages.map(({ field }) => field as string),
  ...[
    'ownerId',
    'qualifierId',
    'previousLeadId',
    'cycle',
    'rejectedReason',
    'recycledUntil',
    'disqualifiedReason',
    'lostReason',
    'value',
    'currency',
  ],
];

export const mendableFields = leadFields.filter(({ name }) => !decidedElsewhere.includes(name));

/** The company's own fields are all mendable. */
export const isMendable = (field: string): boolean => field.startsWith('custom.') || mendableFields.some(({ name }) => name === field);
