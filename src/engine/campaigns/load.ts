/** How many parts a rep has in which week, and what clashes. Weeks begin on Monday and are named by that day. */

import { dayText } from '../values/calendarDay.ts';
import type { RoleKind } from './states.ts';

/** More parts than this in one week is a clash. */
export const mostRolesAWeek = 3;
/** Most weeks one part is spread over: one without a day would stand in every week there is. */
const mostWeeks = 106;

/** Monday of the week of a day; days since 1970-01-01, which was a Thursday. */
const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

export interface LoadRole {
  readonly memberId: string;
  readonly campaignId: string;
  readonly kind: RoleKind;
  /** From the day it was asked until it is due; days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
}

export interface WeekLoad {
  readonly week: string;
  readonly roles: number;
  readonly kinds: RoleKind[];
  readonly campaignIds: string[];
}

/** By member, week after week between two days; weeks without a part are left out. */
export function loadByWeek(roles: readonly LoadRole[], start: number, end: number): Map<string, WeekLoad[]> {
  const byMember = Map.groupBy(roles, ({ memberId }) => memberId);
  return new Map([...byMember].map(([member, own]) => [member, weeksOf(own, start, end)]));
}

function weeksOf(roles: readonly LoadRole[], start: number, end: number): WeekLoad[] {
  const weeks = new Map<number, LoadRole[]>();
  for (const role of roles) {
    const last = Math.min(role.to, end);
    let week = mondayOf(Math.max(role.from, start));
    for (let n = 0; week <= last && n < mostWeeks; week += 7, n++) weeks.set(week, [...(weeks.get(week) ?? []), role]);
  }
  return [...weeks]
    .sort(([one], [other]) => one - other)
    .map(([week, own]) => ({
      week: dayText(week),
      roles: own.length,
      kinds: [...new Set(own.map(({ kind }) => kind))].sort(),
      campaignIds: [...new Set(own.map(({ campaignId }) => campaignId))].sort(),
    }));
}

export interface AudienceUse {
  readonly campaignId: string;
  /** Equal where the same people are meant; null: nobody in particular. */
  readonly audienceKey: string | null;
  /** Days on which they hear of it: of its timeline, else its first day. */
  readonly days: readonly number[];
}

export interface AudienceClash {
  readonly week: string;
  readonly campaignIds: [string, string];
}

/** Two campaigns that go to the same people within a week of each other, each pair once, at the first time. */
export function audienceClashes(uses: readonly AudienceUse[]): AudienceClash[] {
  const clashes: (AudienceClash & { readonly day: number })[] = [];
  const byAudience = Map.groupBy(
    uses.filter(({ audienceKey }) => audienceKey !== null),
    ({ audienceKey }) => audienceKey,
  );
  for (const same of byAudience.values())
    for (const [at, one] of same.entries())
      for (const other of same.slice(at + 1)) {
        const day = firstWithinAWeek(one.days, other.days);
        if (day !== null) clashes.push({ day, week: dayText(mondayOf(day)), campaignIds: [one.campaignId, other.campaignId] });
      }
  return clashes.sort((one, other) => one.day - other.day).map(({ week, campaignIds }) => ({ week, campaignIds }));
}

function firstWithinAWeek(days: readonly number[], others: readonly number[]): number | null {
  const near = days.filter((day) => others.some((other) => Math.abs(day - other) < 7));
  return near.length === 0 ? null : Math.min(...near);
}
