import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';

/** What notices tell people of follows from these: `memberIds` names whom it concerns, where not all who are expected. */
export type MeetingDeed =
  | 'invited'
  | 'planned'
  | 'moved'
  | 'changed'
  | 'cancelled'
  | 'restored'
  | 'opened'
  | 'attended'
  | 'closed'
  | 'missed'
  | 'minutesSent';

export const recordMeetingFact = (
  tx: Tx,
  workspaceId: WorkspaceId,
  by: string | null,
  meetingId: string,
  deed: MeetingDeed,
  body: Record<string, unknown> = {},
  occurredAt?: string,
): Promise<string> =>
  recordFact(tx, workspaceId, {
    ...{ kind: `meeting.${deed}`, subjectKind: 'meeting', subjectId: meetingId, memberId: by, body },
    ...(occurredAt === undefined ? {} : { occurredAt }),
  });
