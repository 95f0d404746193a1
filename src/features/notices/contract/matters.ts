/**
 * What happened, finer than the kind people choose by. Where a day brings many of one matter they are shown as one line:
 * `many` says it, `opens` is where they stand together. Without `many` each stands alone, because each is meant for its
 * reader in person.
 */

import type { NoticeKind } from './kinds.ts';

interface Matter {
  readonly kind: NoticeKind;
  readonly many?: { readonly says: (count: number) => string; readonly opens: string };
}
const alone = (kind: NoticeKind): Matter => ({ kind });
const together = (kind: NoticeKind, opens: string, says: (count: number) => string): Matter => ({ kind, many: { says, opens } });

const table = {
  mention: alone('mention'),
  comment: together('comment', '/notices?kind=comment', (count) => `${count} comments where you take part`),
  announcement: alone('announcement'),
  'announcement.reminded': alone('announcement'),
  'clock.reminded': together('clock', '/inbox', (count) => `${count} clocks of yours are about to be missed, or were`),
  'clock.escalated': together('clock', '/attainment', (count) => `${count} clocks of people you lead were missed`),
  'excuse.asked': together('clock', '/attainment', (count) => `${count} excuses wait for an answer`),
  'excuse.decided': together('clock', '/attainment', (count) => `${count} excuses of yours were answered`),
  'lead.given': together('lead', '/inbox', (count) => `${count} leads were given to you`),
  'rejection.made': together('rejection', '/rejections', (count) => `${count} leads of yours were rejected`),
  'rejection.answered': together('rejection', '/rejections', (count) => `${count} rejections of yours were answered`),
  'rejection.contested': together('rejection', '/rejections?tab=toJudge', (count) => `${count} rejections are contested`),
  'rejection.ruled': together('rejection', '/rejections', (count) => `${count} contested rejections were ruled on`),
  'part.asked': together('part', '/campaigns', (count) => `You are asked for ${count} parts in campaigns`),
  'part.answered': together('part', '/campaigns', (count) => `${count} parts you asked for were answered`),
  'part.decided': together('part', '/campaigns', (count) => `${count} answers about your parts`),
  'proposal.made': together('proposal', '/campaigns/proposals', (count) => `${count} new proposals of sales`),
  'proposal.answered': together('proposal', '/campaigns/proposals', (count) => `${count} proposals were answered`),
  'signature.waits': alone('signature'),
  'signature.done': together('signature', '/agreement', (count) => `${count} things were signed by both sides`),
  'feedback.given': together('feedback', '/feedback', (count) => `${count} pieces of feedback to you`),
  'feedback.answered': together('feedback', '/feedback', (count) => `${count} answers to your feedback`),
  'feedback.settled': together('feedback', '/feedback', (count) => `${count} answers of yours were settled or reopened`),
  'feedback.said': together('feedback', '/feedback', (count) => `${count} new words in threads of feedback`),
  'pulse.opened': alone('feedback'),
  'meeting.invited': together('meeting', '/meetings', (count) => `${count} invitations to meetings`),
  'meeting.changed': together('meeting', '/meetings', (count) => `${count} meetings were moved or cancelled`),
  'meeting.minutes': together('meeting', '/meetings?view=past', (count) => `Minutes of ${count} meetings`),
  'action.given': together('action', '/meetings/actions?mine=true', (count) => `${count} actions were given to you`),
  'action.closed': together('action', '/meetings/actions?view=closed', (count) => `${count} actions you gave were closed`),
  'action.due': together('action', '/meetings/actions?mine=true', (count) => `${count} actions of yours are due`),
  'goal.missed': together('goal', '/goals', (count) => `${count} goals of yours are off their pace`),
  'statement.ready': together('pay', '/incentives', (count) => `${count} statements of yours are ready`),
  'dispute.raised': together('pay', '/incentives/disputes', (count) => `${count} disputes wait for an answer`),
  'message.givenUp': together('delivery', '/settings/channels', (count) => `${count} messages did not arrive`),
  'dispute.answered': together('pay', '/incentives/disputes', (count) => `${count} disputes were answered`),
} as const satisfies Record<string, Matter>;

export type MatterName = keyof typeof table;
export const matters: Readonly<Record<MatterName, Matter>> = table;
export const matterNames = Object.keys(table) as MatterName[];
export const isMatter = (name: string): name is MatterName => Object.hasOwn(table, name);
