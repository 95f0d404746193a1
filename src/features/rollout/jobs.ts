import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const rolloutJobs = (_database: Database): JobHandlers => ({});

export const rolloutRecurring: readonly Recurring[] = [];
