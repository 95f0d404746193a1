import type { ReactNode } from 'react';
import type { Waiting } from './order.ts';

/** One thing that only its reader can move. */
export interface TodayItem extends Waiting {
  /** The part of the product it comes from: `Feedback`. */
  readonly part: string;
  readonly says: ReactNode;
  /** In smaller letters below. */
  readonly about?: ReactNode;
  readonly href?: string;
  /** What one does there: `Read and sign`. */
  readonly act?: ReactNode;
  /** A row with deeds of its own, in place of `says`, `about` and `act`. */
  readonly row?: ReactNode;
}

interface Asked {
  readonly isPending: boolean;
  readonly error: unknown;
  refetch(): unknown;
}

/** What one part wants of the reader, and the questions it asked for that. */
export interface PartToday {
  readonly items: readonly TodayItem[];
  readonly asked: readonly Asked[];
}
