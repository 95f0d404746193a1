import { z } from 'zod';
import { idSchema } from '#features/feedback/contract/pieces.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Ended } from '../contract/deliver.ts';
import { noticeKinds } from '../contract/kinds.ts';

/** Whose mails end, and which. Sealed it stands in the mail’s link: whoever has it can end those mails and nothing else. */
export interface Unsubscribing {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly ends: Ended;
}

const about = 'unsubscribe';
const content = z.tuple([idSchema, idSchema, z.enum(['digest', ...noticeKinds])]);

export const unsubscribeToken = (sealing: Sealing, { workspaceId, memberId, ends }: Unsubscribing): string =>
  sealing.seal(JSON.stringify([workspaceId, memberId, ends]), about).toString('base64url');

/** @returns null where it was not sealed here for this */
export function readUnsubscribeToken(sealing: Sealing, token: string): Unsubscribing | null {
  if (!/^[\w-]{40,600}$/.test(token)) return null;
  try {
    const [workspaceId, memberId, ends] = content.parse(JSON.parse(sealing.open(Buffer.from(token, 'base64url'), about)));
    return { workspaceId, memberId, ends };
  } catch {
    return null;
  }
}

export const unsubscribePath = '/n/unsubscribe';
