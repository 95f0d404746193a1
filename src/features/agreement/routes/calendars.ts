import { calcRoute } from '#platform/calc/route.ts';
import { type Route, route } from '#platform/http/route.ts';
import { recordAbsence, removeAbsence } from '../actions/absences.ts';
import { addCalendar, archiveCalendar, changeCalendar, setCalendarMembers } from '../actions/calendars.ts';
import { byId, list, made } from '../contract.ts';
import * as contract from '../contract/calendars.ts';
import { mayCalculate, mayKeepCalendars, mayReadAgreement, mayRecordAbsence } from '../policy.ts';
import { listAbsences } from '../queries/absences.ts';
import { listCalendars } from '../queries/calendars.ts';
import { listHolidays } from '../queries/holidays.ts';

/** When people work, and what follows from it. */
export const calendarRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/calendars',
    summary: 'Calendars, the default first, with who works by each; `assumed` is what counts while none is set',
    tag: 'calendars',
    access: mayReadAgreement,
    answers: { 200: contract.calendarList },
    handle: async ({ transact, who }) => ({ body: await transact((tx) => listCalendars(tx, who.workspaceId)) }),
  }),
  route({
    method: 'POST',
    path: '/calendars',
    summary: 'Add a calendar; the first becomes the default',
    tag: 'calendars',
    access: mayKeepCalendars,
    body: contract.calendarDraft,
    answers: { 201: made },
    handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => addCalendar(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/calendars/holidays',
    summary: 'Public holidays of a country and region, with the countries and regions there are',
    tag: 'calendars',
    access: mayReadAgreement,
    query: contract.holidaysAsk,
    answers: { 200: contract.holidaysAnswer },
    handle: async ({ query }) => ({ body: await listHolidays(query) }),
  }),
  route({
    method: 'PATCH',
    path: '/calendars/:id',
    summary: 'Change a calendar; versions that were signed keep it as it was',
    tag: 'calendars',
    access: mayKeepCalendars,
    params: byId,
    body: contract.calendarChange,
    handle: ({ transact, who, params, body }) => transact((tx) => changeCalendar(tx, who, params.id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/calendars/:id',
    summary: 'Put a calendar away; whoever works by it works by the default',
    tag: 'calendars',
    access: mayKeepCalendars,
    params: byId,
    handle: ({ transact, who, params }) => transact((tx) => archiveCalendar(tx, who, params.id)),
  }),
  route({
    method: 'PUT',
    path: '/calendars/:id/members',
    summary: 'Say who works by a calendar: exactly these',
    tag: 'calendars',
    access: mayKeepCalendars,
    params: byId,
    body: contract.calendarMembers,
    handle: ({ transact, who, params, body }) => transact((tx) => setCalendarMembers(tx, who, params.id, body.memberIds)),
  }),
  ...absenceRoutes(),
  calcRoute(mayCalculate),
];

function absenceRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/absences',
      summary: 'Who is away and will be; the reason is told to the member and to heads',
      tag: 'calendars',
      access: mayReadAgreement,
      query: contract.absencesAsk,
      answers: { 200: list(contract.absence) },
      handle: async ({ transact, who, query }) => ({ body: await transact((tx) => listAbsences(tx, who, query)) }),
    }),
    route({
      method: 'POST',
      path: '/absences',
      summary: 'Record leave of oneself, or of anybody by a head',
      tag: 'calendars',
      access: mayRecordAbsence,
      body: contract.newAbsence,
      answers: { 201: made },
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => recordAbsence(tx, who, body)) }),
    }),
    route({
      method: 'DELETE',
      path: '/absences/:id',
      summary: 'Take leave back',
      tag: 'calendars',
      access: mayRecordAbsence,
      params: byId,
      handle: ({ transact, who, params }) => transact((tx) => removeAbsence(tx, who, params.id)),
    }),
  ];
}
