import { nextDigest } from '#engine/notices/digest-days.ts';
import type { Database } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Mailer } from '#platform/mail/mail.ts';
import { type OwnDigest, usualDigest } from '../../contract/digest.ts';
import { shownMessage } from '../../contract/message.ts';
import { whyNoMail } from '../deliveries.ts';
import { composeDigest, keepBoards } from './digest.ts';
import { digestReaders } from './readers.ts';

/** What the asker chose, and what the digest would say now. */
export async function readOwnDigest(
  ground: { database: Database; sealing: Sealing; mailer: Mailer },
  who: Who,
  now: number,
): Promise<OwnDigest> {
  const { database, sealing, mailer } = ground;
  const [reader] = await database.inWorkspace(who.workspaceId, (tx) => digestReaders(tx, who.workspaceId, who.memberId));
  const { choice, days, hasMail } = reader!;
  const rhythm = choice.rhythm === 'never' ? 'weekly' : choice.rhythm;
  const message = await composeDigest(database, sealing, keepBoards(database), { who, timeZone: days.timeZone, rhythm, now });
  const next = nextDigest(choice, days, now);
  return {
    ...{ choice, usual: usualDigest, timeZone: days.timeZone, nextAt: next === null ? null : new Date(next).toISOString() },
    whyNoMail: whyNoMail(mailer) ?? (hasMail ? null : 'There is no address of yours here.'),
    message: message && shownMessage(message),
  };
}
