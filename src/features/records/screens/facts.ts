import type { z } from 'zod';
import type { factSchema, revenueSchema, timelineItemSchema } from '#features/records/contract/schemas.ts';

export type Fact = z.output<typeof factSchema>;
export type TimelineItem = z.output<typeof timelineItemSchema>;
export type RevenueEntry = z.output<typeof revenueSchema>;
