import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const feedbackJobs = (_database: Database): JobHandlers => ({});

export const feedbackRecurring: readonly Recurring[] = [];
