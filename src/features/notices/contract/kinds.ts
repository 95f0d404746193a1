/** What people are told of, as they choose by; where each is told unless they choose otherwise. */

import { z } from 'zod';

export const noticeKinds = [
  'mention',
  'comment',
  'announcement',
  'clock',
  'lead',
  'rejection',
  'part',
  'proposal',
  'signature',
  'feedback',
  'meeting',
  'action',
  'goal',
  'pay',
  'delivery',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const noticeKind = z.enum(noticeKinds);

/** `digest`: with the next digest, as far as it is not read by then. */
export const mailings = ['atOnce', 'digest', 'never'] as const;
export type Mailing = (typeof mailings)[number];

/** Where somebody is told of a kind. `chat`: at once in their own room of Slack or Teams, where they have one. */
export const place = z.strictObject({ app: z.boolean(), mail: z.enum(mailings), chat: z.boolean() });
export type Place = z.output<typeof place>;

interface Kind {
  readonly name: string;
  /** What falls under it. */
  readonly about: string;
  /** At once by mail goes what somebody waits for and what can’t wait for the next digest. */
  readonly usual: Place;
}
const told = (mail: Mailing): Place => ({ app: true, mail, chat: false });

export const kinds: Readonly<Record<NoticeKind, Kind>> = {
  mention: { name: 'Mentions', about: 'Somebody mentions you in a comment.', usual: told('atOnce') },
  comment: { name: 'Comments', about: 'Somebody comments where you commented, or on a record of yours.', usual: told('digest') },
  announcement: { name: 'Announcements', about: 'Something is announced to you.', usual: told('atOnce') },
  clock: { name: 'Clocks', about: 'A clock of yours, or of somebody you lead, is about to be missed or was.', usual: told('atOnce') },
  lead: { name: 'Leads', about: 'A lead was given to you.', usual: told('never') },
  rejection: { name: 'Rejections', about: 'A lead of yours was rejected; an answer, a contest or a ruling.', usual: told('digest') },
  part: { name: 'Parts in campaigns', about: 'You are asked for a part, or yours was answered.', usual: told('atOnce') },
  proposal: { name: 'Proposals', about: 'Sales proposes something to marketing, or is answered.', usual: told('digest') },
  signature: { name: 'Signatures', about: 'Something waits for your signature, or both sides have signed.', usual: told('atOnce') },
  feedback: { name: 'Feedback', about: 'Feedback to you, an answer to yours, or a pulse.', usual: told('atOnce') },
  meeting: { name: 'Meetings', about: 'You are invited; a meeting moved, was cancelled, or has minutes.', usual: told('atOnce') },
  action: { name: 'Actions', about: 'An action is given to you, is due today, or is late.', usual: told('digest') },
  goal: { name: 'Goals', about: 'A goal of yours is off its pace.', usual: told('digest') },
  pay: { name: 'Pay', about: 'A statement of yours is ready; a dispute was raised or answered.', usual: told('atOnce') },
  delivery: {
    name: 'Messages that did not arrive',
    about: 'A mail or a message to a room was given up; told to owners and administrators.',
    usual: told('digest'),
  },
};
