import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const campaignJobs = (_database: Database): JobHandlers => ({});

export const campaignRecurring: readonly Recurring[] = [];
