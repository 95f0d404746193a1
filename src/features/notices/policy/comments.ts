/** Who changes or takes back which comment. */

import type { Who } from '#platform/http/route.ts';
import { editMinutes } from '../contract/comments.ts';
import { mayWriteComments } from '../policy.ts';

export interface CommentCase {
  readonly by: string;
  readonly isRemoved: boolean;
  readonly isFresh: boolean;
}

/** Null: may. What others have read for longer stays as they read it. */
export function whyNotChange(who: Who, { by, isRemoved, isFresh }: CommentCase): string | null {
  if (by !== who.memberId || !mayWriteComments.may(who)) return 'Whoever wrote it changes it.';
  if (isRemoved) return 'It was taken back.';
  return isFresh ? null : `Words are changed within ${editMinutes} minutes; after that, say more below, or take it back.`;
}

/** Whoever wrote it, at any time; and those who keep the workspace, for what should not stand there. */
export function whyNotRemove(who: Who, { by, isRemoved }: CommentCase): string | null {
  if (isRemoved) return 'It was taken back already.';
  const keeps = who.role === 'owner' || who.role === 'admin';
  return (by === who.memberId && mayWriteComments.may(who)) || keeps ? null : 'Whoever wrote it takes it back.';
}
