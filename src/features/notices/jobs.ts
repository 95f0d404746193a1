import type { WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import type { SendGround } from './actions/hand-over.ts';
import { followFacts } from './actions/follow-facts.ts';
import { enqueueDue, forgetOldMessages, sendMessages } from './actions/send-messages.ts';
import { writeDigests } from './actions/write-digests.ts';
import { remindOfDays, tickNotices } from './actions/tick-notices.ts';

export const noticeJobs = (ground: SendGround): JobHandlers => ({
  'notices:follow': (payload) => followFacts(ground.database, payload['workspaceId'] as WorkspaceId, { at: Date.now() }),
  'notices:tick': () => tickNotices(ground.database, Date.now()),
  'notices:remind': () => remindOfDays(ground.database, Date.now()),
  'notices:send': (payload) => sendMessages(ground, payload['workspaceId'] as WorkspaceId),
  'notices:due': () => enqueueDue(ground),
  'notices:digests': () => writeDigests(ground, Date.now()),
  'notices:forget': () => forgetOldMessages(ground),
});

export const noticeRecurring: readonly Recurring[] = [
  { name: 'notices:tick', at: '* * * * *' },
  { name: 'notices:remind', at: '15 * * * *' },
  { name: 'notices:due', at: '* * * * *' },
  { name: 'notices:digests', at: '0,15,30,45 * * * *' },
  { name: 'notices:forget', at: '50 1 * * *' },
];
