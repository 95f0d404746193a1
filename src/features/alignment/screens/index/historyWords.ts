/** How what the index was is read and written. */

import type { IndexHistory, IndexPoint } from '#features/alignment/contract/index-history.ts';

export interface HistoryProps {
  answer: IndexHistory;
  /** `index`, or an activity. */
  of: string;
  openDay(on: string): void;
}

/** Of the index, or of one activity. */
export const valueOf = ({ score, activities }: IndexPoint, of: string): number | null =>
  of === 'index' ? score : (activities.find(({ activity }) => activity === of)?.score ?? null);

export const kindWords = { observed: 'kept on the day', computed: 'computed later' } as const;
