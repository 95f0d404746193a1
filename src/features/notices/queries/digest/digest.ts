/** The digest: first what is its reader’s, then what they have not read, then where both sides stand. */

import type { Message } from '#engine/notices/message.ts';
import type { Scoreboard } from '#features/alignment/contract/scoreboard.ts';
import { answerScoreboard } from '#features/alignment/queries/scoreboard.ts';
import { nobodyIn } from '#features/cadence/queries/agenda/offered.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Rhythm } from '../../contract/digest.ts';
import { nextMeeting } from './meeting.ts';
import { brokenClauses, brokenSection, type Standing, standingOf } from './standing.ts';
import { unreadSection } from './unread.ts';
import { readYours } from './yours.ts';

/** Boards are asked for once for all who see the same of them. */
export interface Boards {
  of(who: Who): Promise<Scoreboard>;
}
export function keepBoards(database: Database): Boards {
  const kept = new Map<string, Promise<Scoreboard>>();
  return {
    of(who) {
      // What of it somebody sees follows from their side and role alone (policies, returns/contract/pay.ts).
      const key = `${who.workspaceId} ${who.side} ${who.role}`;
      const known = kept.get(key) ?? answerScoreboard(database, who);
      kept.set(key, known);
      return known;
    },
  };
}

export interface DigestAsk {
  readonly who: Who;
  readonly timeZone: string;
  readonly rhythm: Exclude<Rhythm, 'never'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** @returns null: there is nothing to tell, and none is sent */
export async function composeDigest(
  database: Database,
  sealing: Sealing,
  boards: Boards,
  { who, timeZone, rhythm, now }: DigestAsk,
): Promise<Message | null> {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const until = rhythm === 'daily' ? today : today.add({ days: 6 });
  const yours = await readYours({ database, sealing, who, timeZone, today: today.toString(), until: until.toString() });
  const unread = await database.inWorkspace(who.workspaceId, (tx) => unreadSection(tx, who));
  const meeting = await database.inWorkspace(who.workspaceId, (tx) => nextMeeting(tx, who, timeZone, now));
  const standing = standingOf(await boards.of(who));
  const sections = [
    ...(yours.length === 0
      ? []
      : [{ heading: rhythm === 'daily' ? 'Yours today' : 'Yours this week', parts: [{ kind: 'points' as const, items: yours }] }]),
    ...unread,
    ...standing.sections,
    ...meeting,
  ];
  if (yours.length + unread.length + meeting.length === 0 && !standing.isNews) return null;
  return {
    title: rhythm === 'daily' ? `Your day, ${dayWords(today.toString())}` : `Your week from ${dayWords(today.toString())}`,
    lead: leadOf(yours.length, standing),
    sections,
    opens: '/',
    opensLabel: 'Open Today',
    why: `You have a ${rhythm} digest: when it comes is chosen in Accord.`,
  };
}

/** A room’s: nothing that is one person’s, and nothing that not every member may see. @returns null: nothing to tell */
export async function composeRoomDigest(
  boards: Boards,
  workspaceId: WorkspaceId,
  rhythm: Exclude<Rhythm, 'never'>,
  day: string,
): Promise<Message | null> {
  const standing = standingOf(await boards.of(nobodyIn(workspaceId)));
  if (!standing.isNews) return null;
  return {
    title: rhythm === 'daily' ? `Where both sides stand, ${dayWords(day)}` : `Where both sides stand, week from ${dayWords(day)}`,
    lead: leadOf(0, standing),
    sections: standing.sections,
    opens: '/scoreboard',
    opensLabel: 'Open the scoreboard',
  };
}

/** Clauses that were not kept, for a room. @returns null: all were; `keys` names which */
export async function composeBreaches(boards: Boards, workspaceId: WorkspaceId): Promise<{ message: Message; names: string[] } | null> {
  const board = await boards.of(nobodyIn(workspaceId));
  const broken = brokenClauses(board);
  if (broken.length === 0) return null;
  return {
    names: broken.map(({ label }) => label).toSorted(),
    message: {
      title: broken.length === 1 ? 'A promise is not kept' : `${broken.length} promises are not kept`,
      lead: 'What was agreed, and what was kept of it.',
      sections: brokenSection(board, broken),
      opens: board.agreement.opens,
      opensLabel: 'See the leads behind it',
    },
  };
}

function leadOf(yours: number, { broken, offPace, first }: Standing): string {
  const said = [
    ...(yours > 0 ? [`${countOf(yours, 'thing')} ${yours === 1 ? 'is' : 'are'} yours to move`] : []),
    ...(broken > 0 ? [`${countOf(broken, 'promise')} ${broken === 1 ? 'is' : 'are'} not kept`] : []),
    ...(offPace > 0 ? [`${countOf(offPace, 'goal')} ${offPace === 1 ? 'is' : 'are'} off the pace`] : []),
  ];
  if (said.length > 0) return `${said.join('; ')}.`;
  return first ?? 'Nothing waits for you, and what was agreed is kept.';
}
const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
