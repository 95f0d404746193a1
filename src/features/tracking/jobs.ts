import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { follow } from './actions/follow.ts';
import { forgetOldEvents, tickTracking } from './actions/tidy.ts';

export const trackingJobs = (database: Database): JobHandlers => ({
  'tracking:follow': (payload) => follow(database, payload.workspaceId as WorkspaceId),
  'tracking:tick': () => tickTracking(database),
  'tracking:forget': () => forgetOldEvents(database),
});

export const trackingRecurring: readonly Recurring[] = [
  { name: 'tracking:tick', at: '* * * * *' },
  { name: 'tracking:forget', at: '40 1 * * *' },
];
