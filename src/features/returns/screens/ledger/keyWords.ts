import type { KeyMeasure, KeyTarget } from '#features/returns/contract/plans.ts';

export const measureWords: Record<KeyMeasure, string> = {
  leads: 'By leads opened in the month',
  value: 'By value won in the month',
  hours: 'By hours, as stated',
  fixed: 'By fixed shares',
};
export const targetWords: Record<KeyTarget, string> = { campaign: 'Campaigns', segment: 'Segments', channel: 'Channels', team: 'Teams' };
/** What a weight is of. */
export const weightHeads: Record<KeyMeasure, string> = { leads: 'Leads', value: 'Value won', hours: 'Hours', fixed: 'Percent' };
