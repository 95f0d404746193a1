/** What people chose to hear, where and when; and whether it is quiet for them now. */

import { sql } from 'kysely';
import { quietUntil } from '#engine/notices/quiet-hours.ts';
import { calendarOfMember, loadCalendars, workingTimes } from '#features/agreement/queries/calendars.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type Choices, type KeptChoices, type OwnChoices, usualQuietHours } from '../contract/choices.ts';
import { kinds, noticeKinds } from '../contract/kinds.ts';

export const usualChoices: Choices = {
  kinds: Object.fromEntries(noticeKinds.map((kind) => [kind, kinds[kind].usual])) as Choices['kinds'],
  quietHours: usualQuietHours,
};

/** What was chosen over what is usual. */
export const chosenOf = (kept: KeptChoices): Choices => ({
  kinds: { ...usualChoices.kinds, ...kept.kinds },
  quietHours: kept.quietHours === undefined ? usualQuietHours : kept.quietHours,
});

export interface Chosen extends Choices {
  /** ISO instant; null: it isn’t quiet for them. */
  readonly quietUntil: string | null;
  readonly timeZone: string;
  /** Somebody who signs in and has an address. */
  readonly hasMail: boolean;
  readonly hasRoom: boolean;
}

interface Row {
  id: string;
  content: KeptChoices | null;
  hasMail: boolean;
  hasRoom: boolean;
}

/** Of these, those who are at work. @param at epoch milliseconds */
export async function readChoices(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberIds: readonly string[],
  at: number,
): Promise<Map<string, Chosen>> {
  const ids = [...new Set(memberIds)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Row>`SELECT m.id, c.content, m.login_id IS NOT NULL AND m.email IS NOT NULL AS "hasMail",
      EXISTS (SELECT FROM chat_rooms r WHERE r.workspace_id = m.workspace_id AND r.of_member = m.id AND r.ended_at IS NULL) AS "hasRoom"
    FROM members m LEFT JOIN notification_choices c ON c.workspace_id = m.workspace_id AND c.member_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.id = ANY(${ids}::uuid[])`.execute(tx);
  const calendars = await loadCalendars(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  );
  const times = workingTimes(calendars);
  return new Map(
    rows.map(({ id, content, hasMail, hasRoom }) => {
      const chosen = chosenOf(content ?? {});
      const { timeZone } = calendarOfMember(calendars, id);
      const quiet = chosen.quietHours && quietUntil(at, chosen.quietHours, timeZone, (day) => times.of(id).isWorkingDay(day));
      return [id, { ...chosen, hasMail, hasRoom, timeZone, quietUntil: quiet === null ? null : new Date(quiet).toISOString() }];
    }),
  );
}

/** @param mails whether a mail server is set up; `at`: epoch milliseconds of now */
export async function getOwnChoices(tx: Tx, who: Who, { at, mails }: { at: number; mails: boolean }): Promise<OwnChoices> {
  const chosen = (await readChoices(tx, who.workspaceId, [who.memberId], at)).get(who.memberId)!;
  const { rows } = await sql<NonNullable<OwnChoices['room']>>`SELECT r.kind, r.made_at AS "madeAt",
      (SELECT max(o.sent_at) FROM messages_out o WHERE o.workspace_id = r.workspace_id AND o.room_id = r.id) AS "lastSentAt"
    FROM chat_rooms r WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.of_member = ${who.memberId}::uuid AND r.ended_at IS NULL`.execute(
    tx,
  );
  const { kinds: ofKinds, quietHours, timeZone, quietUntil: until } = chosen;
  const whyNoMail = !mails ? 'No mail server is set up here.' : chosen.hasMail ? null : 'There is no e-mail address of yours here.';
  return { kinds: ofKinds, quietHours, usual: usualChoices, timeZone, quietUntil: until, whyNoMail, room: rows[0] ?? null };
}
