import type { WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import type { SendGround } from './actions/hand-over.ts';
import { enqueueDue, forgetOldMessages, sendMessages } from './actions/send-messages.ts';

export const noticeJobs = (ground: SendGround): JobHandlers => ({
  'notices:send': (payload) => sendMessages(ground, payload['workspaceId'] as WorkspaceId),
  'notices:due': () => enqueueDue(ground),
  'notices:forget': () => forgetOldMessages(ground),
});

export const noticeRecurring: readonly Recurring[] = [
  { name: 'notices:due', at: '* * * * *' },
  { name: 'notices:forget', at: '50 1 * * *' },
];
