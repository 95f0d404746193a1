/** Messages that leave the house. */

import { z } from 'zod';
import type { CalendarEvent } from '#engine/cadence/calendar-file.ts';
import type { Message } from '#engine/notices/message.ts';
import { count, idSchema, instant } from '#features/feedback/contract/pieces.ts';
import type { NoticeKind } from './kinds.ts';

export const channels = ['mail', 'slack', 'teams'] as const;
export type Channel = (typeof channels)[number];

/** `trial`: somebody tries whether a room or the mail server takes a message. */
export const messageKinds = ['digest', 'minutes', 'notification', 'announcement', 'breach', 'invitation', 'trial'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What one click in a mail ends: the digest, or mails of a kind of notice. */
export type Ended = 'digest' | NoticeKind;

/** What a row of `messages_out` holds; it becomes mail, blocks or a card when it is sent. */
export interface OutContent {
  readonly message: Message;
  /** A meeting for the reader’s calendar, that goes along with a mail as a file (RFC 5546). */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly event: CalendarEvent };
  /** Mails of one matter stand together in the reader's mailbox: all that name the same thread. */
  readonly thread?: string;
  /** What its reader ends by “unsubscribe”; without it the mail has no such link. */
  readonly ends?: Ended;
}

interface OutCommon {
  readonly kind: MessageKind;
  /** The same message for the same person or room goes out once: what it is about and, where it recurs, its day. */
  readonly onceKey: string;
  readonly content: OutContent;
  /** ISO instant before which it doesn't leave (quiet hours); at once unless given. */
  readonly notBefore?: string;
}
/** To a person by mail, or to a room. `onceKey` need not name whom it is for. */
export type NewMessage = OutCommon &
  ({ readonly channel: 'mail'; readonly memberId: string } | { readonly channel: 'slack' | 'teams'; readonly roomId: string });

/** How a message stands. `waiting`: for its time, or for the next try. */
export const deliveryStates = ['waiting', 'sent', 'givenUp'] as const;
/** A message that left or will, without what it says: that is its reader’s. */
export const delivery = z.object({
  id: idSchema,
  channel: z.enum(channels),
  kind: z.enum(messageKinds),
  /** The person’s or the room’s name. */
  to: z.string(),
  at: instant,
  state: z.enum(deliveryStates),
  tries: count,
  sentAt: instant.nullable(),
  nextAt: instant.nullable(),
  failedBecause: z.string().nullable(),
  /** The server stopped while it sent: it was sent again, and may have arrived before. */
  maybeTwice: z.boolean(),
});
export type Delivery = z.output<typeof delivery>;
/** `failed`: given up within the last month, or failing now. Newest first, at most 50. */
export const deliveriesAsk = z.strictObject({ view: z.enum(['all', 'failed']).default('failed') });
export const deliveryList = z.object({
  items: z.array(delivery),
  /** Null: mails are sent. Else why not. */
  whyNoMail: z.string().nullable(),
  mailFrom: z.string(),
});
export type DeliveryList = z.output<typeof deliveryList>;
