import { month } from '#ui/formats.ts';

/** After “12 leads ”. */
export const whichWords: Readonly<Record<string, string>> = {
  leads: 'in the period',
  passedNow: 'that pass now',
  passedThen: 'that would pass',
  both: 'that pass now and would pass',
  added: 'that only this version passes',
  dropped: 'that this version no longer passes',
  customersKept: 'that became customers and would still pass',
  customersLost: 'that became customers and would not pass',
  customersGained: 'that became customers and only this version passes',
};

export const groupings = [
  { value: 'segment', label: 'Segment' },
  { value: 'channel', label: 'Channel' },
  { value: 'origin', label: 'Origin' },
  { value: 'campaign', label: 'Campaign' },
  { value: 'month', label: 'Month' },
];

/** `segment: SMB`; a campaign is known by its name elsewhere. */
export function groupWords(by: string, group: string | null): string {
  if (group === null) return `${by}: (blank)`;
  if (by === 'campaign') return 'one campaign';
  return by === 'month' ? month(group) : `${by}: ${group}`;
}
