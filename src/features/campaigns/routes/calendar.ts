import { type Route, route } from '#platform/http/route.ts';
import { calendarAnswer, calendarAsk } from '../contract/calendar.ts';
import { campaignToday } from '../contract/today.ts';
import { mayReadCampaigns } from '../policy/plans.ts';
import { answerCalendar } from '../queries/calendar.ts';
import { answerToday } from '../queries/today.ts';

const tag = 'campaigns';

export const calendarRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/calendar',
    summary: 'Campaigns over months against territories and quarters, the load on reps, and clashes',
    tag,
    access: mayReadCampaigns,
    query: calendarAsk,
    answers: { 200: calendarAnswer },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => answerCalendar(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/today',
    summary: 'What campaigns want of one today: parts asked, briefs to acknowledge, responders, answers owed',
    tag,
    access: mayReadCampaigns,
    answers: { 200: campaignToday },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => answerToday(tx, who)) }),
  }),
];
