/** The six activities of the alignment index. */

export interface IndexActivity {
  readonly label: string;
  readonly about: string;
}

/** Each counts for a sixth, as far as it is measured. */
export const activityTable = {
  share: { label: 'Share information', about: 'What one side knows of a lead, a deal or a customer, the other finds on record.' },
  collaborate: { label: 'Collaborate on activities', about: 'Campaigns are planned, carried and followed up by both.' },
  goals: {
    label: 'Work toward mutual goals',
    about: 'Each side keeps what it promised the other, and both look after the same customers.',
  },
  incentives: { label: 'Take part in collective incentives', about: 'Both are paid from one pool, opened by what both do.' },
  communicate: { label: 'Communicate regularly and effectively', about: 'They meet, decide, and do what was decided.' },
  criticism: {
    label: 'Give and take constructive criticism',
    about: 'What is not right is said with its reason, answered in time and settled.',
  },
} as const satisfies Record<string, IndexActivity>;
export type ActivityName = keyof typeof activityTable;
export const activityNames = Object.keys(activityTable) as [ActivityName, ...ActivityName[]];
