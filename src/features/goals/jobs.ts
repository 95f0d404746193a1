import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const goalJobs = (_database: Database): JobHandlers => ({});

export const goalRecurring: readonly Recurring[] = [];
