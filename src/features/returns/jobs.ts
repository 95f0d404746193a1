import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { answerEstimates } from './actions/estimate.ts';
import { drainJourneys } from './actions/follow-journeys.ts';
import { recurringCosts } from './actions/recurring.ts';
import { tickJourneys } from './actions/tick-journeys.ts';

export const returnsJobs = (database: Database): JobHandlers => ({
  'returns:recurring': () => recurringCosts(database),
  'returns:follow': async (payload) => void (await drainJourneys(database, payload.workspaceId as WorkspaceId)),
  'returns:estimate': (payload) => answerEstimates(database, payload.workspaceId as WorkspaceId),
  'returns:tick': () => tickJourneys(database),
});

export const returnsRecurring: readonly Recurring[] = [
  // Every hour, for it is midnight somewhere.
  { name: 'returns:recurring', at: '7 * * * *' },
  { name: 'returns:tick', at: '* * * * *' },
];
