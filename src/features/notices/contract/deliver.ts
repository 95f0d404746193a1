/** Messages that leave the house. */

import type { Message } from '#engine/notices/message.ts';

export const channels = ['mail', 'slack', 'teams'] as const;
export type Channel = (typeof channels)[number];

/** `trial`: somebody tries whether a room or the mail server takes a message. */
export const messageKinds = ['digest', 'minutes', 'notification', 'announcement', 'invitation', 'trial'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What a row of `messages_out` holds; it becomes mail, blocks or a card when it is sent. */
export interface OutContent {
  readonly message: Message;
  /** A calendar file (RFC 5545) that goes along with a mail, and what it asks for. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string };
  /** Mails of one matter stand together in the reader's mailbox: all that name the same thread. */
  readonly thread?: string;
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
