/** Comments on records and pages, and whom they mention. */

import { z } from 'zod';
import { idSchema, instant, named, paging, saidWords, sides, whyNot } from '#features/feedback/contract/pieces.ts';
import { commentSubject } from './subjects.ts';

/** How long words may still be changed after they were said. What was read for longer stays as it was read. */
export const editMinutes = 10;

/** A mention stands in the text as `@[id of the member]`; who is mentioned follows from the text and nothing else. */
const text = saidWords(2_000, 'Say something.');
export const newComment = commentSubject.extend({ text });
export type NewComment = z.output<typeof newComment>;
export const commentEdit = z.strictObject({ text });

export const commentsAsk = commentSubject.extend(paging);

const can = z.object({ edit: whyNot, remove: whyNot });
export const comment = z.object({
  id: idSchema,
  by: named.extend({ side: z.enum(sides) }),
  /** Empty once it was taken back. */
  text: z.string(),
  /** Everybody who is mentioned in it, by the names they have now. */
  mentions: z.array(named),
  saidAt: instant,
  editedAt: instant.nullable(),
  removedAt: instant.nullable(),
  can,
});
export type Comment = z.output<typeof comment>;

/** Newest first. */
export const commentPage = z.object({
  items: z.array(comment),
  next: z.string().nullable(),
  /** Without those that were taken back. */
  total: z.number().int(),
  can: z.object({ comment: whyNot }),
});
export type CommentPage = z.output<typeof commentPage>;

/** Members who read this subject, to mention. */
export const mentionableAsk = commentSubject.extend({ search: z.string().max(100).default('') });
export const mentionable = z.object({ items: z.array(named.extend({ side: z.enum(sides), job: z.string().nullable() })) });
export type Mentionable = z.output<typeof mentionable>['items'][number];
export const mostMentionable = 8;
export const mostMentions = 20;

/** Ids of members in a text, each once, in order. */
export const mentionsIn = (said: string): string[] => [...new Set([...said.matchAll(mention)].map(([, id]) => id!))];

const mention = /@\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]/g;

export type CommentPart = { readonly text: string } | { readonly mention: string };
/** A text cut at its mentions, for showing it. */
export function partsOf(said: string): CommentPart[] {
  const parts: CommentPart[] = [];
  let from = 0;
  for (const found of said.matchAll(mention)) {
    if (found.index > from) parts.push({ text: said.slice(from, found.index) });
    parts.push({ mention: found[1]! });
    from = found.index + found[0].length;
  }
  if (from < said.length) parts.push({ text: said.slice(from) });
  return parts;
}
