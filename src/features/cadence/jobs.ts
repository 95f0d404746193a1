import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';

export const cadenceJobs = (_database: Database): JobHandlers => ({});

export const cadenceRecurring: readonly Recurring[] = [];
