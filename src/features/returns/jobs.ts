import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { recurringCosts } from './actions/recurring.ts';

export const returnsJobs = (database: Database): JobHandlers => ({
  'returns:recurring': () => recurringCosts(database),
});

/** Every hour, for it is midnight somewhere. */
export const returnsRecurring: readonly Recurring[] = [{ name: 'returns:recurring', at: '7 * * * *' }];
