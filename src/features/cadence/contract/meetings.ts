/** Meetings: planned, run and held; their agenda, notes and minutes. */

import { z } from 'zod';
import { itemKinds } from '#engine/cadence/agenda.ts';
import { itemStates, meetingStates, meetingVerbs, type MeetingVerb, purposes } from '#engine/cadence/states.ts';
import {
  count,
  day,
  daySchema,
  idSchema,
  instant,
  list,
  named,
  paging,
  saidWords,
  sides,
  whyNot,
  words,
} from '#features/feedback/contract/pieces.ts';
import { actionItem, decision } from './actions.ts';
import { attendeesSchema, meetingMinutes } from './series.ts';

export const byMeeting = z.strictObject({ id: idSchema });
export const byItem = z.strictObject({ id: idSchema, itemId: idSchema });
export const byAttendee = z.strictObject({ id: idSchema, memberId: idSchema });
const moment = z.iso.datetime({ offset: true, error: 'is a moment like 2026-03-31T09:00:00Z' });

// ── lists ───────────────────────────────────────────────────────────────────

export const meetingViews = ['upcoming', 'past', 'all'] as const;
export const meetingsAsk = z.strictObject({
  /** upcoming: planned and running, the next first. past: newest first. all: newest first, cancelled ones too. */
  view: z.enum(meetingViews).default('upcoming'),
  /** Only those the asker is expected at. */
  mine: z.stringbool().default(false),
  seriesId: idSchema.optional(),
  purpose: z.enum(purposes).optional(),
  /** First and last day. */
  start: daySchema.optional(),
  end: daySchema.optional(),
  ...paging,
});
export type MeetingsAsk = z.output<typeof meetingsAsk>;

const meetingFields = {
  id: idSchema,
  series: named.nullable(),
  purpose: z.enum(purposes),
  title: z.string(),
  startsAt: instant,
  endsAt: instant,
  minutes: count,
  location: z.string(),
  status: z.enum(meetingStates),
  openedAt: instant.nullable(),
  closedAt: instant.nullable(),
  cancelledBecause: z.string().nullable(),
  /** People expected, and of them those who came. */
  expected: count,
  came: count,
  items: count,
  decisions: count,
  actions: z.object({ given: count, open: count }),
  /** Whether the asker is expected. */
  mine: z.boolean(),
};
export const meetingItem = z.object(meetingFields);
export type MeetingItem = z.output<typeof meetingItem>;
export const meetingPage = list(meetingItem).extend({ whyNotMake: whyNot });
export type MeetingPage = z.output<typeof meetingPage>;

/** A meeting by itself, outside of any series. */
export const newMeeting = z.strictObject({
  title: saidWords(200, 'Give the meeting a title.'),
  purpose: z.enum(purposes).default('own'),
  startsAt: moment,
  minutes: meetingMinutes.default(30),
  location: words(300).default(''),
  attendees: attendeesSchema,
});
export type NewMeeting = z.output<typeof newMeeting>;

export const meetingChange = z.strictObject({
  title: saidWords(200, 'Give the meeting a title.').optional(),
  startsAt: moment.optional(),
  minutes: meetingMinutes.optional(),
  location: words(300).optional(),
  /** People to add and to take off. */
  add: z.array(idSchema).max(500).default([]),
  remove: z.array(idSchema).max(500).default([]),
  /** As the detail said; one changed meanwhile answers 409. */
  sequence: z.int().min(0).optional(),
});
export type MeetingChange = z.output<typeof meetingChange>;
export const cancellation = z.strictObject({ because: words(500).default('') });

// ── the agenda ──────────────────────────────────────────────────────────────

/** A figure of an item: what it is and how it reads. */
export const figure = z.object({ label: z.string(), value: z.string() });
/** A record of an item that something can be done with on the spot. */
export const itemRecord = z.object({
  kind: z.enum(['rejection', 'action', 'campaign', 'feedback', 'goal', 'deal', 'definition', 'agreement', 'clause']),
  id: z.string(),
  name: z.string(),
  /** What stands about it, in a sentence. */
  says: z.string(),
  opens: z.string(),
});
export type ItemRecord = z.output<typeof itemRecord>;
export const note = z.object({ version: count, text: z.string(), writtenBy: named, writtenAt: instant });
export type Note = z.output<typeof note>;

export const agendaItem = z.object({
  id: idSchema,
  kind: z.enum(itemKinds),
  /** One plain sentence with its figures. */
  sentence: z.string(),
  /** Why it stands here; null where the sentence says it. */
  why: z.string().nullable(),
  figures: z.array(figure),
  /** Address in the app. */
  opens: z.string().nullable(),
  /** `whyNotRule`: of a contested rejection, why the asker can’t rule on it; null: can. `missing`: whose verdict is missing. */
  records: z.array(itemRecord.extend({ whyNotRule: whyNot, missing: z.array(z.enum(sides)) })),
  /** What it costs to leave it as it is, minor units; null where nobody can say. */
  stake: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  owner: named.nullable(),
  /** Nobody chose the owner: it is who the data names. */
  ownerProposed: z.boolean(),
  minutes: count,
  /** Beyond the time there is. */
  ifTime: z.boolean(),
  /** Somebody put it into its place. */
  placed: z.boolean(),
  status: z.enum(itemStates),
  dropped: z.boolean(),
  /** Of an action: it is done meanwhile; of another: the data no longer offers it. */
  gone: z.boolean(),
  /** Who put it there by hand; null: the data. */
  addedBy: named.nullable(),
  secondsSpent: count,
  note: note.nullable(),
});
export type AgendaItem = z.output<typeof agendaItem>;

export const newItem = z.strictObject({
  sentence: saidWords(500, 'Say what is to be talked about.'),
  minutes: z.int().min(1).max(240).default(5),
  ownerId: idSchema.nullable().default(null),
  opens: z
    .string()
    .max(500)
    .regex(/^\/(?!\/)/, 'is an address in the app, such as /leads')
    .nullable()
    .default(null),
});
export type NewItem = z.output<typeof newItem>;
/** Only what is named changes. `place` counts from 0; null puts it back to where the data has it. */
export const itemChange = z.strictObject({
  sentence: saidWords(500, 'Say what is to be talked about.').optional(),
  minutes: z.int().min(1).max(240).optional(),
  ownerId: idSchema.nullable().optional(),
  place: z.int().min(0).max(500).nullable().optional(),
  dropped: z.boolean().optional(),
  /** While the meeting runs: talked about, or not yet. */
  status: z.enum(['open', 'discussed']).optional(),
});
export type ItemChange = z.output<typeof itemChange>;

/** `seen`: the version that was read, 0 for none. */
export const noteWrite = z.strictObject({ seen: z.int().min(0), text: z.string().max(20_000) });
/** `merged`: somebody else had written meanwhile, in other lines; both stand in `text`. A write that can’t be merged answers 409 with the newer `text` and `version`. */
export const noteWritten = note.extend({ merged: z.boolean() });
export type NoteWritten = z.output<typeof noteWritten>;
/** Newest first. */
export const noteVersions = z.object({ items: z.array(note) });

// ── one meeting ─────────────────────────────────────────────────────────────

const can = z.object(Object.fromEntries(meetingVerbs.map((verb) => [verb, whyNot])) as Record<MeetingVerb, typeof whyNot>);
/** Leave on record during the meeting, and its end; another meeting they are expected in at the same time. */
const hindrance = z.object({ awayUntil: instant.nullable(), alsoIn: z.object({ id: idSchema, title: z.string() }).nullable() });
export type Hindrance = z.output<typeof hindrance>;

export const attendee = z.object({
  member: named.extend({ side: z.enum(sides) }),
  expected: z.boolean(),
  cameAt: instant.nullable(),
  /** Noted by hand, by whom; null: was in the live screen. */
  notedBy: named.nullable(),
  /** In the live screen at this moment. */
  here: z.boolean(),
  /** Of a meeting still to come: what keeps them from it, as far as it is on record. */
  hindrance: hindrance.nullable(),
});
export type Attendee = z.output<typeof attendee>;

/** What everybody in the meeting sees at this moment. `now` is the server’s clock: a timer counts from it. */
export const live = z.object({
  currentItemId: idSchema.nullable(),
  itemSince: instant.nullable(),
  openedAt: instant,
  now: instant,
  /** Seconds spent on the item before it became the current one again. */
  here: z.array(named),
});
export type Live = z.output<typeof live>;

export const meetingDetail = z.object({
  ...meetingFields,
  timeZone: z.string(),
  /** The day the series’ rule names, wherever it was moved to. */
  ruleDay: day.nullable(),
  /** Rises with every change of time, place or people. */
  sequence: count,
  /** When the agenda was last written from the data; null: not yet. */
  gatheredAt: instant.nullable(),
  minutesSentAt: instant.nullable(),
  openedBy: named.nullable(),
  attendees: z.array(attendee),
  /** In the order they are talked about; dropped ones last. */
  agenda: z.array(agendaItem),
  plannedMinutes: count,
  /** Null unless it runs. */
  live: live.nullable(),
  decisionsMade: z.array(decision),
  actionsGiven: z.array(actionItem),
  /** Before and after in its series. */
  previous: z.object({ id: idSchema, startsAt: instant }).nullable(),
  next: z.object({ id: idSchema, startsAt: instant }).nullable(),
  can,
});
export type MeetingDetail = z.output<typeof meetingDetail>;

/** Goes to an item for everybody; null: to none. `seen`: the item that was current when it was asked for; another one meanwhile answers 409 with `currentItemId`. */
export const step = z.strictObject({ itemId: idSchema.nullable(), seen: idSchema.nullable() });
export type Step = z.output<typeof step>;
export const attendanceNote = z.strictObject({ came: z.boolean() });

// ── minutes ─────────────────────────────────────────────────────────────────

export const minutesAnswer = z.object({
  meeting: meetingItem,
  timeZone: z.string(),
  came: z.array(named),
  missing: z.array(named),
  items: z.array(
    z.object({
      id: idSchema,
      kind: z.enum(itemKinds),
      sentence: z.string(),
      figures: z.array(figure),
      opens: z.string().nullable(),
      owner: named.nullable(),
      status: z.enum(itemStates),
      secondsSpent: count,
      notes: z.string(),
      decisions: z.array(z.string()),
      actions: z.array(z.object({ title: z.string(), owner: z.string(), dueOn: day })),
    }),
  ),
  /** Without an item. */
  decisions: z.array(z.string()),
  actions: z.array(z.object({ title: z.string(), owner: z.string(), dueOn: day })),
  next: z.object({ id: idSchema, startsAt: instant, title: z.string() }).nullable(),
  sentAt: instant.nullable(),
  /** The same as plain text. */
  text: z.string(),
});
export type Minutes = z.output<typeof minutesAnswer>;

// ── today ───────────────────────────────────────────────────────────────────

export const meetingsToday = z.object({
  /** Running, or within the next seven days, that the asker is expected at; at most 10. */
  meetings: z.array(meetingItem),
  /** The asker’s open actions, the soonest due first; at most 20. */
  actions: z.array(actionItem),
});
export type MeetingsToday = z.output<typeof meetingsToday>;
