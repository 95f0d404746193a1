/** The company that is simulated: its members, teams, calendars, leave. All invented. */

import type { Chance } from './chance.ts';
import { addMonths, dayOf, isoDay } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';
import { countOfNames, nameOf } from './names.ts';
import { makeCalendars, type Calendar, type WorkPlan } from './workday.ts';
import { streams } from './streams.ts';

export const companyName = 'Brightmoor Systems';
export const companyDomain = 'brightmoor.example';

export type Side = 'marketing' | 'sales' | 'leadership';

export interface Member extends WorkPlan {
  /** Row in members.csv. */
  readonly index: number;
  readonly name: string;
  readonly email: string;
  readonly side: Side;
  readonly role: 'owner' | 'admin' | 'manager' | 'member' | 'viewer';
  readonly job: string;
  readonly team: string;
  readonly startsOn: number;
  readonly leave: readonly { readonly from: number; readonly to: number; readonly kind: string }[];
  /** Gross cost to the company a month, minor units. */
  readonly monthlyCents: number;
  /** When an SDR is through with what is planned, seconds since 1970; the queue of the simulation. */
  busyUntil: number;
  /** The same for leads held back for the month's end, from when they come. */
  batchFrom: number;
  batchUntil: number;
}

export interface Company {
  readonly calendars: readonly Calendar[];
  readonly members: readonly Member[];
  readonly marketers: readonly Member[];
  readonly sdrs: readonly Member[];
  /** Account executives by region: North, South. */
  readonly executives: readonly [readonly Member[], readonly Member[]];
}

interface Post {
  readonly name?: string;
  readonly side: Side;
  readonly role: Member['role'];
  readonly job: string;
  readonly team: string;
  readonly calendar: 0 | 1;
  readonly monthlyCents: number;
  /** Joined so many months after the start of the period (else years before). */
  readonly joinsAfter?: number;
}

export const teams = ['Leadership', 'Demand Generation', 'Brand & Content', 'SDR', 'AE North', 'AE South'] as const;

const leaders: Post[] = [
  {
    name: 'Lea Brandstätter',
    side: 'leadership',
    role: 'owner',
    job: 'Chief Revenue Officer',
    team: 'Leadership',
    calendar: 0,
    monthlyCents: 1650000,
  },
  {
    name: 'Henrik Dvořák',
    side: 'leadership',
    role: 'admin',
    job: 'Head of RevOps and Finance',
    team: 'Leadership',
    calendar: 0,
    monthlyCents: 1050000,
  },
];
const marketers: Post[] = [
  {
    name: 'Mara Ahlström',
    side: 'marketing',
    role: 'admin',
    job: 'Head of Marketing',
    team: 'Demand Generation',
    calendar: 0,
    monthlyCents: 980000,
  },
  { side: 'marketing', role: 'member', job: 'Campaign Manager', team: 'Demand Generation', calendar: 0, monthlyCents: 640000 },
  { side: 'marketing', role: 'member', job: 'Performance Marketer', team: 'Demand Generation', calendar: 1, monthlyCents: 590000 },
  { side: 'marketing', role: 'member', job: 'Marketing Operations', team: 'Demand Generation', calendar: 0, monthlyCents: 610000 },
  { side: 'marketing', role: 'manager', job: 'Content Lead', team: 'Brand & Content', calendar: 0, monthlyCents: 680000 },
  { side: 'marketing', role: 'member', job: 'Event Manager', team: 'Brand & Content', calendar: 1, monthlyCents: 560000 },
  { side: 'marketing', role: 'member', job: 'Writer', team: 'Brand & Content', calendar: 0, monthlyCents: 520000 },
];
const salesLead: Post = {
  name: 'Sam Okonjo',
  side: 'sales',
  role: 'admin',
  job: 'Head of Sales',
  team: 'AE North',
  calendar: 0,
  monthlyCents: 1080000,
};
const sdr = (n: number): Post => ({
  side: 'sales',
  role: n === 0 ? 'manager' : 'member',
  job: n === 0 ? 'SDR Lead' : 'SDR',
  team: 'SDR',
  calendar: n % 3 === 2 ? 1 : 0,
  monthlyCents: n === 0 ? 640000 : 520000,
  ...(n === 5 ? { joinsAfter: 4 } : {}),
});
const executive =
  (team: 'AE North' | 'AE South') =>
  (n: number): Post => ({
    side: 'sales',
    role: n === 0 && team === 'AE South' ? 'manager' : 'member',
    job: n % 4 === 3 ? 'Senior Account Executive' : 'Account Executive',
    team,
    calendar: team === 'AE South' ? 1 : 0,
    monthlyCents: n % 4 === 3 ? 820000 : 700000,
    ...(n === 3 && team === 'AE South' ? { joinsAfter: 7 } : {}),
  });

/** Staff for `leadsAMonth`: 25 people for a sample; a large run has as many more sellers as its leads need. */
export function makeCompany(chance: Chance, startDay: number, months: number, leadsAMonth: number): Company {
  const firstDay = startDay - 800;
  const calendars = makeCalendars(firstDay, addMonths(startDay, months) + 800 - firstDay);
  const posts = [
    ...leaders,
    ...marketers,
    salesLead,
    ...Array.from({ length: Math.max(6, Math.round(leadsAMonth / 110)) }, (_, n) => sdr(n)),
    ...Array.from({ length: Math.max(5, Math.round(leadsAMonth / 170)) }, (_, n) => executive('AE North')(n)),
    ...Array.from({ length: Math.max(4, Math.round(leadsAMonth / 240)) }, (_, n) => executive('AE South')(n)),
  ];
  const usedEmails = new Set<string>();
  const members = posts.map((post, n) => makeMember(post, n, chance.reseed(streams.member, n), calendars, usedEmails, startDay, months));
  return {
    calendars,
    members,
    marketers: members.filter((member) => member.side === 'marketing'),
    sdrs: members.filter((member) => member.team === 'SDR'),
    executives: [
      members.filter((member) => member.team === 'AE North' && member.job !== 'Head of Sales'),
      members.filter((member) => member.team === 'AE South'),
    ],
  };
}

function makeMember(
  post: Post,
  n: number,
  chance: Chance,
  calendars: readonly Calendar[],
  usedEmails: Set<string>,
  startDay: number,
  months: number,
): Member {
  const person = nameOf((n * 977 + 131) % countOfNames, 0);
  const name = post.name ?? `${person.given.text} ${person.family.text}`;
  const short = post.name ? (post.name.split(' ')[0] as string).toLowerCase() : `${person.given.slug}.${person.family.slug}`;
  let email = `${short}@${companyDomain}`;
  for (let again = 2; usedEmails.has(email); again++) email = `${short}${again}@${companyDomain}`;
  usedEmails.add(email);
  const calendar = calendars[post.calendar] as Calendar;
  const startsOn =
    post.joinsAfter !== undefined && post.joinsAfter < months ? addMonths(startDay, post.joinsAfter) : startDay - 820 - chance.below(1200);
  const leave = makeLeave(chance, startDay, months).filter(({ from }) => from >= startsOn);
  const off = new Uint8Array(calendar.midnights.length);
  off.fill(1, 0, Math.max(0, startsOn - calendar.firstDay));
  for (const { from, to } of leave) off.fill(1, from - calendar.firstDay, to - calendar.firstDay + 1);
  const { side, role, job, team, monthlyCents } = post;
  return {
    index: n,
    name,
    email,
    side,
    role,
    job,
    team,
    startsOn,
    leave,
    monthlyCents,
    calendar,
    off,
    busyUntil: 0,
    batchFrom: 0,
    batchUntil: 0,
  };
}

/** Two weeks in summer, a week in another season, and single days of sickness, for each year of the period. */
function makeLeave(chance: Chance, startDay: number, months: number): { from: number; to: number; kind: string }[] {
  const leave: { from: number; to: number; kind: string }[] = [];
  const lastDay = addMonths(startDay, months) + 200;
  for (let { year } = civilOf(startDay); dayOf(year, 1, 1) < lastDay; year++) {
    const summer = dayOf(year, 7, 1) + chance.below(45);
    const other = dayOf(year, chance.oneOf([2, 3, 4, 10, 11]), 1) + chance.below(20);
    leave.push({ from: other, to: other + 4, kind: 'holiday' }, { from: summer, to: summer + 13, kind: 'holiday' });
    for (let i = 0; i < 3; i++) {
      const sick = dayOf(year, 1, 5) + chance.below(345);
      leave.push({ from: sick, to: sick + chance.below(3), kind: 'sick' });
    }
  }
  return leave.filter(({ from }) => from >= startDay && from < lastDay).sort((a, b) => a.from - b.from);
}

export const describeLeave = (members: readonly Member[]): object[] =>
  members.flatMap((member) =>
    member.leave.map(({ from, to, kind }) => ({ member: member.email, from: isoDay(from), to: isoDay(to), kind })),
  );
