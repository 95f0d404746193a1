import { z } from 'zod';
import { route, type Route } from '#platform/http/route.ts';
import { closeMeeting, markPresent, noteAttendance, openMeeting, stepTo } from '../actions/run-meeting.ts';
import { takeMeeting } from '../actions/take-meeting.ts';
import { offerTo, writeAgenda } from '../actions/write-agenda.ts';
import { nothing } from '../contract/actions.ts';
import { attendanceNote, byAttendee, byMeeting, live, meetingDetail, step } from '../contract/meetings.ts';
import { mayRunMeetings } from '../policy.ts';
import { getLive, getMeeting } from '../queries/meeting-detail.ts';
import { getMeetingRow } from '../queries/meeting-rows.ts';

const tag = 'meetings';
/** An agenda older than this is written anew when the meeting starts. */
const freshMilliseconds = 10 * 60_000;

export const runningRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/meetings/:id/gathering',
    summary: 'Write the agenda anew from the data: what people placed, dropped and added is kept',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: nothing,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, database, transact }) => {
      // Gathered in transactions of its own, before the one in which it is written.
      const offered = await offerTo(database, who.workspaceId, params.id);
      const body = await transact(async (tx) => {
        await writeAgenda(tx, who.workspaceId, await takeMeeting(tx, who, 'gather', params.id), offered);
        return getMeeting(tx, who, params.id);
      });
      return { body };
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/opening',
    summary: 'Start a meeting: everybody in it sees the same item',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: nothing,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, database, transact }) => {
      const { gatheredAt, status } = await database.inWorkspace(who.workspaceId, (tx) => getMeetingRow(tx, who.workspaceId, params.id));
      const isFresh = gatheredAt !== null && Date.now() - Date.parse(gatheredAt) < freshMilliseconds;
      const offered = isFresh || status !== 'planned' ? null : await offerTo(database, who.workspaceId, params.id);
      const body = await transact(async (tx) => {
        const meeting = await takeMeeting(tx, who, 'open', params.id);
        if (offered) await writeAgenda(tx, who.workspaceId, meeting, offered);
        await openMeeting(tx, who, meeting);
        return getMeeting(tx, who, params.id);
      });
      return { body };
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/step',
    summary: 'Go to an item, for everybody in the meeting',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: step,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await stepTo(tx, who, params.id, body);
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/presence',
    summary: 'Say that one is in the meeting that runs: the live screen does so every half minute',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: nothing,
    answers: { 200: live },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        const meeting = await takeMeeting(tx, who, 'step', params.id);
        await markPresent(tx, who, meeting.id);
        return getLive(tx, who, meeting);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/closing',
    summary: 'End a meeting: its minutes are closed and sent',
    tag,
    access: mayRunMeetings,
    params: byMeeting,
    body: nothing,
    answers: { 200: meetingDetail },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await closeMeeting(tx, who.workspaceId, who.memberId, await takeMeeting(tx, who, 'close', params.id));
        return getMeeting(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/meetings/:id/attendees/:memberId',
    summary: 'Note by hand whether somebody was there',
    tag,
    access: mayRunMeetings,
    params: byAttendee,
    body: attendanceNote,
    answers: { 204: z.undefined() },
    handle: async ({ who, params, body, transact }) => {
      await transact((tx) => noteAttendance(tx, who, params.id, params.memberId, body.came));
    },
  }),
];
