import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { tickMeetings } from './actions/tick.ts';

export const cadenceJobs = (database: Database): JobHandlers => ({ 'cadence:tick': () => tickMeetings(database) });

export const cadenceRecurring: readonly Recurring[] = [{ name: 'cadence:tick', at: '*/15 * * * *' }];
