import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { invitedByMail } from '../invited-by-mail.ts';
import { idsIn, type Tell, type Telling, toEach } from './telling.ts';

interface Meeting {
  readonly title: string;
  /** In the workspace’s zone: “Tue 3 Mar, 10:00”. */
  readonly when: string;
  readonly expected: readonly string[];
  readonly there: readonly string[];
}

/** Whom the fact names; unsaid: everybody expected. */
export const meetingInvited: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  const named = idsIn(fact.body, 'memberIds');
  return toEach(named.length > 0 ? named.filter((id) => meeting.expected.includes(id)) : meeting.expected, {
    matter: 'meeting.invited',
    title: `You are invited: ${meeting.title}, ${meeting.when}`,
    opens: `/meetings/${fact.subjectId}`,
    mailsItself: true,
  });
};

export const meetingMoved: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  const told = toEach(meeting.expected, {
    matter: 'meeting.changed',
    title: `${meeting.title} is now on ${meeting.when}`,
    opens: `/meetings/${fact.subjectId}`,
  });
  return withoutMailed(tx, workspaceId, fact.subjectId, told);
};

export const meetingCancelled: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  const told = toEach(meeting.expected, {
    matter: 'meeting.changed',
    title: `${meeting.title} on ${meeting.when} is cancelled`,
    opens: `/meetings/${fact.subjectId}`,
  });
  return withoutMailed(tx, workspaceId, fact.subjectId, told);
};

export const meetingRestored: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  const told = toEach(meeting.expected, {
    matter: 'meeting.changed',
    title: `${meeting.title} on ${meeting.when} takes place after all`,
    opens: `/meetings/${fact.subjectId}`,
  });
  return withoutMailed(tx, workspaceId, fact.subjectId, told);
};

/** Of what changes beside its time only who is no longer expected is told. */
export const meetingChanged: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  return toEach(idsIn(fact.body, 'removed'), {
    matter: 'meeting.changed',
    title: `You are no longer expected at ${meeting.title} on ${meeting.when}`,
    opens: `/meetings/${fact.subjectId}`,
    mailsItself: true,
  });
};

/** Who has it in their calendar by mail is told by one that changes it there. */
async function withoutMailed(tx: Tx, workspaceId: WorkspaceId, meetingId: string, told: readonly Telling[]): Promise<Telling[]> {
  const mailed = await invitedByMail(tx, workspaceId, meetingId);
  return told.map((each) => (mailed.has(each.memberId) ? { ...each, mailsItself: true } : each));
}

/** The minutes themselves go out by mail. */
export const minutesSent: Tell = async (tx, workspaceId, fact) => {
  const meeting = await findMeeting(tx, workspaceId, fact.subjectId);
  if (!meeting) return [];
  return toEach([...meeting.expected, ...meeting.there], {
    matter: 'meeting.minutes',
    title: `Minutes: ${meeting.title}, ${meeting.when}`,
    opens: `/meetings/${fact.subjectId}`,
    mailsItself: true,
  });
};

async function findMeeting(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Meeting | undefined> {
  const ids = (condition: ReturnType<typeof sql>) =>
    sql`ARRAY(SELECT a.member_id::text FROM meeting_attendees a WHERE a.workspace_id = m.workspace_id AND a.meeting_id = m.id AND ${condition} ORDER BY 1)`;
  const { rows } = await sql<Meeting>`SELECT m.title, to_char(m.starts_at AT TIME ZONE w.time_zone, 'Dy FMDD Mon, HH24:MI') AS when,
      ${ids(sql`a.expected`)} AS expected, ${ids(sql`a.came_at IS NOT NULL`)} AS there
    FROM meetings m JOIN workspaces w ON w.id = m.workspace_id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${id}::uuid`.execute(tx);
  return rows[0];
}

// ── actions ─────────────────────────────────────────────────────────────────

interface Action {
  readonly title: string;
  readonly ownerId: string;
  readonly madeBy: string;
  readonly dueOn: string;
  readonly status: string;
}

export const actionGiven: Tell = async (tx, workspaceId, fact) => {
  const action = await findAction(tx, workspaceId, fact.subjectId);
  if (!action) return [];
  const title = `${fact.by} gives you an action until ${action.dueOn}: ${action.title}`;
  return toEach([action.ownerId], { matter: 'action.given', title, opens: actionsOpen });
};

export const actionClosed: Tell = async (tx, workspaceId, fact) => {
  const action = await findAction(tx, workspaceId, fact.subjectId);
  if (!action) return [];
  const title = `${fact.by} ${action.status === 'dropped' ? 'dropped' : 'finished'} an action: ${action.title}`;
  return toEach([action.madeBy, action.ownerId], { matter: 'action.closed', title, opens: '/meetings/actions?view=closed' });
};

export const actionsOpen = '/meetings/actions?mine=true';

async function findAction(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Action | undefined> {
  const { rows } =
    await sql<Action>`SELECT title, owner_id AS "ownerId", made_by AS "madeBy", to_char(due_on, 'FMDD Mon YYYY') AS "dueOn", status
    FROM actions WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return rows[0];
}
