/** The records behind a component's count. */

import { z } from 'zod';
import { type ComponentName, componentNames } from '#engine/alignment/index/table.ts';
import { count, paging } from '#features/returns/contract/figure-pieces.ts';
import { indexScope } from './index-answer.ts';

export const indexRecordStates = ['met', 'missed', 'open'] as const;
export type IndexRecordState = (typeof indexRecordStates)[number];

export const indexRecordsQuery = z.strictObject({
  component: z.enum(componentNames),
  ...indexScope,
  /** `open`: what can still be met within seven days. Left out: what is due, met or missed. */
  state: z.enum(indexRecordStates).optional(),
  ...paging,
});
export type IndexRecordsQuery = z.output<typeof indexRecordsQuery>;

export const indexRecord = z.object({
  /** Of the record it is, or is about. */
  id: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  /** The day it counts on. */
  on: z.string(),
  /** `missed` where something of it is. */
  state: z.enum(indexRecordStates),
  /** What of it is met and due: one of one for a lead, people who came of people expected for a meeting. */
  count,
  of: count,
  why: z.string(),
  dueAt: z.string().nullable(),
  /** Address in the app; null where it has no page. */
  opens: z.string().nullable(),
});
export type IndexRecord = z.output<typeof indexRecord>;

export const indexRecords = z.object({
  component: z.enum(componentNames),
  label: z.string(),
  formula: z.string(),
  /** Latest day first. */
  items: z.array(indexRecord),
  next: z.string().nullable(),
  total: count,
  /** Over all pages, with what is hidden: the very numbers of the component where no state is asked for. */
  sum: z.object({ count, of: count }),
  /** What the asker may not see, added up: criticism between others. */
  hidden: z.object({ records: count, count, of: count }),
});
export type IndexRecords = z.output<typeof indexRecords>;

/** The address of the records behind a component. `segment` undefined: of all. */
export function indexRecordsPath(asked: {
  component: ComponentName;
  on: string;
  days: number;
  segment?: string | null | undefined;
  state?: IndexRecordState;
}): string {
  const { component, on, days, segment, state } = asked;
  const given = {
    ...{ component, on, days: String(days) },
    ...(segment === undefined ? {} : { segment: JSON.stringify(segment) }),
    ...(state === undefined ? {} : { state }),
  };
  return `/api/v1/alignment/index/records?${new URLSearchParams(given)}`;
}
