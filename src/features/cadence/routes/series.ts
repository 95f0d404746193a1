import { z } from 'zod';
import { byId } from '#features/feedback/contract/pieces.ts';
import { route, type Route } from '#platform/http/route.ts';
import { changeSeries, endSeries, makeSeries, resumeSeries } from '../actions/write-series.ts';
import { nothing } from '../contract/actions.ts';
import { series, seriesChange, seriesDraft, seriesEnd, seriesList, seriesPreview } from '../contract/series.ts';
import { mayPlanSeries, mayReadMeetings } from '../policy.ts';
import { getSeries, listSeries, previewSeries } from '../queries/series.ts';

const tag = 'meetings';

export const seriesRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/meeting-series',
    summary: 'Series of meetings: when they meet, who comes',
    tag,
    access: mayReadMeetings,
    query: z.strictObject({}),
    answers: { 200: seriesList },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => listSeries(tx, who)) }),
  }),
  route({
    method: 'POST',
    path: '/meeting-series',
    summary: 'Begin a series: its meetings are made six weeks ahead',
    tag,
    access: mayPlanSeries,
    body: seriesDraft,
    answers: { 201: series },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getSeries(tx, who, await makeSeries(tx, who, body))),
    }),
  }),
  route({
    method: 'POST',
    path: '/meeting-series/preview',
    summary: 'The days on which a series would meet, before it is kept',
    tag,
    access: mayReadMeetings,
    body: seriesDraft,
    answers: { 200: seriesPreview },
    handle: async ({ who, body, transact }) => ({ body: await transact((tx) => previewSeries(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/meeting-series/:id',
    summary: 'One series',
    tag,
    access: mayReadMeetings,
    params: byId,
    answers: { 200: series },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getSeries(tx, who, params.id)) }),
  }),
  route({
    method: 'PUT',
    path: '/meeting-series/:id',
    summary: 'Change a series: its planned meetings are made anew',
    tag,
    access: mayPlanSeries,
    params: byId,
    body: seriesChange,
    answers: { 200: series },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeSeries(tx, who, params.id, body);
        return getSeries(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meeting-series/:id/ending',
    summary: 'End a series, and cancel what it has planned',
    tag,
    access: mayPlanSeries,
    params: byId,
    body: seriesEnd,
    answers: { 200: series },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await endSeries(tx, who, params.id, body);
        return getSeries(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meeting-series/:id/resumption',
    summary: 'Go on with a series that had ended',
    tag,
    access: mayPlanSeries,
    params: byId,
    body: nothing,
    answers: { 200: series },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await resumeSeries(tx, who, params.id);
        return getSeries(tx, who, params.id);
      }),
    }),
  }),
];
