/** Who has a digest, and when. */

import { sql } from 'kysely';
import type { Days } from '#engine/notices/digest-days.ts';
import { calendarOfMember, loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type DigestChoice, usualDigest } from '../../contract/digest.ts';
import { type Reader, readerColumns } from '../members.ts';

export interface DigestReader {
  readonly who: Who;
  readonly hasMail: boolean;
  readonly choice: DigestChoice;
  readonly days: Days;
}

/** Members at work; `only` one of them where it is named. What somebody chose in part is filled up with the usual. */
export async function digestReaders(tx: Tx, workspaceId: WorkspaceId, only: string | null = null): Promise<DigestReader[]> {
  const { rows } = await sql<
    Reader & { email: string | null; kept: Partial<DigestChoice> | null }
  >`SELECT ${readerColumns}, m.email, c.content->'digest' AS kept
    FROM members m LEFT JOIN notification_choices c ON c.workspace_id = m.workspace_id AND c.member_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active ${only === null ? sql`` : sql`AND m.id = ${only}::uuid`} ORDER BY m.id`.execute(
    tx,
  );
  const calendars = await loadCalendars(
    tx,
    workspaceId,
    rows.map(({ memberId }) => memberId),
  );
  const times = workingTimes(calendars);
  return rows.map(({ hasLogin, email, kept, ...who }) => ({
    who,
    hasMail: hasLogin && email !== null,
    choice: { ...usualDigest, ...kept },
    days: {
      timeZone: calendarOfMember(calendars, who.memberId).timeZone,
      isWorkingDay: (day) => times.of(who.memberId).isWorkingDay(day),
    },
  }));
}

/** Of the workspace itself: when rooms have theirs. */
export async function companyDays(tx: Tx, workspaceId: WorkspaceId): Promise<Days> {
  const calendars = await loadCalendars(tx, workspaceId, []);
  const { default: usual } = workingTimes(calendars);
  return { timeZone: calendars.defaultCalendar.timeZone, isWorkingDay: (day) => usual.isWorkingDay(day) };
}
