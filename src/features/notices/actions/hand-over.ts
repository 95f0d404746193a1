import { slackMessage } from '#connectors/slack/blocks.ts';
import { teamsMessage } from '#connectors/teams/card.ts';
import { writeInvitation } from '#engine/cadence/calendar-file.ts';
import { type Links, wholeAddress } from '#engine/notices/addresses.ts';
import { mailHtml } from '#engine/notices/mail-html.ts';
import { mailText } from '#engine/notices/mail-text.ts';
import type { Message } from '#engine/notices/message.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database } from '#platform/db/database.ts';
import { type GuardedAnswer, type GuardedFetch, GuardedFetchFailed } from '#platform/http/guarded-fetch.ts';
import { type Letter, type Mailer, MailFailed, MailRefused } from '#platform/mail/mail.ts';
import type { OutContent } from '../contract/deliver.ts';
import type { RoomKind } from '../contract/rooms.ts';
import { unsubscribePath, unsubscribeToken } from './unsubscribe-token.ts';

/** What sending is done with. */
export interface SendGround {
  readonly database: Database;
  readonly mailer: Mailer;
  readonly fetch: GuardedFetch;
  readonly sealing: Sealing;
  /** Where people reach the app, without a slash at its end. */
  readonly publicUrl: string;
}

/** `later`: it may work another time; `never`: it won’t as things stand. `because` holds no address and no secret. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later'; readonly because: string; readonly afterSeconds?: number }
  | { readonly kind: 'never'; readonly because: string };
const sent: Outcome = { kind: 'sent' };

/** Hands a mail to the server; `id` names it for ever, so that one sent twice is one for the reader’s program. */
export async function handOverMail(
  { mailer, sealing, publicUrl }: Pick<SendGround, 'mailer' | 'sealing' | 'publicUrl'>,
  to: { readonly id: string; readonly workspaceId: string; readonly memberId: string; readonly name: string; readonly email: string },
  { message, calendar, thread, ends }: OutContent,
): Promise<Outcome> {
  const links: Links = { base: publicUrl };
  const unsubscribe = ends === undefined ? null : `${publicUrl}${unsubscribePath}/${unsubscribeToken(sealing, { ...to, ends })}`;
  const letter: Letter = {
    to: to.email,
    subject: message.title,
    text: mailText(message, links, unsubscribe),
    html: mailHtml(message, links, unsubscribe),
    id: `message.${to.id}`,
    ...(thread === undefined ? {} : { thread }),
    ...(unsubscribe === null ? {} : { unsubscribe }),
    ...(calendar === undefined ? {} : { calendar: { method: calendar.method, text: calendarText(calendar, to, mailer.from, publicUrl) } }),
  };
  try {
    await mailer.send(letter);
    return sent;
  } catch (error) {
    if (error instanceof MailRefused) return { kind: 'never', because: error.message };
    if (error instanceof MailFailed) return { kind: 'later', because: error.message };
    throw error;
  }
}

/** The sender of the mail is its organizer: programs take changes of a meeting from nobody else. */
function calendarText(
  { method, event }: NonNullable<OutContent['calendar']>,
  attendee: { name: string; email: string },
  from: string,
  publicUrl: string,
): string {
  const email = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
  const name = from.replace(/<[^<>]*>\s*$/, '').trim() || 'Accord';
  const url = event.url === null ? null : wholeAddress({ base: publicUrl }, event.url);
  return writeInvitation(
    { ...event, url },
    { method, organizer: { name, email }, attendee: { name: attendee.name, email: attendee.email } },
  );
}

/** Of a room. @returns null where it can’t be read any more: the key of the installation is another than when it was sealed */
export function openAddress({ sealing }: Pick<SendGround, 'sealing'>, roomId: string, sealed: Buffer): string | null {
  try {
    return sealing.open(sealed, aboutRoom(roomId));
  } catch {
    return null;
  }
}
/** A sealed address opens for the room it was given to and for nothing else. */
export const aboutRoom = (id: string): string => `room ${id}`;
export const unreadableAddress = 'Its address can’t be read any more, because ACCORD_SECRET is not what it was: give the address again.';

/** Posts a message into a room. */
export async function handOverToRoom(
  { fetch, publicUrl }: Pick<SendGround, 'fetch' | 'publicUrl'>,
  room: { readonly kind: RoomKind; readonly address: string },
  message: Message,
): Promise<Outcome> {
  const links: Links = { base: publicUrl };
  const payload = room.kind === 'slack' ? slackMessage(message, links) : teamsMessage(message, links);
  try {
    return outcomeOf(await fetch.post(room.address, { type: 'application/json', text: JSON.stringify(payload) }));
  } catch (error) {
    if (!(error instanceof GuardedFetchFailed)) throw error;
    return { kind: error.kind === 'address' ? 'never' : 'later', because: error.message };
  }
}

function outcomeOf({ status, text, retryAfterSeconds }: GuardedAnswer): Outcome {
  // Older webhooks of Teams answer 200 and say in the text that it didn’t arrive.
  const inner = /returned HTTP error (\d{3})/.exec(text);
  const told = inner ? Number(inner[1]) : status;
  if (told >= 200 && told < 300) return sent;
  if (told === 429) return { kind: 'later', because: 'The room takes no more at the moment (429).', afterSeconds: retryAfterSeconds ?? 30 };
  if (told === 408 || told >= 500) return { kind: 'later', because: `The room’s server could not take it (${told}).` };
  if (told >= 300 && told < 400) return { kind: 'never', because: `The address leads elsewhere (${told}), which is not followed.` };
  // Slack says why in a word (no_service, invalid_blocks, channel_is_archived).
  const word = /^[a-z_]{3,60}$/.exec(text.trim())?.[0];
  return { kind: 'never', because: `The room’s server refused it (${word ?? told}).` };
}
