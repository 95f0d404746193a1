import { route, type Route } from '#platform/http/route.ts';
import { byId } from '#features/feedback/contract/pieces.ts';
import { changeComment, removeComment, say } from '../actions/comment.ts';
import { comment, commentEdit, commentPage, commentsAsk, mentionable, mentionableAsk, newComment } from '../contract/comments.ts';
import { mayReadComments, mayWriteComments } from '../policy.ts';
import { getComment, listComments, listMentionable, shownComment } from '../queries/comments.ts';

const tag = 'notices';

export const commentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/comments',
    summary: 'Comments on a record or a page, newest first',
    tag,
    access: mayReadComments,
    query: commentsAsk,
    answers: { 200: commentPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listComments(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/comments/mentionable',
    summary: 'Who can be mentioned there: members who read it',
    tag,
    access: mayWriteComments,
    query: mentionableAsk,
    answers: { 200: mentionable },
    handle: async ({ who, query, transact }) => ({ body: { items: await transact((tx) => listMentionable(tx, who, query)) } }),
  }),
  route({
    method: 'POST',
    path: '/comments',
    summary: 'Comment on a record or a page; `@[id of a member]` in the text mentions them',
    tag,
    access: mayWriteComments,
    body: newComment,
    answers: { 201: comment },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => shownComment(who, await getComment(tx, who, await say(tx, who, body)))),
    }),
  }),
  route({
    method: 'PATCH',
    path: '/comments/:id',
    summary: 'Change one’s own comment while it is fresh',
    tag,
    access: mayWriteComments,
    params: byId,
    body: commentEdit,
    answers: { 200: comment },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeComment(tx, who, params.id, body.text);
        return shownComment(who, await getComment(tx, who, params.id));
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/comments/:id/removal',
    summary: 'Take a comment back: its place stays, its words don’t',
    tag,
    access: mayWriteComments,
    params: byId,
    answers: { 200: comment },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await removeComment(tx, who, params.id);
        return shownComment(who, await getComment(tx, who, params.id));
      }),
    }),
  }),
];
