import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const returnsJobs = (_database: Database): JobHandlers => ({});

export const returnsRecurring: readonly Recurring[] = [];
