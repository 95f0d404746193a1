/** When leads come: by day of the year, week and month, and by hour; in ascending order, one by one. */

import { cumulate, pickFrom, type Chance } from './chance.ts';
import { addMonths, daysInMonth, secondsADay, weekdayOf } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';
import { streams } from './streams.ts';
import type { Calendar } from './workday.ts';

const byWeekday = [1, 1.12, 1.1, 1.02, 0.8, 0.28, 0.32];
const byMonth = [0.96, 1.02, 1.08, 1, 1.02, 0.98, 0.82, 0.7, 1.12, 1.16, 1.14, 0.72];
const hoursOnWorkdays = cumulate([1, 0.6, 0.4, 0.3, 0.4, 0.8, 1.8, 4, 7, 9.5, 10, 9.5, 7, 8.5, 9.5, 9, 8, 6, 4.5, 4, 4, 3.6, 2.6, 1.6]);
const hoursOnWeekends = cumulate([1.4, 1, 0.6, 0.4, 0.4, 0.6, 1, 2, 3.5, 5, 6, 6, 5.5, 5.5, 6, 6, 6, 6, 6, 6.5, 7, 6.5, 4.5, 2.6]);
const growthAMonth = 0.012;

export interface Arrivals {
  /** Instant of the k-th of `count` arrivals, k ascending from 0. */
  of(k: number): number;
  /** Day of the arrival last asked for. */
  day: number;
}

export function makeArrivals(
  chance: Chance,
  calendar: Calendar,
  startDay: number,
  months: number,
  count: number,
  monthEndWeight: number,
): Arrivals {
  const days = addMonths(startDay, months) - startDay;
  const weights = new Float64Array(days);
  for (let i = 0; i < days; i++) weights[i] = weightOfDay(startDay + i, i, monthEndWeight);
  const sums = cumulate(weights);
  const total = sums[days - 1] as number;
  let day = 0;
  let latest = 0;
  return {
    day: startDay,
    of(k) {
      chance.reseed(streams.arrival, k);
      const target = ((k + chance.next()) / count) * total;
      while (day < days - 1 && (sums[day] as number) <= target) day++;
      this.day = startDay + day;
      const withinDay = 1 - ((sums[day] as number) - target) / (weights[day] as number);
      latest = Math.max(latest, instantWithin(calendar, startDay + day, withinDay));
      return latest;
    },
  };
}

function weightOfDay(day: number, daysIn: number, monthEndWeight: number): number {
  const { year, month, dayOfMonth } = civilOf(day);
  const monthEnd = dayOfMonth > daysInMonth(year, month) - 4 ? monthEndWeight : 1;
  return (byWeekday[weekdayOf(day)] as number) * (byMonth[month - 1] as number) * monthEnd * (1 + (growthAMonth * daysIn) / 30);
}

/** The instant by which `share` of a day's arrivals have come. */
function instantWithin(calendar: Calendar, day: number, share: number): number {
  const hours = weekdayOf(day) < 5 ? hoursOnWorkdays : hoursOnWeekends;
  const u = Math.min(0.999999, Math.max(0, share));
  const hour = pickFrom(hours, u);
  const before = hour === 0 ? 0 : (hours[hour - 1] as number);
  const withinHour = (u * (hours[23] as number) - before) / ((hours[hour] as number) - before);
  const index = day - calendar.firstDay;
  const instant = (calendar.midnights[index] as number) + hour * 3600 + Math.floor(withinHour * 3600);
  return Math.min(instant, (calendar.midnights[index + 1] ?? (calendar.midnights[index] as number) + secondsADay) - 1);
}
