import { route, type Route } from '#platform/http/route.ts';
import { addItem, changeItem } from '../actions/arrange-agenda.ts';
import { writeNotes } from '../actions/take-notes.ts';
import { byItem, byMeeting, itemChange, meetingDetail, newItem, noteVersions, noteWrite, noteWritten } from '../contract/meetings.ts';
import { mayReadMeetings, mayRunMeetings } from '../policy.ts';
import { getMeeting } from '../queries/meeting-detail.ts';
import { listNotes } from '../queries/notes.ts';

const tag = 'meetings';

export const agendaRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/meetings/:id/items',
    summary: 'Put something of one’s own onto the agenda',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: newItem,
    answers: { 201: meetingDetail },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await addItem(tx, who, params.id, body);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'PATCH',
    path: '/meetings/:id/items/:itemId',
    summary: 'Place, drop, time or give away an item of the agenda',
    tag,
    access: mayRunMeetings,
    params: byItem,
    body: itemChange,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeItem(tx, who, params.id, params.itemId, body);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/meetings/:id/items/:itemId/notes',
    summary: 'Every version of an item’s notes',
    tag,
    access: mayReadMeetings,
    params: byItem,
    answers: { 200: noteVersions },
    handle: async ({ who, params, transact }) => ({
      body: { items: await transact((tx) => listNotes(tx, who.workspaceId, params.id, params.itemId)) },
    }),
  }),
  route({
    method: 'PUT',
    path: '/meetings/:id/items/:itemId/notes',
    summary: 'Write an item’s notes: what others wrote meanwhile is put together with it',
    tag,
    access: mayRunMeetings,
    params: byItem,
    body: noteWrite,
    answers: { 200: noteWritten },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact((tx) => writeNotes(tx, who, params.id, params.itemId, body)),
    }),
  }),
];
