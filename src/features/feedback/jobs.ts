import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { settlePools, turnHour } from './actions/tick.ts';

export const feedbackJobs = (database: Database, sealing: Sealing): JobHandlers => ({
  'feedback:settle': () => settlePools(database),
  'feedback:hour': () => turnHour(database, sealing, Date.now()),
});

/** Nothing here is queued by what somebody does: a job would tell when. */
export const feedbackRecurring: readonly Recurring[] = [
  { name: 'feedback:settle', at: '* * * * *' },
  { name: 'feedback:hour', at: '0 * * * *' },
];
