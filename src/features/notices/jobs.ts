import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const noticeJobs = (_database: Database): JobHandlers => ({});

export const noticeRecurring: readonly Recurring[] = [];
