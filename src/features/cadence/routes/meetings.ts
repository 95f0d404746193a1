import { z } from 'zod';
import { route, type Route } from '#platform/http/route.ts';
import { callMeeting, cancelMeeting, moveMeeting, restoreMeeting } from '../actions/call-meeting.ts';
import { nothing } from '../contract/actions.ts';
import {
  byMeeting,
  cancellation,
  meetingChange,
  meetingDetail,
  meetingPage,
  meetingsAsk,
  meetingsToday,
  minutesAnswer,
  newMeeting,
} from '../contract/meetings.ts';
import { mayPlanMeetings, mayReadMeetings } from '../policy.ts';
import { myOpenActions } from '../queries/actions.ts';
import { getMeeting } from '../queries/meeting-detail.ts';
import { listMeetings, meetingsAhead } from '../queries/meetings.ts';
import { readMinutes } from '../queries/minutes.ts';

const tag = 'meetings';

export const meetingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/meetings',
    summary: 'Meetings to come, or past',
    tag,
    access: mayReadMeetings,
    query: meetingsAsk,
    answers: { 200: meetingPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listMeetings(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/meetings',
    summary: 'Call a meeting by itself',
    tag,
    access: mayPlanMeetings,
    body: newMeeting,
    answers: { 201: meetingDetail },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getMeeting(tx, who, await callMeeting(tx, who, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/meetings/today',
    summary: 'The asker’s next meetings and open actions',
    tag,
    access: mayReadMeetings,
    query: z.strictObject({}),
    answers: { 200: meetingsToday },
    handle: async ({ who, transact }) => ({
      body: await transact(async (tx) => ({ meetings: await meetingsAhead(tx, who), actions: await myOpenActions(tx, who) })),
    }),
  }),
  route({
    method: 'GET',
    path: '/meetings/:id',
    summary: 'One meeting: agenda, people, what was decided, what the asker can do',
    tag,
    access: mayReadMeetings,
    params: byMeeting,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getMeeting(tx, who, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/meetings/:id',
    summary: 'Move a planned meeting, or change its title, place and people',
    tag,
    access: mayPlanMeetings,
    params: byMeeting,
    body: meetingChange,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await moveMeeting(tx, who, params.id, body);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/cancellation',
    summary: 'Cancel a planned meeting',
    tag,
    access: mayPlanMeetings,
    params: byMeeting,
    body: cancellation,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await cancelMeeting(tx, who, params.id, body.because);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/restoration',
    summary: 'Hold a cancelled meeting after all',
    tag,
    access: mayPlanMeetings,
    params: byMeeting,
    body: nothing,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await restoreMeeting(tx, who, params.id);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/meetings/:id/minutes',
    summary: 'The minutes of a meeting, as data and as text',
    tag,
    access: mayReadMeetings,
    params: byMeeting,
    answers: { 200: minutesAnswer },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => readMinutes(tx, who.workspaceId, params.id)) }),
  }),
];
