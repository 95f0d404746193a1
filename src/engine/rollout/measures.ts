/** By what a pilot is judged, week by week: a share of the leads that were passed in the week. */

export const measureNames = ['touched', 'accepted', 'rejected', 'sql'] as const;
export type MeasureName = (typeof measureNames)[number];

interface Measure {
  readonly label: string;
  /** In words; `days` is in it. */
  readonly formula: string;
  /** So many days after it was passed it is known: younger weeks are left out. */
  readonly days: number;
  readonly better: 'more' | 'less';
}

export const measures: Readonly<Record<MeasureName, Measure>> = {
  touched: {
    label: 'Reached for within a day',
    formula: 'leads with a call, mail or meeting of a sales person on record within 24 hours of being passed ÷ leads passed in the week',
    days: 1,
    better: 'more',
  },
  accepted: {
    label: 'Accepted by sales',
    formula: 'leads accepted within 14 days ÷ leads passed in the week',
    days: 14,
    better: 'more',
  },
  rejected: {
    label: 'Rejected by sales',
    formula: 'leads rejected within 14 days ÷ leads passed in the week',
    days: 14,
    better: 'less',
  },
  sql: {
    label: 'Became an SQL',
    formula: 'leads that became an SQL within 30 days ÷ leads passed in the week',
    days: 30,
    better: 'more',
  },
};
